"""What a policy asks before it begins, while it runs, and around its end (rules.md 2.3 D01, D26, D27; 9)."""

from collections.abc import Iterable, Iterator

from creditdesk.domain.base.money import Money
from creditdesk.domain.duties.duties import Deadline, Finder
from creditdesk.domain.duties.renewal import NOTICE, follows, has_steps, renewal
from creditdesk.services.watch.debt import WatchGround
from creditdesk.services.watch.found import FoundDuty, Watched


def of_policies(ground: WatchGround) -> Iterator[FoundDuty]:
    """Each policy that is about to begin, runs, or has just ended."""
    for watched in ground.policies:
        nothing = Money.zero(watched.policy.currency)
        for deadline in _deadlines(ground, watched):
            yield watched.found(deadline, nothing)


def _deadlines(ground: WatchGround, watched: Watched) -> Iterator[Deadline]:
    policy, on = watched.policy, ground.on
    if on < policy.period_start:
        yield from watched.duties.after(Finder.INCEPTION, "policy", {})
    elif watched.runs(on):
        yield from watched.duties.after(Finder.EXPIRY, "policy", {})
    if has_steps(policy.period_start, policy.period_end, on):
        yield from _renewing(ground, watched)


def _renewing(ground: WatchGround, watched: Watched) -> Iterator[Deadline]:
    """The notice while the policy runs, and of the timetable the next step alone; a renewed policy has neither."""
    found = renewal(watched.duties, ground.on)
    renewed = renewed_by(watched, ground.policies) is not None
    for each in found.steps:
        is_notice = each.code == NOTICE
        waits = watched.runs(ground.on) if is_notice else each is found.next
        before = each.unrolled <= watched.policy.period_end
        if waits and not (renewed and before):
            yield each


def renewed_by(watched: Watched, all_: Iterable[Watched]) -> Watched | None:
    """The policy of the same insurer that begins when this one ends; None: there is none yet."""
    mine = watched.policy
    return next(
        (
            each
            for each in all_
            if follows(mine.period_end, each.policy.period_start)
            and each.policy.insurer == mine.insurer
        ),
        None,
    )
