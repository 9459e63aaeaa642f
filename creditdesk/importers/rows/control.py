"""The file's own total row held against its rows: what was read, what was left out, and what nobody explains."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from creditdesk.catalog.headings import Field
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.errors import Problem
from creditdesk.i18n import Message
from creditdesk.importers.columns.mapping import AMOUNTS, Mapping, cell
from creditdesk.importers.columns.totals import HEADINGS_AGAIN, TOTAL_ROW
from creditdesk.importers.columns.units import factors
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Row, Sheet

_WEIGHED = (Field.OPEN, Field.AMOUNT, Field.AMOUNT_FC, Field.AMOUNT_LC)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was not taken, with its figure in the column."""

    row: int
    reason: Message
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Control:
    """One column of the file: its own total beside the sum of the rows taken in.

    `left_out`: rows not taken; `unexplained`: what the file's own rows lack or have too much against its total.
    """

    header: str
    stated: Decimal
    read: Decimal
    left_out: tuple[LeftOut, ...]

    @property
    def difference(self) -> Decimal:
        """What the total has more than the rows taken in."""
        return self.stated - self.read

    @property
    def unexplained(self) -> Decimal:
        """The difference without the rows left out; 0 where they explain it."""
        return self.difference - sum(
            (each.amount for each in self.left_out), Decimal(0)
        )


def controls(sheet: Sheet, mapping: Mapping, draft: LedgerDraft) -> tuple[Control, ...]:
    """One for each column of amounts the file itself adds up; none for a file without a total row."""
    found = []
    untaken = {
        problem.row: problem
        for problem in (*draft.rejected, *draft.skipped)
        if problem.row is not None
    }
    for name, stated in draft.file_totals.items():
        field = Field(name)
        if field in AMOUNTS and field in mapping.columns:
            rows = dict(_figures(sheet, mapping, field))
            left_out = tuple(_left_out(rows, untaken))
            gone = {row for row, each in untaken.items() if _no_row(each)}
            gone.update(each.row for each in left_out)
            taken = (amount for row, amount in rows.items() if row not in gone)
            read = sum(taken, Decimal(0))
            found.append(Control(draft.columns[name], stated, read, left_out))
    return tuple(found)


def left_out(sheet: Sheet, mapping: Mapping, draft: LedgerDraft) -> tuple[LeftOut, ...]:
    """The rows that were not taken with what each says is open, or its amount where the file has no such column."""
    field = next((each for each in _WEIGHED if each in mapping.columns), None)
    if field is None:
        return ()
    untaken = {
        problem.row: problem
        for problem in (*draft.rejected, *draft.skipped)
        if problem.row is not None
    }
    return tuple(_left_out(dict(_figures(sheet, mapping, field)), untaken))


def _left_out(
    rows: dict[int, Decimal], untaken: dict[int, Problem]
) -> Iterator[LeftOut]:
    for row, problem in sorted(untaken.items()):
        if rows.get(row) and not _no_row(problem):
            yield LeftOut(row, problem.reason, rows[row])


def _no_row(problem: Problem) -> bool:
    """Whether the row only repeats what others say: a total, or the headings."""
    return problem.reason.text in {TOTAL_ROW, HEADINGS_AGAIN}


def _figures(
    sheet: Sheet, mapping: Mapping, field: Field
) -> Iterator[tuple[int, Decimal]]:
    column, first = mapping.columns[field], mapping.head.first_data_row
    rows = sheet.rows[first:]
    comma = figures.writes_decimal_comma(cell(row, column) for row in rows)
    factor = factors(sheet, mapping).get(field, 1)
    for number, row in enumerate(rows, first + 1):
        figure = _figure(row, column, comma=comma, factor=factor)
        if figure is not None:
            yield number, figure


def _figure(row: Row, column: int, *, comma: bool, factor: int) -> Decimal | None:
    try:
        return figures.amount(cell(row, column), decimal_comma=comma, factor=factor)
    except figures.NotAnAmount:
        return None
