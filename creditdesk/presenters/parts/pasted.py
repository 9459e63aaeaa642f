"""Rows copied in a spreadsheet, as a file: what is pasted goes the way of every file, and is traced like one."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.presenters.parts.wording import Wording

_LEAST_ROWS = 2


class NothingToPaste(UserError):
    """The clipboard holds no table."""

    message = N_(
        "The clipboard holds no table. Copy the rows with their headings in Excel, then paste them here."
    )


def cells_of(text: str) -> list[list[str]]:
    """The cells as a spreadsheet puts them on the clipboard: tabs part them, quotes hold cells of several lines."""
    rows = csv.reader(StringIO(text.lstrip("\ufeff")), delimiter="\t")
    return [row for row in rows if any(cell.strip() for cell in row)]


def as_file(text: str, folder: OwnFolder, now: datetime, wording: Wording) -> Path:
    """A file of the pasted rows, named by the moment. Raises `NothingToPaste` for less than headings and a row."""
    rows = cells_of(text)
    if len(rows) < _LEAST_ROWS or max(map(len, rows)) < _LEAST_ROWS:
        raise NothingToPaste
    name = wording(N_("Pasted {moment}"), moment=f"{now:%Y-%m-%d %H%M%S}")
    path = folder.file(f"{name}.csv")
    path.write_text(_written(rows), encoding="utf-8-sig", newline="")
    return path


def _written(rows: Sequence[Sequence[str]]) -> str:
    wide = max(map(len, rows))
    made = StringIO()
    csv.writer(made).writerows([*row, *[""] * (wide - len(row))] for row in rows)
    return made.getvalue()
