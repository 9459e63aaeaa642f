"""Money received: what it may pay, and what a person confirmed, set aside or took back. rules.md 4.3, 11.2."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.voids import reason_given
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.receipts import (
    is_third_party,
)
from creditdesk.models import (
    BankLine,
    Buyer,
    Invoice,
    Payment,
)
from creditdesk.readings.queries import name_of
from creditdesk.readings.recounting import recount
from creditdesk.services.ledger.receipt_lists import amount_of, known_buyers
from creditdesk.services.ledger.receipt_values import (
    AllocationTooLarge,
    Confirmation,
    LineDecided,
    LineId,
    LineNotConfirmed,
    LineNotSetAside,
    LineState,
    LineUnknown,
    PartOfAnother,
    PartTooLarge,
    ReasonMissing,
    ThirdPartyUnexplained,
)


def confirm(session: Session, line_id: LineId, said: Confirmation) -> None:
    """Set a line against invoices of one buyer; what is left names no invoice. Raises `UserError`s."""
    line = _open_line(session, line_id)
    third_party = _third_party(session, line, said)
    payments = _payments(session, line, said)
    line.state, line.buyer_id = LineState.MATCHED.value, said.buyer_id
    line.third_party, line.word = third_party, said.word.strip()
    _sign(session, line)
    for payment in payments:
        payment.payer = line.payer if third_party else ""
    session.add_all(payments)
    session.flush()  # the open amounts are counted from the payments
    recount(session, {said.buyer_id})
    note(
        session,
        "matched",
        "bank_line",
        line.id,
        client_id=line.client_id,
        after={
            "buyer": said.buyer_id, "third_party": third_party, "word": line.word,
            "against": [[each.against, each.amount_fine] for each in payments],
        },
    )  # fmt: skip


def set_aside(session: Session, line_id: LineId, why: str) -> None:
    """Say that the money is not from a customer."""
    line = _open_line(session, line_id)
    if not why.strip():
        raise ReasonMissing
    line.state, line.reason = LineState.SET_ASIDE.value, why.strip()
    _sign(session, line)
    note(
        session, "set aside", "bank_line", line.id,
        client_id=line.client_id, after={"reason": line.reason},
    )  # fmt: skip


def take_back(session: Session, line_id: LineId) -> None:
    """Open a line again that was set aside."""
    line = _the_line(session, line_id)
    if line.state != LineState.SET_ASIDE.value:
        raise LineNotSetAside(amount=amount_of(line), day=line.booked_on)
    before = {"state": line.state, "reason": line.reason}
    _open_again(line)
    note(
        session, "taken back", "bank_line", line.id,
        client_id=line.client_id, before=before,
    )  # fmt: skip


def void_payment(session: Session, line_id: LineId, why: str) -> None:
    """A line was confirmed by mistake: what it paid is open again, and so is the line.

    Its payments go, so that no figure can hold them; the journal keeps what they were, and `voided_payments` reads it.
    """
    reason = reason_given(why)
    line = _the_line(session, line_id)
    if line.state != LineState.MATCHED.value:
        raise LineNotConfirmed(amount=amount_of(line), day=line.booked_on)
    paid = select(Payment.against, Payment.amount_fine).where(
        Payment.bank_line_id == line.id
    )
    against = [list(row) for row in session.execute(paid.order_by(Payment.id))]
    before = {"buyer": line.buyer_id, "word": line.word, "against": against}
    touched = {line.buyer_id} if line.buyer_id is not None else set()
    session.execute(delete(Payment).where(Payment.bank_line_id == line.id))
    _open_again(line)
    recount(session, touched)
    note(
        session, "voided", "bank_line", line.id,
        client_id=line.client_id, before=before, after={"reason": reason},
    )  # fmt: skip


def _open_again(line: BankLine) -> None:
    line.state, line.buyer_id, line.reason, line.word = LineState.OPEN.value, None, "", ""  # fmt: skip
    line.third_party, line.decided_at, line.who = False, None, ""


def _third_party(session: Session, line: BankLine, said: Confirmation) -> bool:
    buyer = next(
        (
            each
            for each in known_buyers(session, line.client_id)
            if each.id == said.buyer_id
        ),
        None,
    )
    if buyer is None:
        raise PartOfAnother(number="–", buyer=said.buyer_id, currency=line.currency)
    third_party = is_third_party(line.payer, buyer)
    if third_party and not said.word.strip():
        raise ThirdPartyUnexplained(payer=line.payer, buyer=buyer.name)
    return third_party


def _payments(session: Session, line: BankLine, said: Confirmation) -> list[Payment]:
    received = amount_of(line)
    allocated = Money.zero(line.currency)
    made = []
    for place, (invoice_id, amount) in enumerate(said.parts, 1):
        number = _checked(session, line, said.buyer_id, invoice_id, amount)
        allocated += amount
        made.append(_payment(line, said.buyer_id, place, amount, number))
    if received < allocated:
        raise AllocationTooLarge(allocated=allocated, received=received)
    if rest := received - allocated:
        made.append(_payment(line, said.buyer_id, 0, rest, ""))
    return made


def _checked(
    session: Session, line: BankLine, buyer_id: int, invoice_id: int, amount: Money
) -> str:
    """The number of an invoice that can take this amount."""
    found = session.get(Invoice, invoice_id)
    if (
        found is None
        or found.buyer_id != buyer_id
        or found.kind != DocumentKind.INVOICE.value
        or not (found.currency == line.currency == amount.currency)
    ):
        buyer = session.get(Buyer, buyer_id)
        raise PartOfAnother(
            number=name_of(found) if found else invoice_id,
            buyer=buyer.name if buyer else buyer_id,
            currency=line.currency,
        )
    left = Money.of_fine(found.open_fine, found.currency)
    if not amount.amount > 0 or left < amount:
        raise PartTooLarge(number=name_of(found), open=left, amount=amount)
    return found.number


def _payment(
    line: BankLine, buyer_id: int, place: int, amount: Money, number: str
) -> Payment:
    return Payment(
        client_id=line.client_id, buyer_id=buyer_id, key=f"bank:{line.key}:{place}", against=number,
        paid_on=line.booked_on, dated=True, currency=line.currency, amount_fine=amount.fine, memo=line.text,
        batch_id=line.batch_id, row=line.row, bank_line_id=line.id,
    )  # fmt: skip


def _open_line(session: Session, line_id: LineId) -> BankLine:
    line = _the_line(session, line_id)
    if line.state != LineState.OPEN.value:
        raise LineDecided(amount=amount_of(line), day=line.booked_on)
    return line


def _the_line(session: Session, line_id: LineId) -> BankLine:
    line = session.get(BankLine, line_id)
    if line is None:
        raise LineUnknown(line=line_id)
    return line


def _sign(session: Session, line: BankLine) -> None:
    database: Database = session.info["database"]
    line.decided_at, line.who = database.now(), database.who
