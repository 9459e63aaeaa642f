"""The longest term of payment of a decision, in words: read like a ledger's, with the same answers. rules.md 14.1."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from creditdesk.catalog.term_questions import (
    LEFT_OPEN,
    option_said,
    question_id,
    settled,
)
from creditdesk.catalog.terms import payment_term
from creditdesk.domain.base.calendar import Unit
from creditdesk.domain.cover.limits import counts_for_limit
from creditdesk.domain.ledger.term_answers import Reading, readings
from creditdesk.domain.ledger.term_days import NO_CALENDAR
from creditdesk.domain.ledger.terms import BaseDay, TermKind
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import Buyer
from creditdesk.readings.answers import answer_key, answers


class LimitTermUnclear(UserError):
    """The words have several readings, and nobody said which is meant. `offered`: those to choose from."""

    message = N_("“{words}” can be meant in several ways. Choose one.")

    def __init__(self, words: str, offered: tuple[Reading, ...]) -> None:
        super().__init__(words=words)
        self.offered = offered


class LimitTermUnusable(UserError):
    """The words give no day that every invoice has."""

    message = N_(
        "“{words}” is no longest term an invoice can be held against: write days, months or a day of a month, "
        "counted from the invoice or the delivery."
    )


class LongestTerm(NamedTuple):
    """As it is kept: plain days from the invoice, else words with the reading that was chosen; nothing: no bound."""

    days: int | None = None
    words: str = ""
    option: str = ""


def longest(session: Session, buyer: Buyer, words: str, option: str) -> LongestTerm:
    """What these words mean; `option` empty: as was answered before. Raises `LimitTermUnclear`, `LimitTermUnusable`."""
    words = words.strip()
    if not words:
        return LongestTerm()
    key, known = answer_key(buyer), answers(session, buyer.client_id)
    said = option or option_said(words, key, known)
    term = settled(words, "", {question_id(words): said})
    if counts_for_limit(term):
        if term.kind is TermKind.NO_CREDIT:
            return LongestTerm(0)
        plain = term.kind is TermKind.AFTER and term.base is BaseDay.INVOICE
        if plain and term.unit is Unit.CALENDAR_DAYS:
            return LongestTerm(term.count)
        return LongestTerm(None, words, said)
    offered = tuple(
        each
        for each in readings(payment_term(words), (), NO_CALENDAR)
        if each.wants is None and each.id != LEFT_OPEN
        and counts_for_limit(settled(words, "", {question_id(words): each.id}))
    )  # fmt: skip
    if len(offered) > 1:
        raise LimitTermUnclear(words, offered)
    raise LimitTermUnusable(words=words)
