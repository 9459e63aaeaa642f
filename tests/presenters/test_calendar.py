"""The calendar of duties as a person turns its pages."""

from datetime import date
from pathlib import Path

import pytest

from creditdesk.domain.duties.duties import DutyKind
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.calendar import CalendarPresenter
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 4, 7)


@pytest.fixture
def page(claim: int, desk: Desk, tmp_path: Path) -> CalendarPresenter:
    """The desk of the shared claim: one buyer with three invoices of M1."""
    assert claim
    desk.recount(TODAY)
    preferences = PreferenceFile(tmp_path / "preferences.json")
    workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
    return CalendarPresenter(workspace, Wording("en"))


def titles(page: CalendarPresenter, day: date) -> set[str]:
    page.choose(day)
    return {task.title for task in page.tasks}


def test_the_month_begins_on_monday_and_ends_on_sunday(page: CalendarPresenter) -> None:
    assert page.title == "April 2025"
    days = [cell for week in page.weeks for cell in week]
    assert (days[0].day, days[-1].day) == (date(2025, 3, 31), date(2025, 5, 4))
    assert not days[0].inside


def test_chinas_days_of_rest_are_shaded_and_exchanged_weekends_are_not(
    page: CalendarPresenter,
) -> None:
    resting = {cell.day: cell.resting for week in page.weeks for cell in week}
    assert resting[date(2025, 4, 4)]
    assert not resting[date(2025, 4, 27)]
    assert page.remark == "Days of rest: China's holidays of this year."


def test_a_stop_stands_on_its_safe_date_and_one_kind_hides_the_others(
    page: CalendarPresenter,
) -> None:
    page.turn(1)
    assert page.title == "May 2025"
    before = {
        day for week in page.weeks for cell in week if cell.tasks for day in [cell.day]
    }
    assert "Stop shipping" in titles(page, date(2025, 5, 9))
    page.show_kind(DutyKind.NOTICE)
    assert "Stop shipping" not in titles(page, date(2025, 5, 9))
    page.show_kind(None)
    after = {cell.day for week in page.weeks for cell in week if cell.tasks}
    assert after == before


def test_todays_button_leads_back(page: CalendarPresenter) -> None:
    page.turn(-3)
    assert page.title == "January 2025"
    page.go_to_today()
    assert (page.title, page.chosen) == ("April 2025", TODAY)


def test_what_is_late_since_before_the_page_is_counted(page: CalendarPresenter) -> None:
    page.show_kind(DutyKind.SHIPPING)
    assert page.late == 0
    page.turn(2)
    assert page.late == 1


def test_the_file_holds_the_open_duties_of_the_coming_year(
    page: CalendarPresenter, tmp_path: Path
) -> None:
    path = tmp_path / "duties.ics"
    count = page.exporting(path)(Progress())
    assert count == path.read_bytes().count(b"BEGIN:VEVENT") > 0
