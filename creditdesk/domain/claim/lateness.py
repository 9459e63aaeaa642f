"""Whether the insurer is late with a claim by the law's days (rules.md 5.2; Insurance Law 23)."""

from dataclasses import dataclass
from datetime import date, timedelta

from creditdesk.domain.claim.claims import Decision

DECIDE_DAYS = 30
PAY_DAYS = 10
_IN_FAVOUR = frozenset({Decision.APPROVED, Decision.PARTIAL, Decision.REDUCED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """What the insurer is late with: the decision, or the payment of what it decided. `days`: since it could begin."""

    undecided: bool
    since: date
    days: int


def lateness(
    *,
    filed: date | None,
    decided: date | None,
    decision: str,
    paid: date | None,
    on: date,
) -> Lateness | None:
    """How late the insurer is on a day; None: it isn't, or nothing was filed. `decision` empty: none was told."""
    if filed is None or paid is not None:
        return None
    if decided is None:
        return _late(filed, DECIDE_DAYS, on, undecided=True)
    if decision in _IN_FAVOUR:
        return _late(decided, PAY_DAYS, on, undecided=False)
    return None


def _late(since: date, allowed: int, on: date, *, undecided: bool) -> Lateness | None:
    if on <= since + timedelta(days=allowed):
        return None
    return Lateness(undecided=undecided, since=since, days=(on - since).days)
