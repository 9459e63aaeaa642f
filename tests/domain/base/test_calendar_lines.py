"""A year of holidays entered by hand, as the State Council's notice words it."""

from datetime import date

import pytest

from creditdesk.catalog.calendars import work_calendar
from creditdesk.domain.base.calendar_lines import (
    CalendarLineUnreadable,
    read_calendar,
    years_of,
)

NOTICE = "CN 2027-02-05 2027-02-11 rest\n\ncn 2027-02-14 班\nDE 2027-05-06 休\n"


def test_a_year_entered_by_hand_is_known_and_wins() -> None:
    days = work_calendar("CN", years_of(read_calendar(NOTICE), "CN"))
    assert days.is_known(date(2027, 6, 1))
    assert not days.is_working(date(2027, 2, 8))
    assert days.is_working(date(2027, 2, 14))
    assert days.next_working(date(2027, 2, 5)) == date(2027, 2, 12)
    assert not days.is_known(date(2028, 6, 1))


def test_each_country_has_its_own_years() -> None:
    tables = read_calendar(NOTICE)
    assert sorted(tables) == ["CN", "DE"]
    assert years_of(tables, "de")[2027].holidays == {date(2027, 5, 6)}


@pytest.mark.parametrize(
    "line",
    [
        "2027-02-05 rest",
        "CN 2027-02-30 rest",
        "CN 2027-02-05 holiday",
        "CN 2027-02-11 2027-02-05 rest",
        "CN 2027-01-01 2027-12-31 rest",
        "CHN 2027-02-05 rest",
        "CN",
    ],
)
def test_a_line_that_can_not_be_read_is_told(line: str) -> None:
    with pytest.raises(CalendarLineUnreadable) as refused:
        read_calendar(f"CN 2027-01-01 rest\n{line}")
    assert refused.value.places["line"] == line
