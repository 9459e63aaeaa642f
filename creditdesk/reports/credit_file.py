"""A buyer's credit file on a day, as the credit report prints it: read through the services the screen asks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from creditdesk.domain.base.parties import Party
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.cover.trade_terms import TradeTerms
from creditdesk.domain.credit.answers import Answered
from creditdesk.domain.credit.facts import FactKind
from creditdesk.domain.credit.scorecard import Group, Point
from creditdesk.domain.ledger.statement import OwedAccount
from creditdesk.i18n import N_, Message
from creditdesk.reports.report import Sources
from creditdesk.services.buyers import BuyerFile, BuyerId
from creditdesk.services.credit import (
    BuyerRating,
    BuyerWarning,
    ContactLine,
    DecisionLine,
    FactLine,
    GradeLine,
    ScoreLine,
    StatementLine,
    Timeline,
)
from creditdesk.services.policies import (
    GroundLine,
    LimitLine,
    RequestLine,
    ShipAnswer,
)
from creditdesk.services.watch import EventLine

MOST_EVENTS = 40
_ASKED = {
    "buyer.legal_representative": N_("legal representative"),
    "buyer.size": N_("size class"),
    "buyer.buys": N_("what it buys"),
    "buyer.securities": N_("securities"),
}
"""Particulars a complete file has."""


class _Entry(Protocol):
    @property
    def voided(self) -> Voided | None: ...


Entry = TypeVar("Entry", bound=_Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFile:
    """Everything that is known of a buyer on a day; entries newest first, without what was voided or came later.

    `owed`: one account a currency. `particulars`: what forms ask, by key.
    """

    on: date
    firm: Party
    client: Party
    buyer: BuyerFile
    particulars: Mapping[str, str]
    rating: BuyerRating
    warnings: tuple[BuyerWarning, ...]
    answers: tuple[Answered, ...]
    owed: tuple[OwedAccount, ...]
    ship: ShipAnswer
    terms: TradeTerms
    limits: tuple[LimitLine, ...]
    requests: tuple[RequestLine, ...]
    grounds: tuple[GroundLine, ...]
    statements: tuple[StatementLine, ...]
    doubts: Mapping[int, tuple[Message, ...]]
    grades: tuple[GradeLine, ...]
    facts: tuple[FactLine, ...]
    events: tuple[EventLine, ...]
    contacts: tuple[ContactLine, ...]
    scores: tuple[ScoreLine, ...]
    decisions: tuple[DecisionLine, ...]
    timeline: Timeline

    @property
    def decision(self) -> DecisionLine | None:
        """What the client decided last."""
        return next(iter(self.decisions), None)

    def points(self, group: Group) -> tuple[Point, ...]:
        """The points of a group of the score."""
        score = self.rating.rating.score
        return tuple(each for each in score.points if each.indicator.group is group)

    @property
    def open_warnings(self) -> tuple[BuyerWarning, ...]:
        """Those nobody has answered."""
        return tuple(each for each in self.warnings if each.answer is None)

    def fact(self, kind: FactKind) -> FactLine | None:
        """The newest entry of a kind that holds on the day."""
        return next(
            (
                each
                for each in self.facts
                if each.kind is kind
                and (each.ended_on is None or self.on < each.ended_on)
            ),
            None,
        )

    @property
    def missing(self) -> tuple[Message, ...]:
        """What is not known of the buyer, in the order of the report."""
        return tuple(self._missing())

    def _missing(self) -> Iterator[Message]:
        if not self.buyer.card.uscc and not self.particulars.get(
            "buyer.foreign_number"
        ):
            yield Message(N_("registration number"))
        for key, text in _ASKED.items():
            if key not in self.particulars:
                yield Message(text)
        if not self.buyer.card.term:
            yield Message(N_("agreed payment term"))
        if not self.statements:
            yield Message(N_("financial statements"))
        if not self.grades:
            yield Message(N_("rating of an agency or insurer"))
        if self.fact(FactKind.REGISTER_CLEAN) is None:
            yield Message(N_("register check"))
        for point in self.rating.rating.score.points:
            if not point.known:
                yield Message.of("{title}", title=point.indicator.title)


def credit_file(desk: Sources, buyer: BuyerId, on: date) -> CreditFile:
    """The file on a day. Raises `RecordMissing`, `BuyerMerged`."""
    file = desk.buyers.file(buyer)
    credit, policies = desk.credit, desk.policies
    statements = tuple(each for each in standing(credit.statements(buyer)) if each.sheet.period_end <= on)  # fmt: skip
    account = desk.ledger.statement(buyer, on, on)
    rating, warnings = credit.judged(buyer, on)
    return CreditFile(
        on=on,
        firm=account.firm,
        client=account.client,
        buyer=file,
        particulars=desk.particulars.of(Owner(of=Of.BUYER, id=buyer)),
        rating=rating,
        warnings=warnings,
        answers=tuple(each for each in credit.answers(buyer) if each.on <= on),
        owed=desk.ledger.confirmation(buyer, on).accounts,
        ship=policies.may_ship(buyer, on),
        terms=policies.trade_terms(buyer, on),
        limits=tuple(each for each in policies.limits(buyer_id=buyer) if each.start <= on),
        requests=tuple(each for each in policies.requests(buyer_id=buyer) if each.sent_on <= on),
        grounds=tuple(each for each in policies.grounds(buyer) if each.evidence_date <= on),
        statements=statements,
        doubts={each.id: credit.statement_doubts(buyer, each.sheet) for each in statements},
        grades=tuple(each for each in standing(credit.grades(buyer)) if each.as_of <= on),
        facts=tuple(each for each in standing(credit.facts(buyer)) if each.on <= on),
        events=tuple(each for each in standing(desk.watch.events(buyer)) if each.known_on <= on),
        contacts=tuple(each for each in standing(credit.contacts(buyer)) if each.on <= on),
        scores=tuple(each for each in standing(credit.scores(buyer)) if each.as_of <= on),
        decisions=tuple(each for each in standing(credit.decisions(buyer)) if each.on <= on),
        timeline=credit.timeline(buyer, on, MOST_EVENTS),
    )  # fmt: skip


def standing(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Those that were not voided."""
    return (each for each in entries if each.voided is None)
