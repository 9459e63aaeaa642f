"""The work list of a month: every entry of the journal once, by client, and the workbook of what is shown."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from creditdesk.domain.duties.tasks import Department, NewTask
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.reviews.work_list import WorkListPresenter
from creditdesk.services.clients import ClientCard
from creditdesk.services.tasks import Tasks
from creditdesk.workspace import Desk, Workspace


@pytest.fixture
def today(desk: Desk) -> date:
    one = desk.clients.add(ClientCard(name="甲"))
    two = desk.clients.add(ClientCard(name="乙"))
    tasks: Tasks = desk.tasks
    for client in (one, one, two):
        tasks.add(NewTask(client_id=client, text="x", department=Department.FIRM))
    return max(row.on for row in desk.reviews.work(date(2000, 1, 1), date(2100, 1, 1)))


@pytest.fixture
def part(desk: Desk, today: date, tmp_path: Path) -> WorkListPresenter:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: today)
    made = WorkListPresenter(workspace, Wording("en"))
    made.show(made.job()(Progress()))
    return made


def test_bars_and_rows_count_the_same_entries(part: WorkListPresenter) -> None:
    assert part.rows is not None
    assert [bar.name for bar in part.bars] == ["甲", "乙"]
    assert [int(bar.figure) for bar in part.bars] == [
        sum(row.count for row in part.rows if row.client == name) for name in ("甲", "乙")
    ]  # fmt: skip
    assert part.bars[0].filled == 1.0
    (foot,) = part.table.footer
    assert foot == f"clients: 2 · days with work: 1 · entries: {sum(row.count for row in part.rows)}"  # fmt: skip


def test_a_client_alone_stands_in_list_and_workbook(
    part: WorkListPresenter, tmp_path: Path
) -> None:
    part.choose(part.bars[1].key)
    assert {row.client for _, row in part.table.rows} == {"乙"}
    assert part.file_name.endswith("乙.xlsx")
    out = tmp_path / "work.xlsx"
    part.writing(out)(Progress())
    listed, clients = openpyxl.load_workbook(out, data_only=True).worksheets
    cells = [cell.value for row in listed.iter_rows() for cell in row]
    assert "甲" not in cells
    sums = {row[0]: row[2] for row in clients.iter_rows(values_only=True)}
    assert sums["乙"] == int(part.bars[1].figure)
    part.choose("")
    assert {row.client for _, row in part.table.rows} == {"甲", "乙"}


def test_other_months_are_chosen_within_two_years_and_the_running_one_ends_today(
    part: WorkListPresenter, today: date
) -> None:
    assert part.period == (today.replace(day=1), today)
    assert not part.step(1)
    assert part.step(-1)
    start, end = part.period
    assert (start.day, (end - start).days > 26) == (1, True)
    part.show(part.job()(Progress()))
    assert part.table.count == 0
    assert part.bars == ()
    assert len(part.months) == 24
    part.set_month(part.months[-1].value)
    assert not part.step(-1)
