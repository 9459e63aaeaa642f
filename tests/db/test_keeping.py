"""What is kept: a promise by days, that no wrong clock costs anything; worked out by hand and by chance."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import assume, example, given
from hypothesis import strategies as st

from creditdesk.db.keeping import StoredBackup, _day, _month, _week, _year, kept

NOON = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - local time, as the names of backups bear it
DAY = timedelta(days=1)


def backup(number: int, at: datetime) -> StoredBackup:
    return StoredBackup(Path(f"{number}"), "desk", number, at, "on-close")


def numbers(backups: Iterable[StoredBackup]) -> list[int]:
    return sorted(int(path.name) for path in kept(backups))


def daily(days: int, *, first: int = 1, from_: datetime = NOON) -> list[StoredBackup]:
    """One at noon of each day."""
    return [backup(first + day, from_ + day * DAY) for day in range(days)]


def test_nothing_is_kept_of_nothing() -> None:
    assert kept([]) == frozenset()


def test_thirty_five_closings_in_two_hours_leave_the_days_before() -> None:
    before = daily(10)
    today = [
        backup(11 + each, NOON + 10 * DAY + timedelta(minutes=3 * each))
        for each in range(35)
    ]
    assert numbers(before + today) == list(range(1, 46))


def test_a_working_day_a_day_is_thinned_to_days_weeks_months_and_years() -> None:
    # Every day at noon from Thursday 1 January 2026 to Saturday 2 January 2027: 367 days, number n is day n of 2026.
    made = daily(367, from_=datetime(2026, 1, 1, 12, 0))  # noqa: DTZ001 - as above
    # Seventeen days back to 17 December; thirteen Sundays from 3 January on back (4 October is the 277th day); the last
    # of thirteen months: none of January 2026, whose end is the 14th month counted from January 2027.
    days = list(range(351, 368))
    sundays = [277 + 7 * week for week in range(1, 13)]
    months = [59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365, 31]
    expected = {*days, *sundays, *months}
    assert numbers(made) == sorted(expected)


def test_of_several_a_day_the_last_stays_once_the_day_is_past() -> None:
    made = [
        backup(3 * day + part + 1, NOON + day * DAY + timedelta(hours=part))
        for day in range(6)
        for part in range(3)
    ]
    # Of the first two days the last one, of the four after them all.
    assert numbers(made) == [3, 6, *range(7, 19)]


def test_years_stay_for_ever() -> None:
    made = [backup(year, datetime(year, 6, 1, 12, 0)) for year in range(1990, 2040)]  # noqa: DTZ001 - as above
    assert numbers(made) == list(range(1990, 2040))


def test_a_clock_in_2099_makes_nothing_vanish() -> None:
    before = daily(10)
    wrong = [backup(11 + each, datetime(2099, 1, 1, 9, each)) for each in range(35)]  # noqa: DTZ001 - as above
    assert numbers(before + wrong) == list(range(1, 46))
    after = daily(3, first=46, from_=NOON + 10 * DAY)
    # The day in 2099 is among the last four with all of it, three days later; five days later it is one of the days.
    assert numbers(before + wrong + after) == list(range(1, 49))
    after = daily(5, first=46, from_=NOON + 10 * DAY)
    assert numbers(before + wrong + after) == [*range(1, 11), *range(45, 51)]


def test_a_clock_in_1970_makes_nothing_vanish_and_loses_nothing_itself() -> None:
    before = daily(14)
    wrong = [backup(15 + each, datetime(1970, 1, 1, 0, each)) for each in range(35)]  # noqa: DTZ001 - as above
    assert numbers(before + wrong) == list(range(1, 50))


def test_a_clock_set_back_takes_no_place_of_what_was_made_on_that_day() -> None:
    before = daily(10)
    # On the tenth day the clock says it is the third.
    wrong = [backup(11, NOON + 2 * DAY), backup(12, NOON + 2 * DAY)]
    assert numbers(before + wrong) == list(range(1, 13))
    # Thirteen days after the third: the last that "two weeks" promise it.
    after = daily(7, first=13, from_=NOON + 9 * DAY)
    assert 3 in numbers(before + wrong + after)


def test_two_computers_that_take_turns_keep_the_week_before() -> None:
    before = daily(7)
    turns = [
        backup(8 + each, datetime(2099, 1, 1, 9, 0) if each % 2 else NOON + 7 * DAY)  # noqa: DTZ001 - as above
        for each in range(60)
    ]
    assert set(range(1, 8)) <= set(numbers(before + turns))


moments = st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31))  # noqa: DTZ001 - as above


@given(st.lists(moments, min_size=1, max_size=80))
def test_the_newest_by_number_is_always_kept(at: list[datetime]) -> None:
    made = [backup(number, each) for number, each in enumerate(at, start=1)]
    assert len(at) in numbers(made)


@given(st.lists(moments, max_size=60), st.lists(moments, max_size=60))
def test_a_longer_history_never_keeps_less(
    older: list[datetime], newer: list[datetime]
) -> None:
    made = [backup(number, each) for number, each in enumerate(older + newer, start=1)]
    assert kept(made[len(older) :]) <= kept(made)


def _promised(made: Sequence[StoredBackup]) -> set[int]:
    """What the rule promises by the true days, counted back from the last one in days of the calendar."""
    today = made[-1].at.date()
    stay = {each.number for each in made if (today - each.at.date()).days <= 1}
    monday = today - today.weekday() * DAY
    for each in made:
        day = each.at.date()
        same_day = _last_of(made, day, day)
        week = day - day.weekday() * DAY
        if (today - day).days < 14:
            stay.add(same_day)
        if (monday - week).days < 70:
            stay.add(_last_of(made, week, week + 6 * DAY))
        if (today.year - day.year) * 12 + today.month - day.month < 12:
            first = day.replace(day=1)
            stay.add(_last_of(made, first, (first + 31 * DAY).replace(day=1) - DAY))
        stay.add(_last_of(made, date(day.year, 1, 1), date(day.year, 12, 31)))
    return stay


def _last_of(made: Sequence[StoredBackup], first: date, last: date) -> int:
    return max(each.number for each in made if first <= each.at.date() <= last)


def _tells_apart(true: Sequence[StoredBackup], written: Sequence[StoredBackup]) -> bool:
    """Two days, one after the other, that bear one date are one day to everybody."""
    return not any(
        period(a) != period(b) and period(x) == period(y)
        for period in (_day, _week, _month, _year)
        for a, b, x, y in zip(true, true[1:], written, written[1:], strict=False)
    )


@given(
    gaps=st.lists(st.sampled_from([1, 5, 60, 300, 1440, 1440, 1440, 10080, 40000]), min_size=1, max_size=70),
    start=st.integers(0, 69),
    shift=st.one_of(st.integers(-40, 40), st.sampled_from([-20000, 365, 26000])),
)  # fmt: skip
@example(gaps=[1440] * 60, start=20, shift=26000)
@example(gaps=[1440] * 60, start=40, shift=-3)
def test_a_clock_that_is_wrong_for_a_day_costs_nothing_that_was_promised(
    gaps: list[int], start: int, shift: int
) -> None:
    """Backups some minutes, days or weeks apart; from one of them on, for a day, the clock is some days off."""
    at, true = NOON, []
    for number, gap in enumerate(gaps, start=1):
        at += timedelta(minutes=gap)
        true.append(backup(number, at))
    begin = true[min(start, len(true) - 1)].at
    written = [
        backup(each.number, each.at + shift * DAY)
        if begin <= each.at < begin + DAY
        else each
        for each in true
    ]
    assume(_tells_apart(true, written))
    there: list[StoredBackup] = []
    for count, each in enumerate(written, start=1):
        there.append(each)
        stay = kept(there)
        there = [one for one in there if one.path in stay]
        assert _promised(true[:count]) <= {one.number for one in there}
