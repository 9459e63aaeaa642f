"""What a client's ledger holds, as rows by their natural keys."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db import bulk
from creditdesk.domain.ledger.rows import DocumentRow, PaymentRow
from creditdesk.models import Dispute, Invoice, Payment
from creditdesk.readings.queries import DocumentKey

PaymentKey = tuple[int, str]
DOCUMENT_FIELDS = DocumentRow._fields[DocumentRow._fields.index("issued") :]
PAYMENT_FIELDS = PaymentRow._fields[PaymentRow._fields.index("against") :]
"""What may differ when the same document or payment is told again; the order is that of the rows below."""


class HeldDocument(NamedTuple):
    """A document of the desk. From `issued` on as in `DocumentRow`."""

    buyer_id: int
    number: str
    kind: str
    id: int
    open_fine: int
    issued: str
    due: str | None
    shipped: str | None
    term: str
    currency: str
    amount_fine: int
    disputed_fine: int
    net_fine: int | None
    vat_fine: int | None
    vat_rate: str
    invoice_no: str
    against: str
    contract: str
    memo: str
    accepted: str | None
    due_by: str
    part_kind: str
    part: int
    doc_no: str


class HeldPayment(NamedTuple):
    """A payment of the desk. From `against` on as in `PaymentRow`."""

    buyer_id: int
    key: str
    id: int
    against: str
    paid_on: str
    dated: int
    currency: str
    amount_fine: int
    memo: str
    kind: str
    contract: str


_Row = TypeVar("_Row")
_Held = TypeVar("_Held")


@dataclass(slots=True)
class Changes(Generic[_Row, _Held]):
    """Rows of one table: to add, to change (with what they were), and how many stay as they are.

    Each stands beside its buyer's number, which may be a stand-in.
    """

    added: list[tuple[int, _Row]] = field(default_factory=list)
    changed: list[tuple[_Row, _Held]] = field(default_factory=list)
    same: int = 0

    @property
    def differ(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.added or self.changed)


@dataclass(slots=True)
class Holdings:
    """The client's documents and payments by natural key. `shares_numbers`: some numbers mean several documents.

    `deposits`: the payments that name only a contract. `contested`: documents whose disputes a person keeps.
    """

    invoices: dict[DocumentKey, HeldDocument]
    payments: dict[PaymentKey, HeldPayment]
    shares_numbers: bool = False
    deposits: tuple[PaymentKey, ...] = ()
    contested: frozenset[DocumentKey] = frozenset()


def holdings(session: Session, client_id: int, step: Callable[[int], None]) -> Holdings:
    """All the client's documents and payments; `step` hears how many are read."""
    invoices = bulk.read(
        session,
        select(*(getattr(Invoice, name) for name in HeldDocument._fields)).where(
            Invoice.client_id == client_id
        ),
        step,
    )
    payments = bulk.read(
        session,
        select(*(getattr(Payment, name) for name in HeldPayment._fields)).where(
            Payment.client_id == client_id
        ),
        step,
    )
    shared = select(Invoice.id).where(
        Invoice.client_id == client_id, Invoice.doc_no != ""
    )
    deposits = select(Payment.buyer_id, Payment.key).where(
        Payment.client_id == client_id, Payment.contract != ""
    )
    contested = (
        select(Invoice.buyer_id, Invoice.number, Invoice.kind)
        .join(Dispute, Dispute.invoice_id == Invoice.id)
        .where(Invoice.client_id == client_id)
    )
    return Holdings(
        {row[:3]: HeldDocument._make(row) for row in invoices},
        {row[:2]: HeldPayment._make(row) for row in payments},
        session.scalar(shared.limit(1)) is not None,
        tuple((buyer, key) for buyer, key in session.execute(deposits)),
        frozenset(
            (buyer, number, kind) for buyer, number, kind in session.execute(contested)
        ),
    )
