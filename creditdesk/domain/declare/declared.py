"""How what was declared compares with the ledger, and what a late declaration risks (rules.md 2.3 D07, 12 trap 18)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.calendar import count
from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.in_scope import Key
from creditdesk.domain.declare.declarations import DeclarationKind, Obligation, Period
from creditdesk.domain.declare.insurable import Computed
from creditdesk.domain.duties.duties import Duties
from creditdesk.domain.ledger.aging import AgingRow
from creditdesk.i18n import N_


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """A document a declaration holds, with the amount declared for it."""

    key: Key
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A declaration that went out. `corrects`: the one it takes the place of; None: it stands beside others.

    `withdrawal`: it takes back an entry that was a mistake, and says nothing itself.
    """

    id: int
    kind: DeclarationKind
    period: Period
    on: date
    totals: tuple[Money, ...]
    lines: tuple[DeclaredLine, ...] = ()
    way: str = ""
    reference: str = ""
    corrects: int | None = None
    withdrawal: bool = False
    document_id: int | None = None
    recorded_at: datetime | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A document that was declared otherwise than the ledger has it now. None: not declared; no longer there."""

    key: Key
    declared: Money | None
    now: Money | None


class State(StrEnum):
    """How a period stands."""

    RUNNING = "running"
    TO_DECLARE = "to_declare"
    LATE = "late"
    DECLARED = "declared"
    DECLARED_LATE = "declared_late"
    DIFFERS = "differs"


STATE_WORDS: Mapping[State, str] = {
    State.RUNNING: N_("still running"),
    State.TO_DECLARE: N_("to be declared"),
    State.LATE: N_("late, not declared"),
    State.DECLARED: N_("declared"),
    State.DECLARED_LATE: N_("declared late"),
    State.DIFFERS: N_("differs from the ledger"),
}


def standing(declared: Sequence[Declared]) -> tuple[Declared, ...]:
    """What no later declaration corrects or withdraws."""
    replaced = {each.corrects for each in declared}
    return tuple(
        each for each in declared if each.id not in replaced and not each.withdrawal
    )


def sent(declared: Sequence[Declared]) -> tuple[Declared, ...]:
    """What really went out, corrected declarations too: all but the entries that were withdrawn."""
    by_id = {each.id: each for each in declared}
    found: set[int] = set()
    for each in standing(declared):
        link: Declared | None = each
        while link is not None:
            found.add(link.id)
            link = by_id.get(link.corrects) if link.corrects is not None else None
    return tuple(each for each in declared if each.id in found)


def of_period(declared: Iterable[Declared], asked: Obligation) -> tuple[Declared, ...]:
    """The declarations of this kind that hold the period."""
    return tuple(
        each
        for each in declared
        if each.kind is asked.kind and each.period.holds(asked.period)
    )


def first_declared(declared: Iterable[Declared]) -> dict[Key, date]:
    """The day each document was first declared; corrected declarations count, the insurer was told by them."""
    first: dict[Key, date] = {}
    for each in declared:
        for line in each.lines:
            if line.amount:
                first[line.key] = min(each.on, first.get(line.key, each.on))
    return first


def state(
    asked: Obligation, declared: Sequence[Declared], *, differs: bool, on: date
) -> State:
    """How a period stands on a day; `declared` is what was really sent, corrected declarations too.

    A correction is not late by itself: the insurer was told by what it corrects.
    """
    if not declared:
        if on <= asked.period.end:
            return State.RUNNING
        late = asked.deadline is not None and on > asked.deadline.legal
        return State.LATE if late else State.TO_DECLARE
    if differs:
        return State.DIFFERS
    if any(days_late(asked, each.on) for each in declared if each.corrects is None):
        return State.DECLARED_LATE
    return State.DECLARED


def days_late(asked: Obligation, on: date) -> int:
    """Days after the day the policy names, 0 up to the last legal day (a day that rolled on is no delay)."""
    deadline = asked.deadline
    if deadline is None or on <= deadline.legal:
        return 0
    return (on - deadline.unrolled).days


def by_hand(declared: Iterable[Declared]) -> frozenset[Key]:
    """The documents somebody left out on purpose: declarations keep them with nothing."""
    lines = [line for each in declared for line in each.lines]
    counted = _by_document(lines)
    return frozenset(
        line.key for line in lines if not line.amount and line.key not in counted
    )


def differences(
    computed: Computed, declared: Iterable[Declared]
) -> tuple[Difference, ...]:
    """Each document that is declared otherwise than the ledger has it now, in the order of the ledger."""
    then = _by_document(line for each in declared for line in each.lines)
    now = _by_document(
        DeclaredLine(line.row.key, line.amount) for line in computed.taken
    )
    return tuple(
        Difference(key, then.get(key), now.get(key))
        for key in dict.fromkeys((*now, *then))
        if then.get(key) != now.get(key)
    )


def still_to_declare(
    computed: Computed, declared: Sequence[Declared]
) -> tuple[DeclaredLine, ...]:
    """What a supplement must hold: each document's difference, negative where too much was declared."""
    return tuple(
        DeclaredLine(each.key, _less(each.now, each.declared))
        for each in differences(computed, declared)
    )


