"""When a row falls due by the words of its term; what they leave open is asked once for each wording. rules.md 14.1."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from creditdesk.catalog.headings import Field
from creditdesk.catalog.term_questions import (
    LEFT_OPEN,
    option_said,
    settled,
    term_question,
)
from creditdesk.domain.base.calendar import WorkCalendar
from creditdesk.domain.ledger.asked import Answers, FileQuestion
from creditdesk.domain.ledger.documents import BuyerRef
from creditdesk.domain.ledger.term_days import FallsDue, fall_due
from creditdesk.domain.ledger.terms import KnownDays
from creditdesk.importers.columns.layout import Layout

CLOSE = timedelta(days=3)
"""Between a term and the file's own due date: nobody need look at that."""
_BILL_OF_LADING = re.compile(r"提单|装船|B/L|bill of lading", re.IGNORECASE)


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


class OpenRow(NamedTuple):
    """A row that has no due date: the words of its term, whose it is, and what is known of its days."""

    words: str
    buyer: str
    row: int
    known: KnownDays


def questions(
    open_: Iterable[OpenRow], answers: Answers, calendar: WorkCalendar
) -> Iterator[FileQuestion]:
    """One for each wording that leaves documents open, but for those a person left open."""
    by_words: dict[str, list[tuple[int, KnownDays]]] = {}
    for words, buyer, row, known in open_:
        if option_said(words, buyer, answers) != LEFT_OPEN:
            by_words.setdefault(words, []).append((row, known))
    for words, rows in by_words.items():
        found = term_question(words, [known for _, known in rows], calendar)
        if found is not None:
            yield FileQuestion(
                id=found.id, text=found.text, options=found.options, free=found.free,
                rows=tuple(row for row, _ in rows),
            )  # fmt: skip


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
