"""A buyer under a policy on a day, as far as the desk knows it."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.longest_terms import longest_term
from creditdesk.db.errors import RecordMissing
from creditdesk.domain.base.rates import Rate
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.cover.case import IndemnityCase, IndemnityTerms
from creditdesk.domain.cover.in_scope import LeftOut
from creditdesk.domain.cover.limits import CoverEvent, CoverEventKind, decision_on
from creditdesk.models import Buyer, Policy
from creditdesk.readings.cases import (
    Books,
    Ground,
    adverse_since,
    books,
    cover_events,
    ground_for,
    grounds_of,
    left_out_by,
    rates_of,
    with_failures,
)
from creditdesk.readings.declarations import customers
from creditdesk.readings.policies import (
    Decision,
    PolicyInForce,
    decisions_by_buyer,
    policy_on,
    version_on,
)
from creditdesk.readings.told import told


@dataclass(frozen=True, slots=True)
class ShipStanding:
    """What decides whether goods may leave for the buyer under cover."""

    on: date
    there: PolicyInForce
    version_from: date
    decisions: tuple[Decision, ...]
    grounds: tuple[Ground, ...]
    books: Books
    events: tuple[CoverEvent, ...]
    rates: tuple[Rate, ...]
    left_out: LeftOut | None = None

    @property
    def decision(self) -> Decision | None:
        """The decision that counts on the day."""
        return self.decision_at(self.on)

    def decision_at(self, day: date) -> Decision | None:
        """The decision that counts on another day."""
        wait = self.there.terms.cancel_notice_days
        held = decision_on((each.limit for each in self.decisions), day, wait)
        return next((each for each in self.decisions if each.limit is held), None)

    @property
    def ground(self) -> Ground | None:
        """The client's own ground, where no insurer's decision was ever made."""
        if self.decisions:
            return None
        adverse = [each.on for each in self.events if each.kind is CoverEventKind.ADVERSE_INFO]  # fmt: skip
        past = [each for each in self.grounds if each.evidence_date <= self.on]
        return ground_for(past, [self.on], adverse)

    @property
    def case(self) -> IndemnityCase:
        """Everything of the buyer, for the rules."""
        terms, ground = self.there.terms, self.ground
        return IndemnityCase(
            terms=IndemnityTerms.of(
                terms, cause=Cause.PROTRACTED_DEFAULT, longest=longest_term(terms)
            ),
            date_of_loss=self.on,
            limits=tuple(each.limit for each in self.decisions),
            invoices=(*self.books.debts, *self.books.besides),
            credits=self.books.credits,
            discretionary=ground.discretionary(
                adverse_since(self.events, ground.evidence_date), terms.dcl_pct
            )
            if ground
            else None,
            events=self.events,
            claim_date=self.on,
            rates=self.rates,
        )


def standing_of(session: Session, buyer_id: int, on: date) -> ShipStanding | None:
    """Under the newest policy that runs and knows the buyer, or else the newest that runs. None: none runs."""
    buyer = session.get(Buyer, buyer_id)
    if buyer is None:
        raise RecordMissing(what=f"buyer {buyer_id}")
    running = session.scalars(
        select(Policy.id)
        .where(
            Policy.client_id == buyer.client_id,
            Policy.period_start <= on,
            Policy.period_end >= on,
        )
        .order_by(Policy.period_start.desc(), Policy.id.desc())
    ).all()
    knowing = (
        policy
        for policy in running
        if decisions_by_buyer(session, policy, buyer_id).get(buyer_id)
        or grounds_of(session, policy, buyer_id)
    )
    chosen = next(knowing, None)
    if chosen is None:
        if not running:
            return None
        chosen = running[0]
    return _standing(session, buyer, chosen, on)


def standing_under(
    session: Session, policy_id: int, buyer_id: int, on: date
) -> ShipStanding:
    """The same under one policy, whether it still runs or not."""
    return _standing(session, session.get_one(Buyer, buyer_id), policy_id, on)


def _standing(session: Session, buyer: Buyer, chosen: int, on: date) -> ShipStanding:
    buyer_id = buyer.id
    there = policy_on(session, chosen, on)
    decisions = decisions_by_buyer(session, chosen, buyer_id).get(buyer_id, ())
    grounds = grounds_of(session, chosen, buyer_id)
    kept = books(session, buyer_id)
    customer = customers(session, buyer.client_id)[buyer_id]
    declared = told(session, chosen, buyer_id, kept.debts, on).debts
    return ShipStanding(
        on,
        there,
        version_on(session, there.policy, on).effective_from,
        decisions,
        grounds,
        replace(kept, debts=with_failures(declared, there.terms, customer)),
        cover_events(session, buyer_id),
        rates_of(session, there.terms.currency),
        left_out_by(there.terms, customer),
    )
