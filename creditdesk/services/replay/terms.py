"""The client's own policies under other terms: the same contract, days and people, other values. In a trial alone."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from creditdesk.db.voids import mark
from creditdesk.domain.claim.claims import ClaimState
from creditdesk.models import (
    Claim,
    CreditLimit,
    Policy,
    PolicyVersion,
    PremiumNote,
)
from creditdesk.services.replay.trials import tried

_WHY = "replay"


def become(session: Session, policy_id: int, template: str) -> None:
    """The policy counts by another template's duties; what was asked and paid for the old one is no premium of it."""
    policy = tried(session).get_one(Policy, policy_id)
    policy.template = template
    for note in session.scalars(
        select(PremiumNote).where(PremiumNote.policy_id == policy_id)
    ):
        mark(session, note, _WHY)
    session.flush()


def version_days(session: Session, policy_id: int) -> tuple[date, ...]:
    """The days from which the policy had other values, the first one included."""
    found = session.scalars(
        select(PolicyVersion.effective_from)
        .where(PolicyVersion.policy_id == policy_id)
        .order_by(PolicyVersion.effective_from)
    )
    return tuple(dict.fromkeys(found))


def forget_limits(session: Session, policy_id: int, buyers: Collection[int]) -> None:
    """What was decided on these buyers under the policy."""
    for row in tried(session).scalars(
        select(CreditLimit).where(
            CreditLimit.policy_id == policy_id, CreditLimit.buyer_id.in_(list(buyers))
        )
    ):
        mark(session, row, _WHY)
    session.flush()


def forget_payouts(session: Session, policies: Collection[int]) -> None:
    """What insurers paid for claims under these policies: under other terms they would have paid something else."""
    tried(session).execute(
        update(Claim)
        .where(Claim.policy_id.in_(list(policies)))
        .values(paid_minor=None, paid_on=None)
    )
    session.expire_all()


def claims_of(
    session: Session, policies: Collection[int], start: date, end: date
) -> tuple[int, ...]:
    """The claims under these policies whose loss lay in the time, by day; what was withdrawn claims nothing."""
    found = session.scalars(
        select(Claim.id)
        .where(
            Claim.policy_id.in_(list(policies)),
            Claim.date_of_loss.between(start, end),
            Claim.state != ClaimState.WITHDRAWN.value,
        )
        .order_by(Claim.date_of_loss, Claim.id)
    )
    return tuple(found)
