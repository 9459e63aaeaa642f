"""Areas through time: a filled one with a hatched one on top, so that paper without colour tells them apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.colors import Color, HexColor

from creditdesk.paper.page import COLOURS, FINE, LEFT, RIGHT, SMALL, shortened
from creditdesk.paper.pdf import Document
from creditdesk.paper.typeset import Sheets, Typesetter

_INK = {tone: HexColor(code) for tone, code in COLOURS.items()}
_FILL = HexColor("#B9D5E2")
_HATCH = HexColor("#B0761A")
_HIGH, _GAP = 148.0, 18.0
_LEFT, _BELOW, _ABOVE = 38.0, 16.0, 34.0
"""Points within a chart: for the scale, for the months, and for its name."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day with what is filled and what is hatched on top of it."""

    on: date
    filled: float
    hatched: float

    @property
    def whole(self) -> float:
        """Both together."""
        return self.filled + self.hatched


@dataclass(frozen=True, slots=True)
class Chart:
    """One of several charts of the same scale and days. `mark`: a day that is pointed out, in a few words."""

    title: str
    aside: str
    points: Sequence[Point]
    mark: date | None = None
    mark_words: str = ""


def side_by_side(document: Document, charts: Sequence[Chart], scale: float) -> None:
    """Two in a row, the same scale for all; `scale` is what one step of the scale's figures stands for."""
    highest = max((point.whole for chart in charts for point in chart.points), default=0.0)  # fmt: skip
    marks = round_marks(highest / scale)
    wide = (RIGHT - LEFT - _GAP) / 2 if len(charts) > 1 else RIGHT - LEFT
    for at in range(0, len(charts), 2):
        some = charts[at : at + 2]

        def draw(canvas: Sheets, foot: float, some: Sequence[Chart] = some) -> None:
            for place, chart in enumerate(some):
                x = LEFT + place * (wide + _GAP)
                _Drawing(canvas, document.type, chart, marks, scale).at(x, foot, wide)

        document.picture(_HIGH, draw)
        document.space(8)


def round_marks(highest: float) -> tuple[float, ...]:
    """Round figures from 0 to the first that is not below the highest."""
    step = 10.0**-2
    while step * 4 < highest:
        for factor in (2.0, 2.5, 2.0):
            if step * 4 < highest:
                step *= factor
    count = 1
    while step * count < highest:
        count += 1
    return tuple(step * place for place in range(count + 1))


class _Drawing:
    """One chart on a canvas."""

    def __init__(
        self,
        canvas: Sheets,
        typesetter: Typesetter,
        chart: Chart,
        marks: Sequence[float],
        scale: float,
    ) -> None:
        self._canvas, self._type, self._chart = canvas, typesetter, chart
        self._marks, self._scale = marks, scale
        self._x = self._y = self._wide = self._high = 0.0

    def at(self, x: float, foot: float, wide: float) -> None:
        self._x, self._y = x + _LEFT, foot + _BELOW
        self._wide, self._high = wide - _LEFT, _HIGH - _BELOW - _ABOVE
        self._name(x, foot + _HIGH - 11, x + wide)
        self._grid()
        self._areas()
        self._days(foot)
        self._mark()

    def _name(self, x: float, y: float, right: float) -> None:
        chart = self._chart
        room = right - x - self._type.width(chart.aside, SMALL) - 10
        line = shortened(self._type, chart.title, SMALL, room, bold=True)
        self._text(line, x, y, SMALL, bold=True)
        self._text(chart.aside, right - self._type.width(chart.aside, SMALL), y, SMALL)

    def _grid(self) -> None:
        for mark in self._marks:
            y = self._level(mark * self._scale)
            self._canvas.setStrokeColor(_INK["line"])
            self._canvas.setLineWidth(0.4)
            self._canvas.line(self._x, y, self._x + self._wide, y)
            words = f"{mark:,.2f}".rstrip("0").rstrip(".")
            start = self._x - 6 - self._type.width(words, FINE)
            self._text(words, start, y - 3, FINE, tone="quiet")

    def _areas(self) -> None:
        points = self._chart.points
        below = [(self._across(each.on), self._level(each.filled)) for each in points]
        above = [(self._across(each.on), self._level(each.whole)) for each in points]
        floor = [(below[-1][0], self._y), (below[0][0], self._y)]
        self._shape([*below, *floor], fill=True)
        self._hatched([*above, *reversed(below)])
        self._curve(above, _INK["text"])
        self._curve(below, _INK["accent"])

    def _hatched(self, outline: Sequence[tuple[float, float]]) -> None:
        canvas = self._canvas
        canvas.saveState()
        self._shape(outline, clip=True)
        canvas.setStrokeColor(_HATCH)
        canvas.setLineWidth(0.6)
        start = self._x - self._high
        while start < self._x + self._wide:
            canvas.line(start, self._y, start + self._high, self._y + self._high)
            start += 4
        canvas.restoreState()

    def _shape(
        self, outline: Sequence[tuple[float, float]], *, fill: bool = False, clip: bool = False
    ) -> None:  # fmt: skip
        path = self._canvas.beginPath()
        path.moveTo(*outline[0])
        for corner in outline[1:]:
            path.lineTo(*corner)
        path.close()
        if clip:
            self._canvas.clipPath(path, stroke=0, fill=0)
        if fill:
            self._canvas.setFillColor(_FILL)
            self._canvas.drawPath(path, stroke=0, fill=1)

    def _curve(self, points: Sequence[tuple[float, float]], ink: Color) -> None:
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        self._canvas.setStrokeColor(ink)
        self._canvas.setLineWidth(1)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def _days(self, foot: float) -> None:
        """As many months as have room, the first and the last among them."""
        points = self._chart.points
        free = self._x
        last = points[-1].on.isoformat()
        end = self._x + self._wide - self._type.width(last, FINE)
        for point in points[:-1]:
            words = point.on.isoformat()[:7]
            wide = self._type.width(words, FINE)
            start = min(max(self._x, self._across(point.on) - wide / 2), end)
            if start >= free and start + wide + 14 <= end:
                self._text(words, start, foot + 3, FINE, tone="quiet")
                free = start + wide + 30
        self._text(last, end, foot + 3, FINE, tone="quiet")

    def _mark(self) -> None:
        chart = self._chart
        if chart.mark is None:
            return
        x, canvas = self._across(chart.mark), self._canvas
        top = self._y + self._high
        canvas.saveState()
        canvas.setStrokeColor(_INK["danger"])
        canvas.setLineWidth(0.7)
        canvas.setDash(2, 2)
        canvas.line(x, self._y, x, top + 3)
        canvas.restoreState()
        wide = self._type.width(chart.mark_words, FINE)
        start = min(max(self._x, x - wide / 2), self._x + self._wide - wide)
        self._text(chart.mark_words, start, top + 6, FINE, tone="danger")

    def _across(self, day: date) -> float:
        points = self._chart.points
        days = max(1, (points[-1].on - points[0].on).days)
        return self._x + self._wide * (day - points[0].on).days / days

    def _level(self, amount: float) -> float:
        top = self._marks[-1] * self._scale or 1
        return self._y + self._high * amount / top

    def _text(  # noqa: PLR0913 - what, where and how
        self, text: str, x: float, y: float, size: float, tone: str = "text", *, bold: bool = False
    ) -> None:  # fmt: skip
        self._canvas.setFillColor(_INK[tone])
        self._type.draw(self._canvas, text, x, y, size, bold=bold)
