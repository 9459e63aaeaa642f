"""The ledger as a file tells it: documents, payments, and what could not be taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.asked import Answers, FileQuestion
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.errors import Problem


class DocumentKind(StrEnum):
    """What an amount does to the debt: a credit note takes off, every other kind adds. rules.md 14.5.

    An opening balance stands for documents nobody has told yet; a refund is money that went back to the buyer.
    """

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    OPENING = "opening"
    REFUND = "refund"

    @property
    def owes(self) -> bool:
        """Whether it adds to what the buyer owes."""
        return self is not DocumentKind.CREDIT_NOTE

    @property
    def turnover(self) -> int:
        """How it counts in what was sold: 1, -1, or 0 for what is no sale."""
        return _TURNOVER.get(self, 0)


_TURNOVER = {DocumentKind.INVOICE: 1, DocumentKind.CREDIT_NOTE: -1}


class CreditKind(StrEnum):
    """What lessens a debt: money that came, or an adjustment, which is never a receipt. rules.md 14.2."""

    RECEIPT = "receipt"
    SET_OFF = "set_off"
    WRITTEN_OFF = "written_off"
    DISCOUNT = "discount"
    EXCHANGE = "exchange"
    OTHER = "other"


class DueBy(StrEnum):
    """How a due date is known that the file itself doesn't give."""

    FILE = ""
    TERM = "term"
    PERSON = "person"
    AGREED = "agreed"
    """By the term in the buyer's file, because a person said that it dates what gives neither day nor term."""


SEVERAL = "\n"
"""Between the numbers of several documents that one receipt names, in the order they are paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerRef:
    """The buyer as a row names it. Either code or name is present; both may be.

    `term`: the payment term agreed with it, as a list of customers says; empty: not said.
    """

    code: str = ""
    name: str = ""
    uscc: str = ""
    country: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDocument:
    """An invoice or credit note read from a row. `amount` is positive for both kinds.

    `due` None: the file gives none and no term to compute it from. `against`: number of the invoice a credit note
    belongs to, empty when the file doesn't say. `net`, `vat` None: the file doesn't split the amount.
    `part`: which part of its document it is, counted from 1; 0: the whole. `accepted`: the day goods were accepted.
    """

    row: int
    buyer: BuyerRef
    number: str
    kind: DocumentKind
    issued: date
    amount: Money
    due: date | None = None
    shipped: date | None = None
    term: str = ""
    disputed: Money | None = None
    net: Money | None = None
    vat: Money | None = None
    vat_rate: Decimal | None = None
    invoice_no: str = ""
    against: str = ""
    contract: str = ""
    memo: str = ""
    part: int = 0
    part_kind: PartKind | None = None
    due_by: DueBy = DueBy.FILE
    accepted: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPayment:
    """What lessened a debt, read from a row of its own or from an invoice's paid, open or settled column.

    `to`: number of the document it pays, empty when unassigned; several, see `SEVERAL`. `part`: of which part of it.
    `issued`: of the document of its own row, where others may have the same number. `dated` False: the file gives an
    amount paid but no date, so it counts from the document's own date. `key` tells the same payment again next month.
    `contract`: of a deposit that names nothing else.
    """

    row: int
    buyer: BuyerRef
    key: str
    paid_on: date
    amount: Money
    to: str = ""
    dated: bool = True
    memo: str = ""
    kind: CreditKind = CreditKind.RECEIPT
    issued: date | None = None
    part: int = 0
    contract: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSource:
    """The file a draft was read from. `format`: the structured format's id, empty for tables.

    `is_einvoice`: the file is the one invoice it tells of, and evidence of it.
    """

    file_name: str
    digest: str
    sheet: str = ""
    header_row: int = 1
    format: str = ""
    is_einvoice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDraft:
    """Everything one file says, before anything is written.

    `columns` maps canonical fields (rules.md 11.6, plus amount, settled_date, disputed) to the headers they were
    read from; `file_totals` are amounts of the file's own total row by canonical field, where it has one. `rejected`
    rows are not taken, `skipped` rows are no documents of their own, `notes` say what was done with rows taken.
    `unread_columns` have content nobody used. `questions` are open: the rows they concern are among `rejected`, but for
    those about terms, whose documents have no due date. `answers`: what is known to questions, kept or just said.
    `one_of`: the file by name, where several are read in one go; empty: it is alone.
    """

    source: LedgerSource
    documents: Sequence[DraftDocument]
    payments: Sequence[DraftPayment] = ()
    rejected: tuple[Problem, ...] = ()
    skipped: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    rows_read: int = 0
    file_totals: dict[str, Decimal] = field(default_factory=dict)
    unread_columns: tuple[str, ...] = ()
    questions: tuple[FileQuestion, ...] = ()
    answers: Answers = field(default_factory=dict)
    one_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBalance:
    """One figure of an aged summary: what a buyer owes of one age. Negative: the buyer has credit.

    `from_days`, `to_days`: days overdue, both included. `from_days` None: not due; `to_days` None: without end.
    `place`: which of the summary's columns it stands in, from 0.
    """

    row: int
    buyer: BuyerRef
    place: int
    header: str
    from_days: int | None
    to_days: int | None
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedDraft:
    """Everything an aged summary says. It can be aged, never claimed: it names no documents. rules.md 11.6.

    `notes` are about the whole file.
    """

    source: LedgerSource
    as_of: date
    balances: tuple[DraftBalance, ...]
    rejected: tuple[Problem, ...] = ()
    skipped: tuple[Problem, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    rows_read: int = 0
    file_totals: dict[str, Decimal] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()
