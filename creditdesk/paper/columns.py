"""How wide the columns of a table are: figures are never cut, dates and words only where there is no room at all."""

from collections.abc import Sequence

from creditdesk.paper.page import FINE, UPRIGHT, WIDEST_HEAD, Column, Room, Row
from creditdesk.paper.typeset import Typesetter


def widths_of(
    typesetter: Typesetter,
    columns: Sequence[Column],
    rows: Sequence[Row],
    room: Room = UPRIGHT,
) -> list[float]:
    """Right-aligned columns as wide as their widest figure; the others share the rest."""
    fixed = [
        column.width or max(_natural(typesetter, column, number, rows), 30) + 12
        if column.right
        else 0.0
        for number, column in enumerate(columns)
    ]
    rest = room.right - room.left - sum(fixed)
    shared = _shared(typesetter, columns, rows, rest)
    return [wide or shared[number] for number, wide in enumerate(fixed)]


def _shared(
    typesetter: Typesetter, columns: Sequence[Column], rows: Sequence[Row], rest: float
) -> dict[int, float]:
    """What the columns that are not fixed take by their shares; where there is room none tears a date or a word."""
    open_ = {at: each.share for at, each in enumerate(columns) if not each.right}
    least = {at: _longest(typesetter, columns[at], at, rows) for at in open_}
    found: dict[int, float] = {}
    while open_:
        left, shares = rest - sum(found.values()), sum(open_.values())
        narrow = {
            at: least[at]
            for at, share in open_.items()
            if least[at] > left * share / shares
        }
        if not narrow or sum(least.values()) > rest:
            return found | {at: left * share / shares for at, share in open_.items()}
        found |= narrow
        open_ = {at: share for at, share in open_.items() if at not in narrow}
    return found


def _longest(
    typesetter: Typesetter, column: Column, at: int, rows: Sequence[Row]
) -> float:
    """Points of the longest part of its texts that isn't torn; details below a text may be."""
    cells = [row.cells[at] for row in rows]
    parts = [typesetter.longest(cell.text, cell.size, bold=cell.bold) for cell in cells]
    return max((typesetter.longest(column.title, FINE), *parts)) + 8


def _natural(
    typesetter: Typesetter, column: Column, number: int, rows: Sequence[Row]
) -> float:
    head = min(typesetter.width(column.title, FINE), WIDEST_HEAD)
    cells = (row.cells[number] for row in rows)
    widths = (typesetter.width(cell.text, cell.size, bold=cell.bold) for cell in cells)
    return max((head, *widths))
