"""The insurer's clocks on a claim: the law's, the policy's and our own, side by side (rules.md 5.2, 14.6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from creditdesk.domain.claim.claims import Decision
from creditdesk.i18n import N_, Message

_DECIDE_DAYS = 30
_UNDISPUTED_DAYS = 60
_PAY_DAYS = 10
_REFUSE_DAYS = 3


class ClockOf(StrEnum):
    """Who set a clock."""

    LAW = "law"
    POLICY = "policy"
    OWN = "own"


class ClockKind(StrEnum):
    """What a clock waits for."""

    DECIDE = "decide"
    CHASE = "chase"
    UNDISPUTED = "undisputed"
    EXPLAIN = "explain"
    PAY = "pay"


KIND_TITLES = {
    ClockKind.DECIDE: N_("Decide on the claim"),
    ClockKind.CHASE: N_("Ask the insurer how far it is"),
    ClockKind.UNDISPUTED: N_("Pay the part nobody disputes"),
    ClockKind.EXPLAIN: N_("Say why the claim is refused"),
    ClockKind.PAY: N_("Pay the indemnity"),
}
CLOCK_TITLES = {
    ClockOf.LAW: N_("By law"),
    ClockOf.POLICY: N_("By the policy"),
    ClockOf.OWN: N_("Our own"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """What the insurer, or for our own clocks the firm, has to do by a day. `ended_on` None: it still runs."""

    of: ClockOf
    kind: ClockKind
    runs_from: date
    by: date
    ended_on: date | None

    @property
    def what(self) -> Message:
        """In words."""
        return Message(KIND_TITLES[self.kind])

    def days_late(self, today: date) -> int:
        """Days past its end, less than nothing before it."""
        return ((self.ended_on or today) - self.by).days

    def is_late(self, today: date) -> bool:
        """Whether it ran out before what it waits for was there."""
        return self.days_late(today) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The days a claim's clocks are counted from; None: not yet. `complete_on`: the papers asked for were handed in.

    `policy_by`: the decision's last day by the policy. `under_law`: the insurer is a Chinese one under its insurance
    law; export credit insurance as policy business is not, and courts refer to it at most.
    """

    filed_on: date | None
    complete_on: date | None
    assessed_on: date | None
    decided_on: date | None
    decision: Decision | None
    paid_on: date | None
    policy_by: date | None
    chase_days: int
    under_law: bool


def clocks(course: Course) -> tuple[Clock, ...]:
    """All clocks of a claim that was filed, in the order of what they wait for; none before."""
    return tuple(_clocks(course)) if course.filed_on else ()


def _clocks(course: Course) -> Iterator[Clock]:
    assert course.filed_on  # noqa: S101 - `clocks` asked
    complete = course.complete_on or course.filed_on
    if course.under_law:
        yield _clock(
            ClockOf.LAW, ClockKind.DECIDE, complete, _DECIDE_DAYS, course.decided_on
        )
    if course.policy_by:
        yield Clock(ClockOf.POLICY, ClockKind.DECIDE, course.filed_on, course.policy_by, course.decided_on)  # fmt: skip
    yield _clock(
        ClockOf.OWN, ClockKind.CHASE, complete, course.chase_days, course.decided_on
    )
    if not course.under_law:
        return
    first = min((day for day in (course.decided_on, course.paid_on) if day), default=None)  # fmt: skip
    yield _clock(ClockOf.LAW, ClockKind.UNDISPUTED, complete, _UNDISPUTED_DAYS, first)
    if course.decided_on is None:
        return
    if course.decision is Decision.REFUSED:
        start = course.assessed_on or course.decided_on
        yield _clock(
            ClockOf.LAW, ClockKind.EXPLAIN, start, _REFUSE_DAYS, course.decided_on
        )
    elif course.decision is not Decision.SUSPENDED_DISPUTE:
        yield _clock(
            ClockOf.LAW, ClockKind.PAY, course.decided_on, _PAY_DAYS, course.paid_on
        )


def _clock(of: ClockOf, kind: ClockKind, start: date, days: int, ended: date | None) -> Clock:  # fmt: skip
    return Clock(of, kind, start, start + timedelta(days=days), ended)
