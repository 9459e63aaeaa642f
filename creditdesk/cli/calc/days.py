"""Reads the cases of `calc duty-dates` and `calc due-date`, and answers them (commands.md)."""

from datetime import date, timedelta

from creditdesk.cases.reading import Reader
from creditdesk.catalog.calendars import work_calendar
from creditdesk.catalog.terms import payment_term
from creditdesk.cli.words import day_json
from creditdesk.domain.base.calendar import (
    Counted,
    DueStyle,
    EomMode,
    Offset,
    Unit,
    count,
)
from creditdesk.domain.ledger.term_answers import in_reading, readings
from creditdesk.domain.ledger.term_days import ASKS, DueState, day_by, fall_due
from creditdesk.domain.ledger.term_texts import read_as
from creditdesk.domain.ledger.terms import BaseDay, KnownDays, PaymentTerm, TermKind
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, Message, words

_MOST_STEPS = 20
_MOST_MONTHS = 60
_DAYS = ("invoice_date", "delivery_date", "accepted_date", "received_date", "bl_date", "calendar")  # fmt: skip
_UNIT_WORDS = {
    Unit.CALENDAR_DAYS: N_("{n} calendar days after"),
    Unit.WORKING_DAYS: N_("{n} working days after"),
    Unit.MONTHS: N_("{n} months after"),
    Unit.DAY_OF_NEXT_MONTH: N_("Day {n} of the following month"),
    Unit.IMMEDIATE: N_("At once"),
}

_STARTS = {DueStyle.BL_DATE: "bl_date", DueStyle.DELIVERY: "delivery_date"}
_BASES = {DueStyle.BL_DATE: BaseDay.BL_DATE, DueStyle.DELIVERY: BaseDay.DELIVERY}


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


def due_date(case: Reader, language: Language) -> dict[str, object]:
    """The due date of an invoice under its payment terms, in words or by their parts."""
    if case.is_object("terms"):
        return _due_by_style(case, language)
    return _due_by_words(case, language)


def _due_by_words(case: Reader, language: Language) -> dict[str, object]:
    """The day the words lead to, or what a person must say first."""
    term = payment_term(case.text("terms"))
    mode = case.maybe("eom_mode", EomMode)
    if mode is not None:
        term = in_reading(term, mode)
    known = KnownDays(
        invoice=case.maybe_day("invoice_date"),
        delivery=case.maybe_day("delivery_date"),
        accepted=case.maybe_day("accepted_date"),
        received=case.maybe_day("received_date"),
        bl_date=case.maybe_day("bl_date"),
    )
    work = work_calendar(case.text("calendar", "CN"))
    found = fall_due(term, known, work)
    offered = readings(term, (known,), work)
    return {
        "due_date": day_json(found.due),
        **_mep_end(case, found.due),
        "state": found.state.value,
        "parts": [
            {
                "pct": f"{part.pct.normalize():f}",
                "due_date": day_json(part.due),
                "kind": part.kind.value,
            }
            for part in found.parts
        ],
        "asks": [words(language).say(ASKS[ask]) for ask in found.asks],
        "readings": [
            {"id": each.id, "text": words(language).say(each.text)} for each in offered
        ],
        "read_as": words(language).say(found.read_as),
    }


def _mep_end(case: Reader, due: date | None) -> dict[str, object]:
    mep = case.maybe_days("mep_days")
    case.close()
    if mep is None or due is None:
        return {}
    return {"mep_end": day_json(due + timedelta(days=mep))}


def _due_by_style(case: Reader, language: Language) -> dict[str, object]:
    """A term by its parts has one reading, or is refused."""
    terms = case.part("terms")
    style = terms.choice("style", DueStyle)
    if style is DueStyle.FIXED:
        due, read = terms.day("date"), Message(N_("on a day that was agreed"))
    else:
        term = _term(style, case, terms)
        start = _start(case, terms, _STARTS.get(style, "invoice_date"))
        due, read = day_by(term, start, work_calendar("CN")), read_as(term)
    terms.close()
    case.maybe("eom_mode", EomMode)
    case.ignore(*_DAYS)
    return {
        "due_date": due.isoformat(),
        **_mep_end(case, due),
        "state": DueState.FIXED.value,
        "parts": [],
        "asks": [],
        "readings": [],
        "read_as": words(language).say(read),
    }


def _term(style: DueStyle, case: Reader, terms: Reader) -> PaymentTerm:
    match style:
        case DueStyle.EOM_PLUS:
            mode = EomMode.EOM_PLUS_N_DAYS
            return _end_of_month(terms.days("days"), mode)
        case DueStyle.N_EOM:
            days = terms.days("days")
            return _end_of_month(days, _mode(case, days))
        case DueStyle.DAY_OF_MONTH:
            return PaymentTerm(kind=TermKind.EVERY_MONTH, day=_day_number(terms))
        case DueStyle.NEXT_MONTH_DAY:
            return PaymentTerm(
                kind=TermKind.MONTH_DAY, day=_day_number(terms), months=_months(terms)
            )
    base = _BASES.get(style, BaseDay.INVOICE)
    return PaymentTerm(kind=TermKind.AFTER, base=base, count=terms.days("days"))


def _end_of_month(days: int, mode: EomMode) -> PaymentTerm:
    return PaymentTerm(kind=TermKind.END_OF_MONTH, count=days, eom=mode)


def _months(terms: Reader) -> int:
    months = terms.days("months", 1)
    if not 1 <= months <= _MOST_MONTHS:
        raise terms.wrong("months", N_("a number of months from 1 to 60"))
    return months


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
