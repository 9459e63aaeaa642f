"""A payment term without parts, by the shape of its words (rules.md 14.1).

A term becomes a string of letters, one for what each word says (`Sense`). What has no shape here is not understood,
whatever single words of it are.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from creditdesk.domain.base.calendar import EomMode, Unit
from creditdesk.domain.ledger.term_words import Sense, Token, letters_of
from creditdesk.domain.ledger.terms import BaseDay, PaymentTerm, TermKind

UNREAD = PaymentTerm(kind=TermKind.UNREAD)
MEANS_NOTHING = frozenset(
    {
        Sense.FILLER,
        Sense.WITHIN,
        Sense.PERIOD,
        Sense.NET,
        Sense.WAY,
        Sense.SPLIT,
        Sense.COLON,
        Sense.OPENING,
        Sense.CLOSING,
        Sense.STOP,
    }
)
"""Words that change no due date."""

_IN_THIS_UNIT = {
    Sense.DAYS: (Unit.CALENDAR_DAYS, 1, 1830),
    Sense.DAY: (Unit.CALENDAR_DAYS, 1, 1830),
    Sense.WORKING_DAYS: (Unit.WORKING_DAYS, 1, 500),
    Sense.WEEKS: (Unit.CALENDAR_DAYS, 7, 260),
    Sense.MONTHS: (Unit.MONTHS, 1, 60),
    Sense.YEARS: (Unit.MONTHS, 12, 5),
}
_MOST_WITHOUT_UNIT = 365
_SHIPPED = (BaseDay.DELIVERY, BaseDay.BL_DATE)
_DAYS_OF_A_MONTH = 31
_COUNT = "(?:N[dDwkmy]?|h)"
_BASE = r"(?:BA?\+?)?"


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of one term that mean something, as letters and as tokens."""

    letters: str
    tokens: tuple[Token, ...]

    def one(self, sense: Sense) -> Token | None:
        """The word of this sense, where there is one."""
        return next((each for each in self.tokens if each.sense is sense), None)

    @property
    def base(self) -> BaseDay:
        """The day it names, else the invoice's."""
        named = self.one(Sense.BASE)
        return named.base if named else BaseDay.INVOICE

    @property
    def number(self) -> int:
        """Its figure."""
        found = self.one(Sense.NUMBER)
        return int(found.value) if found else 0

    @property
    def months(self) -> int:
        """How many months after the base day's month."""
        return max(
            each.months
            for each in self.tokens
            if each.sense in {Sense.WHICH_MONTH, Sense.MONTH_LAST}
        )


def term_of(tokens: Sequence[Token]) -> PaymentTerm:
    """A term without parts, by its shape."""
    if any(each.sense is Sense.QUESTION for each in tokens):
        return PaymentTerm(kind=TermKind.QUESTION)
    if _may_be_a_day_of_the_month(tokens):
        return UNREAD
    said = _meaningful(tokens)
    if any(
        each.sense is Sense.NUMBER and each.value != int(each.value)
        for each in said.tokens
    ):
        return UNREAD
    for shape, build in _SHAPES:
        if shape.fullmatch(said.letters):
            return build(said)
    return UNREAD


def _may_be_a_day_of_the_month(tokens: Sequence[Token]) -> bool:
    """`25日付款`: on the 25th, or in 25 days; `账期25日`, `25日内` are a length of time."""
    senses = {each.sense for each in tokens} - {Sense.FILLER, Sense.STOP}
    numbers = [each.value for each in tokens if each.sense is Sense.NUMBER]
    return senses == {Sense.NUMBER, Sense.DAY} and max(numbers) <= _DAYS_OF_A_MONTH


def _meaningful(tokens: Sequence[Token]) -> _Said:
    kept = [
        each
        for place, each in enumerate(tokens)
        if each.sense not in MEANS_NOTHING and not _joins(tokens, place)
    ]
    return _Said(letters_of(kept), tuple(kept))


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """`OA+60`, `OA/60`, `Net-30`: a mark between words that say nothing and a figure.

    A dash joins in any place: two figures beside each other have no shape.
    """
    before = tokens[place - 1].sense if place else Sense.FILLER
    mark = tokens[place].sense
    joins = mark in {Sense.PLUS, Sense.SLASH} and before in MEANS_NOTHING
    return joins or mark is Sense.DASH


def _counted(said: _Said, base: BaseDay | None = None) -> PaymentTerm:
    """A count after the base day."""
    found = _count(said)
    if found is None:
        return UNREAD
    count, unit = found
    base = said.base if base is None else base
    return PaymentTerm(kind=TermKind.AFTER, base=base, count=count, unit=unit)


