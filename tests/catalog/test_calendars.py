from datetime import date

import pytest

from creditdesk.catalog.calendars import CalendarUnknown, work_calendar
from creditdesk.domain.base.calendar import WorkYear

D = date.fromisoformat


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2025-01-26", True),
        ("2025-01-28", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-06-19", False),
        ("2026-06-22", True),
    ],
)
def test_china_follows_the_state_councils_table(day: str, *, working: bool) -> None:
    assert work_calendar("CN").is_working(D(day)) is working


def test_a_year_without_exchanged_weekends_counts_weekends_only() -> None:
    calendar = work_calendar("CN")
    assert calendar.is_known(D("2026-12-31"))
    assert not calendar.is_known(D("2027-01-01"))
    assert calendar.is_working(D("2027-01-01"))


def test_a_table_the_firm_entered_wins() -> None:
    own = WorkYear(known=True, holidays=frozenset({D("2027-01-01")}))
    calendar = work_calendar("CN", {2027: own})
    assert calendar.is_known(D("2027-06-01"))
    assert not calendar.is_working(D("2027-01-01"))


def test_other_countries_have_their_own_days() -> None:
    assert not work_calendar("BE").is_working(D("2026-07-21"))
    assert work_calendar("BE").is_known(D("2026-07-21"))


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(CalendarUnknown):
        work_calendar("XX")
