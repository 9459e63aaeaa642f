"""Aged lists of documents: each amount stands in the column of its age, and one column more holds what is open."""

from dataclasses import replace
from decimal import Decimal

from creditdesk.importers.columns.aged_layout import Bracket, brackets, total_beside
from creditdesk.importers.columns.mapping import AMOUNTS, NUMBERS, Mapping, cell
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Row, Sheet, text

HEADING = "未结金额"
_FEWEST = 2


def with_open_amounts(sheet: Sheet, mapping: Mapping) -> Sheet:
    """The sheet with the sum of each row's ages; the same sheet where rows have amounts or are no documents."""
    fields = set(mapping.columns)
    if fields & set(AMOUNTS) or not fields & set(NUMBERS):
        return sheet
    ages = tuple(brackets(mapping.head))
    if len(ages) < _FEWEST:
        return sheet
    own = total_beside(mapping.head, {each.column for each in ages})
    width = max(map(len, sheet.rows))
    rows: list[Row] = []
    for place, row in enumerate(sheet.rows):
        extra = HEADING if place == mapping.head.start else None
        if place >= mapping.head.first_data_row:
            extra = _sum(row, ages) if own is None else _own(row, own)
        rows.append((*row, *(None,) * (width - len(row)), extra) if extra else row)
    return replace(sheet, rows=tuple(rows))


def _own(row: Row, column: int) -> str | None:
    """The row's own total, in which also a column of ages is that wasn't recognised."""
    shown = text(cell(row, column))
    return shown if figures.is_amount(shown) else None


def _sum(row: Row, ages: tuple[Bracket, ...]) -> str | None:
    """As text: exact. None where a column holds no amount or none holds one."""
    try:
        found = [figures.amount(cell(row, each.column)) for each in ages]
    except figures.NotAnAmount:
        return None
    given = [figure for figure in found if figure is not None]
    return f"{sum(given, Decimal(0)):f}" if given else None
