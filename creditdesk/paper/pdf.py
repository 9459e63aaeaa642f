"""Our own pages: A4 with a binding margin, calm tables, a foot that says which page of how many."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from creditdesk.i18n import N_, Language, words
from creditdesk.paper.columns import widths_of
from creditdesk.paper.page import (
    BODY,
    FINE,
    GREY_INK,
    INK,
    LEADING,
    SHIFT,
    SMALL,
    UPRIGHT,
    Bookmark,
    Cell,
    Column,
    Ink,
    Link,
    Room,
    Row,
    SealPlace,
    Within,
    stamp,
)
from creditdesk.paper.typeset import Sheets, Typesetter

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_AS_WRITTEN = N_("Words in Chinese stand as in the original; they are not translated.")
"""Said once on a paper in another language, on the first page that has such words."""
_SQUEEZED = 4.0
"""Points a row may be lower than usual, where its table then fits on its page."""
_LITTLE = 0.001
_MOST_KEPT = 240.0
_SEAL = 128.0
"""45 mm: an area to seal in."""
"""Points at most that are kept together at the foot of a page."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Operators that take the colour of this tone, which stands before them."""

    operators: str
    tone: str

    def draw(self, sheets: Sheets, _typesetter: Typesetter, ink: Ink) -> None:
        """Onto the page."""
        sheets.put(f"{ink[self.tone]} {self.operators}")


@dataclass(frozen=True, slots=True)
class _Text:
    """A line of text."""

    text: str
    x: float
    y: float
    size: float
    tone: str
    bold: bool

    def draw(self, sheets: Sheets, typesetter: Typesetter, ink: Ink) -> None:
        """Onto the page."""
        sheets.put(f"{ink[self.tone]} rg")
        typesetter.draw(sheets, self.text, self.x, self.y, self.size, bold=self.bold)


@dataclass(frozen=True, slots=True)
class _Pictured:
    """What draws itself, from its lower edge up."""

    act: Callable[[Sheets, float], None]
    foot: float

    def draw(self, sheets: Sheets, _typesetter: Typesetter, _ink: Ink) -> None:
        """Onto the page."""
        self.act(sheets, self.foot)


@dataclass(slots=True)
class _Page:
    label: str
    drawings: list[_Drawn | _Text | _Pictured] = field(default_factory=list)
    chinese: bool = False
    """It has Chinese words, on a paper in another language."""


