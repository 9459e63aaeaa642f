"""Sets text: runs by the first font that has the characters, the system's after the shipped ones, lines by width.

Text is text here: nothing in it is ever read as markup.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError
from reportlab.pdfgen.canvas import Canvas

from creditdesk import paths
from creditdesk.paper import faces, system_fonts

_FILES = {
    "sc": "NotoSansSC-Regular.ttf",
    "sc-bold": "NotoSansSC-Bold.ttf",
    "latin": "NotoSans-Regular.ttf",
    "latin-bold": "NotoSans-Bold.ttf",
}
_NOT_FIRST = "，。、；：？！）》」』】〕”’％‰…—·,.;:?!)]}%"
_NOT_LAST = "（《「『【〔“‘([{¥￥$€£"
_KEPT_SPACE = "\u00a0"
_PIECES = re.compile(
    r"[^\S\u00a0]|(?:[^\s\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]|\u00a0)+|."
)


class Sheets(Canvas):
    """reportlab's canvas, without the Helvetica it names on every page and never embeds.

    A file whose fonts are not all inside is refused by archives and by some printers.
    """

    _code: list[str]
    _doc: Any

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"
        self._encoded: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def put(self, operators: str) -> None:
        """These operators, as they are: reportlab's own words for them take three times as long."""
        self._code.append(operators)

    def encoded(self, font: str, text: str) -> list[tuple[str, str]]:
        """The text in the codes of the font's parts, each with the name it is called by here."""
        key = (font, text)
        if key not in self._encoded:
            face: Any = pdfmetrics.getFont(font)
            self._encoded[key] = [
                (face.getSubsetInternalName(subset, self._doc), codes.hex())
                for subset, codes in face.splitString(text, self._doc)
            ]
        return self._encoded[key]


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one font."""

    font: str
    text: str


@dataclass(slots=True)
class Typesetter:
    """Measures and draws; remembers the characters no font has."""

    unprintable: set[str] = field(default_factory=set)
    _runs: dict[tuple[str, bool], tuple[Run, ...]] = field(default_factory=dict)
    _widths: dict[tuple[str, bool], float] = field(default_factory=dict)
    _lines: dict[tuple[str, float, float, bool], list[str]] = field(
        default_factory=dict
    )
    """What was measured and broken before: a document laid out again asks the same."""

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Points this line takes."""
        key = (text, bold)
        if key not in self._widths:
            self._widths[key] = sum(
                pdfmetrics.stringWidth(run.text, run.font, 1)
                for run in self.runs(text, bold=bold)
            )
        return self._widths[key] * size

    def longest(self, text: str, size: float, *, bold: bool = False) -> float:
        """Points the longest part of it takes that is not torn at the end of a line."""
        units = _units(_plain(text))
        return max((self.width(each, size, bold=bold) for each in units), default=0.0)

    def draw(  # noqa: PLR0913 - what, where and how
        self,
        sheets: Sheets,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        bold: bool = False,
    ) -> None:
        """Draw one line from x on the base line y."""
        shown = "".join(
            f"{name} {size:g} Tf <{codes}> Tj "
            for run in self.runs(text, bold=bold)
            for name, codes in sheets.encoded(run.font, run.text)
        )
        sheets.put(f"BT {x:.2f} {y:.2f} Td {shown}ET")

    def runs(self, text: str, *, bold: bool = False) -> tuple[Run, ...]:
        """The line cut by fonts; a word stays in one font where one has all of it."""
        key = (text, bold)
        if key not in self._runs:
            self._runs[key] = tuple(self._cut(text, bold=bold))
        return self._runs[key]

    def _cut(self, text: str, *, bold: bool) -> Iterator[Run]:
        fonts = ("sc-bold", "latin-bold") if bold else ("sc", "latin")
        plain = _plain(text).replace(_KEPT_SPACE, " ")
        if plain and _has(fonts[0], plain):
            yield Run(fonts[0], plain)
            return
        font, gathered = "", ""
        for found, part in self._pieces(plain, fonts):
            if found != font and gathered:
                yield Run(font, gathered)
                gathered = ""
            font, gathered = found, gathered + part
        if gathered:
            yield Run(font, gathered)

    def lines(
        self, text: str, size: float, width: float, *, bold: bool = False
    ) -> list[str]:
        """The text broken to this width; Chinese breaks between characters, Latin between words."""
        key = (text, size, width, bold)
        if key not in self._lines:
            paragraphs = text.replace("\r\n", "\n").split("\n")
            self._lines[key] = [
                line
                for paragraph in paragraphs
                for line in self._break(_plain(paragraph), size, width, bold=bold)
            ]
        return self._lines[key]

    def _break(
        self, text: str, size: float, width: float, *, bold: bool
    ) -> Iterator[str]:
        line, used = "", 0.0
        for piece in self._fitting(_units(text), size, width, bold=bold):
            wide = self.width(piece, size, bold=bold)
            if line and used + self.width(piece.rstrip(), size, bold=bold) > width:
                yield line.rstrip()
                line, used = "", 0.0
                if piece.isspace():
                    continue
            line, used = line + piece, used + wide
        yield line.rstrip()

    def _fitting(
        self, units: Iterator[str], size: float, width: float, *, bold: bool
    ) -> Iterator[str]:
        """Units no wider than a line: a code or address without spaces is cut where it must be."""
        for unit in units:
            if self.width(unit, size, bold=bold) <= width:
                yield unit
                continue
            yield from unit

    def _pieces(self, text: str, fonts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for piece in re.findall(r"\s+|\S+", text):
            whole = next((font for font in fonts if _has(font, piece)), None)
            if whole:
                yield whole, piece
                continue
            for character in piece:
                yield self._single(character, fonts)

    def _single(self, character: str, fonts: tuple[str, ...]) -> tuple[str, str]:
        for font in fonts:
            if _has(font, character):
                return font, character
        if found := _of_the_system(character):
            return found, character
        self.unprintable.add(character)
        return fonts[0], f"[U+{ord(character):04X}]"


def _units(text: str) -> Iterator[str]:
    """What may not be torn: words, single Chinese characters, each with the punctuation that clings to it."""
    held = ""
    for piece in _PIECES.findall(text):
        if held and (piece[0] in _NOT_FIRST or held[-1] in _NOT_LAST):
            held += piece
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _plain(text: str) -> str:
    """Without control characters, which would print as nothing or as a box; a space that may not break stays one."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if character in "\t\n\r" else character
        for character in unicodedata.normalize("NFC", text)
        if character in "\t\n\r" or unicodedata.category(character) not in ("Cc", "Cf")
    )


def _has(font: str, text: str) -> bool:
    return _glyphs(font).issuperset(text)


@cache
def _of_the_system(character: str) -> str:
    """The name of a font of the system that has it, registered with reportlab; empty where there is none."""
    path = system_fonts.font_for(character)
    if path is None:
        return ""
    name = f"system-{path.stem}"
    if name in pdfmetrics.getRegisteredFontNames():
        return name
    try:
        pdfmetrics.registerFont(faces.font(name, str(path)))
    except (TTFError, OSError, struct.error):
        return ""
    return name


@cache
def _glyphs(font: str) -> frozenset[str]:
    """The characters a font has; reading it registers it with reportlab."""
    loaded = faces.font(font, str(paths.resources() / "fonts" / _FILES[font]))
    pdfmetrics.registerFont(loaded)
    return frozenset(map(chr, loaded.face.charToGlyph))
