"""What came of one policy of a replay, read in its trial from the desk's own services."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.claim.indemnity import calculate
from creditdesk.domain.cover.case import IndemnityTerms
from creditdesk.domain.insurers.what_if import (
    Exposure,
    Indemnified,
    PremiumOf,
    Replayed,
    Stopped,
    break_even,
)
from creditdesk.domain.insurers.what_if_checks import WhatIfLedgerEmpty
from creditdesk.domain.insurers.what_if_words import Ran, granted, terms_words
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.errors import UserError
from creditdesk.i18n import Message
from creditdesk.readings.exposure import Courses, courses_of, exposure
from creditdesk.services import replay
from creditdesk.services.claims import ClaimId
from creditdesk.services.policies import PolicyId
from creditdesk.whatif.setting import Trial, calculate_anew, terms_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def read(trial: Trial, courses: list[Courses], session: "Session") -> Replayed:
    """Everything of one policy. `courses`: of the ledger, which is read once."""
    asked, desk = trial.asked, trial.desk
    if trial.differs:
        # Duties were found anew: the same people do the same on the same days, and claims follow the terms.
        replay.repeat_acts(session, trial.acts)
        calculate_anew(session, trial)
    currency = trial.spans[0].currency
    if not courses:
        # The ledger is the same whatever the policy.
        courses.append(courses_of(session, asked.client_id))
    begins = min(courses[0].issued.values(), default=None)
    if begins is None or begins > asked.end:
        raise WhatIfLedgerEmpty(client=asked.client, end=asked.end)
    span = asked.start, asked.end
    seen = exposure(session, asked.client_id, currency, span, courses[0])
    duties = replay.duties_then(session, trial.ids, *span)
    stops = desk.policies.first_stops(asked.client_id, *span)
    premium, cost, refused, premiums = _premium(trial)
    last = trial.spans[-1]
    terms = terms_of(desk, last, min(asked.end, last.end))
    return Replayed(
        name=trial.policy.name,
        is_own=trial.is_own,
        terms=terms_words(terms),
        currency=currency,
        premium=premium,
        cost=cost,
        refused=refused,
        exposure=seen,
        duties=duties,
        stops=tuple(Stopped(each.buyer, each.on) for each in stops),
        indemnities=tuple(_indemnities(session, trial)),
        break_even=_break_even(terms, premium),
        assumptions=_assumptions(trial, seen, courses[0], begins),
        premiums=premiums,
    )


def _premium(
    trial: Trial,
) -> tuple[Money | None, Money | None, Message | None, tuple[PremiumOf, ...]]:
    """As the desk reckons it by the ledger, policy by policy; by its limits where the policy takes those."""
    made: list[PremiumOf] = []
    currency = trial.spans[0].currency
    premium, cost = Money.zero(currency), Money.zero(currency)
    for span in trial.spans:
        on = min(span.end, trial.asked.end)
        found = trial.desk.premiums.reckoned(span.id, on)
        if found.premium is None:
            return None, None, found.refused, tuple(made)
        premium += found.premium.premium
        cost += found.premium.total
        made.append(PremiumOf(span.number, found.premium.total, found.premium.steps))
    return premium, cost, None, tuple(made)


def _break_even(terms: PolicyTerms, premium: Money | None) -> Money | None:
    if premium is None:
        return None
    own = IndemnityTerms.of(terms, cause=Cause.INSOLVENCY, premium=premium)
    return break_even(own, premium)


def _indemnities(session: "Session", trial: Trial) -> Iterator[Indemnified]:
    desk, asked = trial.desk, trial.asked
    for number in replay.claims_of(session, trial.ids, asked.start, asked.end):
        claim = ClaimId(number)
        line = desk.claims.file(claim, desk.day).line
        kept = desk.claims.case(claim, desk.day)
        case = replace(kept, waived=kept.waived | trial.waived)
        made, refused = None, None
        try:
            made = calculate(case)
        except UserError as stands:
            refused = stands.said
        estimate = desk.claims.estimate(claim, desk.day)
        yield Indemnified(
            buyer=line.buyer,
            date_of_loss=line.date_of_loss,
            cause=Cause(line.cause),
            claim="" if claim in trial.failed else line.number,
            case=case,
            made=made,
            refused=refused,
            granted=estimate.calculation.granted if trial.is_own else (),
        )


def _assumptions(
    trial: Trial, exposure: Exposure, courses: Courses, begins: date
) -> tuple[Message, ...]:
    last = trial.spans[-1]
    on = min(last.end, trial.asked.end)
    line = trial.desk.policies.file(PolicyId(last.id), on).line
    left_out = {each.currency for each in exposure.left_out}
    return granted(
        trial.asked,
        trial.policy,
        [Ran(each.number, each.start, each.end, each.id in trial.added) for each in trial.spans],
        exposure,
        begins=begins,
        foreign=bool(courses.currencies - left_out - {trial.spans[0].currency}),
        unconfirmed=line.unconfirmed,
        skipped=trial.skipped,
    )  # fmt: skip
