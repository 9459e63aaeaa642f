"""When a row falls due by the words of its term; what they leave open is asked once for each wording. rules.md 14.1."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from creditdesk.catalog.headings import Field
from creditdesk.catalog.terms import payment_term
from creditdesk.domain.base.calendar import WorkCalendar
from creditdesk.domain.ledger.asked import AnswerOption, Answers, FileQuestion
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.domain.ledger.term_answers import (
    TermAnswerUnknown,
    answered,
    readings,
)
from creditdesk.domain.ledger.term_days import DueState, FallsDue, fall_due
from creditdesk.domain.ledger.terms import KnownDays, PaymentTerm
from creditdesk.i18n import N_, Message
from creditdesk.importers.columns.layout import Layout

TERMS = "terms:"
_EXAMPLES = 3
CLOSE = timedelta(days=3)
"""Between a term and the file's own due date: nobody need look at that."""
_BILL_OF_LADING = re.compile(r"提单|装船|B/L|bill of lading", re.IGNORECASE)


def question_id(words: str, buyer: str = "") -> str:
    """The question about a wording; `buyer`: about this one's alone."""
    return f"{TERMS}{words}@{buyer}" if buyer else f"{TERMS}{words}"


def settled(words: str, buyer: str, answers: Answers) -> PaymentTerm:
    """The term as it was read, and settled by what a person said of it, for this buyer or for all."""
    option = answers.get(question_id(words, buyer)) or answers.get(
        question_id(words), ""
    )
    return _settled(words, option)


@lru_cache(maxsize=4_000)
def _settled(words: str, option: str) -> PaymentTerm:
    term = payment_term(words)
    if not option:
        return term
    try:
        return answered(term, option)
    except TermAnswerUnknown:
        return term


def falls_due(
    words: str, buyer: str, known: KnownDays, answers: Answers, calendar: WorkCalendar
) -> FallsDue | None:
    """When a document of these days falls due by its term; None: it names none."""
    if not words:
        return None
    return fall_due(settled(words, buyer, answers), known, calendar)


def row_term(  # noqa: PLR0913, PLR0917 - what a row tells of its days
    layout: Layout,
    words: str,
    buyer: BuyerRef,
    issued: date,
    shipped: date | None,
    accepted: date | None,
) -> FallsDue | None:
    """When a row falls due by its term; None: it names none."""
    if not words:
        return None
    known = known_days(layout, issued, shipped, accepted)
    key = buyer.code or buyer.name
    return falls_due(words, key, known, layout.answers, layout.calendar)


def questions(
    open_: Iterable[tuple[str, int, KnownDays]],
    answers: Answers,
    calendar: WorkCalendar,
) -> Iterator[FileQuestion]:
    """One for each wording that leaves documents open: `open_` has the words, the row and what is known of its days."""
    by_words: dict[str, list[tuple[int, KnownDays]]] = {}
    for words, row, known in open_:
        by_words.setdefault(words, []).append((row, known))
    for words, rows in by_words.items():
        if answers.get(question_id(words)) == "OPEN":
            continue
        found = term_question(words, [known for _, known in rows], calendar)
        if found is not None:
            yield FileQuestion(
                id=found.id, text=found.text, options=found.options, free=found.free,
                rows=tuple(row for row, _ in rows),
            )  # fmt: skip


def term_question(
    words: str, known: list[KnownDays], calendar: WorkCalendar
) -> FileQuestion | None:
    """What a wording may mean, each reading with the due date it gives documents; None: nothing is to be asked."""
    term = payment_term(words)
    offered = readings(term, known, calendar)
    if not offered:
        return None
    return FileQuestion(
        id=question_id(words),
        text=Message.of(N_("When do documents with the term “{words}” fall due?"), words=words),
        options=tuple(
            AnswerOption(
                each.id, each.text, () if each.wants else tuple(_examples(term, each.id, known, calendar))
            )
            for each in offered
        ),
        free=next((f"{each.id}:" for each in offered if each.wants), ""),
    )  # fmt: skip


def _examples(
    term: PaymentTerm, option: str, known: list[KnownDays], calendar: WorkCalendar
) -> Iterator[Message]:
    settled_term = answered(term, option)
    for each in known[:_EXAMPLES]:
        found = fall_due(settled_term, each, calendar)
        if found.state is DueState.FIXED and found.due and each.invoice:
            text = N_("issued {issued}, due {due}")
            yield Message.of(text, issued=each.invoice, due=found.due)


def known_days(
    layout: Layout, issued: date, shipped: date | None, accepted: date | None
) -> KnownDays:
    """What a row tells of its days; the day of shipment may be a bill of lading's by its heading."""
    by_sea = bool(_BILL_OF_LADING.search(layout.headers.get(Field.SHIP_DATE, "")))
    return KnownDays(
        invoice=issued,
        delivery=shipped,
        accepted=accepted,
        bl_date=shipped if by_sea else None,
    )
