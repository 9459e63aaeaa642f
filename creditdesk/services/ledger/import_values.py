"""What the desk says about its imports: where each figure came from, what an import did, what rests on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import CreditKind, DueBy
from creditdesk.domain.ledger.naming import Name
from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_, Message
from creditdesk.services.ledger.values import BatchId, BatchLine, InvoiceLine

Value = Money | date | str | None
"""What a field holds, as it can be shown; None: nothing."""


class SourceNotKept(UserError):
    """The desk has no bytes of the file."""

    message = N_(
        "The file of import {batch} ({file}) is not in the desk: it was taken in by an earlier version, "
        "or without a file. Import the file again to keep it."
    )


class RecordUnknown(UserError):
    """A document or payment that is not there any more."""

    message = N_(
        "This is no longer in the ledger: its import was taken back. Go back to the list."
    )


class Record(StrEnum):
    """What an import brings or changes."""

    INVOICE = "invoice"
    PAYMENT = "payment"
    BUYER = "buyer"
    BALANCE = "balance"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that an import changed, from what to what. `amount_fine` and its like are told as money."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The place of a file something was read from. `row` None: not known. `kept`: the file itself is in the desk."""

    batch: BatchId
    kind: str
    format: str
    file_name: str
    sheet: str
    row: int | None
    taken_at: datetime
    who: str
    kept: bool


@dataclass(frozen=True, slots=True)
class LaterChange:
    """What a later import changed in a record."""

    source: SourceRow
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """What lessened a debt, in the list. `payer`: empty, the buyer itself. `bank_line` None: the ledger tells of it.

    `dated` False: the file gives no day, so `paid_on` is its document's. `pays`: what people call what it is booked to.
    """

    id: int
    client: str
    buyer_id: int
    buyer: str
    paid_on: date
    dated: bool
    amount: Money
    against: str
    payer: str
    memo: str
    bank_line: int | None
    file_name: str
    sheet: str
    row: int | None
    batch: int | None
    kind: str = CreditKind.RECEIPT.value
    pays: Name = ""

    @property
    def is_receipt(self) -> bool:
        """Whether money came; an adjustment is none."""
        return self.kind == CreditKind.RECEIPT.value


@dataclass(frozen=True, slots=True)
class Trace:
    """Where one document or payment came from and what changed in it since. `source` None: entered by hand.

    `due_by`: how the due date is known; `term`: the document's own, `agreed`: that of the buyer's file; empty: none.
    """

    of: InvoiceLine | PaymentLine
    source: SourceRow | None
    changes: tuple[LaterChange, ...]
    due_by: DueBy = DueBy.FILE
    term: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One record that an import changed: its number or name, and each field's old and new value."""

    id: int
    record: Record
    buyer: str
    name: Name
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One figure of an aged summary as it was taken in; `place`: which of the summary's columns."""

    buyer_id: int
    buyer: str
    header: str
    amount: Money
    row: int
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile:
    """Everything about one import. `size` None: the desk has no bytes of the file, see `SourceNotKept`.

    `as_of`: the day of an aged summary. `file_totals`: the file's own total row, by field.
    """

    line: BatchLine
    digest: str
    size: int | None
    header_row: int
    columns: Mapping[str, str]
    file_totals: Mapping[str, str]
    refused: tuple[Problem, ...]
    skipped: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something that rests on an import. `blocks`: the import stays while it is there; else it is only told."""

    said: Message
    blocks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPlan:
    """Exactly what taking an import back would do. `restored` records become what they were before."""

    batch: BatchId
    file_name: str
    documents: int
    payments: int
    balances: int
    lines: int
    buyers: int
    restored: int
    dependents: tuple[Dependent, ...]

    @property
    def blocked_by(self) -> tuple[Message, ...]:
        """What must be taken back first."""
        return tuple(each.said for each in self.dependents if each.blocks)


class ImportStanding(StrEnum):
    """How something a file tells stands in the desk now."""

    DIFFERENT = "different"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One record that is not as the file says. `fields`: the file's value, then the desk's.

    `row` None: the file has none, the desk has it of the same time (`by`: from where). `id` None: the desk has none.
    `by`: the import that changed or brought it.
    """

    standing: ImportStanding
    record: Record
    buyer: str
    name: Name
    amount: Money
    row: int | None = None
    id: int | None = None
    fields: tuple[FieldChange, ...] = ()
    by: SourceRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A file held against the desk: how many records are as it says, and those that are not.

    `start` and `end`: the days of its documents; None: it has none. `banked`: payments of the file that stand in the
    desk as confirmed bank lines.
    """

    same: int
    differences: tuple[Difference, ...]
    banked: int = 0
    start: date | None = None
    end: date | None = None

    def count(self, standing: ImportStanding) -> int:
        """How many stand like this."""
        return sum(1 for each in self.differences if each.standing is standing)
