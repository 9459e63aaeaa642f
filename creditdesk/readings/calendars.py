"""The working days of a country as this desk knows them: the shipped years, and those the firm entered."""

from sqlalchemy.orm import Session

from creditdesk.catalog.calendars import work_calendar
from creditdesk.domain.base.calendar import WorkCalendar
from creditdesk.domain.base.calendar_lines import read_calendar, years_of
from creditdesk.readings.queries import setting

CALENDAR_DAYS = "calendar_days"
"""The setting that keeps days of rest and exchanged days, one line a day or span."""
_HOME = "CN"


def calendar_of(session: Session, country: str | None = None) -> WorkCalendar:
    """The calendar of a country of two letters; China's without one. Raises `CalendarUnknown`."""
    code = country or _HOME
    tables = read_calendar(setting(session, CALENDAR_DAYS))
    return work_calendar(code, years_of(tables, code))
