"""What a sheet holds beside its cells: hidden rows, formulas without a stored value, currencies in number formats."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.files.cells import Row, Sheet

_SHOWN_RANGES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Rows and columns count from 0. `hidden`: rows. `unvalued`: formula by row and column.

    `errors`: what a failed formula shows, such as #N/A. `signed`: row, column and currency of each number
    whose format names one.
    """

    hidden: tuple[int, ...] = ()
    unvalued: Mapping[tuple[int, int], str] = field(default_factory=dict)
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    signed: tuple[tuple[int, int, str], ...] = ()


def told(sheet: Sheet, unseen: Unseen) -> Sheet:
    """The sheet with all this in it, and in words."""
    hidden = [
        row
        for row in unseen.hidden
        if row < len(sheet.rows) and any(cell is not None for cell in sheet.rows[row])
    ]
    notes = (*_of_hidden(hidden), *_of_formulas(unseen.unvalued))
    return replace(
        sheet,
        rows=_with_errors(sheet.rows, unseen.errors),
        signs=_signs(unseen.signed),
        unvalued=unseen.unvalued,
        notes=(*sheet.notes, *notes),
    )


def shifted(unseen: Unseen, rows: int) -> Unseen:
    """The same further down."""
    return Unseen(
        hidden=tuple(row + rows for row in unseen.hidden),
        unvalued={(row + rows, column): shown for (row, column), shown in unseen.unvalued.items()},
        errors={(row + rows, column): shown for (row, column), shown in unseen.errors.items()},
        signed=tuple((row + rows, column, sign) for row, column, sign in unseen.signed),
    )  # fmt: skip


def together(parts: Iterable[Unseen]) -> Unseen:
    """What stands in several sheets that are read as one."""
    found = tuple(parts)
    return Unseen(
        hidden=tuple(row for part in found for row in part.hidden),
        unvalued={place: shown for part in found for place, shown in part.unvalued.items()},
        errors={place: shown for part in found for place, shown in part.errors.items()},
        signed=tuple(each for part in found for each in part.signed),
    )  # fmt: skip


def of_hidden_sheets(names: Iterable[str]) -> Iterator[Problem]:
    """That sheets nobody sees were not read."""
    if hidden := tuple(names):
        text = N_(
            "Hidden sheets were not read: {sheets}. If one of them holds invoices, unhide it in Excel or WPS and save."
        )
        yield Problem(Message.of(text, sheets=hidden))


def _with_errors(
    rows: tuple[Row, ...], errors: Mapping[tuple[int, int], str]
) -> tuple[Row, ...]:
    """The rows with the errors as words: a column that can't be read is named, one with nothing in it isn't."""
    if not errors:
        return rows
    changed = list(map(list, rows))
    for (row, column), shown in errors.items():
        if row < len(changed) and column < len(changed[row]):
            changed[row][column] = changed[row][column] or shown
    return tuple(map(tuple, changed))


def _signs(signed: Iterable[tuple[int, int, str]]) -> dict[int, dict[int, str]]:
    columns: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for row, column, sign in signed:
        columns[column][row] = sign
    return dict(columns)


def _of_hidden(rows: list[int]) -> Iterator[Problem]:
    if rows:
        text = N_(
            "Hidden or filtered out in the file, and read like the others: rows {rows}. "
            "Check whether they belong to the ledger."
        )
        yield Problem(Message.of(text, rows=ranges(rows)), rows[0] + 1)


def _of_formulas(unvalued: Mapping[tuple[int, int], str]) -> Iterator[Problem]:
    columns: defaultdict[int, list[int]] = defaultdict(list)
    for row, column in unvalued:
        columns[column].append(row)
    text = N_(
        "Formulas without a value in column {column}, rows {rows}: open the file in Excel or WPS and save it, "
        "then take it in again."
    )
    for column, rows in sorted(columns.items()):
        said = Message.of(text, column=letters(column), rows=ranges(rows))
        yield Problem(said, min(rows) + 1, letters(column))


def ranges(rows: Iterable[int]) -> str:
    """Rows as the person sees them: 3, 7–9."""
    grouped = groupby(enumerate(sorted(rows)), lambda pair: pair[1] - pair[0])
    found = []
    for _, group in grouped:
        numbers = [row + 1 for _, row in group]
        first, last = numbers[0], numbers[-1]
        found.append(f"{first}–{last}" if last > first else str(first))
    more = ["…"] if len(found) > _SHOWN_RANGES else []
    return ", ".join([*found[:_SHOWN_RANGES], *more])


def letters(column: int) -> str:
    """The name of a column: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
