"""The firm's work list: what the journal says was done, by day and client, as a workbook to bill from."""

import contextlib
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from creditdesk.domain.duties.tasks import Department, NewTask
from creditdesk.reports import work_list
from creditdesk.services.review import ReviewPeriodWrong
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import


def _day(desk: Desk) -> date:
    return desk._database.now().date()


def _worked(office: Office, desk: Desk) -> tuple[int, int]:
    first, _ = office.m1()
    policy = office.policy(first)
    office.limit(policy, desk.buyers.named(first, "宁波海澜贸易有限公司"), "500000")
    second = office.client("=乙公司")
    for text in ("对账", "催收"):
        desk.tasks.add(NewTask(client_id=second, text=text, department=Department.FIRM))  # fmt: skip
    return first, second


def test_the_journal_is_counted_by_day_client_and_kind(
    office: Office, desk: Desk
) -> None:
    _, second = _worked(office, desk)
    today = _day(desk)
    found = desk.reviews.work(today, today)
    told = {(row.client, row.what, row.subject): row.count for row in found}
    assert told["明达电子有限公司", "taken in", "import_batch"] == 1
    assert told["明达电子有限公司", "decided", "credit_limit"] == 1
    assert told["明达电子有限公司", "added", "policy"] == 1
    assert told["=乙公司", "added", "task"] == 2
    assert told["=乙公司", "", ""] == 1  # the client itself was entered
    alone = desk.reviews.work(today, today, second)
    assert {row.client for row in alone} == {"=乙公司"}


def test_other_days_are_left_out_and_a_turned_period_is_refused(
    office: Office, desk: Desk
) -> None:
    _worked(office, desk)
    today = _day(desk)
    before = date.fromordinal(today.toordinal() - 1)
    assert desk.reviews.work(before, before) == ()
    with pytest.raises(ReviewPeriodWrong):
        desk.reviews.work(today, before)


def test_the_workbook_sums_entries_by_client(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    _worked(office, desk)
    today, path = _day(desk), tmp_path / "work.xlsx"
    rows = desk.reviews.work(today, today)
    assert work_list.write(rows, (today, today), path, "zh") == len(rows)
    with contextlib.closing(openpyxl.load_workbook(path, data_only=True)) as book:
        first, clients = book.worksheets
        done = [cell.value for cell in first["C"]]
        sums = {row[0].value: row[2].value for row in clients.iter_rows(min_row=3)}
    assert "交办任务 2 项" in done
    assert sums["=乙公司"] == 3
    assert sums["合计"] == sum(row.count for row in rows)


def test_a_time_without_work_is_an_empty_list(tmp_path: Path) -> None:
    day = date(2020, 1, 1)
    assert work_list.write((), (day, day), tmp_path / "work.xlsx", "en") == 0
