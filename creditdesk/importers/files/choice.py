"""Which sheet of a workbook is meant where nobody says: the first with headings of a ledger."""

from collections.abc import Mapping

from creditdesk.catalog.headings import headings, normalised
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files.cells import MOST_COLUMNS, SEARCHED_ROWS, Row, filled

_TABLE_WIDTH = 3
NOTHING, SOMETHING, TABLE, LEDGER = 0, 1, 2, 3
"""How much a sheet looks like a ledger: not at all, something, a table, known headings."""


class SheetMissing(UserError):
    """No sheet of this name."""

    message = N_("{name} has no sheet {sheet}. Its sheets are: {names}.")


class WorkbookEmpty(UserError):
    """No sheet holds anything."""

    message = N_("{name} has no visible sheet with anything in it.")


def promise(rows: tuple[Row, ...]) -> int:
    """How much a sheet looks like a ledger: not at all, something, a table, known headings."""
    if any(len(row) > MOST_COLUMNS for row in rows[:SEARCHED_ROWS]):
        return SOMETHING
    known = headings().all_names
    if any(_named(row, known) >= _TABLE_WIDTH for row in rows[:SEARCHED_ROWS]):
        return LEDGER
    if sum(1 for row in rows if filled(row) >= _TABLE_WIDTH) > 1:
        return TABLE
    return SOMETHING if rows else NOTHING


def best(sheets: Mapping[str, tuple[Row, ...]]) -> str:
    """The first with headings of a ledger, else the first that is a table, else the first with anything; or none."""
    ranked = {name: promise(rows) for name, rows in sheets.items()}
    most = max(ranked.values(), default=NOTHING)
    return "" if most == NOTHING else next(name for name in ranked if ranked[name] == most)  # fmt: skip


def alike(sheets: Mapping[str, tuple[Row, ...]]) -> tuple[str, ...]:
    """Those that look like ledgers."""
    return tuple(name for name, rows in sheets.items() if promise(rows) == LEDGER)


def _named(row: Row, known: frozenset[str]) -> int:
    return sum(isinstance(cell, str) and normalised(cell) in known for cell in row)
