"""Any list of the window on paper: title, what is shown, by which filters, its rows and totals, page n of N."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, Message
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper import page
from creditdesk.paper.page import ACROSS, UPRIGHT, Cell, Column, Room, Row
from creditdesk.paper.pdf import Document
from creditdesk.paper.typeset import Typesetter
from creditdesk.reports.report import FileKind, Report

REPORT = Report("list_paper", N_("A list as shown, on paper"), (FileKind.PDF,))
MOST_ROWS = 5_000
"""Rows a list on paper may have: some hundred pages nobody reads, but somebody files."""
_SIZES = (page.SMALL, 8.0, 7.0)
_WORDS_KEPT = 88.0
"""Points a name keeps before the sheet is turned or the type made smaller."""
_EDGES = 12.0
_SIDES = 8.0


class ListTooLong(UserError):
    """A list that would fill hundreds of pages."""

    message = N_(
        "This list has {rows} rows, and paper takes {most}. Narrow it with the filter, or export it to Excel."
    )


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, and whether it holds figures."""

    title: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class PaperList:
    """A list as the window shows it. `filters`: what narrows it, empty for nothing. `totals`: a row a currency."""

    title: str
    said: str
    filters: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[str]]
    totals: Sequence[Sequence[str]] = ()
    footer: Sequence[str] = ()


def write(listed: PaperList, path: Path, language: Language, progress: Progress) -> int:
    """Write it; the answer is its pages. Raises `ListTooLong`, `CannotWrite`."""
    if len(listed.rows) > MOST_ROWS:
        raise ListTooLong(rows=f"{len(listed.rows):,}", most=f"{MOST_ROWS:,}")
    progress.step(Message(N_("Writing the list")))
    type_ = Typesetter()
    lines = [*listed.rows, *listed.totals]
    room, size = _sheet(type_, listed.heads, lines)
    document = Document(language, listed.title, type_, room)
    document.page()
    document.text(listed.title, size=16, bold=True)
    document.space(2)
    for line in filter(None, (listed.said, listed.filters)):
        document.text(line, size=page.SMALL, tone="quiet")
    document.space(8)
    parts = _parts(type_, listed.heads, lines, size, room)
    for number, part in enumerate(parts):
        if number:
            document.space(16)
        _table(document, listed, part, size)
    if not listed.rows:
        document.text(document.words("There is nothing in this list."), size=page.SMALL)
    document.space(8)
    for line in listed.footer:
        document.text(line, size=page.SMALL)
    with beside(path) as new:
        document.save(new, listed.title)
    return document.pages


def _table(
    document: Document, listed: PaperList, part: Sequence[int], size: float
) -> None:
    lines = [*listed.rows, *listed.totals]
    heads = [listed.heads[at] for at in part]
    columns = [
        Column(
            head.title,
            _natural(document.type, head, at, lines, size),
            head.right,
            _figures(document.type, head, at, lines, size) if head.right else 0.0,
        )
        for at, head in zip(part, heads, strict=True)
    ]
    rows = [Row(tuple(Cell(row[at], size=size) for at in part)) for row in listed.rows]
    sums = [
        Row(
            tuple(Cell(row[at], bold=True, size=size) for at in part),
            with_previous=True,
        )
        for row in listed.totals
    ]
    if rows and sums:
        rows[-1] = Row(rows[-1].cells, strong=True)
    document.table(columns, [*rows, *sums])


def _sheet(
    type_: Typesetter, heads: Sequence[Head], lines: Sequence[Sequence[str]]
) -> tuple[Room, float]:
    """The sheet upright where everything stands on it, else across, in the largest type that fits."""
    for room in (UPRIGHT, ACROSS):
        for size in _SIZES[: 1 if room is UPRIGHT else None]:
            least = sum(
                _least(type_, head, at, lines, size) for at, head in enumerate(heads)
            )
            if least <= room.right - room.left:
                return room, size
    return ACROSS, _SIZES[-1]


def _parts(
    type_: Typesetter,
    heads: Sequence[Head],
    lines: Sequence[Sequence[str]],
    size: float,
    room: Room,
) -> list[list[int]]:
    """The columns of each table: one, or as many as a list too wide for a sheet needs, each with the first column."""
    least = [_least(type_, head, at, lines, size) for at, head in enumerate(heads)]
    breaks, taken = [0], 0.0
    for at, width in enumerate(least):
        if taken + width > room.right - room.left and at > breaks[-1] + 1:
            breaks.append(at)
            taken = least[0]
        taken += width
    ends = pairwise([*breaks, len(heads)])
    return [[*([0] if start else []), *range(start, end)] for start, end in ends]


def _least(
    type_: Typesetter,
    head: Head,
    at: int,
    lines: Sequence[Sequence[str]],
    size: float,
) -> float:
    """Points a column can't do without."""
    if head.right:
        return _figures(type_, head, at, lines, size)
    return min(_natural(type_, head, at, lines, size), _WORDS_KEPT)


def _figures(
    type_: Typesetter,
    head: Head,
    at: int,
    lines: Sequence[Sequence[str]],
    size: float,
) -> float:
    """As wide as the widest figure; the title may stand on several lines, but no word of it is torn."""
    widest = _widest(type_, at, lines, size)
    return max(widest, type_.longest(head.title, page.FINE) + 6) + _EDGES


def _natural(
    type_: Typesetter,
    head: Head,
    at: int,
    lines: Sequence[Sequence[str]],
    size: float,
) -> float:
    """Points for its longest text on one line."""
    widest = _widest(type_, at, lines, size)
    return max(widest, type_.width(head.title, page.FINE)) + _SIDES


def _widest(
    type_: Typesetter, at: int, lines: Sequence[Sequence[str]], size: float
) -> float:
    """Points of the longest text of a column, as bold as the totals are."""
    return max((type_.width(row[at], size, bold=True) for row in lines), default=0.0)
