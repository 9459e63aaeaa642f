"""What a person may answer where a term has several readings, and the term as it was settled (rules.md 14.1).

Ids of answers are kept with a client or buyer and its wording, and apply to later files, so they never change:

| id | the term then means |
|---|---|
| `END_OF_NEXT_MONTH`, `EOM_PLUS_N_DAYS`, `N_DAYS_THEN_EOM` | n days end of month in this reading |
| `MONTH_END`, `NEXT_MONTH_END` | the last day of the base day's month, of the next one |
| `NEXT_MONTH_DAY:25`, `NEXT_MONTH_DAY:10:2` | that day of the next month, of the second next |
| `FROM_INVOICE` | where its base day isn't known, the invoice date counts |
| `DAYS:60` | that many days from the invoice date |
| `NO_CREDIT` | due on the document's own date |
| `OPEN` | the due date stays open |

`A+B` is both, one after the other (`FROM_INVOICE+EOM_PLUS_N_DAYS`). `A|B` answers part by part
(`NO_CREDIT|DAYS:60`); an answer without `|` counts for every part that isn't settled.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from creditdesk.domain.base.calendar import EomMode, WorkCalendar
from creditdesk.domain.ledger.term_days import base_day, fall_due
from creditdesk.domain.ledger.term_texts import read_as
from creditdesk.domain.ledger.terms import (
    BaseDay,
    KnownDays,
    PaymentTerm,
    TermKind,
    TermPart,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

_COUNTED = frozenset(
    {
        TermKind.AFTER,
        TermKind.END_OF_MONTH,
        TermKind.MONTH_END,
        TermKind.MONTH_DAY,
        TermKind.EVERY_MONTH,
        TermKind.MONTHLY,
    }
)
_MOST_DAYS = 1830
_FROM_INVOICE = "FROM_INVOICE"
_Answer = Callable[[PaymentTerm, Sequence[int]], PaymentTerm | None]


class TermAnswerUnknown(UserError):
    """An answer that settles nothing of this term."""

    message = N_("“{option}” is no answer to these payment terms.")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way a term may be meant. `wants` (the least and the most): the person types a number with it."""

    id: str
    text: Message
    wants: tuple[int, int] | None = None

    def with_number(self, number: int) -> str:
        """The id of the answer with this number."""
        return f"{self.id}:{number}"


_TYPED_DAY = Reading("NEXT_MONTH_DAY", Message(N_("A day of the next month")), (1, 31))
_TYPED_DAYS = Reading(
    "DAYS", Message(N_("So many days from the invoice date")), (0, _MOST_DAYS)
)
_LEFT_OPEN = Reading("OPEN", Message(N_("Leave the due date open")))


def readings(
    term: PaymentTerm, documents: Iterable[KnownDays], work: WorkCalendar
) -> tuple[Reading, ...]:
    """The answers to offer for these documents; none where nothing is to be asked.

    Of readings that give every one of them the same day only the first is offered; without documents all of them are.
    """
    known = tuple(documents)
    if term.kind is TermKind.PARTS:
        return _of_parts(term, known, work)
    offered = tuple(_offered(term, known))
    if not offered:
        return ()
    return (*_telling_apart(term, offered, known, work), _LEFT_OPEN)


def answered(term: PaymentTerm, option: str) -> PaymentTerm:
    """The term as a person settled it. Raises `TermAnswerUnknown`."""
    answers = option.split("|")
    if term.kind is TermKind.PARTS:
        return replace(term, parts=_answered_parts(term.parts, answers, option))
    if len(answers) > 1:
        raise TermAnswerUnknown(option=option)
    for each in option.split("+"):
        name, *numbers = each.strip().split(":")
        answer = _ANSWERS.get(name)
        found = answer(term, _whole(numbers, option)) if answer else None
        if found is None:
            raise TermAnswerUnknown(option=option)
        term = found
    return term


def in_reading(term: PaymentTerm, mode: EomMode) -> PaymentTerm:
    """The term with this reading of the month's end, wherever it has one that nobody settled yet."""
    if term.kind is TermKind.PARTS:
        parts = [replace(part, term=in_reading(part.term, mode)) for part in term.parts]
        return replace(term, parts=tuple(parts))
    asks = term.kind is TermKind.END_OF_MONTH and term.eom is None
    return replace(term, eom=mode) if asks else term


def _of_parts(
    term: PaymentTerm, known: Sequence[KnownDays], work: WorkCalendar
) -> tuple[Reading, ...]:
    """One answer for all parts that ask the same; shares without terms are a deposit and the rest."""
    asked = [found for part in term.parts if (found := readings(part.term, known, work))]  # fmt: skip
    if not asked:
        return ()
    if all(part.term.kind is TermKind.UNREAD for part in term.parts):
        first = "|".join(["NO_CREDIT"] * (len(term.parts) - 1))
        text = N_("The last part so many days from the invoice date, the rest before")
        return (Reading(f"{first}|DAYS", Message(text), _TYPED_DAYS.wants), _LEFT_OPEN)
    same = all(found == asked[0] for found in asked)
    return asked[0] if same else (_LEFT_OPEN,)


