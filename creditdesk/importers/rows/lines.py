"""One row of a ledger as values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import BuyerRef, CreditKind
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.importers.files.cells import Row


class Role(StrEnum):
    """What a row is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    REFUND = "refund"
    ADJUSTMENT = "adjustment"

    @property
    def is_credit(self) -> bool:
        """Whether it lessens debts and is no document."""
        return self in {Role.PAYMENT, Role.ADJUSTMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One row. `amount` is positive whatever the role, `paid` and `open` have its sign; None: the row doesn't say.

    `cells` is the whole row as it stands, `number` may be empty for payments only. `exact` False: the amount had parts
    of a cent. `due_given` False: the due date was counted from the term. `typed`: the file says what the row is, so its
    sign only confirms it. `part`: the row is this part of a document, counted from 1. `adjustments`: what lessened the
    debt beside money. `bill`: what it was paid with is no cash before its maturity. `reversed`: a red letter took all
    of it back. `credit`: what an adjustment is. `deposit`: the money belongs to what the row names, under every rule.
    """

    row: int
    cells: Row
    role: Role
    buyer: BuyerRef
    number: str
    day: date
    amount: Money
    exact: bool = True
    due: date | None = None
    due_given: bool = False
    typed: bool = False
    part: int = 0
    part_kind: PartKind | None = None
    adjustments: tuple[tuple[CreditKind, Money], ...] = ()
    bill: str = ""
    reversed: bool = False
    credit: CreditKind = CreditKind.RECEIPT
    deposit: bool = False
    accepted: date | None = None
    shipped: date | None = None
    term: str = ""
    paid: Money | None = None
    open: Money | None = None
    settled: date | None = None
    disputed: Money | None = None
    net: Money | None = None
    vat: Money | None = None
    vat_rate: Decimal | None = None
    invoice_no: str = ""
    against: str = ""
    contract: str = ""
    memo: str = ""

    @property
    def buyer_key(self) -> str:
        """What tells buyers apart: the code, else the name."""
        return self.buyer.code or self.buyer.name

    @property
    def effect(self) -> Money:
        """What the row adds to the debt."""
        return self.amount if self.role in {Role.INVOICE, Role.REFUND} else -self.amount
