"""Rows of a ledger that are no documents: totals, balances brought forward, headings again, footers. rules.md 11.6."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from creditdesk.catalog.headings import Field, Headings, Word, normalised
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.heads import is_day, is_word
from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.columns.mapping import AMOUNTS, NUMBERS
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Cell, Row, text

TOTAL_ROW = N_("A total or balance row: {word}")
HEADINGS_AGAIN = N_("The headings again.")
_DAYS = (Field.DOC_DATE, Field.POST_DATE, Field.SETTLED_DATE)
_BUYERS = (Field.BUYER_CODE, Field.BUYER_NAME)
# `上海甲公司 小计`, `Total for Smith`: a total of something.
_OF_SOMETHING = re.compile(
    r".*(小计|合计|累计|总计|汇总)[:：]?|(sub)?total[s:]?( (for|of))?\W.*",
    re.IGNORECASE,
)


_SIGNED = re.compile(
    r"\s*(制单|制表|审核|复核|核对|打印|编制|经办|主管|出纳|填表|财务|会计|负责|单位负责|记账|页码|prepared|printed|approved)"
    r"[^:：]{0,6}[:：]",
    re.IGNORECASE,
)


def no_document(layout: Layout, row: Row) -> Message | None:
    """Why this row is no document, None for one that must be read.

    A buyer may be called 合计贸易 or Total Energies: a row with number and date is never a total.
    """
    number, day = _any(layout, row, NUMBERS), _dated(layout, row)
    if number and day:
        return None
    if word := total_word(layout.known, row):
        return Message.of(TOTAL_ROW, word=word)
    if _repeats_headings(layout, row):
        return Message(HEADINGS_AGAIN)
    figure, buyer = _any(layout, row, AMOUNTS), _any(layout, row, _BUYERS)
    if not number and not day and not buyer and not any(map(is_word, row)):
        return Message(
            N_("Only amounts, without number, date and buyer: a total without a label.")
        )
    signed = not day and not figure and any(map(_signs, row))
    if signed or (not day and not figure and not (number and buyer)):
        return Message(N_("Neither number, date nor amount: no document."))
    return None


def grand_totals(layout: Layout, row: Row) -> Iterator[tuple[str, Decimal]]:
    """The amounts of the file's own total row by canonical field; nothing for any other row."""
    if not any(layout.known.says(shown, Word.TOTAL) for shown in map(text, row)):
        return
    for field in AMOUNTS:
        value = _cell(layout, row, field)
        try:
            figure = figures.amount(
                value,
                decimal_comma=field in layout.decimal_comma,
                factor=layout.factors.get(field, 1),
            )
        except figures.NotAnAmount:
            continue
        if figure is not None:
            yield field.value, figure


def _signs(value: Cell) -> bool:
    """制表人：张三, 打印日期：2026-03-31: what stands below a list."""
    return isinstance(value, str) and bool(_SIGNED.match(value))


def total_word(known: Headings, row: Row) -> str:
    """What in the row says that it is a total, empty for any other row."""
    for value in row:
        if isinstance(value, str) and (
            known.says(value, Word.TOTAL, Word.SUBTOTAL) or _of_something(value)
        ):
            return value.strip()
    return ""


@lru_cache(maxsize=20_000)
def _of_something(shown: str) -> bool:
    return _OF_SOMETHING.fullmatch(shown.strip()) is not None


def _repeats_headings(layout: Layout, row: Row) -> bool:
    """The headings on every printed page, or a second line of technical names right below them."""
    days = [
        value for field in _DAYS if (value := _cell(layout, row, field)) is not None
    ]
    amounts = [
        value for field in AMOUNTS if (value := _cell(layout, row, field)) is not None
    ]
    if not days or not amounts:
        return False
    return all(map(_is_name, days)) and all(map(_is_name, amounts))


def _is_name(value: Cell) -> bool:
    return (
        isinstance(value, str)
        and not any(map(str.isdigit, value))
        and len(normalised(value)) > 1
    )


def _any(layout: Layout, row: Row, fields: tuple[Field, ...]) -> bool:
    return any(_cell(layout, row, field) is not None for field in fields)


def _dated(layout: Layout, row: Row) -> bool:
    return any(is_day(_cell(layout, row, field)) for field in _DAYS)


def _cell(layout: Layout, row: Row, field: Field) -> Cell:
    column = layout.columns.get(field)
    return row[column] if column is not None and column < len(row) else None
