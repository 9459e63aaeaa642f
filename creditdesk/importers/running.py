"""Tells a balance that runs through an account from what is open of each document: domain.md 11.6 has 余额 for both."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from creditdesk.catalog.headings import Field, Headings, Word, normalised
from creditdesk.importers import figures
from creditdesk.importers.cells import Cell, Row, Sheet
from creditdesk.importers.mapping import Mapping, cell

_ROWS = 500
_FEWEST = 3
_SHARE = Decimal("0.8")


def without_running_balance(sheet: Sheet, mapping: Mapping, known: Headings) -> Mapping:
    """The mapping without an open column that is the balance of the account after each row."""
    if Field.OPEN not in mapping.columns or Field.AMOUNT not in mapping.columns:
        return mapping
    if _between_debit_and_credit(mapping, known):
        # 方向 beside 余额 says on which side the balance stands, not the row.
        return mapping.corrected(Field.OPEN, None).corrected(Field.DIRECTION, None)
    return mapping.corrected(Field.OPEN, None) if _adds_up(sheet, mapping) else mapping


def _between_debit_and_credit(mapping: Mapping, known: Headings) -> bool:
    """A plain balance beside debit and credit columns is the account's."""
    headers = {name: normalised(text) for name, text in mapping.headers.items()}
    plain = headers["open"] in {"余额", "期末余额", "本币余额", "balance"}
    return plain and _opposite(
        headers.get("amount", ""), headers.get("paid", ""), known
    )


def _opposite(debit: str, credit: str, known: Headings) -> bool:
    return any(
        debit.startswith(word) for word in known.words[Word.DEBIT] if len(word) > 1
    ) and any(
        credit.startswith(word) for word in known.words[Word.CREDIT] if len(word) > 1
    )


def _adds_up(sheet: Sheet, mapping: Mapping) -> bool:
    """Whether nearly each balance is the one before plus the row's own amount."""
    first = mapping.head.first_data_row
    told = list(_told(sheet.rows[first : first + _ROWS], mapping))
    # From a balance of nothing every first balance looks as if it ran.
    steps = [
        after - before == effect
        for (before, _), (after, effect) in pairwise(told)
        if before
    ]
    return len(steps) >= _FEWEST and sum(steps) >= _SHARE * len(steps)


def _told(rows: tuple[Row, ...], mapping: Mapping) -> Iterator[tuple[Decimal, Decimal]]:
    """Balance and effect of each row that has both."""
    for row in rows:
        balance = _figure(_at(row, mapping, Field.OPEN))
        amount = _figure(_at(row, mapping, Field.AMOUNT))
        paid = _figure(_at(row, mapping, Field.PAID))
        if balance is not None and (amount is not None or paid is not None):
            yield balance, (amount or Decimal(0)) - (paid or Decimal(0))


def _at(row: Row, mapping: Mapping, field: Field) -> Cell:
    column = mapping.columns.get(field)
    return None if column is None else cell(row, column)


def _figure(value: Cell) -> Decimal | None:
    try:
        return figures.amount(value)
    except figures.NotAnAmount:
        return None
