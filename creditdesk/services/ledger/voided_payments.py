"""Confirmed payments that were mistakes, as the journal keeps them: in the ledger nothing of them is left."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.models import BankLine, Buyer, Client, JournalEntry
from creditdesk.readings.queries import invoice_key, part_names
from creditdesk.services.ledger.receipt_lists import amount_of
from creditdesk.services.ledger.receipt_values import LineId, PaidPart, VoidedPayment


def voided_payments(
    session: Session, client_id: int | None
) -> tuple[VoidedPayment, ...]:
    """The newest first; without those whose statement was taken back."""
    statement = (
        select(JournalEntry, BankLine, Client.name)
        .join(BankLine, BankLine.id == JournalEntry.subject_id)
        .join(Client, Client.id == BankLine.client_id)
        .where(JournalEntry.subject == "bank_line", JournalEntry.what == "voided")
        .order_by(JournalEntry.id.desc())
    )
    if client_id is not None:
        statement = statement.where(BankLine.client_id == client_id)
    return tuple(
        _line(session, entry, line, client)
        for entry, line, client in session.execute(statement)
    )


def _line(
    session: Session, entry: JournalEntry, line: BankLine, client: str
) -> VoidedPayment:
    before, after = entry.before or {}, entry.after or {}
    buyer = session.get(Buyer, before["buyer"])
    names = part_names(session, buyer_ids=[before["buyer"]])
    return VoidedPayment(
        line=LineId(line.id),
        client=client,
        booked_on=line.booked_on,
        payer=line.payer,
        amount=amount_of(line),
        buyer=buyer.name if buyer else "",
        against=tuple(
            PaidPart(
                number,
                Money.of_fine(fine, line.currency),
                names.get(invoice_key(before["buyer"], number)),
            )
            for number, fine in before["against"]
        ),
        voided=Voided(entry.at, entry.who, after["reason"]),
    )
