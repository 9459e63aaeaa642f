"""Working days by country, from the `holidays` library, with China's exchanged working weekends."""

from collections.abc import Mapping
from datetime import date
from functools import cache, partial

from creditdesk.domain.base.calendar import WEEKENDS_ONLY, WorkCalendar, WorkYear
from creditdesk.errors import UserError
from creditdesk.i18n import N_

_CHINA = "CN"
# The library knows Hong Kong's statutory holidays and half its weekend; insurers there keep the general holidays.
_CATEGORIES = {"HK": ("public", "optional")}
_WEEKENDS = {"HK": frozenset({5, 6})}
_FIRST_YEAR, _LAST_YEAR = 1990, 2090


class CalendarUnknown(UserError):
    """No calendar goes by this name."""

    message = N_(
        "There is no calendar for “{country}”. Give the two letters of a country, such as CN."
    )


def work_calendar(
    country: str, tables: Mapping[int, WorkYear] | None = None
) -> WorkCalendar:
    """The calendar of a country (ISO 3166, two letters); `tables` are years the firm entered itself, which win.

    Raises `CalendarUnknown`.
    """
    if country not in _countries():
        raise CalendarUnknown(country=country)
    return WorkCalendar(country, partial(_year, country, tables or {}))


def _year(country: str, tables: Mapping[int, WorkYear], year: int) -> WorkYear:
    return tables.get(year) or _shipped_year(country, year)


@cache
def _countries() -> frozenset[str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - the library is slow to import

    return frozenset(codes[1] for codes in COUNTRIES.values())


@cache
def _shipped_year(country: str, year: int) -> WorkYear:
    """The library's year. For China it is known once exchanged working weekends are listed for it (rules.md 11.4).

    Before that the holidays fixed by law count, and the days in lieu that the library lists.
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return WEEKENDS_ONLY
    import holidays  # noqa: PLC0415 - the library is slow to import

    # The day before New Year can be exchanged by the next year's table.
    categories = _CATEGORIES.get(country, ("public",))
    listed = holidays.country_holidays(
        country, years=(year, year + 1), categories=categories
    )
    off = frozenset(day for day in listed if day.year == year)
    exchanged = frozenset(_of_year(listed.weekend_workdays, year))
    return WorkYear(
        known=bool(exchanged) if country == _CHINA else bool(off),
        holidays=off,
        exchanged=exchanged,
        weekend=_WEEKENDS.get(country) or frozenset(listed.weekend),
    )


def _of_year(days: set[date], year: int) -> set[date]:
    return {day for day in days if day.year == year}