class Document:
    """Pages written from top to bottom. `foot` stands at the lower left of every page.

    `typesetter`: one that has measured the same texts before. `room`: its sheets.
    """

    def __init__(
        self,
        language: Language,
        foot: str,
        typesetter: Typesetter | None = None,
        room: Room = UPRIGHT,
    ) -> None:
        self.room = room
        self.words = words(language)
        self.type = typesetter or Typesetter()
        self.bookmarks: list[Bookmark] = []
        self.links: list[Link] = []
        self._language = language
        self._foot = foot
        self._pages: list[_Page] = []
        self._y = self.room.top
        self._label = ""
        self.awaited = 0.0

    @property
    def pages(self) -> int:
        """How many there are so far."""
        return len(self._pages)

    def page(self, label: str = "") -> None:
        """A new page. Pages in a row with one label are numbered in their upper right corner."""
        self._label = label
        self._pages.append(_Page(label))
        self._y = self.room.top

    def blank(self) -> None:
        """A page that is left blank and says so."""
        self.page()
        said = self.words("This page is intentionally left blank.")
        wide = self.type.width(said, SMALL)
        middle = (self.room.left + self.room.right - wide) / 2
        self._put(said, middle, self.room.height / 2, SMALL, tone="quiet")

    def take(self, other: "Document", first: int, count: int) -> None:
        """Pages of another document, laid out the same; `first` counts from 1. What leads from them is left behind."""
        begin = self.pages + 1
        self._pages += other._pages[first - 1 : first - 1 + count]  # noqa: SLF001 - of the same kind
        self.bookmarks += [
            Bookmark(mark.title, mark.page - first + begin)
            for mark in other.bookmarks
            if first <= mark.page < first + count
        ]

    def section(self, title: str, aside: str = "") -> None:
        """A new page with a title, a bookmark, and a quiet remark at the right."""
        self.page(title)
        self.bookmarks.append(Bookmark(title, self.pages))
        self._y += 6
        room = (
            self.room.right
            - self.room.left
            - (self.type.width(aside, SMALL) + 16 if aside else 0)
        )
        if aside:
            self._put(
                aside, self.room.right, self._y - 18, SMALL, tone="quiet", right=True
            )
        for line in self.type.lines(title, 18, room, bold=True):
            self._y -= 18
            self._put(line, self.room.left, self._y, 18, bold=True)
            self._y -= 6
        self.rule(below=6)
        self.space(8)

    def letterhead(self, firm: str, aside: str) -> None:
        """The line a letter and a cover begin with."""
        self._put(firm, self.room.left, self._y, SMALL, bold=True, tone="quiet")
        self._put(aside, self.room.right, self._y, SMALL, tone="quiet", right=True)
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
        for line in self.type.lines(
            text, size, self.room.right - self.room.left - indent, bold=bold
        ):
            self.need(size * LEADING)
            self._y -= size * LEADING
            x = self.room.right if right else self.room.left + indent
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
        if self._y - points < self.room.bottom:
            self.page(self._label)

    def rule(self, *, below: float = 0, strong: bool = False) -> None:
        """A hairline over the width."""
        self._y -= below
        self._line(self._y, strong=strong)

    def facts(self, facts: Iterable[tuple[str, str]], *, indent: float = 119) -> None:
        """Labels and values, a hairline below each; an empty value leaves room to write."""
        for label, value in facts:
            names = self.type.lines(label, SMALL, indent - 10)
            lines = self.type.lines(
                value, BODY, self.room.right - self.room.left - indent
            ) or [""]
            high = max(len(lines) * BODY, len(names) * SMALL) * 1.35 + 10
            self.need(high)
            for number, line in enumerate(lines):
                self._put(
                    line,
                    self.room.left + indent,
                    self._y - 15 - number * BODY * 1.35,
                    BODY,
                )
            for number, line in enumerate(names):
                self._put(
                    line,
                    self.room.left,
                    self._y - 15 - number * SMALL * 1.35,
                    SMALL,
                    tone="quiet",
                )
            self.rule(below=high)

    def figure(self, label: str, amount: str, spelled: str) -> None:
        """The one figure of a page, on its ground."""
        lines = self.type.lines(spelled, BODY, self.room.right - self.room.left - 32)
        high = 50 + len(lines) * 15
        self.need(high + 10)
        self.space(10)
        top = self._y
        self._fill(self.room.left, top - high, self.room.right - self.room.left, high)
        self._put(label, self.room.left + 16, top - 24, SMALL, tone="quiet")
        self._put(amount, self.room.right - 16, top - 32, 20, bold=True, right=True)
        for number, line in enumerate(lines):
            self._put(
                line, self.room.right - 16, top - 54 - number * 15, BODY, right=True
            )
        self._y = top - high - 8

    def seals(  # noqa: PLR0913 - what areas to seal in look like
        self,
        names: Sequence[str],
        dated: str,
        *,
        high: float = _SEAL,
        below: str = "",
        size: float = BODY,
        place: SealPlace = SealPlace.LEFT,
    ) -> None:
        """Dotted areas to seal and sign in; what they stand `below` is on their page: nobody signs an empty one.

        `place` is of the first area's left or right edge; `OPEN`: names and dates stand without areas.
        """
        self.need(self.seals_high(below, high, size))
        if below:
            self.text(below, size=size)
        self.space(12)
        gap = 28.0
        wide = min(
            216.0,
            (self.room.right - self.room.left - gap * (len(names) - 1)) / len(names),
        )
        whole = wide * len(names) + gap * (len(names) - 1)
        first = self.room.right - whole if place is SealPlace.RIGHT else self.room.left
        for number, name in enumerate(names):
            x = first + number * (wide + gap)
            if place is not SealPlace.OPEN:
                self._dotted(x, self._y - high, wide, high)
            self._put(name, x + 11, self._y - 16, SMALL, tone="quiet")
            self._put(dated, x + 11, self._y - high + 10, SMALL, tone="quiet")
        self._y -= high

    def seals_high(self, below: str, high: float = _SEAL, size: float = BODY) -> float:
        """Points that areas to seal take with what they stand below."""
        wide = self.room.right - self.room.left
        lines = self.type.lines(below, size, wide) if below else []
        return len(lines) * size * LEADING + high + 12

    def picture(self, high: float, draw: Callable[[Sheets, float], None]) -> None:
        """Room over the width for what draws itself; it is told where its lower edge is."""
        self.need(high)
        self._y -= high
        self._pages[-1].drawings.append(_Pictured(draw, self._y))

    def bar(self, share: float, *, high: float = 14) -> None:
        """A bar over the width: this share of it filled, the rest hatched, so that it is read without colour."""
        self.need(high + 4)
        self._y -= high
        wide = (self.room.right - self.room.left) * min(1.0, max(0.0, share))
        x, y, top = self.room.left + wide, self._y, self._y + high
        if wide:
            full = f"rg {self.room.left:.2f} {y:.2f} {wide:.2f} {high:.2f} re f"
            self._pages[-1].drawings.append(_Drawn(full, "accent"))
        if x < self.room.right:
            area = f"{x:.2f} {y:.2f} {self.room.right - x:.2f} {high:.2f} re"
            starts = range(int(x - high), int(self.room.right), 5)
            lines = " ".join(f"{each} {y:.2f} m {each + high:.2f} {top:.2f} l" for each in starts)  # fmt: skip
            hatched = f"RG q {area} W n 0.5 w {lines} S Q 0.7 w {area} S"
            self._pages[-1].drawings.append(_Drawn(hatched, "text"))
        self._y -= 4

    def to_foot(self, points: float) -> None:
        """Go down so that exactly this much is left, where more is."""
        self._y = min(self._y, self.room.bottom + points)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        tail: float = 0,
        tight: float = 0,
    ) -> None:
        """A table whose head is repeated on every page it reaches; its rows are `tight` points lower than usual.

        Its first two rows stay together and its last two, with `tail` points of what follows and what is `awaited`
        after all tables: no page has a remnant.
        """
        tail += self.awaited
        widths = widths_of(self.type, columns, rows, self.room)
        heights = [self._height(row, widths) for row in rows]
        head = self._deep(columns, widths)
        self.need(max(70, min(head + sum(heights[:2]), _MOST_KEPT)))
        spared = max(tight, self._spared(head + sum(heights) + tail, len(rows)))
        heights = [high - spared for high in heights]
        self._head(columns, widths)
        for number, (row, high) in enumerate(zip(rows, heights, strict=True)):
            if self._y - self._kept(rows, heights, number, tail) < self.room.bottom:
                self.page(self._label)
                self._head(columns, widths)
            self._row(columns, row, widths, high, spared)

    def _spared(self, high: float, rows: int) -> float:
        """Points each row is made lower, so that no next page has only the remnant of a table."""
        over = high - (self._y - self.room.bottom)
        return over / rows + _LITTLE if 0 < over <= _SQUEEZED * rows else 0.0

    def _kept(
        self, rows: Sequence[Row], heights: Sequence[float], at: int, tail: float
    ) -> float:
        """Points this row takes with those that may not come after it on a page of their own."""
        last = len(rows) - 1
        end = at
        while end < last and (rows[end + 1].with_previous or end == last - 1 != 0):
            end += 1
        kept = sum(heights[at : end + 1]) + (tail if end == last else 0)
        # What is higher than a page alone is not kept together, or there would be no end of pages.
        return kept if kept <= _MOST_KEPT else heights[at]

    def save(
        self,
        path: Path,
        title: str,
        within: Within | None = None,
        *,
        stamped: bool = True,
    ) -> None:
        """Write the pages; `within` when they become part of a longer file, which may stamp them itself."""
        sheets = Sheets(
            str(path),
            pagesize=(self.room.width, self.room.height),
            lang="zh-CN" if self._language == "zh" else "en-GB",
        )
        sheets.setTitle(title)
        sheets.setCreator("CreditDesk")
        within = within or Within(self._numbers())
        ink = GREY_INK if within.grey else INK
        parts = self._parts()
        noted = next((at for at, page in enumerate(self._pages) if page.chinese), None)
        for at, page in enumerate(self._pages):
            if at + 1 in within.versos:
                sheets.put(f"1 0 0 1 {-SHIFT:.2f} 0 cm")
            for drawing in page.drawings:
                drawing.draw(sheets, self.type, ink)
            if stamped:
                if page.label:
                    label = page.label + parts[at]
                    stamp(sheets, self.type, label=label, ink=ink, room=self.room)
                if at == noted:
                    sheets.put(f"{ink['quiet']} rg")
                    self.type.draw(
                        sheets, self.words(_AS_WRITTEN), self.room.left, 42, FINE
                    )
                number, back = within.numbers[at], within.back
                stamp(
                    sheets,
                    self.type,
                    foot=self._foot,
                    number=number,
                    back=back,
                    ink=ink,
                    room=self.room,
                )
            sheets.showPage()
        sheets.save()

    def _numbers(self) -> list[str]:
        return [
            self.words("Page {number} of {total}", number=at, total=self.pages)
            for at in range(1, self.pages + 1)
        ]

    def _parts(self) -> list[str]:
        """Which of the pages of its label each is, where there are several."""
        all_ = Counter(page.label for page in self._pages)
        seen: Counter[str] = Counter()
        found = []
        for page in self._pages:
            seen[page.label] += 1
            several = all_[page.label] > 1
            found.append(f" {seen[page.label]}/{all_[page.label]}" if several else "")
        return found

    def _head(self, columns: Sequence[Column], widths: Sequence[float]) -> None:
        broken = self._titles(columns, widths)
        deep = max(len(lines) for lines in broken)
        x = self.room.left
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

    def _titles(
        self, columns: Sequence[Column], widths: Sequence[float]
    ) -> list[list[str]]:
        return [
            self.type.lines(column.title, FINE, wide - 6)
            for column, wide in zip(columns, widths, strict=True)
        ]

    def _deep(self, columns: Sequence[Column], widths: Sequence[float]) -> float:
        """Points the head of a table takes."""
        return 7 + 11 * max(len(lines) for lines in self._titles(columns, widths))

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
        self,
        columns: Sequence[Column],
        row: Row,
        widths: Sequence[float],
        high: float,
        spared: float = 0,
    ) -> None:
        x, top = self.room.left, self._y
        base = top - 6 + spared / 2 - max(cell.size for cell in row.cells)
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
        if self._language != "zh" and _CHINESE.search(text):
            self._pages[-1].chinese = True

        text_ = _Text(text, start, y, size, tone, bold)
        self._pages[-1].drawings.append(text_)

    def _line(self, y: float, *, strong: bool) -> None:
        drawn = _Drawn(
            f"RG {0.8 if strong else 0.5} w {self.room.left:.2f} {y:.2f} m {self.room.right:.2f} {y:.2f} l S",
            "text" if strong else "line",
        )
        self._pages[-1].drawings.append(drawn)

    def _fill(self, x: float, y: float, wide: float, high: float) -> None:
        drawn = _Drawn(f"rg {x:.2f} {y:.2f} {wide:.2f} {high:.2f} re f", "ground")
        self._pages[-1].drawings.append(drawn)

    def _dotted(self, x: float, y: float, wide: float, high: float) -> None:
        area = f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re S"
        drawn = _Drawn(f"RG q 0.5 w [1 2] 0 d {area} Q", "quiet")
        self._pages[-1].drawings.append(drawn)
