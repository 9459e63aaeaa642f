"""The long list of documents as it stood on a day: what came after it is left out, and nothing is open that was not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import age
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.models import Invoice, Payment
from creditdesk.readings.queries import invoice_ids, ledger_items
from creditdesk.services.ledger import lists
from creditdesk.services.ledger.lists import InvoiceQuestion


@dataclass(frozen=True, slots=True)
class DocumentSums:
    """Documents of one currency: `open` of invoices, as an aging has it; `credits`: credit notes set against nothing.

    `amount` counts credit notes negative.
    """

    count: int
    amount: Money
    open: Money
    credits: Money


@dataclass(frozen=True, slots=True)
class DocumentsThen:
    """The numbers in order, the sums, and what was open of each document; None: what the desk keeps as open."""

    ids: Sequence[int]
    sums: Mapping[str, DocumentSums]
    open: Mapping[int, Money] | None


def documents_on(session: Session, asked: InvoiceQuestion, on: date) -> DocumentsThen:
    """As they stood on a day. Where nothing is dated later, what is kept as open is what was open."""
    until = replace(asked, issued_until=on)
    if not _is_later(session, asked, on):
        found = lists.ids(session, until)
        return DocumentsThen(found, _sums(session, until, None, None), None)
    # What is open is another question on another day: it is asked of every document, not of what is kept.
    everyone = replace(until, overdue_on=None, due_before=asked.overdue_on)
    then = _open_then(session, asked, on)
    numbers = lists.ids(session, everyone)
    if asked.overdue_on:
        numbers = [each for each in numbers if each in then]
    if asked.sort == "open":
        numbers = sorted(numbers, key=lambda each: _size(then.get(each)), reverse=asked.descending)  # fmt: skip
    return DocumentsThen(numbers, _sums(session, everyone, then, set(numbers)), then)


def _is_later(session: Session, asked: InvoiceQuestion, on: date) -> bool:
    whose = (
        (Invoice.client_id, Payment.client_id, asked.client_id),
        (Invoice.buyer_id, Payment.buyer_id, asked.buyer_id),
    )
    invoices = select(Invoice.id).where(Invoice.issued > on)
    payments = select(Payment.id).where(Payment.paid_on > on)
    for of_invoice, of_payment, wanted in whose:
        if wanted is not None:
            invoices = invoices.where(of_invoice == wanted)
            payments = payments.where(of_payment == wanted)
    return any(session.scalar(each.limit(1)) is not None for each in (invoices, payments))  # fmt: skip


def _open_then(session: Session, asked: InvoiceQuestion, on: date) -> dict[int, Money]:
    buyers = None if asked.buyer_id is None else [asked.buyer_id]
    items = ledger_items(session, client_id=asked.client_id, buyer_ids=buyers)
    records = invoice_ids(session, client_id=asked.client_id, buyer_ids=buyers)
    return {records[row.id]: row.open for row in age(items.documents, items.receipts, on).rows}  # fmt: skip


def _sums(
    session: Session,
    asked: InvoiceQuestion,
    then: Mapping[int, Money] | None,
    only: set[int] | None,
) -> dict[str, DocumentSums]:
    if then is None:
        return _kept_sums(session, asked)
    found: dict[str, DocumentSums] = {}
    for number, currency, kind, fine, open_fine in lists.figures(session, asked):
        if only is not None and number not in only:
            continue
        is_note = kind == DocumentKind.CREDIT_NOTE
        nothing = Money.zero(currency)
        before = found.get(currency, DocumentSums(0, nothing, nothing, nothing))
        amount = Money.of_fine(-fine if is_note else fine, currency)
        found[currency] = DocumentSums(
            before.count + 1,
            before.amount + amount,
            before.open + (nothing if is_note else then.get(number, nothing)),
            before.credits
            + (Money.of_fine(open_fine, currency) if is_note else nothing),
        )
    return dict(sorted(found.items()))


def _kept_sums(session: Session, asked: InvoiceQuestion) -> dict[str, DocumentSums]:
    is_note = Invoice.kind == DocumentKind.CREDIT_NOTE
    sums: tuple[Any, ...] = (
        Invoice.currency,
        func.count(),
        func.sum(func.iif(is_note, -1, 1) * Invoice.amount_fine),
        func.sum(func.iif(is_note, 0, Invoice.open_fine)),
        func.sum(func.iif(is_note, Invoice.open_fine, 0)),
    )
    return {
        code: DocumentSums(count, *(Money.of_fine(fine, code) for fine in fines))
        for code, count, *fines in lists.summed(session, asked, sums)
    }


def _size(amount: Money | None) -> Decimal:
    return amount.amount if amount is not None else Decimal(0)
