"""The calculations that were kept."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.models import Claim, IndemnityRecord


def latest_record(session: Session, claim: Claim) -> IndemnityRecord | None:
    """The calculation kept last; None where none was."""
    records = select(IndemnityRecord).where(IndemnityRecord.claim_id == claim.id)
    return session.scalars(records.order_by(IndemnityRecord.id.desc()).limit(1)).first()


def money_of(kept: Sequence[str]) -> Money:
    """An amount as a record keeps it."""
    return Money(Decimal(kept[0]), kept[1])
