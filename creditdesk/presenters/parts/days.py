"""Days as people type them: written out, without the year, or counted from today.

What can be more than one day is none: it is asked for with its year, never guessed.
"""

import re
from datetime import date, timedelta

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
_WHOLE = (
    re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_NAMED = re.compile(r"(\d{1,2})([A-Za-z]{3})[a-z]*(\d{4})")
_IN_A_YEAR = re.compile(r"(\d{1,2})([-/.月])(\d{1,2})[日号]?|(\d{2})()(\d{2})|(\d)()(\d{2})")  # fmt: skip
_SHORT_YEAR = re.compile(r"(\d{2})(\d{2})(\d{2})")
_COUNTED = re.compile(r"([+-]\d{1,4})(天|日|d|days?)?")
_WORDS = {
    "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2,
    "yesterday": -1, "today": 0, "tomorrow": 1,
}  # fmt: skip
_NEAR_YEARS = 10
_FIRST_DAYS = 12


class DayUnread(UserError):
    """A date that can't be read."""

    message = N_("“{text}” is no date. Write it as 2026-01-31.")


class DayUncertain(UserError):
    """A date without its year, that could be one of several days."""

    message = N_("“{text}” can be more than one day. Write it with its year, such as 2026-01-31.")  # fmt: skip


def written_out(text: str) -> date:
    """The day of a text with its year, half-width and without spaces. Raises what can't be read, and why."""
    found = next((made for form in _WHOLE if (made := form.fullmatch(text))), None)
    named = _NAMED.fullmatch(text)
    if named and named[2].casefold() in _MONTHS:
        return _day(text, int(named[3]), _MONTHS.index(named[2].casefold()) + 1, int(named[1]))  # fmt: skip
    if found is None:
        without_year = _IN_A_YEAR.fullmatch(text) or _SHORT_YEAR.fullmatch(text)
        raise DayUncertain(text=text) if without_year else DayUnread(text=text)
    year, month, day = (int(part) for part in found.groups())
    return _day(text, year, month, day)


def meant(text: str, today: date, language: Language) -> date:
    """As `written_out`, and what is short for a day near today: 0315, 3.15, 260315, 昨天, +30.

    Without a year it is this year's, where no other year's is nearer; in English 3/4 is none, for it is two days.
    """
    by = _WORDS.get(text.casefold())
    counted = _COUNTED.fullmatch(text)
    if by is None and counted:
        by = int(counted[1])
    if by is not None:
        return today + timedelta(days=by)
    short = _SHORT_YEAR.fullmatch(text)
    if short and language == "zh":
        year, month, day = (int(part) for part in short.groups())
        if abs(2000 + year - today.year) <= _NEAR_YEARS:
            return _day(text, 2000 + year, month, day)
    found = _IN_A_YEAR.fullmatch(text)
    if not found:
        return written_out(text)
    month_text, sign, day_text = (part for part in found.groups() if part is not None)
    month, day = int(month_text), int(day_text)
    either_way = sign == "/" and language == "en" and day <= _FIRST_DAYS
    if either_way or (len(text) == 3 and text.isdigit() and _also(text, today)):
        raise DayUncertain(text=text)
    return _nearest(text, today, month, day)


def _also(text: str, today: date) -> bool:
    """Whether three digits are a day too when the first two are the month: 111 is 1-11 and 11-1."""
    try:
        date(today.year, int(text[:2]), int(text[2]))
    except ValueError:
        return False
    return True


def _nearest(text: str, today: date, month: int, day: int) -> date:
    """The day of this year. Raises `DayUncertain` where last year's or next year's is nearer."""
    this = _day(text, today.year, month, day)
    away = abs((this - today).days)
    for year in (today.year - 1, today.year + 1):
        try:
            other = date(year, month, day)
        except ValueError:
            continue
        if abs((other - today).days) < away:
            raise DayUncertain(text=text)
    return this


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DayUnread(text=text) from error
