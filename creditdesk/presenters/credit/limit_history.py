"""The decisions on a limit: the dated list, and the steps they make in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import METHOD_TITLES, REASONS
from creditdesk.domain.cover.limit_states import NO_DECISION, WAITING, LimitStage
from creditdesk.domain.cover.limit_states import WITH_AMOUNT as STAGES_WITH_AMOUNT
from creditdesk.domain.cover.limits import Limit, decision_on
from creditdesk.domain.policy.choices import LimitState, PaymentMethod
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Cell, Column, Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.policies import STATE_TITLES, LimitLine

APPLIED = "APPLIED"
STATES = (
    LimitState.APPROVED.value,
    LimitStage.CONDITIONAL.value,
    LimitStage.REFUSED.value,
    LimitStage.INCREASED.value,
    LimitStage.REDUCED.value,
    LimitStage.SUSPENDED.value,
    LimitStage.IDLE_WARNED.value,
    LimitStage.IDLE_CANCELLED.value,
    LimitStage.CANCELLED.value,
    LimitStage.EXPIRED.value,
    APPLIED,
    LimitStage.INCREASE_APPLIED.value,
    LimitStage.INVESTIGATING.value,
)
"""What can be entered; whether an approval is full or in part follows from what was asked for."""
WITH_AMOUNT = frozenset({LimitState.APPROVED.value, *(stage.value for stage in STAGES_WITH_AMOUNT)})  # fmt: skip
_DAY = timedelta(days=1)
_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LimitStep:
    """What was in force from `start` up to the day before `end`. `share` of the highest; 0 where nothing was."""

    start: date
    end: date
    share: float
    words: str
    covered: bool


def limit_steps(
    lines: Sequence[LimitLine], notice_days: int, today: date, wording: Wording
) -> tuple[LimitStep, ...]:
    """The steps of the newest decision's policy and currency, up to a month after the last turn or today."""
    decided = [line for line in lines if line.stage not in NO_DECISION]
    if not decided:
        return ()
    newest = decided[0]
    limits = [
        limit
        for line in decided
        if line.policy_id == newest.policy_id
        and line.amount.currency == newest.amount.currency
        for limit in _limits(line)
    ]
    days = _turns(limits, notice_days, today)
    highest = max(limit.amount.amount for limit in limits) or 1
    steps = [
        _step(start, end, decision_on(limits, start, notice_days), float(highest), wording)
        for start, end in pairwise(days)
    ]  # fmt: skip
    return tuple(_joined(steps))


def _turns(limits: Sequence[Limit], notice_days: int, today: date) -> list[date]:
    begun = {limit.begins(notice_days) for limit in limits}
    ended = {limit.end + _DAY for limit in limits if limit.end}
    last = max(begun | ended | {today}) + _AFTER
    return sorted({*begun, *ended, last})


def _step(
    start: date, end: date, held: Limit | None, highest: float, wording: Wording
) -> LimitStep:
    if held is None:
        return LimitStep(start, end, 0.0, wording(N_("no limit")), covered=False)
    if not held.in_force:
        words = wording(STATE_TITLES[held.state])
        return LimitStep(start, end, 0.0, words, covered=False)
    share = float(held.amount.amount) / highest
    return LimitStep(start, end, share, wording.money(held.amount), covered=True)


def _joined(steps: Sequence[LimitStep]) -> list[LimitStep]:
    """Neighbours that say the same are one."""
    joined: list[LimitStep] = []
    for step in steps:
        if joined and joined[-1].words == step.words:
            before = joined.pop()
            step = LimitStep(before.start, step.end, step.share, step.words, covered=step.covered)  # fmt: skip  # noqa: PLW2901 - the longer one takes its place
        joined.append(step)
    return joined


def _limits(line: LimitLine) -> Iterator[Limit]:
    """A temporary amount stands before the one that follows it."""
    start, state = line.backdated_to or line.start, LimitState(line.state)
    if line.temporary is None or line.temporary_to is None:
        yield Limit(start, line.end, line.amount, state)
        return
    yield Limit(start, line.temporary_to, line.temporary, state)
    if line.amount:
        yield Limit(line.temporary_to + _DAY, line.end, line.amount, state)


def state_cell(line: LimitLine, wording: Wording) -> Cell:
    """The state in words; what covers nothing stands out."""
    words = wording(STATE_TITLES[line.stage])
    why = wording(REASONS[line.reason]) if line.reason else ""
    if line.stage in WITH_AMOUNT:
        return Cell(words, hint=why)
    return Cell(words, Tone.QUIET if line.stage in WAITING else Tone.WARNING, why)


