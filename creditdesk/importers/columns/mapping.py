"""What each column of a sheet means: a value that recognition fills and a person corrects. rules.md 11.6."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from creditdesk.catalog.headings import Field
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.heads import Head
from creditdesk.importers.columns.profile import Profile, signature
from creditdesk.importers.files import dates
from creditdesk.importers.files.cells import Cell, Row, Sheet
from creditdesk.importers.files.dates import Decision, Order

DATES = (
    Field.DOC_DATE,
    Field.POST_DATE,
    Field.SHIP_DATE,
    Field.DUE_DATE,
    Field.SETTLED_DATE,
    Field.ACCEPT_DATE,
    Field.RETENTION_DUE,
    Field.BILL_DUE,
)
AMOUNTS = (
    Field.AMOUNT,
    Field.AMOUNT_FC,
    Field.AMOUNT_LC,
    Field.NET,
    Field.VAT,
    Field.PAID,
    Field.OPEN,
)
NUMBERS = (Field.DOC_NO, Field.EINVOICE_NO, Field.INVOICE_NO, Field.VOUCHER_NO)


class RowKind(StrEnum):
    """What each row of the sheet is, unless the row says otherwise."""

    LEDGER = "ledger"
    PAYMENTS = "payments"
    CREDIT_NOTES = "credit_notes"


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """One recognised column. `confidence` from 0 to 1; `guessed` False: a person or a profile says so."""

    field: Field
    column: int
    header: str
    reason: Message
    confidence: float
    guessed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What each column means. `head` is where the headings stand; `found` has one entry a field.

    `day_first` None: decided from the columns themselves; False is month first.
    """

    head: Head
    found: tuple[ColumnFound, ...]
    kind: RowKind = RowKind.LEDGER
    day_first: bool | None = None

    @property
    def columns(self) -> dict[Field, int]:
        """Column index by field."""
        return {each.field: each.column for each in self.found}

    @property
    def headers(self) -> dict[str, str]:
        """Heading by canonical field name."""
        return {each.field.value: each.header for each in self.found}

    @property
    def header_row(self) -> int:
        """First row of the headings, counted from 1."""
        return self.head.start + 1

    def corrected(self, field: Field, column: int | None) -> "Mapping":
        """The same with this field read from another column, or from none."""
        others = tuple(
            each for each in self.found if each.field != field and each.column != column
        )
        if column is None:
            return replace(self, found=others)
        reason = Message(N_("chosen by you"))
        chosen = ColumnFound(
            field, column, self.head.labels[column], reason, 1.0, guessed=False
        )
        return replace(self, found=(*others, chosen))

    def profile(self) -> Profile:
        """What is kept so that the same layout is known next time."""
        return Profile(
            columns=self.headers,
            day_first=self.day_first,
            signature=signature(self.head.labels),
            kind=self.kind,
        )


def missing(mapping: Mapping) -> tuple[Message, ...]:
    """What a ledger can't do without and this mapping lacks."""
    have = set(mapping.columns)
    amount = (
        bool(have & {Field.AMOUNT, Field.AMOUNT_FC, Field.AMOUNT_LC, Field.OPEN})
        or {Field.NET, Field.VAT} <= have
    )
    day = bool(have & {Field.DOC_DATE, Field.POST_DATE})
    number = bool(have & set(NUMBERS))
    if mapping.kind is RowKind.PAYMENTS:
        amount, day, number = (
            amount or Field.PAID in have,
            day or Field.SETTLED_DATE in have,
            True,
        )
    needs = {
        N_("buyer"): bool(have & {Field.BUYER_CODE, Field.BUYER_NAME}),
        N_("document number"): number,
        N_("date"): day,
        N_("amount"): amount,
    }
    return tuple(Message(need) for need, met in needs.items() if not met)


def date_order(sheet: Sheet, mapping: Mapping) -> Decision:
    """Whether the file writes the day or the month first: the person's word, else what all its dates together prove."""
    if mapping.day_first is not None:
        return Decision(Order.DAY_FIRST if mapping.day_first else Order.MONTH_FIRST)
    columns = [mapping.columns[field] for field in DATES if field in mapping.columns]
    rows = sheet.rows[mapping.head.first_data_row :]
    return dates.decide(words(rows, *columns))


def cell(row: Row, column: int) -> Cell:
    """The cell of a row that may be shorter than the headings."""
    return row[column] if column < len(row) else None


def words(rows: Iterable[Row], *columns: int) -> list[str]:
    """The cells of these columns that hold words."""
    cells = (cell(row, column) for column in columns for row in rows)
    return [shown for shown in cells if isinstance(shown, str)]
