"""The page every document shares: its measures, colours, the parts of a table, and the margins of every sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from creditdesk.paper.typeset import Sheets, Typesetter

WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT = 70.87, WIDTH - 51.0
TOP, BOTTOM = HEIGHT - 62.0, 66.0
BODY, SMALL, FINE = 10.5, 9.0, 8.5
LEADING: Final = 1.45
WIDEST_HEAD: Final = 118.0
COLOURS = {
    "text": "#1A1F26",
    "quiet": "#5A6573",
    "line": "#C3C9D1",
    "accent": "#0F6A8B",
    "danger": "#B3261E",
    "ground": "#F4F5F7",
}

SHIFT: Final = LEFT - (WIDTH - RIGHT)
"""Points everything on the back of a sheet stands further left, for it is bound at its right."""
Ink = Mapping[str, str]
"""The palette as the operators of a page name its colours."""


def _ink(code: str, *, grey: bool = False) -> str:
    """A colour, or a grey as light as it is (ITU-R BT.601)."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    if grey:
        red = green = blue = 0.299 * red + 0.587 * green + 0.114 * blue
    return f"{red:.3f} {green:.3f} {blue:.3f}"


INK: Final = {tone: _ink(code) for tone, code in COLOURS.items()}
GREY_INK: Final = {tone: _ink(code, grey=True) for tone, code in COLOURS.items()}


class SealPlace(StrEnum):
    """Where the areas to seal in stand; `OPEN`: nowhere, names and dates stand alone."""

    LEFT = "left"
    RIGHT = "right"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Room:
    """How large a sheet is and where its text stands, in points; the binding margin is at its left."""

    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM


UPRIGHT: Final = Room()
ACROSS: Final = Room(HEIGHT, WIDTH, LEFT, HEIGHT - (WIDTH - RIGHT), WIDTH - 62.0)
"""A4 turned, for tables with many columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `share` divides what the right-aligned ones leave; figures are never cut.

    A right-aligned one is as wide as its widest figure, or `width` points where columns are to be alike.
    """

    title: str
    share: float = 1.0
    right: bool = False
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table. `detail` is a quiet line below; `link` a page of this document, counted from 1."""

    text: str
    detail: str = ""
    bold: bool = False
    tone: str = "text"
    size: float = SMALL
    link: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table. `strong`: a heavy rule below; `with_previous`: never alone on the next page."""

    cells: tuple[Cell, ...]
    strong: bool = False
    with_previous: bool = False


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the file's own table of contents; pages count from 1."""

    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Within:
    """What pages of ours need to know to become part of a longer file.

    `numbers`: what the foot of each says of its place. `back`: the word that leads to the contents. `versos`: the
    pages, counted from 1, that are backs of sheets. `grey`: without colours.
    """

    numbers: Sequence[str]
    back: str = ""
    versos: frozenset[int] = frozenset()
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An area that leads to a page; pages count from 1."""

    page: int
    area: tuple[float, float, float, float]
    target: int


def stamp(  # noqa: PLR0913 - what stands in the margins of a sheet
    sheets: Sheets,
    typesetter: Typesetter,
    *,
    label: str = "",
    foot: str = "",
    number: str = "",
    back: str = "",
    ink: Ink = INK,
    room: Room = UPRIGHT,
) -> None:
    """The margins every page has: what it is at the upper right, whose file and which page at the foot.

    `back`: the word that leads back to the contents.
    """
    sheets.put(f"{ink['quiet']} rg")
    if label:
        text = shortened(typesetter, label, FINE, room.right - room.left, bold=True)
        wide = typesetter.width(text, FINE, bold=True)
        typesetter.draw(
            sheets, text, room.right - wide, room.height - 32, FINE, bold=True
        )
    if number:
        sheets.put(
            f"{ink['line']} RG 0.5 w {room.left:.2f} 34 m {room.right:.2f} 34 l S"
        )
        wide = typesetter.width(number, FINE)
        word = typesetter.width(back, FINE) + 12 if back else 0
        left = room.right - room.left - wide - word - 16
        said = shortened(typesetter, foot, FINE, left)
        typesetter.draw(sheets, said, room.left, 23, FINE)
        typesetter.draw(sheets, number, room.right - wide, 23, FINE)
        if back:
            sheets.put(f"{ink['accent']} rg")
            typesetter.draw(sheets, back, room.right - wide - word, 23, FINE)


def in_two(typesetter: Typesetter, text: str, size: float, width: float) -> list[str]:
    """The text in one line or two, its end given up where it is too long for these."""
    lines = typesetter.lines(text, size, width)
    if len(lines) == 1:
        return lines
    rest = text[len(lines[0]) :].lstrip()
    return [lines[0], shortened(typesetter, rest, size, width)]


def shortened(
    typesetter: Typesetter, text: str, size: float, width: float, *, bold: bool = False
) -> str:
    """The text, its end given up where it is too long for one line; its whole stands elsewhere."""
    if typesetter.width(text, size, bold=bold) <= width:
        return text
    kept = typesetter.lines(text, size, width - size, bold=bold)[0]
    return f"{kept}…"
