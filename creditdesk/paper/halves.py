"""Two halves of a page beside each other: facts in pairs, and two short lists."""

from collections.abc import Sequence

from creditdesk.paper.graphs import Pen
from creditdesk.paper.page import BODY, FINE, LEFT, RIGHT, SMALL, shortened
from creditdesk.paper.pdf import Document
from creditdesk.paper.typeset import Sheets

_GAP = 22.0
_LABEL = 66.0


def pairs(document: Document, facts: Sequence[tuple[str, str]]) -> None:
    """Labels and values, two in a row, a hairline below each."""
    wide = (RIGHT - LEFT - _GAP) / 2
    for at in range(0, len(facts), 2):
        some = facts[at : at + 2]

        def draw(
            canvas: Sheets, foot: float, some: Sequence[tuple[str, str]] = some
        ) -> None:
            pen = Pen(canvas, document.type)
            for place, (label, value) in enumerate(some):
                x = LEFT + place * (wide + _GAP)
                pen.text(label, x, foot + 6, SMALL, tone="quiet")
                said = shortened(document.type, value, SMALL, wide - _LABEL)
                pen.text(said, x + _LABEL, foot + 6, SMALL)
                pen.line(x, foot, x + wide, foot, tone="line", thick=0.5)

        document.picture(20, draw)


def lists(document: Document, halves: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Two short lists with their titles; what is longer than its half is shortened."""
    wide = (RIGHT - LEFT - _GAP) / 2
    longest = max(len(lines) for _, lines in halves)
    high = 18 + longest * 14.0

    def draw(canvas: Sheets, foot: float) -> None:
        pen = Pen(canvas, document.type)
        for place, (title, lines) in enumerate(halves):
            x = LEFT + place * (wide + _GAP)
            pen.text(title, x, foot + high - 12, BODY, bold=True)
            for number, line in enumerate(lines):
                said = shortened(document.type, f"\u2022 {line}", FINE, wide)
                pen.text(said, x, foot + high - 28 - number * 14)

    document.picture(high, draw)
