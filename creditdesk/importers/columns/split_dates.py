"""Ledgers with the date in several columns (2026年 | 月 | 日): one column more says it whole. rules.md 11.6."""

import re
from dataclasses import dataclass, replace
from datetime import date

from creditdesk.catalog.headings import normalised
from creditdesk.importers.columns.heads import Head, heads
from creditdesk.importers.columns.mapping import cell
from creditdesk.importers.files.cells import Cell, Row, Sheet, text

HEADING = "日期"
_YEARS, _MONTHS, _DAYS = {"年", "year"}, {"月", "month"}, {"日", "day"}
_YEAR = re.compile(r"((?:19|20)\d{2})(?:年|[-./]\d{1,2}|$)")


@dataclass(frozen=True, slots=True)
class _Split:
    """Where the parts stand. `year` None: the headings or the titles name it, as `named`."""

    head: Head
    year: int | None
    month: int
    day: int
    named: int | None


def with_whole_dates(sheet: Sheet) -> Sheet:
    """The sheet with a column of whole dates; the same sheet where dates aren't split."""
    found = next(
        (split for head in heads(sheet) if (split := _split(sheet, head))), None
    )
    if found is None or (found.year is None and found.named is None):
        return sheet
    width = max(map(len, sheet.rows))
    first = found.head.first_data_row
    rows: list[Row] = []
    for place, row in enumerate(sheet.rows):
        extra: Cell = None
        if found.head.start <= place < first:
            extra = HEADING
        elif place >= first:
            extra = _whole(row, found)
        rows.append((*row, *(None,) * (width - len(row)), extra) if extra else row)
    return replace(sheet, rows=tuple(rows))


def _split(sheet: Sheet, head: Head) -> _Split | None:
    lowest = [normalised(parts[-1]) if parts else "" for parts in head.parts]
    month = next((at for at, name in enumerate(lowest) if name in _MONTHS), None)
    day = next((at for at, name in enumerate(lowest) if name in _DAYS), None)
    if month is None or day is None:
        return None
    year = next((at for at, name in enumerate(lowest) if name in _YEARS), None)
    return _Split(head, year, month, day, _named_year(sheet, head, month))


def _named_year(sheet: Sheet, head: Head, month: int) -> int | None:
    """The year over the months, else the one the titles name."""
    above = [text(value) for row in sheet.rows[: head.start] for value in row]
    for shown in (*head.parts[month], *above):
        if found := _YEAR.search(shown):
            return int(found[1])
    return None


def _whole(row: Row, split: _Split) -> date | None:
    year = split.named if split.year is None else _number(cell(row, split.year))
    month, day = _number(cell(row, split.month)), _number(cell(row, split.day))
    if not year or not month or not day:
        return None
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _number(value: Cell) -> int | None:
    shown = text(value)
    return int(shown) if shown.isdecimal() else None
