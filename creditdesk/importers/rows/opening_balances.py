"""Balances a ledger begins with: debt of documents it doesn't list, taken in as one open item. rules.md 14.5."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.catalog.headings import Field, Word
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
)
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.heads import names
from creditdesk.importers.columns.layout import Layout
from creditdesk.importers.columns.mapping import Mapping, cell
from creditdesk.importers.files import dates, figures
from creditdesk.importers.files.cells import Cell, Row, Sheet, identifier, text

_DAYS = (Field.DOC_DATE, Field.POST_DATE)
_FROM = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?")


@dataclass(slots=True)
class Openings:
    """What the ledger begins with. Credit is money nobody has set against an invoice."""

    documents: list[DraftDocument]
    payments: list[DraftPayment]
    rejected: list[Problem]


def openings(sheet: Sheet, mapping: Mapping, how: Layout) -> Openings:
    """One open item for each balance a section of the ledger begins with."""
    found = Openings([], [], [])
    column = balance_column(mapping, how)
    if column is None:
        return found
    first = mapping.head.first_data_row
    rows = sheet.rows[first:]
    for place, row in enumerate(rows):
        if not (word := _opening_word(how, row)):
            continue
        amount = _signed(how, row, column)
        if amount:
            _take(
                found,
                how,
                rows,
                place,
                _Begins(word, amount, first + place + 1, _title_day(sheet, first)),
            )
    return found


@dataclass(frozen=True, slots=True)
class _Begins:
    """A balance: what the row calls it, how much, in which row, and the day the titles say the ledger begins."""

    word: str
    amount: Decimal
    number: int
    title: date | None


def _take(
    found: Openings, how: Layout, rows: tuple[Row, ...], place: int, begins: _Begins
) -> None:
    buyer = _buyer(how, rows[place]) or _buyer_below(how, rows, place)
    day = _day(how, rows[place]) or begins.title or _month_start(how, rows, place)
    if buyer is None or day is None:
        text_ = N_(
            "The ledger begins with {amount}, and nobody says with which buyer or on which day. "
            "It is not taken in: the debt is short by it."
        )
        reason = Message.of(text_, amount=f"{begins.amount:,f}")
        found.rejected.append(Problem(reason, begins.number))
        return
    whole = Money(abs(begins.amount), how.currency).refined()
    number = f"{begins.word} {day.isoformat()}"
    if begins.amount > 0:
        found.documents.append(
            DraftDocument(
                row=begins.number, buyer=buyer, number=number, kind=DocumentKind.OPENING, issued=day, amount=whole
            )
        )  # fmt: skip
    else:
        found.payments.append(
            DraftPayment(
                row=begins.number, buyer=buyer, key=f"opening:{number}", paid_on=day, amount=whole, memo=begins.word
            )
        )  # fmt: skip


def balance_column(mapping: Mapping, how: Layout) -> int | None:
    """The column of balances, also where it was recognised as one that runs and isn't read."""
    if Field.OPEN in mapping.columns:
        return mapping.columns[Field.OPEN]
    for column, parts in enumerate(mapping.head.parts):
        if set(names(parts)) & set(how.known.fields[Field.OPEN]):
            return column
    return None


def _opening_word(how: Layout, row: Row) -> str:
    return next(
        (
            value.strip()
            for value in row
            if isinstance(value, str) and how.known.says(value, Word.OPENING)
        ),
        "",
    )


def _signed(how: Layout, row: Row, column: int) -> Decimal | None:
    """The balance; negative where its side is credit."""
    field = next((each for each, at in how.columns.items() if at == column), None)
    try:
        amount = figures.amount(
            cell(row, column),
            decimal_comma=field in how.decimal_comma,
            factor=how.factors.get(field, 1) if field else 1,
        )
    except figures.NotAnAmount:
        return None
    credit = any(
        isinstance(value, str) and how.known.says(value, Word.CREDIT) for value in row
    )
    return -amount if amount and credit else amount


def _buyer(how: Layout, row: Row) -> BuyerRef | None:
    code = identifier(_at(how, row, Field.BUYER_CODE))
    name = text(_at(how, row, Field.BUYER_NAME))
    if how.known.says(name, Word.OPENING):
        name = ""
    if not code and not name:
        return None
    return BuyerRef(code=code, name=name or code)


def _at(how: Layout, row: Row, field: Field) -> Cell:
    column = how.columns.get(field)
    return None if column is None else cell(row, column)


def _buyer_below(how: Layout, rows: tuple[Row, ...], place: int) -> BuyerRef | None:
    """The buyer of the rows that follow: an opening line stands above its own."""
    for row in rows[place + 1 : place + 6]:
        if _opening_word(how, row):
            return None
        if found := _buyer(how, row):
            return found
    return None


def _day(how: Layout, row: Row) -> date | None:
    for field in _DAYS:
        column = how.columns.get(field)
        if column is None:
            continue
        try:
            found = dates.day(cell(row, column), how.convention)
        except dates.NotADate:
            continue
        if found:
            return found
    return None


def _month_start(how: Layout, rows: tuple[Row, ...], place: int) -> date | None:
    """The first day of the month of the first dated row below it."""
    for row in rows[place + 1 :]:
        if day := _day(how, row):
            return day.replace(day=1)
        if _opening_word(how, row):
            return None
    return None


def _title_day(sheet: Sheet, first: int) -> date | None:
    """The day from which the titles say the ledger runs: 2026年1月1日至…, 期间：2026.01-2026.06."""
    for row in sheet.rows[:first]:
        for value in row:
            if isinstance(value, str) and (found := _FROM.search(value)):
                year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
                try:
                    return date(year, month, day)
                except ValueError:
                    continue
    return None


def rows_of(found: Openings) -> frozenset[int]:
    """The rows that were taken in as openings: they are no totals."""
    documents = {each.row for each in found.documents}
    return frozenset(documents | {each.row for each in found.payments})