def limit_question(line: LimitLine, wording: Wording) -> str:
    """What is asked before a decision is voided."""
    return wording(
        N_("Was this decision on {buyer} entered by mistake: {state} {amount}, from {day}? It covers nothing any more, and is on no paper."),
        buyer=line.buyer,
        state=wording(STATE_TITLES[line.stage]),
        amount=amount_words(line, wording) or "–",
        day=line.start,
    )  # fmt: skip


def amount_words(line: LimitLine, wording: Wording) -> str:
    """The amount decided; nothing where the decision gives none."""
    if line.stage not in WITH_AMOUNT:
        return ""
    if line.temporary is None:
        return wording.money(line.amount)
    until = wording(N_("{amount} until {day}"), amount=line.temporary, day=line.temporary_to)  # fmt: skip
    if not line.amount:
        return until
    return wording(N_("{until}, then {amount}"), until=until, amount=line.amount)


def limit_columns(wording: Wording, *, buyer: bool = False) -> list[Column[LimitLine]]:
    """The dated list; `buyer` names the buyers, where it holds those of several."""
    return [
        Column(key="buyer", title=N_("Buyer"), cell=lambda row: Cell(row.buyer, hint=row.buyer), order=lambda row: row.buyer, width=190, hidden=not buyer),
        Column(key="start", title=N_("Valid from"), cell=lambda row: wording.day(row.start), order=lambda row: row.start, value=lambda row: row.start, width=108),
        Column(key="end", title=N_("Valid to"), cell=lambda row: wording.day(row.end) or wording(N_("open")), order=lambda row: row.end or date.max, value=lambda row: row.end, width=108),
        Column(key="state", title=N_("State"), cell=lambda row: state_cell(row, wording), order=lambda row: row.stage, width=104),
        Column(key="amount", title=N_("Limit"), cell=lambda row: amount_words(row, wording), order=lambda row: row.amount.amount, value=lambda row: row.amount, right=True, width=120),
        Column(key="requested", title=N_("Requested"), cell=lambda row: wording.money(row.requested) if row.requested else "", order=lambda row: _number(row.requested), value=lambda row: row.requested, right=True, width=116),
        Column(key="applied", title=N_("Applied on"), cell=lambda row: wording.day(row.applied_on), order=lambda row: row.applied_on, value=lambda row: row.applied_on, width=108, hidden=True),
        Column(key="decided", title=N_("Decided on"), cell=lambda row: wording.day(row.decided_on), order=lambda row: row.decided_on, value=lambda row: row.decided_on, width=108),
        Column(key="number", title=N_("Decision no."), cell=lambda row: row.decision_no, order=lambda row: row.decision_no, width=104),
        Column(key="method", title=N_("Payment by"), cell=lambda row: method_words(row.payment_method, wording), width=110, hidden=True),
        Column(key="term", title=N_("Longest term"), cell=lambda row: Cell(row.max_term, hint=row.max_term) if row.max_term else _days(row.max_term_days, wording), order=lambda row: row.max_term_days, right=True, width=104, hidden=buyer),
        Column(key="pct", title=N_("Insured"), cell=lambda row: f"{row.insured_pct.normalize():f} %" if row.insured_pct else "", order=lambda row: row.insured_pct, right=True, width=80, hidden=True),
        Column(key="reason", title=N_("Insurer's reason"), cell=lambda row: wording(REASONS[row.reason]) if row.reason else "", width=140, hidden=True),
        Column(key="condition", title=N_("Condition"), cell=lambda row: Cell(row.condition, hint=row.condition), stretch=True),
        Column(key="policy", title=N_("Policy"), cell=lambda row: row.policy, order=lambda row: row.policy, width=140, hidden=True),
        Column(key="who", title=N_("Entered by"), cell=lambda row: row.who, order=lambda row: row.who, width=100, hidden=True),
    ]  # fmt: skip


def method_words(code: str, wording: Wording) -> str:
    """A way of payment in words; nothing where the decision sets none."""
    return wording(METHOD_TITLES[PaymentMethod(code)]) if code else ""


def _days(days: int | None, wording: Wording) -> str:
    if days is None:
        return ""
    return wording.plural(N_("{count} day"), N_("{count} days"), days)


def _number(amount: Money | None) -> object:
    return amount.amount if amount else None
