"""The open duties as a file for a person's own calendar (RFC 5545): one whole day each, on the safe date."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from creditdesk.domain.duties.agenda import DutyLine
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import DocumentDamaged, beside
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources

_NINE = timedelta(hours=9)


def write(
    duties: Sequence[DutyLine],
    path: Path,
    language: Language,
    day: date,
    progress: Progress,
) -> int:
    """Write the file; the answer is the number of entries. `day` is the day it is written."""
    say = words(language)
    calendar = Calendar()
    calendar.add("prodid", "-//CreditDesk//Duties//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say(N_("CreditDesk duties")))
    stamp = datetime.combine(day, time(), UTC)
    for duty in progress.each(duties, N_("Writing the calendar")):
        calendar.add_component(_entry(duty, say, language, stamp))
    with beside(path) as new:
        new.write_bytes(calendar.to_ical())
        _check(new, path, len(duties))
    return len(duties)


def _check(new: Path, path: Path, count: int) -> None:
    read = Calendar.from_ical(new.read_bytes())
    if len(read.walk("VEVENT")) != count:
        raise DocumentDamaged(path=path)


def _entry(duty: DutyLine, say: Words, language: Language, stamp: datetime) -> Event:
    entry = Event()
    who = f"{duty.client} → {duty.buyer}" if duty.buyer else f"{duty.client} · {duty.policy}"  # fmt: skip
    entry.add("uid", f"{duty.policy_id}-{duty.code}-{min(duty.ids)}@creditdesk")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", duty.safe)
    entry.add("dtend", duty.safe + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    title = duty.title.in_language(language)
    entry.add("summary", f"{title}: {who}")
    entry.add("description", "\n".join(_description(duty, say, language)))
    for days in duty.warn_days:
        entry.add_component(_alarm(days, title))
    return entry


def _description(duty: DutyLine, say: Words, language: Language) -> list[str]:
    lines = [
        say(N_("Last legal day {day}."), day=duty.legal.isoformat()),
        duty.consequence.in_language(language),
        say(
            N_("Counted from {day}: {rule}"),
            day=duty.anchor_on.isoformat(),
            rule=duty.rule.text,
        ),
    ]
    if duty.names:
        lines.append(say.list(map(say.name, duty.names)))
    if duty.provisional:
        lines.append(say(N_("Provisional: counted from a notice that is not sent yet.")))  # fmt: skip
    return lines


def _alarm(days: int, title: str) -> Alarm:
    """At nine in the morning so many days before; calendars count from the day's first minute."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _NINE - timedelta(days=days))
    return alarm


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    until = asked.today + timedelta(days=366)
    duties = desk.watch.agenda(asked.client, until=until).lines
    write(duties, asked.path, asked.language, asked.today, progress)


REPORT = Report(
    "duty_calendar", N_("Duties for a calendar"), (FileKind.CALENDAR,), asks=(Ask.CLIENT,), make=_make
)  # fmt: skip
