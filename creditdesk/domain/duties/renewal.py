"""The timetable of a renewal: what is done when before a policy ends, and once it has (rules.md 9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from creditdesk.domain.duties.duties import Deadline, Duties, Finder

NOTICE = "D27"
TIMETABLE = frozenset({"R01", "R02", "R03", "R04", "R05", "R06"})
"""The other steps: good practice, with no last legal day."""
_YEARS_TURNOVER = "D09"
_OWN_TURNOVER_STEP = "R06"
_AFTERWARDS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Renewal:
    """A policy's steps, the earliest first, and the first that is not past on the day asked; None: all are."""

    steps: tuple[Deadline, ...]
    next: Deadline | None


def has_steps(start: date, end: date, on: date) -> bool:
    """Whether a policy of this period has steps on a day: until 30 days after its end."""
    return start <= on <= end + _AFTERWARDS


def follows(end: date, start: date) -> bool:
    """Whether a policy that begins on `start` renews the one that ends on `end`: within 30 days."""
    return end < start <= end + _AFTERWARDS


def renewal(duties: Duties, on: date) -> Renewal:
    """The steps there are; the notice only where the policy asks for one."""
    codes = {rule.code for rule in duties.rules}
    steps = sorted(
        (
            each
            for each in duties.after(Finder.RENEWAL, "policy", {})
            # Where the policy asks for the year's turnover that duty stands already.
            if each.code != _OWN_TURNOVER_STEP or _YEARS_TURNOVER not in codes
        ),
        key=lambda each: (each.unrolled, each.code),
    )
    return Renewal(tuple(steps), _first_from(steps, on))


def _first_from(steps: Iterable[Deadline], on: date) -> Deadline | None:
    return next((each for each in steps if each.safe >= on), None)
