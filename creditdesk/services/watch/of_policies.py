"""What a policy asks before it begins, and at its end (rules.md 2.3 D01, D26, D27)."""

from collections.abc import Iterator

from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.duties import Finder
from creditdesk.services.watch.debt import WatchGround
from creditdesk.services.watch.found import FoundDuty


def of_policies(ground: WatchGround) -> Iterator[FoundDuty]:
    """Each policy that is about to begin, or runs."""
    for watched in ground.policies:
        nothing = Money.zero(watched.policy.currency)
        begins = ground.on < watched.policy.period_start
        if begins or watched.runs(ground.on):
            finder = Finder.INCEPTION if begins else Finder.EXPIRY
            for deadline in watched.duties.after(finder, "policy", {}):
                yield watched.found(deadline, nothing)
