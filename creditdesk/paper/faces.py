"""Loads a font in a fifth of the time reportlab takes: its long tables are read whole, not number by number."""

import struct
import sys
from array import array
from typing import Any, Literal

from reportlab.pdfbase import ttfonts

_SEGMENTED = 12
"""The table of characters that holds all of Unicode; a font without one is read by reportlab."""


class Face(ttfonts.TTFontFace):
    """A TrueType face whose characters are needed at once, and never shaped. Names are reportlab's."""

    _pdfScale: Any  # noqa: N815 - as above

    def extractInfo(self, charInfo: Literal[0, 1] | bool = 1) -> None:  # noqa: FBT001, N802, N803 - as above
        """Read what the font says of itself."""
        super().extractInfo(charInfo=0)
        segments = self._segments()
        if not charInfo or segments is None:
            super().extractInfo(charInfo=charInfo)
            return
        self.hmetrics = self._metrics()
        long = self._number(">H", "head", 50)
        self.glyphPos = self._numbers("I" if long else "H", "loca", 0)
        if not long:
            self.glyphPos = [2 * each for each in self.glyphPos]
        self._know(segments)

    def _know(self, segments: list[tuple[int, int, int]]) -> None:
        glyphs: dict[int, int] = {}
        for start, end, glyph in segments:
            last = glyph + end - start
            glyphs.update(
                zip(range(start, end + 1), range(glyph, last + 1), strict=True)
            )
        widths = [self._pdfScale(width) for width, _ in self.hmetrics]
        self.defaultWidth = widths[0]
        if 0x20 in glyphs:
            glyphs[0xA0] = glyphs[0x20]
        self.charWidths = {char: widths[glyph] for char, glyph in glyphs.items()}
        self.charToGlyph = glyphs
        self.glyphToChar: dict[int, list[int]] = {}

    def _segments(self) -> list[tuple[int, int, int]] | None:
        """First and last character and first glyph of each run; None where the font has no such table."""
        table = self._table("cmap")
        (count,) = struct.unpack_from(">H", table, 2)
        for number in range(count):
            platform, encoding, at = struct.unpack_from(">HHI", table, 4 + 8 * number)
            (kind,) = struct.unpack_from(">H", table, at)
            if kind == _SEGMENTED and (platform, encoding) in ((3, 10), (0, 4), (0, 6)):
                (runs,) = struct.unpack_from(">I", table, at + 12)
                body = table[at + 16 : at + 16 + 12 * runs]
                return list(struct.iter_unpack(">III", body))
        return None

    def _metrics(self) -> list[tuple[int, int]]:
        """Advance and left bearing of each glyph; the last ones share their advance."""
        full = self._number(">H", "hhea", 34)
        numbers = self._numbers("H", "hmtx", 0)
        advances, bearings = numbers[0 : 2 * full : 2], numbers[1 : 2 * full : 2]
        rest = numbers[2 * full : full + self.numGlyphs]
        metrics = list(zip(advances, bearings, strict=True))
        return metrics + [(advances[-1], bearing) for bearing in rest]

    def _table(self, tag: str) -> bytes:
        return bytes(self.get_table(tag))  # type: ignore[no-untyped-call]  # reportlab's types leave it out

    def _number(self, kind: str, tag: str, at: int) -> int:
        (number,) = struct.unpack_from(kind, self._table(tag), at)
        return int(number)

    def _numbers(self, kind: str, tag: str, at: int) -> list[int]:
        numbers = array(kind, self._table(tag)[at:])
        if sys.byteorder == "little":
            numbers.byteswap()
        return numbers.tolist()


def font(name: str, path: str) -> ttfonts.TTFont:
    """The font of this file, to be registered under this name."""
    usual = ttfonts.TTFontFace
    ttfonts.TTFontFace = Face  # type: ignore[misc]  # TTFont names the class it makes
    try:
        return ttfonts.TTFont(name, path)
    finally:
        ttfonts.TTFontFace = usual  # type: ignore[misc]  # as above
