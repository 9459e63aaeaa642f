"""A font of a PDF made of the drawings that a paper uses of a font of the system, whatever its outlines are."""

from pathlib import Path
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from creditdesk.paper import system_fonts
from creditdesk.paper.system_fonts import Glyph

MOST: Final = 255
"""Drawings one font holds: a code is one byte, and 0 stays free."""


class DrawnFont:
    """Drawings by their codes. A drawing in another place is another one, so that text is nothing but codes."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self._path = path
        self._codes: dict[Glyph, int] = {}

    def has_room(self, glyphs: tuple[Glyph, ...]) -> bool:
        """Whether all of these can be among its drawings."""
        return len(self._codes.keys() | set(glyphs)) <= MOST

    def codes(self, glyphs: tuple[Glyph, ...]) -> str:
        """Their codes, as a PDF writes them."""
        for glyph in glyphs:
            self._codes.setdefault(glyph, len(self._codes) + 1)
        return "".join(f"{self._codes[glyph]:02x}" for glyph in glyphs)

    def addObjects(self, document: Any) -> None:  # noqa: ANN401, N802 - reportlab calls it so when it writes the file
        """The font as objects of the file."""
        scale = f"{1 / system_fonts.units(self._path):.9f}"
        drawings, widths, names = {}, [], []
        for glyph, code in self._codes.items():
            drawn = f"{glyph.advance} 0 d0 {system_fonts.outline(self._path, glyph)}"
            drawings[f"g{code}"] = document.Reference(_stream(drawn, document))
            widths.append(glyph.advance)
            names.append(f"/g{code}")
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type3"),
                "Name": pdfdoc.PDFName(self.name[1:]),
                "FontBBox": "[0 0 0 0]",
                "FontMatrix": f"[{scale} 0 0 {scale} 0 0]",
                "FirstChar": 1,
                "LastChar": len(widths),
                "Widths": pdfdoc.PDFArray(widths),
                "Encoding": f"<< /Type /Encoding /Differences [1 {' '.join(names)}] >>",
                "CharProcs": pdfdoc.PDFDictionary(drawings),
                "Resources": "<< >>",
                "ToUnicode": document.Reference(_stream(self._said(), document)),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name[1:]] = document.Reference(font)

    def _said(self) -> str:
        """Which characters each code stands for."""
        lines = [
            f"<{code:02x}> <{glyph.text.encode('utf-16-be').hex()}>"
            for glyph, code in self._codes.items()
        ]
        groups = [lines[at : at + 100] for at in range(0, len(lines), 100)]
        known = "\n".join(
            f"{len(group)} beginbfchar\n{chr(10).join(group)}\nendbfchar"
            for group in groups
        )
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CMapName /Drawn def /CMapType 2 def\n"
            "1 begincodespacerange <00> <ff> endcodespacerange\n"
            f"{known}\nendcmap CMapName currentdict /CMap defineresource pop end end\n"
        )


def _stream(content: str, document: Any) -> pdfdoc.PDFStream:  # noqa: ANN401 - reportlab's
    stream = pdfdoc.PDFStream(content=content.encode())
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream
