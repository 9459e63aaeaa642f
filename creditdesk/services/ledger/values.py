"""What the ledger service gives and refuses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NewType

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.aging import Aging, AgingSums
from creditdesk.domain.ledger.asked import FileQuestion
from creditdesk.domain.ledger.naming import Name, document_name
from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_
from creditdesk.readings.queries import BuyerName, DocumentKey, PaperNumber
from creditdesk.services.ledger.identity import Joined, Question, said_of

BatchId = NewType("BatchId", int)
InvoiceId = NewType("InvoiceId", int)


class BatchUnknown(UserError):
    """No such take-in."""

    message = N_(
        "There is no import number {batch}. The list of imports shows the numbers."
    )


class BatchUndone(UserError):
    """It was taken back already."""

    message = N_("Import {batch} was taken back already, on {at}.")


class BatchInUse(UserError):
    """Something later depends on it."""

    message = N_(
        "Import {batch} can't be taken back, because this rests on it: {reasons}. Take that back first."
    )


class StatementPeriodWrong(UserError):
    """It would end before it begins."""

    message = N_(
        "The statement would end on {end}, before it begins on {start}. Were the dates swapped?"
    )


@dataclass(frozen=True, slots=True)
class CurrencyTotals:
    """Documents of one currency: credit notes count negative, in `amount` and in `open`."""

    count: int
    amount: Money
    open: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a take-in did, or in a dry run would do. `batch` None: nothing was written.

    `joined`: buyers told by something else than code or name; `asked`: codes that differ by leading zeros only.
    `questions` nobody has answered; `open_due_dates`: invoices whose due date nobody knows. What lessened debts without
    being a receipt, and what ledgers began with, is not among payments and invoices.
    `papers`: e-invoices that become evidence of their invoice, also of one the desk holds already.
    """

    batch: BatchId | None
    rows_read: int
    invoices_added: int
    invoices_updated: int
    invoices_unchanged: int
    payments_added: int
    payments_updated: int
    payments_unchanged: int
    buyers_added: int
    rejected: tuple[Problem, ...]
    skipped: tuple[Problem, ...]
    totals: Mapping[str, CurrencyTotals]
    before: Mapping[str, CurrencyTotals]
    after: Mapping[str, CurrencyTotals]
    columns: Mapping[str, str]
    joined: tuple[Joined, ...] = ()
    asked: tuple[Question, ...] = ()
    papers: int = 0
    notes: tuple[Problem, ...] = ()
    questions: tuple[FileQuestion, ...] = ()
    unread_columns: tuple[str, ...] = ()
    open_due_dates: int = 0
    adjustments_added: int = 0
    openings_added: int = 0

    @property
    def about_buyers(self) -> tuple[Problem, ...]:
        """What a person should know of the buyers, in words."""
        return said_of(self.joined, self.asked)

    @property
    def took_any(self) -> bool:
        """Whether the file gave anything, new or known already."""
        return bool(
            self.invoices_added
            + self.invoices_updated
            + self.invoices_unchanged
            + self.payments_added
            + self.payments_updated
            + self.payments_unchanged
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedTakenIn:
    """What taking an aged summary in did, or would do. `batch` None: nothing was written.

    `added`, `changed` and `unchanged` count buyers' balances, one a currency.
    """

    batch: BatchId | None
    as_of: date
    rows_read: int
    added: int
    changed: int
    unchanged: int
    buyers_added: int
    rejected: tuple[Problem, ...]
    skipped: tuple[Problem, ...]
    totals: Mapping[str, CurrencyTotals]
    joined: tuple[Joined, ...] = ()
    asked: tuple[Question, ...] = ()

    @property
    def about_buyers(self) -> tuple[Problem, ...]:
        """What a person should know of the buyers, in words."""
        return said_of(self.joined, self.asked)


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One file that was taken in.

    `kind`: ledger, aged or bank. `format`: a structured format's id. `kept`: the file itself is in the desk.
    """

    id: BatchId
    client_id: int
    client: str
    file_name: str
    sheet: str
    taken_at: datetime
    who: str
    counts: Mapping[str, int]
    totals: Mapping[str, Mapping[str, str]]
    undone_at: datetime | None
    kind: str = "ledger"
    format: str = ""
    refused: int = 0
    skipped: int = 0
    kept: bool = False

    @property
    def used(self) -> int:
        """Rows that became something, or were a further line of it."""
        return max(0, self.counts["rows_read"] - self.refused - self.skipped)


@dataclass(frozen=True, slots=True)
class BalanceReport:
    """What buyers owe by age, with their names and their clients'; `late`: days of each one's oldest debt."""

    aging: AgingSums[int]
    buyers: Mapping[int, BuyerName]
    clients: Mapping[int, str]
    late: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class AgingReport:
    """An aging with the names of its buyers and clients, and the record of each document.

    `papers`: the numbers of documents that share theirs with others.
    """

    aging: Aging[DocumentKey, int]
    buyers: Mapping[int, BuyerName]
    clients: Mapping[int, str]
    records: Mapping[DocumentKey, int]
    papers: Mapping[DocumentKey, PaperNumber] = field(default_factory=dict)

    def name(self, key: DocumentKey) -> Name:
        """What people call one of its documents."""
        paper = self.papers.get(key)
        return document_name(key[1], paper.part, paper.part_kind) if paper else key[1]


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """A document in the long list. `due` None: the ledger gives none. `part`: which part of it; 0: the whole.

    `bill_end`: a `BillOutcome`, where it is known what became of the bill, `bill_way`: a `BillWay`, where it was passed
    on; empty else.
    """

    id: InvoiceId
    client: str
    buyer_id: int
    buyer: str
    kind: str
    number: str
    issued: date
    due: date | None
    amount: Money
    open: Money
    disputed: Money
    file_name: str
    row: int | None
    sheet: str = ""
    batch: int | None = None
    part: int = 0
    part_kind: str = ""
    memo: str = ""
    bill_end: str = ""
    bill_way: str = ""

    @property
    def called(self) -> Name:
        """What people call it."""
        return document_name(self.number, self.part, self.part_kind)
