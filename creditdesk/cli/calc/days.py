"""Reads the cases of `calc duty-dates` and `calc due-date`, and answers them (commands.md)."""

from datetime import date, timedelta

from creditdesk.catalog.calendars import work_calendar
from creditdesk.cli.calc.reading import Reader
from creditdesk.cli.calc.words import day_json
from creditdesk.domain.base.calendar import (
    Counted,
    DueStyle,
    EomMode,
    Offset,
    Unit,
    count,
    days_after,
    days_end_of_month,
    next_day_of_month,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, words

_MOST_STEPS = 20
_UNIT_WORDS = {
    Unit.CALENDAR_DAYS: N_("{n} calendar days after"),
    Unit.WORKING_DAYS: N_("{n} working days after"),
    Unit.MONTHS: N_("{n} months after"),
    Unit.DAY_OF_NEXT_MONTH: N_("Day {n} of the following month"),
    Unit.IMMEDIATE: N_("At once"),
}

_STARTS = {
    DueStyle.INVOICE: "invoice_date",
    DueStyle.BL_DATE: "bl_date",
    DueStyle.DELIVERY: "delivery_date",
}


class EomModeMissing(UserError):
    """Terms with several readings."""

    message = N_(
        "“{days} days end of month” can be read in three ways. Say which one as eom_mode: {choices}."
    )


def duty_dates(case: Reader, language: Language) -> dict[str, object]:
    """A deadline counted from its anchor."""
    anchor = case.day("anchor")
    offsets = [_offset(reader) for reader in case.objects("steps")]
    if len(offsets) > _MOST_STEPS:
        raise case.wrong("steps", N_("a list of at most 20 steps"))
    work = work_calendar(case.text("calendar", "CN"))
    case.close()
    counted = count(anchor, offsets, work)
    return {
        "anchor": anchor.isoformat(),
        "unrolled": counted.unrolled.isoformat(),
        "legal_date": counted.legal.isoformat(),
        "safe_date": counted.safe.isoformat(),
        "calendar_known": counted.calendar_known,
        "steps": _counting(counted, language),
    }


def _counting(counted: Counted, language: Language) -> list[dict[str, object]]:
    """Each step with its date, then what becomes of an end that falls on no working day."""
    say = words(language)
    lines = [
        (offset.unit.value, say(_UNIT_WORDS[offset.unit], n=offset.n), day, "2.3")
        for offset, day in zip(counted.offsets, counted.days, strict=True)
    ]
    if counted.legal != counted.unrolled:
        lines += [
            ("LEGAL", say(N_("No working day: by law the next one")), counted.legal, "2.4"),
            ("SAFE", say(N_("To be safe: the last working day before it")), counted.safe, "2.4"),
        ]  # fmt: skip
    return [
        {
            "code": code,
            "label": label,
            "amount": None,
            "detail": day.isoformat(),
            "source": source,
        }
        for code, label, day, source in lines
    ]


def _offset(reader: Reader) -> Offset:
    unit = reader.choice("unit", Unit)
    n = reader.days("n", 0 if unit is Unit.IMMEDIATE else None)
    if unit is Unit.DAY_OF_NEXT_MONTH and not 1 <= n <= 31:
        raise reader.wrong("n", N_("a day from 1 to 31"))
    if unit is Unit.MONTHS and n > 1200:
        raise reader.wrong("n", N_("at most 1200 months"))
    reader.close()
    return Offset(n, unit)


def due_date(case: Reader, _language: Language) -> dict[str, object]:
    """The due date of an invoice under its payment terms."""
    due = _due(case, case.part("terms"))
    mep = case.maybe_days("mep_days")
    case.close()
    end = due + timedelta(days=mep) if mep is not None else None
    answer: dict[str, object] = {"due_date": due.isoformat()}
    return answer if end is None else {**answer, "mep_end": day_json(end)}


def _due(case: Reader, terms: Reader) -> date:
    style = terms.choice("style", DueStyle)
    due = _of_style(style, case, terms)
    terms.close()
    case.maybe("eom_mode", EomMode)
    case.ignore("invoice_date", "bl_date", "delivery_date")
    return due


def _of_style(style: DueStyle, case: Reader, terms: Reader) -> date:
    match style:
        case DueStyle.INVOICE | DueStyle.BL_DATE | DueStyle.DELIVERY:
            start = _start(case, terms, _STARTS[style])
            return days_after(start, terms.days("days"))
        case DueStyle.EOM_PLUS:
            mode = EomMode.EOM_PLUS_N_DAYS
            return days_end_of_month(case.day("invoice_date"), terms.days("days"), mode)
        case DueStyle.N_EOM:
            days = terms.days("days")
            return days_end_of_month(case.day("invoice_date"), days, _mode(case, days))
        case DueStyle.DAY_OF_MONTH:
            return next_day_of_month(case.day("invoice_date"), _day_number(terms))
        case DueStyle.FIXED:
            return terms.day("date")


def _start(case: Reader, terms: Reader, key: str) -> date:
    """The date may stand among the terms or beside them."""
    return terms.day(key) if terms.has(key) else case.day(key)


def _mode(case: Reader, days: int) -> EomMode:
    mode = case.maybe("eom_mode", EomMode)
    if mode is None:
        raise EomModeMissing(days=days, choices=tuple(EomMode))
    return mode


def _day_number(terms: Reader) -> int:
    day = terms.days("day")
    if not 1 <= day <= 31:
        raise terms.wrong("day", N_("a day from 1 to 31"))
    return day
