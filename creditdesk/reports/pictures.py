"""Pictures of bars as paper and workbook have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from creditdesk.i18n import N_
from creditdesk.paper import graphs
from creditdesk.paper.page import FINE, SMALL
from creditdesk.paper.pdf import Document
from creditdesk.reports.review_charts import Bars, bars
from creditdesk.reports.workbook import Field, Shape, Sheet, Value

_SHOWN = 12
"""Bars in a picture on paper; lists have all."""


@dataclass(frozen=True, slots=True)
class PictureBar:
    """A bar: its name, the filled part and the hatched one after it, what is written at its end."""

    name: str
    filled: Decimal
    hatched: Decimal
    figure: str


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """A picture on one scale; `key` stands below it, `none` in its place where it has no bars."""

    title: str
    key: str
    none: str
    bars: Sequence[PictureBar]
    money: bool


def draw(document: Document, picture: PrintedPicture) -> None:
    """On paper, under its title."""
    document.heading(picture.title)
    if not picture.bars:
        document.text(picture.none, size=SMALL)
        return
    shown, say = picture.bars[:_SHOWN], document.words
    if any(each.filled + each.hatched for each in shown):
        rows = [
            graphs.Split(each.name, float(each.filled), float(each.hatched), each.figure)
            for each in shown
        ]  # fmt: skip
        graphs.splits(document, rows)
    else:
        for each in shown:
            document.text(f"{each.name}  {each.figure}", size=SMALL)
    more, key = len(picture.bars) - len(shown), picture.key
    if more:
        key = f"{key} · {say(N_('and {count} more in the list'), count=more)}"
    document.text(key, size=FINE, tone="quiet")


def put(sheet: Sheet, picture: PrintedPicture, first: str) -> None:
    """In a workbook: the values as a table whose first column is headed `first`, and a chart of them."""
    say = sheet.said
    sheet.line(picture.title, bold=True, size=12)
    if not picture.bars:
        sheet.line(picture.none)
        return
    sheet.line(picture.key)
    shape = Shape.NUMBER if picture.money else Shape.COUNT
    body = sheet.table(
        (
            Field(first, width=34), Field(say(N_("filled")), shape, 18), Field(say(N_("hatched")), shape, 18),
            Field(say(N_("Figure")), width=20),
        ),
        [
            [each.name, _value(each.filled, picture), _value(each.hatched, picture), each.figure]
            for each in picture.bars
        ],
        beside=True,
    )  # fmt: skip
    shown = picture.bars[:_SHOWN]
    if not any(each.filled + each.hatched for each in shown):
        return
    last = body.start + len(shown) - 1
    drawn = [
        Bars(heading, f"{sheet.name}!${column}${body.start}:${column}${last}", values)
        for column, heading, values in (
            ("B", say(N_("filled")), [float(each.filled) for each in shown]),
            ("C", say(N_("hatched")), [float(each.hatched) for each in shown]),
        )
    ]
    names = f"{sheet.name}!$A${body.start}:$A${last}"
    texts = [each.name for each in shown]
    sheet.chart(bars(picture.title, (names, texts), drawn, stacked=True, flat=True))


def _value(length: Decimal, picture: PrintedPicture) -> Value:
    return length if picture.money else int(length)