def fulfilment(declared: Iterable[Money], agreed: Money | None) -> Decimal | None:
    """履约率: declared ÷ agreed, in the currency agreed (rules.md 4.7). None: nothing agreed."""
    if agreed is None or not agreed:
        return None
    total = Money.total(
        (each for each in declared if each.currency == agreed.currency),
        agreed.currency,
    )
    return total.amount / agreed.amount


@dataclass(frozen=True, slots=True)
class Risk:
    """An invoice of the same buyer that was overdue when the shipment was declared: the insurer may refuse it.

    `default_on`: the day it became a default by the policy's own definition; None: not yet, or the policy has none.
    """

    buyer: int
    number: str
    due: date
    days_overdue: int
    default_on: date | None


def risks(
    overdue: Iterable[AgingRow[Key, int]],
    late: Mapping[int, date],
    on: date,
    duties: Duties,
) -> tuple[Risk, ...]:
    """The oldest overdue invoice of each buyer that something is declared late for on a day.

    `overdue`: the open items of that day, oldest due first; `late`: the last shipment declared late, by buyer. Only
    earlier invoices count.
    """
    found: dict[int, Risk] = {}
    for row in overdue:
        shipped = late.get(row.buyer)
        earlier = shipped is not None and row.issued < shipped
        due = row.due
        if earlier and due and row.is_overdue and row.buyer not in found:
            default = _default_day(due, duties)
            passed = default if default is not None and default < on else None
            found[row.buyer] = Risk(row.buyer, row.id[1], due, row.days_overdue, passed)
    return tuple(found.values())


def _default_day(due: date, duties: Duties) -> date | None:
    rule = duties.terms.pd_definition
    known = duties.derived({Anchor.DUE_DATE: due})
    return min(
        (
            count(known[way.anchor], way.offsets, duties.work).unrolled
            for way in (rule.ways if rule else ())
            if way.anchor in known
        ),
        default=None,
    )


class Told(StrEnum):
    """Whether the insurer knows of a shipment."""

    DECLARED = "declared"
    NOT_DECLARED = "not_declared"
    NOT_DUE = "not_due"
    NOT_ASKED = "not_asked"
    NOT_KNOWN = "not_known"


def told_of(
    key: Key,
    day: date,
    asked: Sequence[Obligation],
    declared: Collection[Declared],
    on: date,
) -> Told:
    """Whether the insurer was told of a shipment of this day, as far as the desk knows on a day (rules.md 3.2 (7)).

    Only declarations of shipments decide about cover. Where none was ever recorded for the policy, nobody knows.
    """
    mine = [
        each
        for each in asked
        if each.kind is DeclarationKind.TURNOVER and each.period.has(day)
    ]
    if not mine:
        return Told.NOT_ASKED
    told = [each for each in declared if each.kind is DeclarationKind.TURNOVER]
    if not told:
        return Told.NOT_KNOWN
    if any(line.key == key and line.amount for each in told for line in each.lines):
        return Told.DECLARED
    due = all(each.deadline is not None and on > each.deadline.legal for each in mine)
    return Told.NOT_DECLARED if due else Told.NOT_DUE


def _by_document(lines: Iterable[DeclaredLine]) -> dict[Key, Money]:
    found: dict[Key, Money] = {}
    for line in lines:
        before = found.get(line.key)
        found[line.key] = line.amount if before is None else before + line.amount
    return {key: amount for key, amount in found.items() if amount}


def _less(now: Money | None, before: Money | None) -> Money:
    if now is None:
        assert before is not None  # noqa: S101 - a difference has at least one side
        return -before
    return now if before is None else now - before
