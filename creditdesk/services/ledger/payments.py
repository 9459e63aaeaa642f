"""The long list of payments, and of what else lessened debts: sorted and filtered in SQL, ids once, rows by id."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import CreditKind, DocumentKind
from creditdesk.domain.ledger.naming import paid_names, part_name
from creditdesk.i18n import Message
from creditdesk.models import Buyer, Client, ImportBatch, Invoice, Payment
from creditdesk.services.ledger.import_values import PaymentLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentQuestion:
    """Which payments, in which order. `text` matches the start of an invoice's number or any part of a name."""

    client_id: int | None = None
    buyer_id: int | None = None
    batch_id: int | None = None
    against: str = ""
    text: str = ""
    sort: str = "paid_on"
    descending: bool = False


SORTS: Mapping[str, InstrumentedAttribute[Any]] = {
    "buyer": Buyer.name,
    "paid_on": Payment.paid_on,
    "against": Payment.against,
    "amount": Payment.amount_fine,
    "payer": Payment.payer,
    "row": Payment.row,
    "kind": Payment.kind,
}
_RECEIPT = CreditKind.RECEIPT.value


def ids(session: Session, asked: PaymentQuestion) -> Sequence[int]:
    """The numbers of the payments, in order; sums of nothing, which only unsay an earlier file, are left out."""
    column = SORTS[asked.sort]
    order = (
        [column.desc(), Payment.id.desc()] if asked.descending else [column, Payment.id]
    )
    statement = _from(select(Payment.id), asked).order_by(*order)
    found: Any = session.connection().execute(statement).cursor
    return array("q", chain.from_iterable(found))


def totals(session: Session, asked: PaymentQuestion) -> dict[str, tuple[int, Money]]:
    """How many receipts there are and what they make, one a currency; an adjustment is none."""
    return _sums(session, asked, Payment.kind == _RECEIPT)


def reductions(
    session: Session, asked: PaymentQuestion
) -> dict[str, tuple[int, Money]]:
    """The same of what lessened debts without being a receipt."""
    return _sums(session, asked, Payment.kind != _RECEIPT)


def _sums(
    session: Session, asked: PaymentQuestion, which: ColumnElement[bool]
) -> dict[str, tuple[int, Money]]:
    sums = select(Payment.currency, func.count(), func.sum(Payment.amount_fine))
    found = session.execute(
        _from(sums, asked)
        .where(which)
        .group_by(Payment.currency)
        .order_by(Payment.currency)
    )
    return {
        currency: (count, Money.of_fine(amount, currency))
        for currency, count, amount in found
    }


def rows(session: Session, numbers: Sequence[int]) -> tuple[PaymentLine, ...]:
    """These payments, in this order."""
    statement = (
        select(
            Payment.id, Client.name, Payment.buyer_id, Buyer.name, Payment.paid_on, Payment.dated,
            Payment.currency, Payment.amount_fine, Payment.against, Payment.payer, Payment.memo,
            Payment.bank_line_id, ImportBatch.file_name, ImportBatch.sheet, Payment.row, Payment.batch_id,
            Payment.kind, Payment.key, Invoice.part, Invoice.part_kind,
        )
        .join(Client, Client.id == Payment.client_id)
        .join(Buyer, Buyer.id == Payment.buyer_id)
        .outerjoin(ImportBatch, ImportBatch.id == Payment.batch_id)
        .outerjoin(
            Invoice,
            (Invoice.buyer_id == Payment.buyer_id)
            & (Invoice.number == Payment.against)
            & (Invoice.kind == DocumentKind.INVOICE.value)
            & (Invoice.client_id == Payment.client_id),
        )
        .where(Payment.id.in_(numbers))
    )  # fmt: skip
    found = {row[0]: _line(tuple(row)) for row in session.execute(statement)}
    return tuple(found[number] for number in numbers if number in found)


def _line(row: tuple[Any, ...]) -> PaymentLine:
    number, client, buyer_id, buyer, paid_on, dated, currency, fine, *rest = row
    against, payer, memo, bank_line, file, sheet, at, batch, kind, *named = rest
    key, part, part_kind = named

    def name(own: str) -> Message | None:
        return part_name(own, part, part_kind) if part else None

    return PaymentLine(
        number, client, buyer_id, buyer, paid_on, dated, Money.of_fine(fine, currency), against, payer, memo,
        bank_line, file or "", sheet or "", at, batch, kind, paid_names(name, key, against),
    )  # fmt: skip


def _from(
    statement: Select[*tuple[Any, ...]], asked: PaymentQuestion
) -> Select[*tuple[Any, ...]]:
    if asked.text or asked.sort == "buyer":
        statement = statement.join(Buyer, Buyer.id == Payment.buyer_id)
    return statement.where(*_conditions(asked))


def _conditions(asked: PaymentQuestion) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Payment.amount_fine > 0]
    if asked.client_id is not None:
        conditions.append(Payment.client_id == asked.client_id)
    if asked.buyer_id is not None:
        conditions.append(Payment.buyer_id == asked.buyer_id)
    if asked.batch_id is not None:
        conditions.append(Payment.batch_id == asked.batch_id)
    if asked.against:
        conditions.append(Payment.against == asked.against)
    if asked.text:
        conditions.append(
            or_(
                Payment.against.startswith(asked.text, autoescape=True),
                Buyer.name.contains(asked.text, autoescape=True),
                Payment.payer.contains(asked.text, autoescape=True),
            )
        )
    return conditions
