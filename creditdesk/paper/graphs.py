"""Small graphs in black, white and hatching: columns, tracks of points, boxes of a scale, marks on a bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor, white

from creditdesk.paper.page import COLOURS, FINE, LEFT, RIGHT, SMALL, in_two, shortened
from creditdesk.paper.pdf import Document
from creditdesk.paper.typeset import Sheets, Typesetter

_INK = {tone: HexColor(code) for tone, code in COLOURS.items()} | {"white": white}
_STEPS = (1, 2, 5)
_NEXT = 10.0
"""From one line of small words to the next."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: what stands below it, its value (None: there is none), the words above it."""

    label: str
    value: float | None
    words: str = ""
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """A bar on a track as long as its most: points of a group."""

    title: str
    value: float
    most: float
    figure: str
    said: str


@dataclass(frozen=True, slots=True)
class Split:
    """A bar of two parts on the scale of its neighbours, with its name and figure."""

    name: str
    filled: float
    hatched: float
    figure: str


@dataclass(frozen=True, slots=True)
class Box:
    """One part of a scale; the `own` one is filled."""

    name: str
    said: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on a bar, with its words; `dashed`: wanted and not there."""

    value: float
    words: str
    dashed: bool = False


class Pen:
    """Draws onto a page."""

    def __init__(self, canvas: Sheets, typesetter: Typesetter) -> None:
        self._canvas, self._type = canvas, typesetter

    def text(  # noqa: PLR0913 - what, where and how
        self, text: str, x: float, y: float, size: float = FINE, *,
        bold: bool = False, tone: str = "text", at: float = 0.0,
    ) -> None:  # fmt: skip
        """`at`: how much of the text lies before x, 0 to 1."""
        self._canvas.setFillColor(_INK[tone])
        start = x - self._type.width(text, size, bold=bold) * at
        self._type.draw(self._canvas, text, start, y, size, bold=bold)

    def line(  # noqa: PLR0913 - from where to where, and how
        self, x: float, y: float, to_x: float, to_y: float, *,
        tone: str = "text", thick: float = 0.7, dashed: bool = False,
    ) -> None:  # fmt: skip
        """A line; `dashed` where it is no border."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setStrokeColor(_INK[tone])
        canvas.setLineWidth(thick)
        if dashed:
            canvas.setDash(3, 2)
        canvas.line(x, y, to_x, to_y)
        canvas.restoreState()

    def box(  # noqa: PLR0913 - where, how large, how filled
        self, x: float, y: float, wide: float, high: float, *, filled: bool = False, hatched: bool = False
    ) -> None:  # fmt: skip
        """A rectangle, empty, filled or hatched."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setStrokeColor(_INK["text"])
        canvas.setFillColor(_INK["text"])
        canvas.setLineWidth(0.6)
        if hatched:
            self._hatch(x, y, wide, high)
        canvas.rect(x, y, wide, high, stroke=1, fill=int(filled))
        canvas.restoreState()

    def _hatch(self, x: float, y: float, wide: float, high: float) -> None:
        canvas = self._canvas
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(x, y, wide, high)
        canvas.clipPath(path, stroke=0, fill=0)
        start = x - high
        while start < x + wide:
            canvas.line(start, y, start + high, y + high)
            start += 3.5
        canvas.restoreState()


def columns(
    document: Document,
    bars: Sequence[Bar],
    *,
    mean: float | None = None,
    high: float = 120.0,
) -> None:
    """Columns over the width with a scale at the left; `mean` is dashed."""
    values = [each.value for each in bars if each.value is not None]
    if not values:
        return
    marks = _marks(min(0.0, *values), max(0.0, *values))

    def draw(canvas: Sheets, foot: float) -> None:
        pen = Pen(canvas, document.type)
        left, floor, top = (
            LEFT + 30,
            foot + (26 if min(values) < 0 else 16),
            foot + high - 16,
        )

        def level(value: float) -> float:
            return floor + (top - floor) * (value - marks[0]) / (marks[-1] - marks[0])

        for mark in marks:
            pen.line(left, level(mark), RIGHT, level(mark), tone="line", thick=0.4)
            pen.text(f"{mark:,g}".replace("-", "\u2212"), left - 6, level(mark) - 3, tone="quiet", at=1)  # fmt: skip
        step = (RIGHT - left) / len(bars)
        for place, bar in enumerate(bars):
            middle = left + (place + 0.5) * step
            pen.text(bar.label, middle, foot + 3, tone="quiet", at=0.5)
            if bar.value is None:
                continue
            wide = min(step * 0.5, 34.0)
            low, up = sorted((level(0.0), level(bar.value)))
            pen.box(middle - wide / 2, low, wide, up - low, filled=not bar.hatched, hatched=bar.hatched)  # fmt: skip
            words = low - 10 if bar.value < 0 else up + 3
            pen.text(bar.words, middle, words, at=0.5)
        pen.line(left, level(0.0), RIGHT, level(0.0))
        if mean is not None:
            pen.line(left, level(mean), RIGHT, level(mean), dashed=True)

    document.picture(high, draw)
    document.space(4)


def _marks(low: float, high: float) -> tuple[float, ...]:
    """Round figures from at or below the lowest to at or above the highest, four or five of them."""
    span, power = max(high - low, 1e-9), 10.0**-3
    while True:
        for factor in _STEPS:
            if power * factor * 4 >= span:
                step = power * factor
                first, last = int(low // step), int(-(-high // step))
                return tuple(step * at for at in range(first, max(last, first + 1) + 1))
        power *= 10


def tracks(document: Document, rows: Sequence[Track], *, longest: float) -> None:
    """A row each: title, a track whose length is its most, the figure, and what it rests on."""
    scale = 120.0 / longest
    names = max(document.type.width(row.title, SMALL, bold=True) for row in rows) + 12
    at = LEFT + names
    for row in rows:
        document.space(4)
        said = in_two(document.type, row.said, FINE, RIGHT - at - 174)
        high = 17 + (len(said) - 1) * _NEXT

        def draw(
            canvas: Sheets, foot: float, row: Track = row,
            said: Sequence[str] = said, high: float = high,
        ) -> None:  # fmt: skip
            pen, y = Pen(canvas, document.type), foot + high - 11
            pen.text(row.title, LEFT, y, SMALL, bold=True)
            pen.box(at, y - 1, row.most * scale, 8)
            if row.value > 0:
                pen.box(at, y - 1, row.value * scale, 8, filled=True)
            pen.text(row.figure, at + 164, y, SMALL, bold=True, at=1)
            for number, line in enumerate(said):
                pen.text(line, at + 174, y - number * _NEXT)
            pen.line(LEFT, foot, RIGHT, foot, tone="line", thick=0.5)

        document.picture(high, draw)


def splits(document: Document, rows: Sequence[Split]) -> None:
    """Bars of one scale: the filled part, the hatched one after it, the figure at the end."""
    highest = max((each.filled + each.hatched for each in rows), default=0.0)
    if highest <= 0:
        return
    figures_ = max(document.type.width(each.figure, FINE) for each in rows) + 10
    left = LEFT + 150
    scale_ = (RIGHT - left - figures_) / highest
    for row in rows:

        def draw(canvas: Sheets, foot: float, row: Split = row) -> None:
            pen, y = Pen(canvas, document.type), foot + 4
            pen.text(shortened(document.type, row.name, FINE, 142), LEFT, y)
            wide, rest = row.filled * scale_, row.hatched * scale_
            if wide > 0:
                pen.box(left, y - 1, wide, 8, filled=True)
            if rest > 0:
                pen.box(left + wide, y - 1, rest, 8, hatched=True)
            pen.text(row.figure, RIGHT, y, at=1)

        document.picture(15, draw)


def share(document: Document, filled: float) -> None:
    """A bar over the width: this share of it filled, the rest hatched."""

    def draw(canvas: Sheets, foot: float) -> None:
        pen, whole = Pen(canvas, document.type), RIGHT - LEFT
        if filled > 0:
            pen.box(LEFT, foot + 3, whole * filled, 9, filled=True)
        if filled < 1:
            pen.box(LEFT + whole * filled, foot + 3, whole * (1 - filled), 9, hatched=True)  # fmt: skip

    document.picture(14, draw)


def scale(document: Document, boxes: Sequence[Box]) -> None:
    """Boxes side by side over the width."""

    def draw(canvas: Sheets, foot: float) -> None:
        pen, wide = Pen(canvas, document.type), (RIGHT - LEFT) / len(boxes)
        for place, box in enumerate(boxes):
            x = LEFT + place * wide
            pen.box(x, foot, wide, 28, filled=box.own)
            tone = "white" if box.own else "text"
            pen.text(box.name, x + wide / 2, foot + 16, SMALL, bold=box.own, tone=tone, at=0.5)  # fmt: skip
            pen.text(box.said, x + wide / 2, foot + 5, 7.5, tone=tone, at=0.5)

    document.picture(28, draw)
    document.space(2)


def marked(document: Document, filled: float, marks: Sequence[Mark]) -> None:
    """A bar filled to a value, with marks above and below it in turn, so that their words don't meet."""
    highest = max((filled, *(each.value for each in marks)), default=0.0) * 1.08
    if highest <= 0:
        return
    ordered = sorted(marks, key=lambda each: each.value)

    def draw(canvas: Sheets, foot: float) -> None:
        pen, y, full = Pen(canvas, document.type), foot + 18, RIGHT - LEFT
        pen.box(LEFT, y, full, 9)
        if filled > 0:
            pen.box(LEFT, y, full * filled / highest, 9, filled=True)
        for place, mark in enumerate(ordered):
            x, above = LEFT + full * mark.value / highest, place % 2 == 0
            pen.line(x, y - 3, x, y + 12, thick=1.4, dashed=mark.dashed)
            wide = document.type.width(mark.words, FINE)
            start = min(max(LEFT, x - wide / 2), RIGHT - wide)
            pen.text(mark.words, start, y + 16 if above else foot + 3)

    document.picture(46, draw)


def figures(document: Document, cells: Sequence[tuple[str, str, str]]) -> None:
    """Figures side by side, a thin line before each: what it is, the figure, what is said of it."""
    wide = (RIGHT - LEFT) / len(cells)
    room = wide - 12
    below = [in_two(document.type, said, FINE, room) for _, _, said in cells]
    more = (max(map(len, below)) - 1) * _NEXT

    def draw(canvas: Sheets, foot: float) -> None:
        pen, top = Pen(canvas, document.type), foot + more
        for place, (title, figure, _) in enumerate(cells):
            x = LEFT + place * wide
            pen.line(x, foot, x, top + 44, tone="line", thick=0.6)
            pen.text(shortened(document.type, title, FINE, room), x + 8, top + 34, tone="quiet")  # fmt: skip
            pen.text(figure, x + 8, top + 17, 12, bold=True)
            for number, line in enumerate(below[place]):
                pen.text(line, x + 8, top + 3 - number * _NEXT)

    document.picture(46 + more, draw)
