"""The insurer's clocks on a claim, counted from its course (rules.md 5.2, 14.6)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import template
from creditdesk.domain.base.calendar import count
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.claim.claims import ClaimState, Decision
from creditdesk.domain.claim.clocks import Clock, Course, clocks
from creditdesk.models import Claim, ClaimQuestion
from creditdesk.readings.calendars import calendar_of
from creditdesk.readings.policies import PolicyInForce, policy_on
from creditdesk.readings.queries import setting
from creditdesk.services.claims.course import steps
from creditdesk.services.claims.values import StepLine

CHASE_DAYS = "claim_chase_days"
"""The setting with the days after which the firm asks the insurer how far a claim is."""
USUAL_CHASE_DAYS = 20


def clocks_of(session: Session, claim: Claim) -> tuple[Clock, ...]:
    """The insurer's clocks on the claim (rules.md 5.2)."""
    there = policy_on(session, claim.policy_id, claim.date_of_loss)
    taken = [each for each in steps(session, claim) if not each.voided]
    decided = [each for each in taken if each.decision]
    answered = session.scalars(
        select(ClaimQuestion.answered_on).where(ClaimQuestion.claim_id == claim.id)
    ).all()
    filed = claim.filed_on
    home = template(there.policy.template).calendar == "CN"
    return clocks(
        Course(
            filed_on=filed,
            complete_on=max((day for day in (filed, *answered) if day), default=None),
            assessed_on=_last(taken, ClaimState.ASSESSED),
            decided_on=claim.decided_on,
            decision=Decision(decided[-1].decision) if decided else None,
            paid_on=claim.paid_on,
            policy_by=_policy_by(session, there, filed),
            chase_days=int(setting(session, CHASE_DAYS) or USUAL_CHASE_DAYS),
            under_law=home and not there.terms.is_export,
        )
    )


def _last(taken: Sequence[StepLine], state: ClaimState) -> date | None:
    return next((each.on for each in reversed(taken) if each.state is state), None)


def _policy_by(
    session: Session, there: PolicyInForce, filed: date | None
) -> date | None:
    rule = there.texts.get("decision_rule", "")
    if not rule or filed is None:
        return None
    counted = CountRule.parse(rule)
    facts = {Anchor.CLAIM_FILED: filed, Anchor.CLAIM_RECEIVED: filed}
    if counted.anchor not in facts:
        return None
    calendar = calendar_of(session, there.terms.calendar_country)
    return count(facts[counted.anchor], counted.offsets, calendar).legal
