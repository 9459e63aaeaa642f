"""A table as a foreign file holds it: cells, rows, and where they came from."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_

# Headings are looked for this far down: above them stand titles, below them a ledger.
SEARCHED_ROWS = 40
MOST_COLUMNS, MOST_ROWS = 256, 1_048_576
MOST_CHARACTERS = 2_000_000
"""What the first rows may hold together, of which every cell is looked at: a row of a ledger holds some hundred."""
FIRST_ROWS = 500
"""What the columns are shows in these; further down no text is looked into, only handed on."""
DAMAGED_FROM = 1e15
"""Excel keeps 15 significant digits: a longer whole number has lost its end."""
LONGEST_FIGURE = 100
"""Characters: nothing longer is an amount or a day."""


class TableTooLarge(UserError):
    """More columns or rows than any ledger has."""

    message = N_(
        "{name} has more than {columns} columns or {rows} rows. Export only the receivables."
    )


class TextsTooLong(UserError):
    """Texts as long as no ledger's."""

    message = N_(
        "The first {rows} rows of {name} hold more than {characters} characters. "
        "Export only the receivables, without long texts."
    )


@dataclass(frozen=True, slots=True)
class DamagedNumber:
    """A number the spreadsheet program has already cut to 15 digits. rules.md 11.2."""

    shown: str

    def __str__(self) -> str:
        return self.shown


# A float is a workbook's own number: only `figures` turns it into an exact amount, only `dates` into a day.
Cell = str | float | bool | date | DamagedNumber | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table of one file.

    `digest`: SHA-256 of the file. `name` and `names`: the sheet and all visible sheets of its workbook, empty for text
    files. `encoding`: how a text file was read, empty for workbooks. Row 1 of the file is `rows[0]`; rows may differ
    in length. `epoch_1904`: serial dates count from 1904. `alike`: other visible sheets that look like ledgers too,
    where the sheet was not asked for by name.

    `signs`: by column and row, the currencies that number formats name, see `sign`. `unvalued`: formulas without a
    stored value by row and column. `notes`: what a person must know of the file: hidden rows and sheets, lost
    characters, such formulas.
    """

    file_name: str
    digest: str
    rows: tuple[Row, ...]
    name: str = ""
    names: tuple[str, ...] = ()
    encoding: str = ""
    epoch_1904: bool = False
    alike: tuple[str, ...] = ()
    signs: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    unvalued: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()

    def sign(self, row: int, column: int) -> str:
        """The currency in a number's format, an ISO code or a bare `$` or `¥`, maybe none; `row`: a place in `rows`."""
        found = self.signs.get(column)
        return found.get(row, "") if found else ""


def must_be_narrow(file_name: str, columns: int) -> None:
    """Raise `TableTooLarge` for a row of so many columns."""
    if columns > MOST_COLUMNS:
        raise TableTooLarge(name=file_name, columns=MOST_COLUMNS, rows=MOST_ROWS)


def must_be_a_table(sheet: Sheet) -> None:
    """Raise `TableTooLarge` or `TextsTooLong` for what only a hostile or mistaken file holds and takes minutes."""
    wide = [row for row in sheet.rows if len(row) > MOST_COLUMNS]
    must_be_narrow(sheet.file_name, max(map(_width, wide), default=0))
    if len(sheet.rows) > MOST_ROWS:
        raise TableTooLarge(name=sheet.file_name, columns=MOST_COLUMNS, rows=MOST_ROWS)
    first = (cell for row in sheet.rows[:FIRST_ROWS] for cell in row)
    if sum(len(cell) for cell in first if isinstance(cell, str)) > MOST_CHARACTERS:
        raise TextsTooLong(
            name=sheet.file_name, rows=FIRST_ROWS, characters=f"{MOST_CHARACTERS:,}"
        )


def _width(row: Row) -> int:
    """How many columns are in use."""
    return max((at for at, cell in enumerate(row, 1) if cell is not None), default=0)


def text(cell: Cell) -> str:
    """What the cell shows, trimmed; numbers without a point stay whole, nothing is an empty text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.15g}" if cell != int(cell) else str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def identifier(cell: Cell) -> str:
    """A number that is a name: full-width digits become plain ones, leading zeros stay."""
    shown = text(cell)
    return shown if shown.isascii() else unicodedata.normalize("NFKC", shown).strip()


def filled(row: Row) -> int:
    """How many cells of the row hold something."""
    return sum(1 for cell in row if cell is not None and cell != "")
