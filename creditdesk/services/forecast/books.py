"""The invoices of a desk and how they were paid, as a forecast takes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.forecast.history import Sale
from creditdesk.domain.ledger.aging import age
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.domain.ledger.marks import ELECTRONIC, Mark, mark_of
from creditdesk.domain.ledger.settled import settled_on
from creditdesk.models import Buyer, Invoice, Payment
from creditdesk.readings.queries import DocumentKey, ledger_items


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """One of the client's that is open, as people call it."""

    sale: Sale
    buyer: str
    number: str
    open: Money


@dataclass(frozen=True, slots=True)
class ForecastBooks:
    """All that a forecast of a day may know: what was written and paid by its end."""

    sales: tuple[Sale, ...]
    open: tuple[OpenInvoice, ...]


def books_on(session: Session, client_id: int, on: date) -> ForecastBooks:
    """The sales of all clients up to a day, and what is open of one client's then.

    Invoices without a known due date, and those whose payment has no day of its own, tell nothing and are left out.
    """
    items = ledger_items(session)
    documents = [each for each in items.documents if each.issued <= on]
    receipts = [each for each in items.receipts if each.on <= on]
    settled = settled_on(documents, receipts, _silent(session))
    forms = _forms(session)
    sales = {
        each.id: Sale(
            id=each.id,
            buyer=each.buyer,
            issued=each.issued,
            due=each.due,
            settled=settled.get(each.id),
            amount=float(each.amount.amount),
            electronic=forms.get(each.id),
        )
        for each in documents
        if each.kind is DocumentKind.INVOICE
        and each.due is not None
        and each.amount.amount > 0
        and settled.get(each.id, on) is not None
    }
    names, mine = _buyers(session, client_id), _numbers(session, client_id)
    rows = age(
        [each for each in documents if each.buyer in names],
        [each for each in receipts if each.buyer in names],
        on,
    ).rows
    return ForecastBooks(
        tuple(sales.values()),
        tuple(
            OpenInvoice(sales[row.id], names[row.buyer], mine.get(row.id, row.id[1]), row.open)
            for row in rows
            if row.id in sales
        ),
    )  # fmt: skip


def _silent(session: Session) -> frozenset[int]:
    """Payments whose day the file didn't give, and what lessened a debt without being money."""
    found = session.scalars(
        select(Payment.id).where(
            or_(Payment.dated.is_(False), Payment.kind != CreditKind.RECEIPT.value)
        )
    )
    return frozenset(found)


def _forms(session: Session) -> Mapping[DocumentKey, bool]:
    """Which invoices went out electronically, where the ledger says how they were sent."""
    found = session.execute(
        select(Invoice.buyer_id, Invoice.number, Invoice.kind, Invoice.memo).where(
            Invoice.memo.contains(Mark.SENT.value)
        )
    )
    forms = (
        ((row.buyer_id, row.number, row.kind), mark_of(row.memo, Mark.SENT))
        for row in found
    )
    return {key: form == ELECTRONIC for key, form in forms if form is not None}


def _buyers(session: Session, client_id: int) -> Mapping[int, str]:
    found = session.execute(
        select(Buyer.id, Buyer.name).where(Buyer.client_id == client_id)
    )
    return {row.id: row.name for row in found}


def _numbers(session: Session, client_id: int) -> Mapping[DocumentKey, str]:
    """The numbers on the papers, where they aren't the books' own."""
    found = session.execute(
        select(Invoice.buyer_id, Invoice.number, Invoice.kind, Invoice.doc_no).where(
            Invoice.client_id == client_id, Invoice.doc_no != ""
        )
    )
    return {(row.buyer_id, row.number, row.kind): row.doc_no for row in found}
