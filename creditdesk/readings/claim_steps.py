"""The steps a claim took, for every service that asks; one that was taken back counts no more."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.models import ClaimStep


def all_steps(session: Session, claim_id: int) -> Sequence[ClaimStep]:
    """Every row, the oldest first: steps, and those that take one back."""
    mine = select(ClaimStep).where(ClaimStep.claim_id == claim_id)
    return session.scalars(mine.order_by(ClaimStep.id)).all()


def standing_steps(session: Session, claim_id: int) -> tuple[ClaimStep, ...]:
    """The steps that stand, the oldest first."""
    rows = all_steps(session, claim_id)
    gone = {row.takes_back for row in rows}
    return tuple(row for row in rows if row.takes_back is None and row.id not in gone)