def _offered(term: PaymentTerm, known: Sequence[KnownDays]) -> Iterator[Reading]:
    if term.kind in {TermKind.UNREAD, TermKind.QUESTION, TermKind.ON_PRESENTATION}:
        yield _TYPED_DAYS
        yield Reading("NO_CREDIT", read_as(PaymentTerm(kind=TermKind.NO_CREDIT)))
        return
    lacks_base = term.kind in _COUNTED and any(base_day(term, each) is None for each in known)  # fmt: skip
    from_invoice = lacks_base and term.base is not BaseDay.INVOICE
    first = f"{_FROM_INVOICE}+" if from_invoice else ""
    if term.kind is TermKind.END_OF_MONTH and term.eom is None:
        yield from (_reading(term, first + mode) for mode in EomMode)
    elif term.kind is TermKind.MONTHLY:
        yield from (_reading(term, first + end) for end in ("MONTH_END", "NEXT_MONTH_END"))  # fmt: skip
        yield replace(_TYPED_DAY, id=first + _TYPED_DAY.id)
    elif from_invoice:
        yield _reading(term, _FROM_INVOICE)


def _reading(term: PaymentTerm, option: str) -> Reading:
    return Reading(option, read_as(answered(term, option)))


def _telling_apart(
    term: PaymentTerm,
    offered: Sequence[Reading],
    known: Sequence[KnownDays],
    work: WorkCalendar,
) -> Iterator[Reading]:
    seen: set[tuple[date | None, ...]] = set()
    for reading in offered:
        if reading.wants or not known:
            yield reading
            continue
        settled = answered(term, reading.id)
        days = tuple(fall_due(settled, each, work).due for each in known)
        if days not in seen:
            yield reading
        seen.add(days)


def _answered_parts(
    parts: Sequence[TermPart], answers: Sequence[str], option: str
) -> tuple[TermPart, ...]:
    if len(answers) == 1:
        settled = tuple(
            replace(part, term=_if_it_asks(part.term, option)) for part in parts
        )
        if settled == tuple(parts):
            raise TermAnswerUnknown(option=option)
        return settled
    if len(answers) != len(parts):
        raise TermAnswerUnknown(option=option)
    return tuple(
        replace(part, term=answered(part.term, answer))
        for part, answer in zip(parts, answers, strict=True)
    )


def _if_it_asks(term: PaymentTerm, option: str) -> PaymentTerm:
    """A part that is settled keeps its term."""
    asks = term.kind in {TermKind.UNREAD, TermKind.QUESTION, TermKind.ON_PRESENTATION, TermKind.MONTHLY}  # fmt: skip
    asks |= term.kind is TermKind.END_OF_MONTH and term.eom is None
    asks |= term.kind in _COUNTED and term.base is not BaseDay.INVOICE
    if not asks:
        return term
    try:
        return answered(term, option)
    except TermAnswerUnknown:
        return term


def _whole(numbers: Sequence[str], option: str) -> list[int]:
    if not all(each.isascii() and each.isdigit() and len(each) < 6 for each in numbers):
        raise TermAnswerUnknown(option=option)
    return [int(each) for each in numbers]


def _in_reading(mode: EomMode) -> _Answer:
    def answer(term: PaymentTerm, numbers: Sequence[int]) -> PaymentTerm | None:
        if numbers or term.kind is not TermKind.END_OF_MONTH:
            return None
        return replace(term, eom=mode)

    return answer


def _at_month_end(months: int) -> _Answer:
    def answer(term: PaymentTerm, numbers: Sequence[int]) -> PaymentTerm | None:
        if numbers:
            return None
        return PaymentTerm(
            kind=TermKind.MONTH_END,
            base=term.base,
            or_invoice=term.or_invoice,
            months=months,
        )

    return answer


def _on_day_of_month(term: PaymentTerm, numbers: Sequence[int]) -> PaymentTerm | None:
    day, months, *more = (*numbers, 1) if len(numbers) == 1 else (*numbers, 0, 0)
    if any(more) or not 1 <= day <= 31 or not 1 <= months <= 12:
        return None
    return PaymentTerm(
        kind=TermKind.MONTH_DAY,
        base=term.base,
        or_invoice=term.or_invoice,
        day=day,
        months=months,
    )


def _from_invoice(term: PaymentTerm, numbers: Sequence[int]) -> PaymentTerm | None:
    if numbers or term.kind not in _COUNTED:
        return None
    return replace(term, or_invoice=True)


def _so_many_days(_term: PaymentTerm, numbers: Sequence[int]) -> PaymentTerm | None:
    if len(numbers) != 1 or numbers[0] > _MOST_DAYS:
        return None
    return PaymentTerm(kind=TermKind.AFTER, count=numbers[0])


def _plainly(kind: TermKind) -> _Answer:
    def answer(_term: PaymentTerm, numbers: Sequence[int]) -> PaymentTerm | None:
        return None if numbers else PaymentTerm(kind=kind)

    return answer


_ANSWERS: Mapping[str, _Answer] = {
    **{mode.value: _in_reading(mode) for mode in EomMode},
    "MONTH_END": _at_month_end(0),
    "NEXT_MONTH_END": _at_month_end(1),
    "NEXT_MONTH_DAY": _on_day_of_month,
    _FROM_INVOICE: _from_invoice,
    "DAYS": _so_many_days,
    "NO_CREDIT": _plainly(TermKind.NO_CREDIT),
    "OPEN": _plainly(TermKind.OPEN),
}
