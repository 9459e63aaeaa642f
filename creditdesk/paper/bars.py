"""Lying bars with their names and figures: a filled part and a hatched one, so that paper without colour tells them."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor

from creditdesk.paper.page import COLOURS, LEFT, RIGHT, SMALL, shortened
from creditdesk.paper.pdf import Document
from creditdesk.paper.typeset import Sheets

_HIGH, _THICK = 14.5, 8.0
_NAMES, _FIGURES = 128.0, 118.0
"""Points for the names and for what stands behind a bar."""
_TEXT, _FILL, _HATCH = (HexColor(each) for each in (COLOURS["text"], COLOURS["accent"], "#B0761A"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, how long its two parts are, and the figure behind it."""

    name: str
    filled: float
    hatched: float
    figure: str


def bars(document: Document, rows: Sequence[Bar]) -> None:
    """One below the other, on one scale."""
    longest = max((max(0.0, row.filled) + max(0.0, row.hatched) for row in rows), default=0.0)  # fmt: skip

    def draw(canvas: Sheets, foot: float) -> None:
        for place, row in enumerate(rows):
            y = foot + _HIGH * (len(rows) - 1 - place)
            _draw(document, canvas, row, y, longest)

    document.picture(_HIGH * len(rows), draw)


def _draw(document: Document, canvas: Sheets, row: Bar, y: float, longest: float) -> None:  # fmt: skip
    say = document.type
    canvas.setFillColor(_TEXT)
    name = shortened(say, row.name, SMALL, _NAMES - 8)
    say.draw(canvas, name, LEFT, y + 3, SMALL)
    say.draw(canvas, row.figure, RIGHT - say.width(row.figure, SMALL), y + 3, SMALL)
    room = RIGHT - LEFT - _NAMES - _FIGURES
    scale = room / longest if longest else 0.0
    start = LEFT + _NAMES
    wide = max(0.0, row.filled) * scale
    canvas.setFillColor(_FILL)
    if wide:
        canvas.rect(start, y + 1.5, wide, _THICK, stroke=0, fill=1)
    _hatched(canvas, start + wide, y + 1.5, max(0.0, row.hatched) * scale)


def _hatched(canvas: Sheets, x: float, y: float, wide: float) -> None:
    if not wide:
        return
    canvas.saveState()
    canvas.setStrokeColor(_HATCH)
    canvas.setLineWidth(0.6)
    canvas.rect(x, y, wide, _THICK, stroke=1, fill=0)
    path = canvas.beginPath()
    path.moveTo(x, y)
    for corner in ((x + wide, y), (x + wide, y + _THICK), (x, y + _THICK)):
        path.lineTo(*corner)
    path.close()
    canvas.clipPath(path, stroke=0, fill=0)
    at = x - _THICK
    while at < x + wide:
        canvas.line(at, y, at + _THICK, y + _THICK)
        at += 3.5
    canvas.restoreState()
