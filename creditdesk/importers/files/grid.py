"""Cells that lie over several rows or columns: what stands in them, for every cell they cover."""

from collections.abc import Iterable, Iterator
from datetime import date

from creditdesk.importers.files.cells import Cell

Range = tuple[tuple[int, int], tuple[int, int]]


def spread_merged(rows: list[list[Cell]], ranges: Iterable[Range]) -> None:
    """Words and dates count for every cell they are merged over; an amount counts once."""
    for (top, left), (bottom, right) in ranges:
        value = rows[top][left] if _inside(rows, top, left) else None
        if isinstance(value, str | date):
            for row, column in _covered(rows, top, left, bottom, right):
                rows[row][column] = value


def _covered(
    rows: list[list[Cell]], top: int, left: int, bottom: int, right: int
) -> Iterator[tuple[int, int]]:
    for row in range(top, min(bottom, len(rows) - 1) + 1):
        for column in range(left, min(right, len(rows[row]) - 1) + 1):
            yield row, column


def _inside(rows: list[list[Cell]], row: int, column: int) -> bool:
    return row < len(rows) and column < len(rows[row])
