from datetime import date, timedelta

import pytest

from creditdesk.catalog.calendars import CalendarUnknown, work_calendar
from creditdesk.domain.base.calendar import Offset, Unit, WorkYear, count

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


# rules.md 11.4, days off that are no weekend, and weekends worked in exchange.
OFF = """
2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-03 2025-02-04 2025-04-04 2025-05-01 2025-05-02
2025-05-05 2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-06 2025-10-07 2025-10-08
2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-23 2026-04-06 2026-05-01
2026-05-04 2026-05-05 2026-06-19 2026-09-25 2026-10-01 2026-10-02 2026-10-05 2026-10-06 2026-10-07
"""
WORKED = """
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""


def test_two_years_of_china_are_those_of_the_rules_day_by_day() -> None:
    calendar, off, worked = work_calendar("CN"), set(), set()
    day = D("2025-01-01")
    while day < D("2027-01-01"):
        weekend, working = day.weekday() > 4, calendar.is_working(day)
        if weekend and working:
            worked.add(day.isoformat())
        if not weekend and not working:
            off.add(day.isoformat())
        day += timedelta(days=1)
    assert off == set(OFF.split())
    assert worked == set(WORKED.split())


def test_before_the_table_is_out_holidays_fixed_by_law_count() -> None:
    calendar = work_calendar("CN")
    assert calendar.is_known(D("2026-12-31"))
    assert not calendar.is_known(D("2027-01-01"))
    assert not calendar.is_working(D("2027-01-01"))
    assert not calendar.is_working(D("2027-10-01"))


def test_a_safe_date_never_falls_on_a_statutory_holiday() -> None:
    counted = count(D("2026-09-02"), [Offset(4, Unit.MONTHS)], work_calendar("CN"))
    assert counted.unrolled == D("2027-01-02")
    assert (counted.safe, counted.legal) == (D("2026-12-31"), D("2027-01-04"))
    assert not counted.calendar_known


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-04-02", True),
        ("2026-04-03", False),  # Good Friday
        ("2026-04-06", False),  # Easter Monday
        ("2026-04-07", False),  # in lieu of the day after Easter Monday
        ("2026-04-08", True),
        ("2026-04-11", False),  # a Saturday
        ("2026-07-01", False),  # establishment of the SAR
        ("2025-04-18", False),  # Good Friday
        ("2025-04-21", False),  # Easter Monday
    ],
)
def test_insurers_in_hong_kong_work_monday_to_friday_less_the_general_holidays(
    day: str, *, working: bool
) -> None:
    assert work_calendar("HK").is_working(D(day)) is working


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
