"""A file that was taken in is read once more as it was read then."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import AgedDraft, LedgerDraft
from creditdesk.intake import again
from creditdesk.intake.again import AsThen, ReadOtherwise
from creditdesk.intake.looking import Owner
from creditdesk.jobs import Progress

OWNER = Owner("明达电子", "CNY")
COLUMNS = {
    "buyer_name": "客户名称",
    "doc_no": "单号",
    "doc_date": "日期",
    "amount": "价税合计",
}
ROWS = (
    ("客户名称", "单号", "日期", "价税合计", "金额"),
    ("甲", "N1", "2026-01-10", "113.00", "100.00"),
    ("乙", "N2", "2026-01-11", "22.60", "20.00"),
    ("丙", "N3", "昨天", "7.00", "6.00"),
    ("合计", "", "", "142.60", "126.00"),
)


def written(folder: Path, rows: Sequence[Sequence[str]]) -> Path:
    path = folder / "应收.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_columns_a_person_chose_are_read_again(tmp_path: Path) -> None:
    columns = {**COLUMNS, "amount": "金额"}
    then = AsThen(kind="ledger", sheet="", columns=columns)
    found = again.read(written(tmp_path, ROWS), then, OWNER, Progress())
    assert isinstance(found.draft, LedgerDraft)
    assert [each.amount.amount for each in found.draft.documents] == [100, 20]
    assert found.draft.columns == columns


def test_rows_left_out_are_told_with_their_figures(tmp_path: Path) -> None:
    then = AsThen(kind="ledger", sheet="", columns=COLUMNS)
    found = again.read(written(tmp_path, ROWS), then, OWNER, Progress())
    (left,) = found.left_out
    assert (left.row, left.amount) == (4, Money(Decimal(7), "CNY"))
    (control,) = found.controls
    assert (control.difference, control.unexplained) == (Decimal(7), Decimal(0))


def test_a_summary_is_read_for_the_day_it_was_of(tmp_path: Path) -> None:
    rows = (
        ("客户名称", "应收余额", "未到期", "1-30天", "31-60天", "61-90天", "90天以上"),
        ("甲", "30", "10", "20", "", "", ""),
        ("乙", "5", "", "", "", "", "5"),
    )
    path = written(tmp_path, rows)
    day = date(2026, 6, 30)
    then = AsThen(kind="aged", sheet="", columns={}, as_of=day)
    found = again.read(path, then, OWNER, Progress())
    assert isinstance(found.draft, AgedDraft)
    assert (found.draft.as_of, len(found.draft.balances)) == (day, 3)
    with pytest.raises(ReadOtherwise):
        again.read(written(tmp_path, ROWS), then, OWNER, Progress())
