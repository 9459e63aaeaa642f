"""When a document falls due by its term, or what a person must say before anybody knows (rules.md 2.4, 14.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.calendar import (
    WEEKENDS_ONLY,
    EomMode,
    Offset,
    Unit,
    WorkCalendar,
    day_of_later_month,
    days_end_of_month,
    end_of_month,
    months_later,
    next_day_of_month,
    shifted,
)
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.term_texts import read_as
from creditdesk.domain.ledger.terms import (
    BaseDay,
    KnownDays,
    PartKind,
    PaymentTerm,
    TermKind,
    TermPart,
)
from creditdesk.i18n import N_, Message


class DueState(StrEnum):
    """Whether there is a due date: one day, none yet, or one for each part."""

    FIXED = "FIXED"
    OPEN = "OPEN"
    PARTS = "PARTS"


class Ask(StrEnum):
    """What a person must say before the day is known."""

    EOM_MODE = "EOM_MODE"
    MONTH_DAY = "MONTH_DAY"
    TERM = "TERM"
    INVOICE_DATE = "INVOICE_DATE"
    DELIVERY_DATE = "DELIVERY_DATE"
    ACCEPTED_DATE = "ACCEPTED_DATE"
    RECEIVED_DATE = "RECEIVED_DATE"
    BL_DATE = "BL_DATE"
    PRESENTED_DATE = "PRESENTED_DATE"
    BASE_DATE = "BASE_DATE"


ASKS: Mapping[Ask, Message] = {
    Ask.EOM_MODE: Message(N_("How “end of month” is meant.")),
    Ask.MONTH_DAY: Message(N_("On which day of which month it is paid.")),
    Ask.TERM: Message(N_("After how many days, or on which day, it is due.")),
    Ask.INVOICE_DATE: Message(N_("The invoice date.")),
    Ask.DELIVERY_DATE: Message(N_("The day of delivery.")),
    Ask.ACCEPTED_DATE: Message(N_("The day the goods were accepted.")),
    Ask.RECEIVED_DATE: Message(
        N_("The day the buyer received the invoice, or that its date counts.")
    ),
    Ask.BL_DATE: Message(N_("The date of the bill of lading.")),
    Ask.PRESENTED_DATE: Message(N_("The day the papers were presented.")),
    Ask.BASE_DATE: Message(N_("The day the term counts from.")),
}
"""Each of them in words."""

_BASE_ASKS: Mapping[BaseDay, Ask] = {
    BaseDay.INVOICE: Ask.INVOICE_DATE,
    BaseDay.DELIVERY: Ask.DELIVERY_DATE,
    BaseDay.ACCEPTED: Ask.ACCEPTED_DATE,
    BaseDay.RECEIVED: Ask.RECEIVED_DATE,
    BaseDay.BL_DATE: Ask.BL_DATE,
    BaseDay.SIGHT: Ask.PRESENTED_DATE,
    BaseDay.OTHER: Ask.BASE_DATE,
}
_KIND_ASKS: Mapping[TermKind, Ask] = {
    TermKind.MONTHLY: Ask.MONTH_DAY,
    TermKind.ON_PRESENTATION: Ask.PRESENTED_DATE,
    TermKind.QUESTION: Ask.TERM,
    TermKind.UNREAD: Ask.TERM,
}


@dataclass(frozen=True, slots=True)
class PartDue:
    """A share of the document, in per cent; `due` None: its day is open."""

    pct: Decimal
    due: date | None
    kind: PartKind


@dataclass(frozen=True, slots=True)
class FallsDue:
    """A document's due date by its term. `due` is there when the state is FIXED, `parts` when it is PARTS."""

    state: DueState
    due: date | None
    parts: tuple[PartDue, ...]
    asks: tuple[Ask, ...]
    read_as: Message

    def part_amounts(self, amount: Money) -> tuple[Money, ...]:
        """The document's amount by parts, to the cent; the last one takes what rounding leaves."""
        shares = [amount.times(part.pct / 100).rounded() for part in self.parts[:-1]]
        if not self.parts:
            return ()
        return (*shares, amount - Money.total(shares, amount.currency))


NO_CALENDAR = WorkCalendar("", lambda _year: WEEKENDS_ONLY)
"""For terms that count no working days."""


def fall_due(term: PaymentTerm, known: KnownDays, work: WorkCalendar) -> FallsDue:
    """When a document of these days falls due. `work`: the calendar that working days are counted in."""
    if term.kind is TermKind.PARTS:
        return _by_parts(term, known, work)
    asks = _asks(term, known)
    start = base_day(term, known)
    settled = not asks and start is not None and term.kind is not TermKind.OPEN
    due = day_by(term, start, work) if settled and start else None
    state = DueState.OPEN if due is None else DueState.FIXED
    return FallsDue(state, due, (), asks, read_as(term))


def _by_parts(term: PaymentTerm, known: KnownDays, work: WorkCalendar) -> FallsDue:
    found = [fall_due(part.term, known, work) for part in term.parts]
    return FallsDue(
        DueState.PARTS,
        None,
        tuple(map(_part_due, term.parts, found)),
        tuple(dict.fromkeys(ask for each in found for ask in each.asks)),
        read_as(term),
    )


def _part_due(part: TermPart, found: FallsDue) -> PartDue:
    return PartDue(part.pct, found.due, part.kind)


def base_day(term: PaymentTerm, known: KnownDays) -> date | None:
    """The day the term counts from, where it is known."""
    day = known.of(term.base)
    return known.invoice if day is None and term.or_invoice else day


def _asks(term: PaymentTerm, known: KnownDays) -> tuple[Ask, ...]:
    if term.kind is TermKind.OPEN:
        return ()
    if term.kind in {TermKind.ON_PRESENTATION, TermKind.QUESTION, TermKind.UNREAD}:
        return (_KIND_ASKS[term.kind],)
    found = []
    if base_day(term, known) is None:
        found.append(_BASE_ASKS[term.base])
    if term.kind is TermKind.END_OF_MONTH and term.eom is None:
        found.append(Ask.EOM_MODE)
    if term.kind is TermKind.MONTHLY:
        found.append(Ask.MONTH_DAY)
    return tuple(found)


def day_by(term: PaymentTerm, start: date, work: WorkCalendar) -> date:
    """The day a settled term leads to from its base day. Raises `ValueError` for a term that leads to none."""
    match term.kind:
        case TermKind.NO_CREDIT:
            return start
        case TermKind.AFTER:
            return shifted(start, Offset(term.count, term.unit), work)
        case TermKind.END_OF_MONTH:
            return _end_of_month(term, start)
        case TermKind.MONTH_END:
            return day_of_later_month(start, 31, term.months)
        case TermKind.MONTH_DAY:
            return day_of_later_month(start, term.day, term.months)
        case TermKind.EVERY_MONTH:
            return next_day_of_month(start, term.day)
    message = f"{term.kind} leads to no day"
    raise ValueError(message)


def _end_of_month(term: PaymentTerm, start: date) -> date:
    if term.eom is None:
        message = "nobody said how the month's end is meant"
        raise ValueError(message)
    if term.unit is Unit.CALENDAR_DAYS:
        return days_end_of_month(start, term.count, term.eom)
    if term.eom is EomMode.EOM_PLUS_N_DAYS:
        return months_later(end_of_month(start), term.count)
    return day_of_later_month(start, 31, term.count)
