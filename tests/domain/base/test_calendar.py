from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.base.calendar import (
    WEEKENDS_ONLY,
    EomMode,
    Offset,
    Unit,
    WorkCalendar,
    WorkYear,
    count,
    days_end_of_month,
    months_later,
    next_day_of_month,
)

D = date.fromisoformat
YEAR = WorkYear(
    known=True,
    holidays=frozenset(D(f"2025-10-0{day}") for day in range(1, 9)),
    exchanged=frozenset({D("2025-09-28"), D("2025-10-11")}),
)
CALENDAR = WorkCalendar("CN", lambda year: YEAR if year == 2025 else WEEKENDS_ONLY)


@pytest.mark.parametrize(
    ("anchor", "offset", "unrolled", "legal", "safe"),
    [
        pytest.param("2025-09-01", "30 CD", "2025-10-01", "2025-10-09", "2025-09-30", id="into a holiday"),
        pytest.param("2025-09-26", "2 CD", "2025-09-28", "2025-09-28", "2025-09-28", id="exchanged Sunday"),
        pytest.param("2025-09-26", "3 WD", "2025-09-30", "2025-09-30", "2025-09-30", id="working days"),
        pytest.param("2025-09-30", "1 WD", "2025-10-09", "2025-10-09", "2025-10-09", id="working day over a holiday"),
        pytest.param("2025-08-31", "1 M", "2025-09-30", "2025-09-30", "2025-09-30", id="month end"),
        pytest.param("2025-01-15", "31 DNM", "2025-02-28", "2025-02-28", "2025-02-28", id="shorter month"),
        pytest.param("2025-10-04", "9 IMMEDIATE", "2025-10-04", "2025-10-09", "2025-09-30", id="at once"),
    ],
)  # fmt: skip
def test_a_deadline_has_an_unrolled_a_legal_and_a_safe_date(
    anchor: str, offset: str, unrolled: str, legal: str, safe: str
) -> None:
    n, unit = offset.split()
    counted = count(D(anchor), [Offset(int(n), Unit(unit))], CALENDAR)
    found = counted.unrolled, counted.legal, counted.safe
    assert [day.isoformat() for day in found] == [unrolled, legal, safe]


def test_offsets_chain_on_unrolled_dates_and_only_the_end_is_rolled() -> None:
    offsets = [Offset(60, Unit.CALENDAR_DAYS), Offset(30, Unit.CALENDAR_DAYS)]
    counted = count(D("2025-03-11"), offsets, CALENDAR)
    assert counted.days == (D("2025-05-10"), D("2025-06-09"))
    assert counted.calendar_known
    third = count(D("2025-03-11"), [*offsets, Offset(1, Unit.MONTHS)], CALENDAR)
    assert third.unrolled == D("2025-07-09")


def test_an_unknown_year_is_said() -> None:
    counted = count(D("2026-01-05"), [], CALENDAR)
    assert not counted.calendar_known
    assert counted.unrolled == D("2026-01-05")


def test_working_days_counted_over_an_unknown_year_are_said() -> None:
    """commands.md: `calendar_known` is false where not all days off of a year are known."""
    over = [Offset(5, Unit.WORKING_DAYS), Offset(1, Unit.MONTHS)]
    counted = count(D("2024-12-20"), over, CALENDAR)
    assert counted.unrolled.year == 2025
    assert not counted.calendar_known
    days_only = [Offset(5, Unit.CALENDAR_DAYS), Offset(1, Unit.MONTHS)]
    assert count(D("2024-12-20"), days_only, CALENDAR).calendar_known
    last_day_before = [Offset(5, Unit.WORKING_DAYS)]
    assert count(D("2024-12-31"), last_day_before, CALENDAR).calendar_known


@pytest.mark.parametrize(
    ("mode", "days", "due"),
    [
        (EomMode.END_OF_NEXT_MONTH, 30, "2026-08-31"),
        (EomMode.EOM_PLUS_N_DAYS, 30, "2026-08-30"),
        (EomMode.N_DAYS_THEN_EOM, 30, "2026-08-31"),
        (EomMode.END_OF_NEXT_MONTH, 10, "2026-08-31"),
        (EomMode.END_OF_NEXT_MONTH, 44, "2026-08-31"),
        (EomMode.END_OF_NEXT_MONTH, 45, "2026-09-30"),
        (EomMode.END_OF_NEXT_MONTH, 75, "2026-10-31"),
    ],
)
def test_days_end_of_month_has_three_readings(
    mode: EomMode, days: int, due: str
) -> None:
    assert days_end_of_month(D("2026-07-02"), days, mode) == D(due)


@pytest.mark.parametrize(
    ("invoiced", "day", "due"),
    [
        ("2026-07-02", 25, "2026-07-25"),
        ("2026-07-25", 25, "2026-08-25"),
        ("2026-01-31", 31, "2026-02-28"),
        ("2026-02-28", 31, "2026-03-31"),
    ],
)
def test_the_next_such_day_is_the_due_date(invoiced: str, day: int, due: str) -> None:
    assert next_day_of_month(D(invoiced), day) == D(due)


def test_months_keep_the_day_or_end_with_the_month() -> None:
    assert months_later(D("2024-01-31"), 1) == D("2024-02-29")
    assert months_later(D("2024-01-31"), -2) == D("2023-11-30")


offsets = st.lists(
    st.builds(Offset, st.integers(1, 200), st.sampled_from(Unit)), max_size=3
)


@given(st.dates(D("2024-06-01"), D("2025-12-31")), offsets)
def test_the_safe_date_is_never_after_the_legal_one(
    anchor: date, chain: list[Offset]
) -> None:
    counted = count(anchor, chain, CALENDAR)
    assert counted.safe <= counted.unrolled <= counted.legal
    assert CALENDAR.is_working(counted.safe)
    assert CALENDAR.is_working(counted.legal)
