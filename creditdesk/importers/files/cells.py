"""A table as a foreign file holds it: cells, rows, and where they came from."""

import unicodedata
from dataclasses import dataclass
from datetime import date

# Headings are looked for this far down: above them stand titles, below them a ledger.
SEARCHED_ROWS = 40


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
    """

    file_name: str
    digest: str
    rows: tuple[Row, ...]
    name: str = ""
    names: tuple[str, ...] = ()
    encoding: str = ""
    epoch_1904: bool = False
    alike: tuple[str, ...] = ()


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
