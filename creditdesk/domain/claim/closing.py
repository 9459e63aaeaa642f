"""Looking back on claims: how long each part took, what was cut and why, and what comes again (rules.md 5.2)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Decision
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import Bilingual

_CUT = frozenset({Decision.PARTIAL, Decision.REDUCED, Decision.REFUSED})


@dataclass(frozen=True, slots=True)
class LateDuty:
    """A duty that was done after its day. `done_on` None: it never was."""

    title: Bilingual
    by: date
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What a claim went through. Days are None where they did not come; amounts in policy currency.

    `reasons`: why the insurer cut or refused, in its words. `left_out`: invoices that were not covered, with the codes
    of why.
    """

    number: str
    insurer: str
    notified_on: date | None
    filed_on: date | None
    decided_on: date | None
    paid_on: date | None
    decision: Decision | None
    claimed: Money | None
    paid: Money | None
    reasons: tuple[str, ...] = ()
    late: tuple[LateDuty, ...] = ()
    left_out: tuple[tuple[Name, tuple[str, ...]], ...] = ()

    @property
    def cut(self) -> Money | None:
        """What was claimed and not paid; None while one of the two isn't known."""
        if self.claimed is None or self.paid is None:
            return None
        return (self.claimed - self.paid).floored()

    @property
    def was_cut(self) -> bool:
        """Whether the insurer paid less than it was asked for, by its own decision."""
        return self.decision in _CUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One insurer's claims. Days are medians over the claims that got so far; None: none did.

    `again`: reasons that came twice or more, with how often, the commonest first.
    """

    insurer: str
    claims: int
    to_file: int | None
    to_decide: int | None
    to_pay: int | None
    decided: int
    granted: int
    again: tuple[tuple[str, int], ...]

    @property
    def whole(self) -> str:
        """Claims granted of those decided."""
        return f"{self.granted}/{self.decided}"


def cycles(passed: Iterable[Passed]) -> tuple[Cycle, ...]:
    """The figures of each insurer, by name."""
    by_insurer: dict[str, list[Passed]] = {}
    for each in passed:
        by_insurer.setdefault(each.insurer, []).append(each)
    return tuple(_cycle(name, by_insurer[name]) for name in sorted(by_insurer))


def _cycle(insurer: str, mine: Sequence[Passed]) -> Cycle:
    decided = [each for each in mine if each.decision]
    told = Counter(reason.strip() for each in mine for reason in set(each.reasons) if reason.strip())  # fmt: skip
    return Cycle(
        insurer=insurer,
        claims=len(mine),
        to_file=_days((each.notified_on, each.filed_on) for each in mine),
        to_decide=_days((each.filed_on, each.decided_on) for each in mine),
        to_pay=_days((each.decided_on, each.paid_on) for each in mine),
        decided=len(decided),
        granted=sum(each.decision is not Decision.REFUSED for each in decided),
        again=tuple(
            (reason, count) for reason, count in told.most_common() if count > 1
        ),
    )


def _days(spans: Iterable[tuple[date | None, date | None]]) -> int | None:
    found = [(end - start).days for start, end in spans if start and end]
    return round(median(found)) if found else None
