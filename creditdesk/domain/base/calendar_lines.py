"""Days of rest and exchanged working days as a person keeps them: one line a day or span, `CN 2027-02-06 work`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from creditdesk.domain.base.calendar import WorkYear
from creditdesk.errors import UserError
from creditdesk.i18n import N_

_REST, _WORK = frozenset({"rest", "休"}), frozenset({"work", "班"})
_LONGEST = timedelta(days=31)


class CalendarLineUnreadable(UserError):
    """A line is not country, day, rest or work."""

    message = N_(
        "“{line}” is no day of a calendar. Write: CN 2027-02-05 2027-02-11 rest, or CN 2027-02-06 work."
    )


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A span of days of one country (two letters), both ends included: of rest, or worked although a weekend."""

    country: str
    start: date
    end: date
    resting: bool

    @property
    def days(self) -> Iterator[date]:
        """Each day of the span."""
        count = (self.end - self.start).days + 1
        return (self.start + timedelta(days=n) for n in range(count))


def read_calendar(text: str) -> dict[str, dict[int, WorkYear]]:
    """The years by country. A year with a line is known; its weekends are Saturday and Sunday.

    Empty lines are left out. Raises `CalendarLineUnreadable` for the first line that can't be read.
    """
    rest: defaultdict[tuple[str, int], set[date]] = defaultdict(set)
    work: defaultdict[tuple[str, int], set[date]] = defaultdict(set)
    for line in (_line(each) for each in text.splitlines() if each.strip()):
        for day in line.days:
            (rest if line.resting else work)[line.country, day.year].add(day)
    found: defaultdict[str, dict[int, WorkYear]] = defaultdict(dict)
    for country, year in rest.keys() | work.keys():
        found[country][year] = WorkYear(
            known=True,
            holidays=frozenset(rest[country, year]),
            exchanged=frozenset(work[country, year]),
        )
    return dict(found)


def years_of(
    tables: Mapping[str, Mapping[int, WorkYear]], country: str
) -> Mapping[int, WorkYear]:
    """The years entered for a country."""
    return tables.get(country.upper(), {})


def _line(text: str) -> CalendarLine:
    parts = text.split()
    try:
        country, first, *more, kind = parts
        (last,) = more or [first]
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise CalendarLineUnreadable(line=text.strip()) from error
    known = kind.lower() in _REST | _WORK
    named = len(country) == 2 and country.isascii() and country.isalpha()
    if not (known and named and start <= end <= start + _LONGEST):
        raise CalendarLineUnreadable(line=text.strip())
    return CalendarLine(country.upper(), start, end, kind.lower() in _REST)
