"""Reads a buyer's financial statement out of a spreadsheet or text table, whatever sheets it is spread over."""

from pathlib import Path

from creditdesk.catalog.statement_rows import rows_of
from creditdesk.domain.credit.sheet_reading import (
    SheetFound,
    SheetUnread,
    joined,
    read_cells,
)
from creditdesk.domain.credit.sheets import Scheme
from creditdesk.importers.files import sheet
from creditdesk.importers.files.cells import Sheet
from creditdesk.jobs import Progress


def read_file(
    path: Path, scheme: Scheme, progress: Progress, password: str | None = None
) -> SheetFound:
    """What the file says, all its visible sheets together. Raises `SheetUnread` and what is wrong with the file."""
    first = sheet.in_child(sheet.read, path, None, None, password, progress=progress)
    others = [
        sheet.in_child(sheet.read, path, name, None, password, progress=progress)
        for name in first.names
        if name != first.name
    ]
    parts = [part for each in (first, *others) if (part := _part(each, scheme))]
    if not parts:
        raise SheetUnread
    return joined(parts)


def _part(cells: Sheet, scheme: Scheme) -> SheetFound | None:
    try:
        return read_cells(cells.rows, rows_of(scheme))
    except SheetUnread:
        return None
