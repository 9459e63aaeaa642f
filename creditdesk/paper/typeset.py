"""Sets text: runs by the first font that has the characters, the system's after the shipped ones, lines by width.

Text is text here: nothing in it is ever read as markup.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from creditdesk import paths
from creditdesk.paper import faces, system_fonts
from creditdesk.paper.direction import mirrored, stretches
from creditdesk.paper.drawn import DrawnFont

_FILES = {
    "sc": "NotoSansSC-Regular.ttf",
    "sc-bold": "NotoSansSC-Bold.ttf",
    "latin": "NotoSans-Regular.ttf",
    "latin-bold": "NotoSans-Bold.ttf",
}
_NOT_FIRST = "，。、；：？！）》」』】〕”’％‰…—·,.;:?!)]}%"
_NOT_LAST = "（《「『【〔“‘([{¥￥$€£"
_FEW = 3
"""A line of more parts gives its last one to a character that would stand alone."""
_CHARACTER = re.compile(rf"[\u3400-\u9fff][{re.escape(_NOT_FIRST)}]*")
_KEPT_SPACE = "\u00a0"
_USUAL = re.compile(
    r"[\s\u0020-\u007e\u00a0-\u017f\u3001-\u3011\u4e00-\u9fa5\uff01-\uff5e]*"
)
"""What our fonts have for sure: a text of these is known to be printable before a font is loaded."""
_KEPT_SIGNS = "\t\n\r\u200c\u200d"
_JOINERS = re.compile("(?<![\u0590-\u1cff\ua8e0-\uabff])[\u200c\u200d]")
"""Signs that part or join letters, where no letter of such a script stands before them."""
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
        self._encoded: dict[Run, list[tuple[str, str]]] = {}
        self._drawn: dict[Path, DrawnFont] = {}

    def put(self, operators: str) -> None:
        """These operators, as they are: reportlab's own words for them take three times as long."""
        self._code.append(operators)

    def encoded(self, run: "Run") -> list[tuple[str, str]]:
        """The operators that show it, each with the name its font is called by here."""
        if run not in self._encoded:
            self._encoded[run] = self._shown(run)
        return self._encoded[run]

    def _shown(self, run: "Run") -> list[tuple[str, str]]:
        if run.drawn is not None:
            glyphs = system_fonts.shaped(run.drawn, run.text, leftward=run.leftward)
            font = self._drawn.get(run.drawn)
            if font is None or not font.has_room(glyphs):
                font = self._font_of(run.drawn)
            return [(font.name, f"<{font.codes(glyphs)}> Tj")]
        face: Any = pdfmetrics.getFont(run.font)
        return [
            (face.getSubsetInternalName(subset, self._doc), f"<{codes.hex()}> Tj")
            for subset, codes in face.splitString(run.text, self._doc)
        ]

    def _font_of(self, path: Path) -> DrawnFont:
        name = f"/D{len(self._doc.delayedFonts)}"
        font = self._drawn[path] = DrawnFont(path, name)
        self._doc.delayedFonts.append(font)
        return font


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one font: one of ours by its name, or one of the system that is `drawn` letter by letter."""

    font: str
    text: str
    drawn: Path | None = None
    leftward: bool = False

    @property
    def width(self) -> float:
        """Points it takes at a size of one point."""
        if self.drawn is None:
            return pdfmetrics.stringWidth(self.text, self.font, 1)
        glyphs = system_fonts.shaped(self.drawn, self.text, leftward=self.leftward)
        return sum(each.advance for each in glyphs) / system_fonts.units(self.drawn)


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
            runs = self.runs(text, bold=bold)
            self._widths[key] = sum(run.width for run in runs)
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
            f"{name} {size:g} Tf {shown} "
            for run in self.runs(text, bold=bold)
            for name, shown in sheets.encoded(run)
        )
        sheets.put(f"BT {x:.2f} {y:.2f} Td {shown}ET")

    def runs(self, text: str, *, bold: bool = False) -> tuple[Run, ...]:
        """The line cut by fonts, from left to right; a word stays in one font where one has all of it."""
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
        for part, leftward in stretches(plain):
            whole = _run(part, ()) if leftward else None
            runs = [whole] if whole else list(_joined(self._pieces(part, fonts)))
            yield from map(_from_the_right, reversed(runs)) if leftward else runs

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
        before: list[str] = []
        line: list[str] = []
        used = 0.0
        for piece in self._fitting(_units(text), size, width, bold=bold):
            wide = self.width(piece, size, bold=bold)
            if line and used + self.width(piece.rstrip(), size, bold=bold) > width:
                if before:
                    yield "".join(before).rstrip()
                before, line, used = line, [], 0.0
                if piece.isspace():
                    continue
            line.append(piece)
            used += wide
        if len(line) == 1 and len(before) > _FEW and _CHARACTER.fullmatch(line[0]):
            line.insert(0, before.pop())
        if before:
            yield "".join(before).rstrip()
        yield "".join(line).rstrip()

    def _fitting(
        self, units: Iterator[str], size: float, width: float, *, bold: bool
    ) -> Iterator[str]:
        """Units no wider than a line: a code or address without spaces is cut where it must be."""
        for unit in units:
            if self.width(unit, size, bold=bold) <= width:
                yield unit
                continue
            yield from _clusters(unit)

    def _pieces(self, text: str, fonts: tuple[str, ...]) -> Iterator[Run]:
        for piece in re.findall(r"\s+|\S+", text):
            if whole := _run(piece, fonts):
                yield whole
                continue
            for ours, group in groupby(_clusters(piece), key=lambda each: bool(_ours(each, fonts))):  # fmt: skip
                yield from self._parts(list(group), fonts, ours=ours)

    def _parts(
        self, clusters: list[str], fonts: tuple[str, ...], *, ours: bool
    ) -> Iterator[Run]:
        """Letters of one word no font has all of: in one font of the system where it has them, else each by itself."""
        together = None if ours else _run("".join(clusters), fonts)
        if together:
            yield together
            return
        for cluster in clusters:
            if found := _run(cluster, fonts):
                yield found
                continue
            self.unprintable.update(cluster)
            codes = "".join(f"[U+{ord(each):04X}]" for each in cluster)
            yield Run(fonts[0], codes)


def unprintable(text: str) -> str:
    """The characters of it that no font on this computer has; a paper shows their codes."""
    if _USUAL.fullmatch(text):
        return ""
    typesetter = Typesetter()
    typesetter.runs(text)
    return "".join(each for each in dict.fromkeys(text) if each in typesetter.unprintable)  # fmt: skip


def _run(text: str, fonts: tuple[str, ...]) -> Run | None:
    if ours := _ours(text, fonts):
        return Run(ours, text)
    path = system_fonts.font_for(text)
    return None if path is None else Run("", text, path)


def _ours(text: str, fonts: tuple[str, ...]) -> str:
    """The first of our fonts that has all of it; empty where none has."""
    return next((font for font in fonts if _has(font, text)), "")


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Runs one after the other that are in one font, as one."""
    for (font, drawn), group in groupby(runs, key=lambda run: (run.font, run.drawn)):
        yield Run(font, "".join(run.text for run in group), drawn)


def _from_the_right(run: Run) -> Run:
    if run.drawn is None:
        return Run(run.font, mirrored(run.text))
    return replace(run, leftward=True)


def _clusters(text: str) -> Iterator[str]:
    """Letters, each with the marks that sit on it."""
    held = ""
    for character in text:
        if held and unicodedata.category(character) not in ("Mn", "Mc", "Me", "Cf"):
            yield held
            held = ""
        held += character
    if held:
        yield held


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
    kept = "".join(
        " " if character in "\t\n\r" else character
        for character in unicodedata.normalize("NFC", text)
        if character in _KEPT_SIGNS
        or unicodedata.category(character) not in ("Cc", "Cf")
    )
    return _JOINERS.sub("", kept)


def _has(font: str, text: str) -> bool:
    return _glyphs(font).issuperset(text)


@cache
def _glyphs(font: str) -> frozenset[str]:
    """The characters a font has; reading it registers it with reportlab."""
    loaded = faces.font(font, str(paths.resources() / "fonts" / _FILES[font]))
    pdfmetrics.registerFont(loaded)
    return frozenset(map(chr, loaded.face.charToGlyph))
