"""What is kept of a buyer's credit on a day, read in one go for its file."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.credit.answers import Answered
from creditdesk.i18n import Message
from creditdesk.services.buyers import BuyerId
from creditdesk.services.credit import (
    Authority,
    BuyerRating,
    BuyerWarning,
    ContactLine,
    DecisionLine,
    FactLine,
    FilePaper,
    GradeLine,
    ScoreLine,
    StatementLine,
    Timeline,
)
from creditdesk.workspace import Desk

_MOST = 300
"""Entries of the timeline on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRead:
    """The credit file; `doubts` by the number of the statement they are about."""

    rating: BuyerRating
    warnings: tuple[BuyerWarning, ...]
    statements: tuple[StatementLine, ...]
    doubts: dict[int, tuple[Message, ...]]
    facts: tuple[FactLine, ...]
    grades: tuple[GradeLine, ...]
    contacts: tuple[ContactLine, ...]
    scores: tuple[ScoreLine, ...]
    decisions: tuple[DecisionLine, ...]
    answers: tuple[Answered, ...]
    authority: Authority | None
    timeline: Timeline
    papers: tuple[FilePaper, ...]


def read_credit(desk: Desk, buyer: BuyerId, client: int, on: date) -> CreditRead:
    """Everything the parts of the file show."""
    statements = desk.credit.statements(buyer)
    rating, warnings = desk.credit.judged(buyer, on)
    return CreditRead(
        rating=rating,
        warnings=warnings,
        statements=statements,
        doubts={
            line.id: desk.credit.statement_doubts(buyer, line.sheet)
            for line in statements
            if line.voided is None
        },
        facts=desk.credit.facts(buyer),
        grades=desk.credit.grades(buyer),
        contacts=desk.credit.contacts(buyer),
        scores=desk.credit.scores(buyer),
        decisions=desk.credit.decisions(buyer),
        answers=desk.credit.answers(buyer),
        authority=desk.credit.authority(client, on),
        timeline=desk.credit.timeline(buyer, on, _MOST),
        papers=desk.credit.papers(buyer, on),
    )
