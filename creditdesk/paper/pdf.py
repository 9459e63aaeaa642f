"""Our own pages: A4 with a binding margin, calm tables, a foot that says which page of how many."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from creditdesk.i18n import Language, words
from creditdesk.paper.page import (
    BODY,
    BOTTOM,
    FINE,
    HEIGHT,
    INK,
    LEADING,
    LEFT,
    RIGHT,
    SMALL,
    TOP,
    WIDEST_HEAD,
    WIDTH,
    Bookmark,
    Cell,
    Column,
    Link,
    Row,
    stamp,
)
from creditdesk.paper.typeset import Sheets, Typesetter

Drawing = Callable[[Canvas], None]


@dataclass(slots=True)
class _Page:
    label: str
    drawings: list[Drawing] = field(default_factory=list)


class Document:
    """Pages written from top to bottom. `foot` stands at the lower left of every page.

    `typesetter`: one that has measured the same texts before.
    """

    def __init__(
        self, language: Language, foot: str, typesetter: Typesetter | None = None
    ) -> None:
        self.words = words(language)
        self.type = typesetter or Typesetter()
        self.bookmarks: list[Bookmark] = []
        self.links: list[Link] = []
        self._language = language
        self._foot = foot
        self._pages: list[_Page] = []
        self._y = TOP
        self._label = ""

    @property
    def pages(self) -> int:
        """How many there are so far."""
        return len(self._pages)

    def page(self, label: str = "") -> None:
        """A new page. Pages in a row with one label are numbered in their upper right corner."""
        self._label = label
        self._pages.append(_Page(label))
        self._y = TOP

    def section(self, title: str, aside: str = "") -> None:
        """A new page with a title, a bookmark, and a quiet remark at the right."""
        self.page(title)
        self.bookmarks.append(Bookmark(title, self.pages))
        self._y += 6
        room = RIGHT - LEFT - (self.type.width(aside, SMALL) + 16 if aside else 0)
        if aside:
            self._put(aside, RIGHT, self._y - 18, SMALL, tone="quiet", right=True)
        for line in self.type.lines(title, 18, room, bold=True):
            self._y -= 18
            self._put(line, LEFT, self._y, 18, bold=True)
            self._y -= 6
        self.rule(below=6)
        self.space(8)

    def letterhead(self, firm: str, aside: str) -> None:
        """The line a letter and a cover begin with."""
        self._put(firm, LEFT, self._y, SMALL, bold=True, tone="quiet")
        self._put(aside, RIGHT, self._y, SMALL, tone="quiet", right=True)
        self._y -= 4
        self.rule(below=8)

    def text(  # noqa: PLR0913 - how a paragraph looks
        self,
        text: str,
        *,
        size: float = BODY,
        bold: bool = False,
        tone: str = "text",
        indent: float = 0,
        right: bool = False,
    ) -> None:
        """A paragraph over the width of the page."""
        for line in self.type.lines(text, size, RIGHT - LEFT - indent, bold=bold):
            self.need(size * LEADING)
            self._y -= size * LEADING
            x = RIGHT if right else LEFT + indent
            self._put(
                line, x, self._y + size * 0.3, size, bold=bold, tone=tone, right=right
            )

    def heading(self, text: str) -> None:
        """A small heading inside a page; it stays with what follows."""
        self.need(60)
        self.space(14)
        self.text(text, size=BODY, bold=True)
        self.space(3)

    def space(self, points: float) -> None:
        """Leave room."""
        self._y -= points

    def need(self, points: float) -> None:
        """Begin a new page when less than this is left on this one."""
        if self._y - points < BOTTOM:
            self.page(self._label)

    def rule(self, *, below: float = 0, strong: bool = False) -> None:
        """A hairline over the width."""
        self._y -= below
        self._line(self._y, strong=strong)

    def facts(self, facts: Iterable[tuple[str, str]], *, indent: float = 119) -> None:
        """Labels and values, a hairline below each; an empty value leaves room to write."""
        for label, value in facts:
            names = self.type.lines(label, SMALL, indent - 10)
            lines = self.type.lines(value, BODY, RIGHT - LEFT - indent) or [""]
            high = max(len(lines) * BODY, len(names) * SMALL) * 1.35 + 10
            self.need(high)
            for number, line in enumerate(lines):
                self._put(
                    line, LEFT + indent, self._y - 15 - number * BODY * 1.35, BODY
                )
            for number, line in enumerate(names):
                self._put(
                    line,
                    LEFT,
                    self._y - 15 - number * SMALL * 1.35,
                    SMALL,
                    tone="quiet",
                )
            self.rule(below=high)

    def figure(self, label: str, amount: str, spelled: str) -> None:
        """The one figure of a page, on its ground."""
        lines = self.type.lines(spelled, BODY, RIGHT - LEFT - 32)
        high = 50 + len(lines) * 15
        self.need(high + 10)
        self.space(10)
        top = self._y
        self._fill(LEFT, top - high, RIGHT - LEFT, high)
        self._put(label, LEFT + 16, top - 24, SMALL, tone="quiet")
        self._put(amount, RIGHT - 16, top - 32, 20, bold=True, right=True)
        for number, line in enumerate(lines):
            self._put(line, RIGHT - 16, top - 54 - number * 15, BODY, right=True)
        self._y = top - high - 8

    def seals(self, names: Sequence[str], dated: str, *, high: float = 128) -> None:
        """Dotted areas to seal and sign in."""
        self.need(high + 12)
        self.space(12)
        gap = 28.0
        wide = min(216.0, (RIGHT - LEFT - gap * (len(names) - 1)) / len(names))
        for number, name in enumerate(names):
            x = LEFT + number * (wide + gap)
            self._dotted(x, self._y - high, wide, high)
            self._put(name, x + 11, self._y - 16, SMALL, tone="quiet")
            self._put(dated, x + 11, self._y - high + 10, SMALL, tone="quiet")
        self._y -= high

    def to_foot(self, points: float) -> None:
        """Go down so that exactly this much is left, where more is."""
        self._y = min(self._y, BOTTOM + points)

    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """A table whose head is repeated on every page it reaches."""
        widths = self._widths(columns, rows)
        self.need(70)
        self._head(columns, widths)
        for number, row in enumerate(rows):
            high = self._height(row, widths)
            follower = rows[number + 1] if number + 1 < len(rows) else None
            kept = (
                self._height(follower, widths)
                if follower and follower.with_previous
                else 0
            )
            if self._y - high - kept < BOTTOM:
                self.page(self._label)
                self._head(columns, widths)
            self._row(columns, row, widths, high)

    def save(  # noqa: PLR0913 - how a file of ours becomes part of another
        self,
        path: Path,
        title: str,
        total: int | None = None,
        first: int = 1,
        *,
        stamped: bool = True,
        back: str = "",
    ) -> None:
        """Write the pages; `total` and `first` when they become part of a longer file, which may stamp them itself.

        `back`: the word at the foot of each that leads to the contents.
        """
        canvas = Sheets(
            str(path),
            pagesize=(WIDTH, HEIGHT),
            lang="zh-CN" if self._language == "zh" else "en-GB",
        )
        canvas.setTitle(title)
        canvas.setCreator("CreditDesk")
        for number, page in enumerate(self._pages):
            for drawing in page.drawings:
                drawing(canvas)
            if stamped:
                self._frame(canvas, number, first + number, total or self.pages, back)
            canvas.showPage()
        canvas.save()

    def _frame(
        self, canvas: Canvas, at: int, number: int, total: int, back: str
    ) -> None:
        page = self._pages[at]
        if page.label:
            alike = [
                index
                for index, other in enumerate(self._pages)
                if other.label == page.label
            ]
            part = f" {alike.index(at) + 1}/{len(alike)}" if len(alike) > 1 else ""
            stamp(canvas, self.type, label=page.label + part)
        told = self.words("Page {number} of {total}", number=number, total=total)
        stamp(canvas, self.type, foot=self._foot, number=told, back=back)

    def _widths(self, columns: Sequence[Column], rows: Sequence[Row]) -> list[float]:
        """Right-aligned columns as wide as their widest figure; the others share the rest."""
        fixed = [
            column.width or max(self._natural(column, number, rows), 30) + 12
            if column.right
            else 0.0
            for number, column in enumerate(columns)
        ]
        shares = sum(column.share for column in columns if not column.right) or 1
        rest = RIGHT - LEFT - sum(fixed)
        return [
            wide or rest * column.share / shares
            for wide, column in zip(fixed, columns, strict=True)
        ]

    def _natural(self, column: Column, number: int, rows: Sequence[Row]) -> float:
        head = min(self.type.width(column.title, FINE), WIDEST_HEAD)
        cells = (row.cells[number] for row in rows)
        widths = (
            self.type.width(cell.text, cell.size, bold=cell.bold) for cell in cells
        )
        return max((head, *widths))

    def _head(self, columns: Sequence[Column], widths: Sequence[float]) -> None:
        broken = [
            self.type.lines(column.title, FINE, wide - 6)
            for column, wide in zip(columns, widths, strict=True)
        ]
        deep = max(len(lines) for lines in broken)
        x = LEFT
        for column, wide, lines in zip(columns, widths, broken, strict=True):
            for number, line in enumerate(lines):
                y = self._y - 12 - (deep - len(lines) + number) * 11
                self._put(
                    line,
                    x + wide if column.right else x,
                    y,
                    FINE,
                    tone="quiet",
                    right=column.right,
                )
            x += wide
        self.rule(below=18 + (deep - 1) * 11, strong=True)

    def _height(self, row: Row, widths: Sequence[float]) -> float:
        deepest = 0.0
        for cell, wide in zip(row.cells, widths, strict=True):
            lines = len(self.type.lines(cell.text, cell.size, wide - 8, bold=cell.bold))
            quiet = (
                len(self.type.lines(cell.detail, FINE, wide - 20)) if cell.detail else 0
            )
            deepest = max(deepest, lines * cell.size * 1.35 + quiet * 12)
        return deepest + 9

    def _row(
        self, columns: Sequence[Column], row: Row, widths: Sequence[float], high: float
    ) -> None:
        x, top = LEFT, self._y
        base = top - 6 - max(cell.size for cell in row.cells)
        for column, cell, wide in zip(columns, row.cells, widths, strict=True):
            if column.right:
                self._put(
                    cell.text,
                    x + wide,
                    base,
                    cell.size,
                    bold=cell.bold,
                    tone=cell.tone,
                    right=True,
                )
            else:
                self._wrapped(cell, x, base, wide)
            if cell.link is not None and cell.text:
                area = (x, top - high, x + wide, top)
                self.links.append(Link(self.pages, area, cell.link))
            x += wide
        self.rule(below=high, strong=row.strong)

    def _wrapped(self, cell: Cell, x: float, y: float, wide: float) -> None:
        for line in self.type.lines(cell.text, cell.size, wide - 8, bold=cell.bold):
            self._put(line, x, y, cell.size, bold=cell.bold, tone=cell.tone)
            y -= cell.size * 1.35
        if cell.detail:
            for line in self.type.lines(cell.detail, FINE, wide - 20):
                self._put(line, x + 12, y, FINE, tone="quiet")
                y -= 12

    def _put(  # noqa: PLR0913 - what, where and how
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        bold: bool = False,
        tone: str = "text",
        right: bool = False,
    ) -> None:
        typesetter = self.type
        start = x - typesetter.width(text, size, bold=bold) if right else x

        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(INK[tone])
            typesetter.draw(canvas, text, start, y, size, bold=bold)

        self._pages[-1].drawings.append(draw)

    def _line(self, y: float, *, strong: bool) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setStrokeColor(INK["text" if strong else "line"])
            canvas.setLineWidth(0.8 if strong else 0.5)
            canvas.line(LEFT, y, RIGHT, y)

        self._pages[-1].drawings.append(draw)

    def _fill(self, x: float, y: float, wide: float, high: float) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(INK["ground"])
            canvas.rect(x, y, wide, high, stroke=0, fill=1)

        self._pages[-1].drawings.append(draw)

    def _dotted(self, x: float, y: float, wide: float, high: float) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.saveState()
            canvas.setStrokeColor(INK["quiet"])
            canvas.setLineWidth(0.5)
            canvas.setDash(1, 2)
            canvas.rect(x, y, wide, high)
            canvas.restoreState()

        self._pages[-1].drawings.append(draw)
