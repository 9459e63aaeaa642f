"""A statement says that a due date is open, tells the sum of it, and names parts and adjustments as what they are."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.ledger.naming import part_name
from creditdesk.domain.ledger.statement import (
    Account,
    Ages,
    EntryKind,
    Statement,
    StatementEntry,
)
from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.reports import statement


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def entry(kind: EntryKind, number: str, amount: str, part: int = 0) -> StatementEntry:
    return StatementEntry(
        on=date(2026, 5, 10),
        kind=kind,
        number=number,
        amount=cny(amount),
        name=part_name(number, part, ""),
    )


@pytest.mark.parametrize(
    ("language", "kinds", "numbers", "due", "sum_"),
    [
        pytest.param(
            "zh",
            ["期初余额", "发票", "发票", "冲抵", "期末余额"],
            ["O1", "S1 · 第2期", "S2", "S2"],
            "待定",
            "其中应付款日待定 CNY\u00a090.00，账龄按单据日期列示。",
            id="in Chinese",
        ),
        pytest.param(
            "en",
            ["Opening balance", "Invoice", "Invoice", "Set off", "Closing balance"],
            ["O1", "S1 · part 2", "S2", "S2"],
            "due date open",
            "Of it CNY\u00a090.00 with the due date open, which stands by the date of its document.",
            id="in English",
        ),
    ],
)
def test_the_workbook_says_what_is_open(  # noqa: PLR0913, PLR0917 - the case
    tmp_path: Path,
    language: Language,
    kinds: list[str],
    numbers: list[str],
    due: str,
    sum_: str,
) -> None:
    entries = (
        entry(EntryKind.OPENING, "O1", "10"),
        entry(EntryKind.INVOICE, "S1", "60", part=2),
        entry(EntryKind.INVOICE, "S2", "40"),
        entry(EntryKind.SET_OFF, "S2", "10"),
    )
    ages = Ages((("not_due", cny("100")),), cny("0"), cny("90"))
    told = Statement(
        firm=Party(name="所"),
        client=Party(name="明达"),
        buyer=Party(name="海澜"),
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        accounts=(Account(opening=cny("0"), entries=entries, ages=ages),),
    )
    path = tmp_path / "s.xlsx"
    statement.write(told, path, language, Progress())
    (sheet,) = load_workbook(path).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(place for place, row in enumerate(rows) if row[2] == "O1")
    body = rows[first : first + 4]
    shown = [row[1] for row in (*body, rows[first + 4])]
    assert shown == kinds
    assert [row[2] for row in body] == numbers
    # An opening balance and a set-off have no day that could be open.
    assert [row[3] for row in body] == [None, due, due, None]
    assert sum_ in [row[0] for row in rows]
    statement.write(told, tmp_path / "s.pdf", language, Progress())
    assert (tmp_path / "s.pdf").stat().st_size > 0
