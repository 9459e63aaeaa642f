"""What must be declared to the insurer by when (rules.md 2.3 D07–D09)."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from creditdesk.domain.base.calendar import end_of_month, months_later
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.duties.duties import Deadline, Duties
from creditdesk.i18n import N_

_DAY = timedelta(days=1)
_YEAR = 12
_QUARTER = 3


class Mode(StrEnum):
    """How the policy wants to be told (field `declaration_mode`)."""

    PER_SHIPMENT = "PER_SHIPMENT"
    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    ANNUAL = "ANNUAL"
    BALANCE_MONTHLY = "BALANCE_MONTHLY"
    NONE = "NONE"


class DeclarationKind(StrEnum):
    """What is declared: shipments of a time, balances at its end, or the turnover of a policy year."""

    TURNOVER = "turnover"
    BALANCE = "balance"
    YEAR = "year"


DUTIES = {
    DeclarationKind.TURNOVER: "D07",
    DeclarationKind.BALANCE: "D08",
    DeclarationKind.YEAR: "D09",
}
"""The duty each kind fulfils."""
_KINDS = {
    Mode.PER_SHIPMENT: DeclarationKind.TURNOVER,
    Mode.MONTHLY: DeclarationKind.TURNOVER,
    Mode.QUARTERLY: DeclarationKind.TURNOVER,
    Mode.ANNUAL: DeclarationKind.YEAR,
    Mode.BALANCE_MONTHLY: DeclarationKind.BALANCE,
}


KIND_WORDS: Mapping[DeclarationKind, str] = {
    DeclarationKind.TURNOVER: N_("Shipments"),
    DeclarationKind.BALANCE: N_("Balances"),
    DeclarationKind.YEAR: N_("Year's turnover"),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days, both included."""

    start: date
    end: date

    def holds(self, other: "Period") -> bool:
        """Whether the other lies within."""
        return self.start <= other.start and other.end <= self.end

    def has(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Version:
    """The duties of a policy from a day on. `yearly`: its insurer also wants the turnover of each year."""

    start: date
    duties: Duties
    yearly: bool = False

    @property
    def mode(self) -> Mode | None:
        """How it is declared under these terms; None: the policy doesn't say."""
        text = str(self.duties.terms.values.get("declaration_mode", ""))
        return Mode(text) if text else None


_OF_THE_CALENDAR = frozenset({Anchor.MONTH_END, Anchor.PERIOD_END})
"""Where a period's deadline runs from without a look into the ledger."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something to declare. `deadline` None: the policy sets none, or nothing was shipped that it runs from."""

    kind: DeclarationKind
    period: Period
    deadline: Deadline | None

    @property
    def subject(self) -> str:
        """What tells it again."""
        return f"{self.kind}/{self.period.start.isoformat()}"


def periods(mode: Mode, span: Period, shipped: Collection[date] = ()) -> Iterator[Period]:  # fmt: skip
    """The periods of a span: days with shipments, calendar months or quarters cut to it, years from its start."""
    match mode:
        case Mode.PER_SHIPMENT:
            yield from (Period(day, day) for day in sorted(set(shipped)) if span.has(day))  # fmt: skip
        case Mode.MONTHLY | Mode.BALANCE_MONTHLY:
            yield from _calendar_parts(span, 1)
        case Mode.QUARTERLY:
            yield from _calendar_parts(span, _QUARTER)
        case Mode.ANNUAL:
            yield from _years(span)
        case Mode.NONE:
            return


def counts_shipments(versions: Sequence[Version]) -> bool:
    """Whether the days on which goods left decide what is declared, or by when."""
    return any(
        version.mode is Mode.PER_SHIPMENT
        or any(how.anchor not in _OF_THE_CALENDAR for how in _ways(version))
        for version in versions
    )


def _ways(version: Version) -> Iterator[CountRule]:
    for rule in version.duties.rules:
        if rule.code in DUTIES.values():
            for each in (rule, replace(rule, field="declaration_rule")):
                counted = each.counted_by(version.duties.terms)
                yield from counted.ways if counted else ()


def obligations(
    versions: Sequence[Version], span: Period, shipped: Collection[date] = ()
) -> tuple[Obligation, ...]:
    """Everything to declare under a policy, oldest first.

    `versions` by their start; the mode of each part of the span decides how it is cut, the terms in force at a
    period's end by when it is declared.
    """
    shipped = sorted(shipped)
    found = [
        Obligation(_KINDS[mode], period, _deadline(versions, _KINDS[mode], period, mode, shipped))
        for part, mode in _modes(versions, span)
        for period in periods(mode, part, shipped)
    ]  # fmt: skip
    own_year = any(each.kind is DeclarationKind.YEAR for each in found)
    if found and not own_year and any(version.yearly for version in versions):
        found += [
            Obligation(DeclarationKind.YEAR, year, _deadline(versions, DeclarationKind.YEAR, year, None, shipped))
            for year in _years(span)
        ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.period.end, each.kind)))


def in_force(versions: Sequence[Version], day: date) -> Version:
    """The version of a day; before the first one, the first."""
    return next((each for each in reversed(versions) if each.start <= day), versions[0])


def _calendar_parts(span: Period, months: int) -> Iterator[Period]:
    """Calendar months or quarters, the first and the last cut to the span."""
    first = span.start.replace(day=1)
    first = first.replace(month=first.month - (first.month - 1) % months)
    while first <= span.end:
        after = months_later(first, months)
        yield Period(max(first, span.start), min(after - _DAY, span.end))
        first = after


def _years(span: Period) -> Iterator[Period]:
    start, count = span.start, 1
    while start <= span.end:
        after = months_later(span.start, _YEAR * count)
        yield Period(start, min(after - _DAY, span.end))
        start, count = after, count + 1


def _modes(versions: Sequence[Version], span: Period) -> Iterator[tuple[Period, Mode]]:
    """The span cut where the mode changes; parts whose mode nobody knows are left out."""
    changes = [span.start]
    modes = [in_force(versions, span.start).mode]
    for each in versions:
        if span.start < each.start <= span.end and each.mode != modes[-1]:
            changes.append(each.start)
            modes.append(each.mode)
    ends = (*(after - _DAY for _, after in pairwise(changes)), span.end)
    for start, end, mode in zip(changes, ends, modes, strict=True):
        if mode is not None:
            yield Period(start, end), mode


def _deadline(
    versions: Sequence[Version],
    kind: DeclarationKind,
    period: Period,
    mode: Mode | None,
    shipped: Sequence[date],
) -> Deadline | None:
    """By when; `mode` None: the yearly declaration besides, which has its own rule. `shipped`: in order."""
    duties = in_force(versions, period.end).duties
    rule = next((each for each in duties.rules if each.code == DUTIES[kind]), None)
    if rule is None:
        return None
    if mode is not None:
        rule = replace(rule, field="declaration_rule")
    facts = {Anchor.MONTH_END: end_of_month(period.end)}
    if kind is DeclarationKind.YEAR:
        facts[Anchor.PERIOD_END] = period.end
    at = bisect_left(shipped, period.start)
    if at < len(shipped) and period.has(shipped[at]):
        facts[Anchor.SHIPMENT] = shipped[at]
    subject = f"{kind}/{period.start.isoformat()}"
    return duties.deadline(rule, subject, facts)
