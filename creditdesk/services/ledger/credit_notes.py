"""Credit notes that name no invoice: they take nothing off a debt until a person says which invoice they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.credit_notes import CreditPaper, Proposal, proposals
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.domain.ledger.naming import part_name
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import Buyer, Client, Invoice
from creditdesk.readings.recounting import recount


class InvoiceOfAnother(UserError):
    """The invoice can't take the credit note."""

    message = N_(
        "{number} is no invoice of the same buyer and currency. Choose one of its own."
    )


@dataclass(frozen=True, slots=True)
class CreditNoteLine:
    """A credit note that names no invoice. `proposal` None: nothing of the buyer comes into question."""

    id: int
    client: str
    buyer_id: int
    buyer: str
    number: str
    issued: date
    amount: Money
    proposal: Proposal[int] | None
    choices: tuple[CreditPaper[int], ...]


def count(session: Session, client_id: int | None) -> int:
    """How many credit notes name no invoice."""
    statement = select(func.count()).select_from(Invoice).where(*_unassigned(client_id))
    return session.scalar(statement) or 0


def unassigned(session: Session, client_id: int | None) -> tuple[CreditNoteLine, ...]:
    """All of them, by client and day, each with what is proposed and the buyer's invoices that could take it."""
    statement = (
        select(Invoice, Buyer.name, Client.name)
        .join(Buyer, Buyer.id == Invoice.buyer_id)
        .join(Client, Client.id == Invoice.client_id)
        .where(*_unassigned(client_id))
        .order_by(Client.name, Invoice.issued, Invoice.number)
    )
    found = session.execute(statement).all()
    invoices = _invoices(session, {row.Invoice.buyer_id for row in found})
    proposed = proposals((_paper(row.Invoice) for row in found), invoices)
    return tuple(
        CreditNoteLine(
            row.Invoice.id, row[2], row.Invoice.buyer_id, row[1], row.Invoice.number, row.Invoice.issued,
            _paper(row.Invoice).amount, proposed.get(row.Invoice.id), _choices(row.Invoice, invoices),
        )
        for row in found
    )  # fmt: skip


def set_against(session: Session, assigned: Mapping[int, str]) -> None:
    """Say which invoice each credit note belongs to, by its number; an empty number takes the word back.

    Raises `InvoiceOfAnother` for an invoice the buyer hasn't.
    """
    buyers = set()
    for credit_id, number in assigned.items():
        row = session.get(Invoice, credit_id)
        if row is None or row.kind != DocumentKind.CREDIT_NOTE.value:
            raise RecordMissing(what=f"credit note {credit_id}")
        if number and number not in _numbers(session, row):
            raise InvoiceOfAnother(number=number)
        note(
            session, "set against", "invoice", row.id, client_id=row.client_id,
            before={"against": row.against}, after={"number": row.number, "against": number},
        )  # fmt: skip
        row.against = number
        buyers.add(row.buyer_id)
    session.flush()  # what is open is counted from what is written
    recount(session, buyers)


def _unassigned(client_id: int | None) -> list[ColumnElement[bool]]:
    conditions = [
        Invoice.kind == DocumentKind.CREDIT_NOTE.value,
        Invoice.against == "",
        Invoice.open_fine > 0,
    ]
    if client_id is not None:
        conditions.append(Invoice.client_id == client_id)
    return conditions


def _numbers(session: Session, row: Invoice) -> set[str]:
    return set(
        session.scalars(
            select(Invoice.number).where(
                Invoice.buyer_id == row.buyer_id,
                Invoice.currency == row.currency,
                Invoice.kind == DocumentKind.INVOICE.value,
            )
        )
    )


def _invoices(session: Session, buyers: set[int]) -> list[CreditPaper[int]]:
    found = session.scalars(
        select(Invoice)
        .where(
            Invoice.buyer_id.in_(buyers),
            Invoice.kind == DocumentKind.INVOICE.value,
            Invoice.open_fine > 0,
        )
        .order_by(Invoice.issued)
    )
    return [_paper(row) for row in found]


def _choices(
    row: Invoice, invoices: list[CreditPaper[int]]
) -> tuple[CreditPaper[int], ...]:
    return tuple(
        each
        for each in invoices
        if each.buyer == row.buyer_id and each.amount.currency == row.currency
    )


def _paper(row: Invoice) -> CreditPaper[int]:
    return CreditPaper(
        row.id, row.buyer_id, row.number, row.issued,
        Money.of_fine(row.amount_fine, row.currency), Money.of_fine(row.open_fine, row.currency),
        part_name(row.number, row.part, row.part_kind),
    )  # fmt: skip
