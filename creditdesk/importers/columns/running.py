"""Tells a balance that runs through an account from what is open of each document: rules.md 11.6 has 余额 for both."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from creditdesk.catalog.headings import Field, Headings, Word, normalised
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.mapping import ColumnFound, Mapping, cell
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Cell, Row, Sheet

_ROWS = 500
_FEWEST = 3
_SHARE = Decimal("0.8")
_PROVEN = 0.95
_RUNS = re.compile(r"余额|結餘|餘額|结存|结余|累计|残高|balance$")
_AMOUNTS = (Field.AMOUNT, Field.AMOUNT_FC, Field.AMOUNT_LC)


def without_running_balance(sheet: Sheet, mapping: Mapping, known: Headings) -> Mapping:
    """The mapping without an open column that is the balance of the account after each row."""
    if Field.OPEN not in mapping.columns:
        return mapping
    amount = next((each for each in _AMOUNTS if each in mapping.columns), None)
    if amount is None:
        return _by_its_steps(sheet, mapping)
    if _is_balance(mapping) and (
        _between_debit_and_credit(mapping, amount, known)
        or _takes_turns(sheet, mapping, amount)
    ):
        # 方向 beside 余额 says on which side the balance stands, not the row.
        return mapping.corrected(Field.OPEN, None).corrected(Field.DIRECTION, None)
    if _adds_up(sheet, mapping, amount) or _is_whole(sheet, mapping, amount):
        return mapping.corrected(Field.OPEN, None)
    return mapping


def _is_whole(sheet: Sheet, mapping: Mapping, amount: Field) -> bool:
    """Whether it is the whole amount again, also where something was paid: Stripe's Amount Due."""
    first = mapping.head.first_data_row
    told = [
        (
            _figure(_at(row, mapping, amount)),
            _figure(_at(row, mapping, Field.OPEN)),
            _figure(_at(row, mapping, Field.PAID)),
        )
        for row in sheet.rows[first : first + _ROWS]
    ]
    paid = [(whole, left) for whole, left, part in told if whole and part]
    return bool(paid) and all(whole == left for whole, left in paid)


def _is_balance(mapping: Mapping) -> bool:
    """余额 and 应收余额 can be the account's, 未核销余额 can't."""
    header = normalised(mapping.headers[Field.OPEN])
    return bool(_RUNS.search(header)) and "未" not in header


def _between_debit_and_credit(mapping: Mapping, amount: Field, known: Headings) -> bool:
    """A balance beside debit and credit columns is the account's."""
    headers = {name: normalised(text) for name, text in mapping.headers.items()}
    return _opposite(headers[amount], headers.get("paid", ""), known)


def _takes_turns(sheet: Sheet, mapping: Mapping, amount: Field) -> bool:
    """Whether some row has a balance and only a receipt: no list of open documents has one."""
    if Field.PAID not in mapping.columns:
        return False
    first = mapping.head.first_data_row
    return any(
        _figure(_at(row, mapping, Field.OPEN)) is not None
        and not _figure(_at(row, mapping, amount))
        and _figure(_at(row, mapping, Field.PAID))
        and _at(row, mapping, Field.DOC_DATE) is not None
        for row in sheet.rows[first : first + _ROWS]
    )


@dataclass(slots=True)
class _Steps:
    """How often a column says by how much the balance rose, and by how much it fell."""

    rises: Counter[int] = field(default_factory=Counter)
    falls: Counter[int] = field(default_factory=Counter)
    all: int = 0


def _by_its_steps(sheet: Sheet, mapping: Mapping) -> Mapping:
    """Columns with unknown headings are what was sold and received where the balance rises and falls by them."""
    steps = _steps(sheet, mapping)
    explained = sum(
        max(each.values(), default=0) for each in (steps.rises, steps.falls)
    )
    rising = [column for column, _ in steps.rises.most_common(1)]
    if not rising or steps.all < _FEWEST - 1 or explained < _SHARE * steps.all:
        return mapping
    falling = [
        column for column, _ in steps.falls.most_common() if column not in rising
    ][:1]
    found = [each for each in mapping.found if each.field is not Field.OPEN]
    for column, meaning, reason in (
        *((column, Field.AMOUNT, N_("the balance rises by it")) for column in rising),
        *((column, Field.PAID, N_("the balance falls by it")) for column in falling),
    ):
        header = mapping.head.labels[column]
        found.append(ColumnFound(meaning, column, header, Message(reason), _PROVEN))
    return replace(mapping, found=tuple(found)).corrected(Field.DIRECTION, None)


def _steps(sheet: Sheet, mapping: Mapping) -> _Steps:
    steps = _Steps()
    first = mapping.head.first_data_row
    balance, taken = mapping.columns[Field.OPEN], set(mapping.columns.values())
    buyers = [
        mapping.columns[each]
        for each in (Field.BUYER_CODE, Field.BUYER_NAME)
        if each in mapping.columns
    ]
    rows = [
        row
        for row in sheet.rows[first : first + _ROWS]
        if _figure(cell(row, balance)) is not None
        and _at(row, mapping, Field.DOC_DATE) is not None
    ]
    for before, row in pairwise(rows):
        if any(cell(before, each) != cell(row, each) for each in buyers):
            continue
        old, new = _figure(cell(before, balance)), _figure(cell(row, balance))
        if old is None or new is None or old == new:
            continue
        steps.all += 1
        for column, value in enumerate(row):
            if column in taken or not (figure := _figure(value)):
                continue
            steps.rises[column] += figure == new - old
            steps.falls[column] += figure == old - new
    return steps


def _opposite(debit: str, credit: str, known: Headings) -> bool:
    return any(
        debit.startswith(word) for word in known.words[Word.DEBIT] if len(word) > 1
    ) and any(
        credit.startswith(word) for word in known.words[Word.CREDIT] if len(word) > 1
    )


def _adds_up(sheet: Sheet, mapping: Mapping, amount: Field) -> bool:
    """Whether nearly each balance is the one before plus the row's own amount."""
    first = mapping.head.first_data_row
    told = list(_told(sheet.rows[first : first + _ROWS], mapping, amount))
    # From a balance of nothing every first balance looks as if it ran.
    steps = [
        after - before == effect
        for (before, _), (after, effect) in pairwise(told)
        if before
    ]
    return len(steps) >= _FEWEST and sum(steps) >= _SHARE * len(steps)


def _told(
    rows: tuple[Row, ...], mapping: Mapping, debit: Field
) -> Iterator[tuple[Decimal, Decimal]]:
    """Balance and effect of each row that has both."""
    for row in rows:
        balance = _figure(_at(row, mapping, Field.OPEN))
        amount = _figure(_at(row, mapping, debit))
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
