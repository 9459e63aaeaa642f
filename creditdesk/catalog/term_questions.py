"""What is asked about the words of a term, once for each wording, and the term as settled. rules.md 14.1."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from creditdesk.catalog.terms import payment_term
from creditdesk.domain.base.calendar import WorkCalendar
from creditdesk.domain.ledger.asked import (
    IN_WORDS,
    AnswerOption,
    Answers,
    FileQuestion,
)
from creditdesk.domain.ledger.term_answers import (
    Reading,
    TermAnswerUnknown,
    answered,
    readings,
)
from creditdesk.domain.ledger.term_days import DueState, fall_due
from creditdesk.domain.ledger.terms import DATED, KnownDays, PaymentTerm, TermKind
from creditdesk.i18n import N_, Message

TERMS = "terms:"
LEFT_OPEN = "OPEN"
_EXAMPLES = 3


def question_id(words: str, buyer: str = "") -> str:
    """The question about a wording; `buyer`: about this one's alone, named by code, else name."""
    return f"{TERMS}{words}@{buyer}" if buyer else f"{TERMS}{words}"


def settled(words: str, buyer: str, answers: Answers) -> PaymentTerm:
    """The term as it was read, and settled by what a person said of it, for this buyer or for all."""
    return _settled(words, option_said(words, buyer, answers))


def option_said(words: str, buyer: str, answers: Answers) -> str:
    """What was said of a wording, for this buyer or for all; empty: nothing."""
    return answers.get(question_id(words, buyer)) or answers.get(question_id(words), "")


@lru_cache(maxsize=4_000)
def _settled(words: str, option: str) -> PaymentTerm:
    try:
        return as_answered(words, option) if option else payment_term(words)
    except TermAnswerUnknown:
        return payment_term(words)


def as_answered(words: str, option: str) -> PaymentTerm:
    """The term as a person settled it, by an option or in the words of the contract. Raises `TermAnswerUnknown`.

    Words that leave something to be asked settle nothing.
    """
    if not option.startswith(IN_WORDS):
        return answered(payment_term(words), option)
    told = option.removeprefix(IN_WORDS)
    term = payment_term(told)
    if not leads_to_days(term):
        raise TermAnswerUnknown(option=told)
    return term


def leads_to_days(term: PaymentTerm) -> bool:
    """Whether a term leaves nothing to be asked."""
    if term.kind is TermKind.PARTS:
        return all(leads_to_days(part.term) for part in term.parts)
    unsaid = term.kind is TermKind.END_OF_MONTH and term.eom is None
    return term.kind in DATED and not unsaid


def term_question(
    words: str, known: Sequence[KnownDays], calendar: WorkCalendar
) -> FileQuestion | None:
    """What a wording may mean, each reading with the due date it gives documents; None: nothing is to be asked."""
    term = payment_term(words)
    offered = readings(term, known, calendar)
    if not offered:
        return None
    return FileQuestion(
        id=question_id(words),
        text=Message.of(N_("When do documents with the term “{words}” fall due?"), words=words),
        options=tuple(_option(term, each, known, calendar) for each in offered),
        free=next((f"{each.id}:" for each in offered if each.wants), ""),
    )  # fmt: skip


def _option(
    term: PaymentTerm,
    reading: Reading,
    known: Sequence[KnownDays],
    calendar: WorkCalendar,
) -> AnswerOption:
    shown = () if reading.wants else tuple(_examples(term, reading.id, known, calendar))
    return AnswerOption(reading.id, reading.text, shown)


def _examples(
    term: PaymentTerm, option: str, known: Sequence[KnownDays], calendar: WorkCalendar
) -> Iterator[Message]:
    settled_term = answered(term, option)
    for each in known[:_EXAMPLES]:
        found = fall_due(settled_term, each, calendar)
        if found.state is DueState.FIXED and found.due and each.invoice:
            text = N_("issued {issued}, due {due}")
            yield Message.of(text, issued=each.invoice, due=found.due)
