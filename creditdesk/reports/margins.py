"""What stands in the margins of the sheets of evidence: what it is, whose file, which page, where to seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from creditdesk.evidence.sheets import Sheet
from creditdesk.paper.page import FINE, LEFT, RIGHT, SHIFT, WIDTH
from creditdesk.reports.stamping import Stamper, colour

_TURNED = {
    90: "0 1 -1 0 {width:g} 0 cm\n",
    180: "-1 0 0 -1 {width:g} {height:g} cm\n",
    270: "0 -1 1 0 0 {height:g} cm\n",
}
_EDGE = 18.0
"""Nothing is stamped nearer to the edge: 6 mm, which every printer reaches."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words stamped on evidence. `page`: a text a volume with the places {number} and {total}."""

    foot: str
    page: Sequence[str]
    contents: str
    cross_seal: str
    original: str


class Margin:
    """What stands in the margins of a sheet: what is the same on many is made once."""

    def __init__(
        self, stamper: Stamper, words: Words, page: str, *, total: int, grey: bool
    ) -> None:
        self._stamper, self._words, self._grey = stamper, words, grey
        page = page.replace("{total}", str(total))
        self._before, self._after = page.split("{number}")
        self.widest = stamper.width(page.replace("{number}", str(total)), FINE)
        self.frame = cache(self._frame)

    @property
    def foot(self) -> float:
        """Points at the foot that lead back to the contents: the number's and the word's."""
        return self.widest + 12 + self._stamper.width(self._words.contents, FINE)

    def _colour(self, tone: str, operator: str = "rg") -> str:
        return colour(tone, operator, without=self._grey)

    def _frame(
        self,
        size: tuple[float, float],
        turn: int,
        verso: bool,  # noqa: FBT001 - a part of the key
        *,
        seal: bool,
        original: bool,
    ) -> str:
        """The line at the foot, whose file it is, the way back, the areas to seal in."""
        stamper, words = self._stamper, self._words
        shown = size if turn in (0, 180) else (size[1], size[0])
        right = _right(shown)
        back = right - self.foot
        foot = stamper.shortened(words.foot, FINE, back - LEFT - 12)
        parts = [
            "q\n",
            _TURNED.get(turn, "").format(width=size[0], height=size[1]),
            self._cross_seal(shown, verso=verso) if seal else "",
            f"1 0 0 1 {-SHIFT:.2f} 0 cm\n" if verso else "",
            f"{self._colour('line', 'RG')}0.5 w {LEFT} 34 m {right:.2f} 34 l S\n",
            self._original(shown) if original else "",
            self._colour("accent"),
            stamper.text(words.contents, back, 23, FINE),
            self._colour("quiet"),
            stamper.text(foot, LEFT, 23, FINE),
        ]
        return "".join(parts)

    def head(self, label: str, part: str, sheet: Sheet) -> str:
        """What it is, and which of its pages."""
        size = shown_size(sheet)
        x, y = _right(size) - self._stamper.width(part, FINE), size[1] - 32
        named = self._stamper.shortened(label, FINE, x - LEFT)
        return self._stamper.right(named, x, y, FINE) + self._stamper.text(
            part, x, y, FINE
        )

    def number(self, number: int, sheet: Sheet) -> str:
        """Which page of the file."""
        told = (self._before, str(number), self._after)
        wide = sum(self._stamper.width(each, FINE) for each in told)
        return self._stamper.text(told, _right(shown_size(sheet)) - wide, 23, FINE)

    def _cross_seal(self, size: tuple[float, float], *, verso: bool) -> str:
        """A dotted line at the outer edge: laid like a fan, the edges make room for one seal."""
        text, stamper = self._words.cross_seal, self._stamper
        middle, wide = size[1] / 2, stamper.width(text, 6)
        line = _EDGE + 8 if verso else size[0] - _EDGE - 8
        base = _EDGE + 6 if verso else size[0] - _EDGE
        return (
            f"q {self._colour('line', 'RG')}0.5 w [1 2] 0 d {line:.2f} {middle - 40:.2f} m "
            f"{line:.2f} {middle + 40:.2f} l S\n{self._colour('quiet')}"
            f"0 1 -1 0 {base:.2f} {middle:.2f} cm {stamper.text(text, -wide / 2, 0, 6)}Q\n"
        )

    def _original(self, size: tuple[float, float]) -> str:
        x = _right(size) - 200
        text = self._stamper.text(self._words.original, x + 8, 96, FINE)
        return (
            f"q {self._colour('quiet', 'RG')}0.5 w [1 2] 0 d {x:.2f} 42 200 66 re S Q\n"
            f"{self._colour('quiet')}{text}"
        )


def _right(size: tuple[float, float]) -> float:
    return size[0] - (WIDTH - RIGHT)


def shown_size(sheet: Sheet) -> tuple[float, float]:
    """Width and height as the reader sees it."""
    width, height = sheet.size
    return (width, height) if sheet.turn in (0, 180) else (height, width)


def foot_area(sheet: Sheet, wide: float) -> tuple[float, float, float, float]:
    """Where the page's number and the word before it stand, in the page's own coordinates; `wide`: both."""
    right = _right(shown_size(sheet)) - (SHIFT if sheet.verso else 0)
    left, low, high = right - wide, 17.0, 33.0
    width, height = sheet.size
    return {
        0: (left, low, right, high),
        90: (width - high, left, width - low, right),
        180: (width - right, height - high, width - left, height - low),
        270: (low, height - right, high, height - left),
    }[sheet.turn]
