"""Balances a ledger begins with: debt of earlier documents it does not list, which must be said. rules.md 11.6."""

from collections.abc import Iterator
from decimal import Decimal

from creditdesk.catalog.headings import Field, Headings, Word, normalised
from creditdesk.errors import Problem
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.heads import names
from creditdesk.importers.columns.mapping import Mapping, cell
from creditdesk.importers.files import figures
from creditdesk.importers.files.cells import Row, Sheet, text

_OPENINGS = frozenset(
    map(
        normalised,
        (
            "期初余额", "期初", "上年结转", "年初余额", "Opening Balance", "Balance Forward", "Brought Forward",
            "Balance Brought Forward",
        ),
    )
)  # fmt: skip


def opening_balances(
    sheet: Sheet, mapping: Mapping, known: Headings
) -> Iterator[Problem]:
    """One remark for each balance a section of the ledger begins with."""
    column = _balance_column(mapping, known)
    if column is None:
        return
    first = mapping.head.first_data_row
    for number, row in enumerate(sheet.rows[first:], first + 1):
        if _opens(row) and (amount := _signed(row, column, known)):
            reason = Message.of(
                N_("{buyer} begins with a balance of {amount} that no row of this file explains: "
                   "take in the earlier ledger too, or the debt is short by it."),
                buyer=_buyer(row, mapping) or Message(N_("The ledger")), amount=f"{amount:,f}",
            )  # fmt: skip
            yield Problem(reason, number)


def _balance_column(mapping: Mapping, known: Headings) -> int | None:
    """The column of balances, also where it was recognised as one that runs and isn't read."""
    if Field.OPEN in mapping.columns:
        return mapping.columns[Field.OPEN]
    for column, parts in enumerate(mapping.head.parts):
        if set(names(parts)) & set(known.fields[Field.OPEN]):
            return column
    return None


def _opens(row: Row) -> bool:
    return any(
        isinstance(value, str) and normalised(value) in _OPENINGS for value in row
    )


def _signed(row: Row, column: int, known: Headings) -> Decimal | None:
    """The balance; negative where its side is credit."""
    try:
        amount = figures.amount(cell(row, column))
    except figures.NotAnAmount:
        return None
    credit = any(
        isinstance(value, str) and known.says(value, Word.CREDIT) for value in row
    )
    return -amount if amount and credit else amount


def _buyer(row: Row, mapping: Mapping) -> str:
    for field in (Field.BUYER_NAME, Field.BUYER_CODE):
        if field in mapping.columns and text(cell(row, mapping.columns[field])):
            return text(cell(row, mapping.columns[field]))
    return ""
