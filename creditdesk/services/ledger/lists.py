"""The long list of documents: sorted and filtered in SQL, ids once, rows by id."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from creditdesk.domain.base.money import Money
from creditdesk.models import (
    BillEnd,
    BillTransfer,
    Buyer,
    Client,
    ImportBatch,
    Invoice,
    Payment,
)
from creditdesk.services.ledger.values import CurrencyTotals, InvoiceId, InvoiceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceQuestion:
    """Which documents, in which order. `text` matches the start of a number or any part of a buyer's name.

    `overdue_on`: due before the day and open by what the desk keeps; `due_before`: due, open or not. `due_open`: only
    what is open without a due date that anybody knows; `term`: under this wording, which may be empty.
    """

    client_id: int | None = None
    buyer_id: int | None = None
    batch_id: int | None = None
    text: str = ""
    open_only: bool = False
    overdue_on: date | None = None
    due_before: date | None = None
    issued_until: date | None = None
    due_open: bool = False
    term: str | None = None
    sort: str = "due"
    descending: bool = False


SORTS: Mapping[str, InstrumentedAttribute[Any]] = {
    "client": Client.name,
    "buyer": Buyer.name,
    "number": Invoice.number,
    "issued": Invoice.issued,
    "due": Invoice.due,
    "amount": Invoice.amount_fine,
    "open": Invoice.open_fine,
    "disputed": Invoice.disputed_fine,
    "row": Invoice.row,
}


def ids(session: Session, asked: InvoiceQuestion) -> Sequence[int]:
    """The numbers of the documents, in order."""
    column = SORTS[asked.sort]
    order = (
        [column.desc(), Invoice.id.desc()] if asked.descending else [column, Invoice.id]
    )
    statement = _from(select(Invoice.id), asked).order_by(*order)
    found: Any = session.connection().execute(statement).cursor
    # Straight from the driver: a million rows made into objects first take twice the time.
    return array("q", chain.from_iterable(found))


def totals(session: Session, asked: InvoiceQuestion) -> dict[str, CurrencyTotals]:
    """Sums of the documents asked for, one a currency; credit notes count negative."""
    sign = func.iif(Invoice.kind == "credit_note", -1, 1)
    sums = select(
        Invoice.currency,
        func.count(),
        func.sum(sign * Invoice.amount_fine),
        func.sum(sign * Invoice.open_fine),
    )
    found = session.execute(
        _from(sums, asked).group_by(Invoice.currency).order_by(Invoice.currency)
    )
    return {
        currency: CurrencyTotals(
            count, Money.of_fine(amount, currency), Money.of_fine(left, currency)
        )
        for currency, count, amount, left in found
    }


def summed(
    session: Session, asked: InvoiceQuestion, columns: tuple[Any, ...]
) -> Iterator[tuple[Any, ...]]:
    """These columns of the documents asked for, by currency, the first of them."""
    statement = _from(select(*columns), asked).group_by(Invoice.currency)
    yield from (tuple(row) for row in session.execute(statement.order_by(Invoice.currency)))  # fmt: skip


def figures(session: Session, asked: InvoiceQuestion) -> Iterator[tuple[Any, ...]]:
    """Number, currency, kind, amount and what is kept as open of each document."""
    columns = (Invoice.id, Invoice.currency, Invoice.kind, Invoice.amount_fine, Invoice.open_fine)  # fmt: skip
    yield from (tuple(row) for row in session.execute(_from(select(*columns), asked)))


def rows(session: Session, numbers: Sequence[int]) -> tuple[InvoiceLine, ...]:
    """These documents, in this order."""
    statement = (
        select(
            Invoice.id, Client.name, Invoice.buyer_id, Buyer.name, Invoice.kind, Invoice.number, Invoice.issued,
            Invoice.due, Invoice.currency, Invoice.amount_fine, Invoice.open_fine, Invoice.disputed_fine,
            ImportBatch.file_name, Invoice.row, ImportBatch.sheet, Invoice.batch_id,
            Invoice.part, Invoice.part_kind, Invoice.memo, BillEnd.outcome, BillTransfer.way,
        )
        .join(Client, Client.id == Invoice.client_id)
        .join(Buyer, Buyer.id == Invoice.buyer_id)
        .outerjoin(ImportBatch, ImportBatch.id == Invoice.batch_id)
        .outerjoin(BillEnd, BillEnd.invoice_id == Invoice.id)
        .outerjoin(BillTransfer, BillTransfer.invoice_id == Invoice.id)
        .where(Invoice.id.in_(numbers))
    )  # fmt: skip
    found = {row[0]: _line(tuple(row)) for row in session.execute(statement)}
    return tuple(found[number] for number in numbers if number in found)


def _line(row: tuple[Any, ...]) -> InvoiceLine:
    (
        number,
        client,
        buyer_id,
        buyer,
        kind,
        name,
        issued,
        due,
        currency,
        amount,
        left,
        disputed,
        file,
        line,
        sheet,
        batch,
        part,
        part_kind,
        memo,
        bill_end,
        bill_way,
    ) = row
    return InvoiceLine(
        InvoiceId(number), client, buyer_id, buyer, kind, name, issued, due,
        Money.of_fine(amount, currency), Money.of_fine(left, currency), Money.of_fine(disputed, currency),
        file or "", line, sheet or "", batch, part, part_kind, memo,
        bill_end or "", bill_way or "",
    )  # fmt: skip


def _from(
    statement: Select[*tuple[Any, ...]], asked: InvoiceQuestion
) -> Select[*tuple[Any, ...]]:
    # Names are joined only where they are asked for: 100,000 rows sort twice as fast without.
    if asked.text or asked.sort == "buyer":
        statement = statement.join(Buyer, Buyer.id == Invoice.buyer_id)
    if asked.sort == "client":
        statement = statement.join(Client, Client.id == Invoice.client_id)
    return statement.where(*_conditions(asked))


def _conditions(asked: InvoiceQuestion) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.client_id is not None:
        conditions.append(Invoice.client_id == asked.client_id)
    if asked.buyer_id is not None:
        conditions.append(Invoice.buyer_id == asked.buyer_id)
    if asked.batch_id is not None:
        conditions.append(Invoice.batch_id == asked.batch_id)
    if asked.open_only or asked.overdue_on:
        conditions.append(Invoice.open_fine > 0)
    due_before = asked.overdue_on or asked.due_before
    if due_before:
        # Of an invoice without a due date nobody knows whether it is overdue; what never has one counts from its own.
        conditions += [
            func.coalesce(Invoice.due, Invoice.issued) < due_before,
            or_(Invoice.due.is_not(None), Invoice.kind != "invoice"),
        ]
    if asked.due_open:
        conditions += [Invoice.due.is_(None), Invoice.open_fine > 0, Invoice.kind == "invoice"]  # fmt: skip
    if asked.term is not None:
        conditions.append(Invoice.term == asked.term)
    if asked.issued_until:
        conditions.append(Invoice.issued <= asked.issued_until)
    if asked.text:
        conditions.append(
            or_(
                Invoice.number.startswith(asked.text, autoescape=True),
                Buyer.name.contains(asked.text, autoescape=True),
                Buyer.code.startswith(asked.text, autoescape=True),
            )
        )
    return conditions


def says_open(session: Session, client_id: int) -> bool:
    """Whether lists taken in before told what is open or paid: a list of payments may tell of the same money."""
    derived = or_(Payment.key.startswith("paid:"), Payment.key.startswith("settled:"))
    found = session.scalar(
        select(Payment.id)
        .where(Payment.client_id == client_id, Payment.amount_fine > 0, derived)
        .limit(1)
    )
    return found is not None
