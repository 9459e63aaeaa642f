"""What other claims have used of a policy's maximum liability and first loss (rules.md 4.9 M4, 12 trap 19)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState
from creditdesk.i18n import N_, Message
from creditdesk.models import Claim
from creditdesk.readings.claims import eroded_by, latest_record, reserve_of

_USED = N_(
    "Of the maximum liability {amount} is used by {claims}; claims not yet paid count with what is kept as expected."
)


@dataclass(frozen=True, slots=True)
class Used:
    """What is used, in policy currency. `claims` are the numbers of those that use the maximum liability."""

    max_liability: Money
    afl: Money
    claims: tuple[str, ...] = ()

    @property
    def note(self) -> Message | None:
        """What the calculation takes for granted of other claims."""
        if not self.claims:
            return None
        return Message.of(_USED, amount=self.max_liability, claims=self.claims)


def used_by_others(session: Session, claim: Claim, currency: str) -> Used:
    """What was paid counts as paid; an open claim counts with its latest kept calculation, as a reserve.

    The first loss is used in the order of the losses: only claims with an earlier date of loss count.
    """
    others = session.scalars(
        select(Claim)
        .where(Claim.policy_id == claim.policy_id, Claim.id != claim.id)
        .order_by(Claim.date_of_loss, Claim.id)
    ).all()
    liability, afl = Money.zero(currency), Money.zero(currency)
    names = []
    for other in others:
        record = latest_record(session, other)
        amount = reserve_of(other, record, currency)
        if amount:
            liability += amount
            names.append(other.number)
        if _before(other, claim) and other.state != ClaimState.WITHDRAWN:
            afl += eroded_by(record, currency)
    return Used(liability, afl, tuple(names))


def _before(other: Claim, claim: Claim) -> bool:
    return (other.date_of_loss, other.id) < (claim.date_of_loss, claim.id)