def _count(said: _Said) -> tuple[int, Unit] | None:
    """How many of what; None: more than any credit runs, or a bare zero, which may stand for nothing."""
    if said.one(Sense.HALF_YEAR):
        return 6, Unit.MONTHS
    unit = next((each for each in _IN_THIS_UNIT if said.one(each)), None)
    if unit is None:
        is_term = 0 < said.number <= _MOST_WITHOUT_UNIT
        return (said.number, Unit.CALENDAR_DAYS) if is_term else None
    counted_in, factor, most = _IN_THIS_UNIT[unit]
    return (said.number * factor, counted_in) if said.number <= most else None


def _from_sight(said: _Said) -> PaymentTerm:
    return _counted(said, BaseDay.SIGHT)


def _end_of_month(said: _Said) -> PaymentTerm:
    found = _count(said)
    if found is None or found[1] is Unit.WORKING_DAYS:
        return UNREAD
    count, unit = found
    return PaymentTerm(
        kind=TermKind.END_OF_MONTH, base=said.base, count=count, unit=unit
    )


def _month_end_plus(said: _Said) -> PaymentTerm:
    """`EOM+45` says by its sign that the days come after the month's end (2.4)."""
    term = _end_of_month(said)
    if term.kind is TermKind.UNREAD:
        return term
    return replace(term, eom=EomMode.EOM_PLUS_N_DAYS)


def _monthly(said: _Said) -> PaymentTerm:
    return PaymentTerm(kind=TermKind.MONTHLY, base=said.base)


def _within_month(said: _Said) -> PaymentTerm:
    """Paid within this month is due on its last day; in a later month the day isn't said."""
    return _month_end(said) if said.months == 0 else _monthly(said)


def _month_end(said: _Said) -> PaymentTerm:
    return PaymentTerm(kind=TermKind.MONTH_END, base=said.base, months=said.months)


def _month_day(said: _Said) -> PaymentTerm:
    if not 1 <= said.number <= 31 or said.months == 0:
        return UNREAD
    return PaymentTerm(
        kind=TermKind.MONTH_DAY, base=said.base, day=said.number, months=said.months
    )


def _every_month(said: _Said) -> PaymentTerm:
    if not 1 <= said.number <= 31:
        return UNREAD
    return PaymentTerm(kind=TermKind.EVERY_MONTH, base=said.base, day=said.number)


def _before_shipment(said: _Said) -> PaymentTerm:
    if said.base not in _SHIPPED:
        return UNREAD
    return PaymentTerm(kind=TermKind.NO_CREDIT)


def _no_credit(_said: _Said) -> PaymentTerm:
    return PaymentTerm(kind=TermKind.NO_CREDIT)


def _advance(said: _Said) -> PaymentTerm:
    """Money in advance once something came about; in advance once the goods are there is no term."""
    return _no_credit(said) if said.base is BaseDay.OTHER else UNREAD


def _on_presentation(_said: _Said) -> PaymentTerm:
    return PaymentTerm(kind=TermKind.ON_PRESENTATION)


def _at_once(said: _Said) -> PaymentTerm:
    (named,) = said.tokens
    return PaymentTerm(kind=TermKind.AFTER, base=named.base)


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[_Said], PaymentTerm]], ...] = tuple(
    (re.compile(shape), build)
    for shape, build in (
        (rf"(?:{_BASE}|A){_COUNT}A?", _counted),
        (rf"{_COUNT}A?\+?BA?", _counted),
        (rf"[Sp]A?\+?{_COUNT}A?", _from_sight),
        (rf"p?{_COUNT}A?S", _from_sight),
        (rf"{_COUNT}p", _from_sight),
        (rf"{_BASE}e\+{_COUNT}", _month_end_plus),
        (rf"{_BASE}[Ee]A?\+?{_COUNT}A?(?:A?B)?", _end_of_month),
        (rf"{_COUNT}A?\+?[Ee](?:A?B)?", _end_of_month),
        (rf"F?{_BASE}E?JF?(?:A?B)?", _month_end),
        (rf"{_BASE}(?:[Ee]|EM|eM)", _monthly),
        (rf"{_BASE}ME?", _within_month),
        (rf"{_BASE}E?MN[Do]F?", _month_day),
        (r"F?(?:No|[dD]N)A?M(?:A?B)?", _month_day),
        (rf"{_BASE}VN[Do]F?", _every_month),
        (r"F?(?:No|[dD]N)V", _every_month),
        (r"P+", _no_credit),
        (r"BA?P+", _advance),
        (r"BF|FB", _before_shipment),
        (r"[Sp]+", _on_presentation),
        (r"Z", _at_once),
    )
)
