"""Writes the same few words on many sheets: as operators, with one font for all of them."""

from copy import copy
from functools import cache
from pathlib import Path

import pikepdf
from pikepdf import Dictionary

from creditdesk.paper.page import GREY_INK, INK, shortened
from creditdesk.paper.typeset import Sheets, Typesetter

_NAME = "/CreditDesk{}"


class Stamper:
    """Operators for lines of text. The font gets what was written with it once all of it is."""

    def __init__(self, path: Path) -> None:
        self.type = Typesetter()
        self._path = path
        self._canvas = Sheets(str(path))
        self._names: dict[str, str] = {}
        self.encoded = cache(self._encoded)

    def text(self, text: str | tuple[str, ...], x: float, y: float, size: float) -> str:
        """The line, from x on the base line y; what often comes again may be given as a part of it."""
        parts = "".join(
            f"{name} {size:g} Tf {shown} "
            for part in (text if isinstance(text, tuple) else (text,))
            for name, shown in self.encoded(part)
        )
        return f"BT {x:.2f} {y:.2f} Td {parts}ET\n"

    def right(self, text: str, x: float, y: float, size: float) -> str:
        """The line, ending at x."""
        return self.text(text, x - self.width(text, size), y, size)

    def width(self, text: str, size: float) -> float:
        """Points this line takes."""
        return self.type.width(text, size)

    def shortened(self, text: str, size: float, width: float) -> str:
        """The text, cut to one line of this width."""
        return shortened(self.type, text, size, width)

    def finish(self) -> None:
        """Everything is written: the fonts hold what was."""
        self._canvas.showPage()
        self._canvas.save()

    def fonts(self, whole: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
        """The fonts by the names the operators call them by, in the file the sheets are in."""
        with pikepdf.open(self._path) as own:
            if not self._names:
                return {}
            fonts = whole.copy_foreign(own.make_indirect(own.pages[0].resources.Font))
        return {name: fonts[font] for font, name in self._names.items()}

    def _encoded(self, text: str) -> tuple[tuple[str, str], ...]:
        found = []
        for run in self.type.runs(text):
            for internal, shown in self._canvas.encoded(run):
                name = self._names.setdefault(internal, _NAME.format(len(self._names)))
                found.append((name, shown))
        return tuple(found)


def colour(tone: str, operator: str = "rg", *, without: bool = False) -> str:
    """The operator that sets a colour of the page's palette, or its grey."""
    return f"{(GREY_INK if without else INK)[tone]} {operator}\n"


class Fonts:
    """Gives sheets the fonts of their stamps beside their own; sheets that share theirs go on sharing."""

    def __init__(self, whole: pikepdf.Pdf, fonts: dict[str, pikepdf.Object]) -> None:
        self._whole, self._fonts = whole, fonts
        self._made: dict[tuple[int, int], pikepdf.Object] = {}

    def add(self, page: pikepdf.Object) -> None:
        """To this sheet."""
        resources = page.Resources
        own = resources.get("/Font")
        if not isinstance(own, Dictionary):
            own = Dictionary()
        if not own.is_indirect:
            resources.Font = self._with(own)
            return
        if own.objgen not in self._made:
            self._made[own.objgen] = self._whole.make_indirect(self._with(own))
        resources.Font = self._made[own.objgen]

    def _with(self, own: pikepdf.Object) -> pikepdf.Object:
        both = copy(own)
        for name, font in self._fonts.items():
            both[name] = font
        return both
