"""Days: working days, offsets from an anchor, due dates (rules.md 2.3, 2.4, 11.4)."""

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)
_SATURDAY_AND_SUNDAY = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class WorkYear:
    """A country's year: days off besides the weekend, and weekend days worked in exchange.

    `known` False: not all of the year's days off are known yet; those fixed by law may stand in `holidays` already.
    """

    known: bool
    holidays: frozenset[date] = frozenset()
    exchanged: frozenset[date] = frozenset()
    weekend: frozenset[int] = _SATURDAY_AND_SUNDAY

    def is_working(self, day: date) -> bool:
        """Whether one works on this day of the year."""
        if day in self.exchanged:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays


WEEKENDS_ONLY = WorkYear(known=False)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of a country; `year` gives each year's table."""

    country: str
    year: Callable[[int], WorkYear]

    def is_working(self, day: date) -> bool:
        """Whether it is no weekend and no holiday, or a weekend day worked in exchange."""
        return self.year(day.year).is_working(day)

    def is_known(self, day: date) -> bool:
        """Whether the holidays of this day's year are known."""
        return self.year(day.year).known

    def next_working(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def previous_working(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def after_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after this day, or before it when negative; the day itself is not counted."""
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day


class Unit(StrEnum):
    """How an offset counts: calendar days, working days, months, the n-th day of next month, at once."""

    CALENDAR_DAYS = "CD"
    WORKING_DAYS = "WD"
    MONTHS = "M"
    DAY_OF_NEXT_MONTH = "DNM"
    IMMEDIATE = "IMMEDIATE"


@dataclass(frozen=True, slots=True)
class Offset:
    """One step from a date; `n` means nothing with `IMMEDIATE`."""

    n: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Counted:
    """A deadline as it was counted. `days` are the dates after each offset, the last one is `unrolled`.

    `legal`: the next working day when it falls on none (Civil Code 203); `safe`: the last working day not after it.
    """

    anchor: date
    offsets: tuple[Offset, ...]
    days: tuple[date, ...]
    unrolled: date
    legal: date
    safe: date
    calendar_known: bool


def count(anchor: date, offsets: Iterable[Offset], work: WorkCalendar) -> Counted:
    """Chain the offsets on unrolled dates, the first day not counted, and roll only the end."""
    chain = tuple(offsets)
    days: list[date] = []
    looked_at: list[date] = []
    for offset in chain:
        start = days[-1] if days else anchor
        days.append(shifted(start, offset, work))
        if offset.unit is Unit.WORKING_DAYS:
            looked_at += _a_day_of_each_year(start, days[-1])
    unrolled = days[-1] if days else anchor
    legal, safe = work.next_working(unrolled), work.previous_working(unrolled)
    return Counted(
        anchor=anchor,
        offsets=chain,
        days=tuple(days),
        unrolled=unrolled,
        legal=legal,
        safe=safe,
        calendar_known=all(map(work.is_known, (*looked_at, unrolled, legal, safe))),
    )


def _a_day_of_each_year(start: date, end: date) -> list[date]:
    """Of the days that working days were counted over; the first day is not counted."""
    first, last = min(start + _DAY, end), max(start - _DAY, end)
    return [date(year, 1, 1) for year in range(first.year, last.year + 1)]


def shifted(day: date, offset: Offset, work: WorkCalendar) -> date:
    """The date one offset leads to, unrolled."""
    match offset.unit:
        case Unit.CALENDAR_DAYS:
            return day + timedelta(days=offset.n)
        case Unit.WORKING_DAYS:
            return work.after_working_days(day, offset.n)
        case Unit.MONTHS:
            return months_later(day, offset.n)
        case Unit.DAY_OF_NEXT_MONTH:
            return day_of_month(months_later(day.replace(day=1), 1), offset.n)
        case Unit.IMMEDIATE:
            return day


def months_later(day: date, months: int) -> date:
    """The corresponding day, or the month's last day where there is none (Civil Code 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    return day_of_month(date(day.year + years, month + 1, 1), day.day)


def day_of_month(month: date, day: int) -> date:
    """The day of that number in the date's month, or its last day where the month is shorter."""
    return month.replace(day=min(day, calendar.monthrange(month.year, month.month)[1]))


def end_of_month(day: date) -> date:
    """The last day of the date's month."""
    return day_of_month(day, 31)


class DueStyle(StrEnum):
    """How payment terms lead to a due date (rules.md 2.4)."""

    INVOICE = "INVOICE+N"
    BL_DATE = "BL_DATE+N"
    DELIVERY = "DELIVERY+N"
    EOM_PLUS = "EOM+N"
    N_EOM = "N_EOM"
    DAY_OF_MONTH = "DAY_OF_MONTH"
    NEXT_MONTH_DAY = "NEXT_MONTH_DAY"
    FIXED = "FIXED"


class EomMode(StrEnum):
    """The three readings of "n days end of month"."""

    END_OF_NEXT_MONTH = "END_OF_NEXT_MONTH"
    EOM_PLUS_N_DAYS = "EOM_PLUS_N_DAYS"
    N_DAYS_THEN_EOM = "N_DAYS_THEN_EOM"


def days_end_of_month(invoiced: date, days: int, mode: EomMode) -> date:
    """`N_EOM` in one of its readings; `EOM+N` is `EOM_PLUS_N_DAYS`."""
    match mode:
        case EomMode.END_OF_NEXT_MONTH:
            months = max(1, (days + 15) // 30)
            return end_of_month(months_later(invoiced.replace(day=1), months))
        case EomMode.EOM_PLUS_N_DAYS:
            return end_of_month(invoiced) + timedelta(days=days)
        case EomMode.N_DAYS_THEN_EOM:
            return end_of_month(invoiced + timedelta(days=days))


def next_day_of_month(invoiced: date, day: int) -> date:
    """`DAY_OF_MONTH`: the first such day after the invoice date, the month's last day where it is shorter."""
    this_month = day_of_month(invoiced, day)
    if this_month > invoiced:
        return this_month
    return day_of_later_month(invoiced, day, 1)


def day_of_later_month(invoiced: date, day: int, months: int) -> date:
    """`NEXT_MONTH_DAY`: that day of the month so many after the invoice's, the month's last where it is shorter."""
    return day_of_month(months_later(invoiced.replace(day=1), months), day)
