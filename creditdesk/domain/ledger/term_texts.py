"""How a payment term was read, in words that a bookkeeper understands (rules.md 14.1)."""

from collections.abc import Mapping

from creditdesk.domain.base.calendar import EomMode, Unit
from creditdesk.domain.ledger.terms import BaseDay, PaymentTerm, TermKind, TermPart
from creditdesk.i18n import N_, Message

_BASES: Mapping[BaseDay, Message] = {
    BaseDay.INVOICE: Message(N_("the invoice date")),
    BaseDay.DELIVERY: Message(N_("the delivery")),
    BaseDay.ACCEPTED: Message(N_("the acceptance of the goods")),
    BaseDay.RECEIVED: Message(N_("the buyer's receipt of the invoice")),
    BaseDay.BL_DATE: Message(N_("the date of the bill of lading")),
    BaseDay.SIGHT: Message(N_("the presentation of the papers")),
    BaseDay.OTHER: Message(N_("an event that the ledger does not tell")),
}
_AFTER: Mapping[Unit, str] = {
    Unit.CALENDAR_DAYS: N_("{n} days after {base}"),
    Unit.WORKING_DAYS: N_("{n} working days after {base}"),
    Unit.MONTHS: N_("{n} months after {base}"),
}
_END_OF_MONTH: Mapping[EomMode | None, Mapping[Unit, str]] = {
    None: {
        Unit.CALENDAR_DAYS: N_("{n} days from {base}, settled at the month's end; how the two go together is not said"),
        Unit.MONTHS: N_("{n} months from {base}, settled at the month's end; how the two go together is not said"),
    },
    EomMode.END_OF_NEXT_MONTH: {
        Unit.CALENDAR_DAYS: N_("{n} days as whole months after the month of {base}, on the month's last day"),
        Unit.MONTHS: N_("the last day of the month {n} months after that of {base}"),
    },
    EomMode.EOM_PLUS_N_DAYS: {
        Unit.CALENDAR_DAYS: N_("{n} days after the end of the month of {base}"),
        Unit.MONTHS: N_("{n} months after the end of the month of {base}"),
    },
    EomMode.N_DAYS_THEN_EOM: {
        Unit.CALENDAR_DAYS: N_("{n} days after {base}, then on to the end of that month"),
        Unit.MONTHS: N_("{n} months after {base}, then on to the end of that month"),
    },
}  # fmt: skip
_PLAIN: Mapping[TermKind, str] = {
    TermKind.MONTHLY: N_("settled by the month; on which day is not said"),
    TermKind.NO_CREDIT: N_("no credit: due on the document's own date"),
    TermKind.ON_PRESENTATION: N_("due when the papers are presented"),
    TermKind.QUESTION: N_("the words send to a contract or an agreement"),
    TermKind.UNREAD: N_("not understood"),
    TermKind.OPEN: N_("left open"),
}


def read_as(term: PaymentTerm) -> Message:
    """What the program takes the words to mean."""
    if term.kind in _PLAIN:
        return Message(_PLAIN[term.kind])
    if term.kind is TermKind.PARTS:
        text = N_("in parts: {parts}")
        return Message.of(text, parts=tuple(map(_part, term.parts)))
    base = _base(term)
    match term.kind:
        case TermKind.END_OF_MONTH:
            text = _END_OF_MONTH[term.eom][term.unit]
        case TermKind.MONTH_END:
            return _month_end(term, base)
        case TermKind.MONTH_DAY:
            return _month_day(term, base)
        case TermKind.EVERY_MONTH:
            text = N_("on the first day {day} of a month after {base}")
            return Message.of(text, day=term.day, base=base)
        case _:
            text = _AFTER[term.unit]
    return Message.of(text, n=term.count, base=base)


def _base(term: PaymentTerm) -> Message:
    base = _BASES[term.base]
    if not term.or_invoice:
        return base
    return Message.of(N_("{base} (where unknown, the invoice date)"), base=base)


def _month_end(term: PaymentTerm, base: Message) -> Message:
    text = {
        0: N_("the last day of the month of {base}"),
        1: N_("the last day of the month after that of {base}"),
    }.get(term.months, N_("the last day of the month {n} months after that of {base}"))
    return Message.of(text, n=term.months, base=base)


def _month_day(term: PaymentTerm, base: Message) -> Message:
    text = {
        1: N_("day {day} of the month after that of {base}"),
    }.get(term.months, N_("day {day} of the month {n} months after that of {base}"))
    return Message.of(text, day=term.day, n=term.months, base=base)


def _part(part: TermPart) -> Message:
    return Message.of(N_("{pct} %: {term}"), pct=part.pct, term=read_as(part.term))
