"""Credit limits: which decision holds on a day, and why a shipment is not covered (rules.md 3.1, 3.2, 3.4, 3.5)."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.calendar import Unit, months_later
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.term_days import NO_CALENDAR, fall_due
from creditdesk.domain.ledger.terms import (
    DATED,
    BaseDay,
    KnownDays,
    PaymentTerm,
    TermKind,
)
from creditdesk.domain.policy.choices import LimitState, PaymentMethod
from creditdesk.i18n import N_

IN_FORCE = {LimitState.APPROVED, LimitState.INCREASED, LimitState.REDUCED}
_AFTER_NOTICE = {LimitState.REDUCED, LimitState.CANCELLED}
_ENDED = {LimitState.CANCELLED, LimitState.EXPIRED, LimitState.REFUSED}
_EVIDENCE_MONTHS = 12
_DAY = timedelta(days=1)


class Reason(StrEnum):
    """Why a shipment is not covered, in the order in which reasons are listed (rules.md 3.2)."""

    NO_LIMIT = "NO_LIMIT"
    LIMIT_ZERO = "LIMIT_ZERO"
    BEFORE_LIMIT = "BEFORE_LIMIT"
    AFTER_EXPIRY = "AFTER_EXPIRY"
    WRONG_ENTITY = "WRONG_ENTITY"
    METHOD = "METHOD"
    TERM = "TERM"
    CONDITION = "CONDITION"
    STOPPED = "STOPPED"
    KNOWN_RISK = "KNOWN_RISK"
    OUT_OF_PERIOD = "OUT_OF_PERIOD"
    NOT_DECLARED = "NOT_DECLARED"
    LATE_INVOICE = "LATE_INVOICE"
    EXCLUDED_BUYER = "EXCLUDED_BUYER"
    DCL_UNJUSTIFIED = "DCL_UNJUSTIFIED"
    RETENTION = "RETENTION"
    RETENTION_UNSAID = "RETENTION_UNSAID"
    DISPUTED = "DISPUTED"
    OPENING = "OPENING"
    REFUND = "REFUND"


REASON_WORDS: dict[Reason, str] = {
    Reason.NO_LIMIT: N_("no credit limit was ever decided for the buyer"),
    Reason.LIMIT_ZERO: N_("the credit limit was zero or withdrawn on the day"),
    Reason.BEFORE_LIMIT: N_("shipped before the credit limit began"),
    Reason.AFTER_EXPIRY: N_("shipped after the credit limit had ended"),
    Reason.WRONG_ENTITY: N_("the buyer is not the company of the credit limit"),
    Reason.METHOD: N_("the way of payment is riskier than the approved one"),
    Reason.TERM: N_("the payment term is longer than allowed"),
    Reason.CONDITION: N_("a condition of the credit limit was not met"),
    Reason.STOPPED: N_("shipped after the stop of deliveries"),
    Reason.KNOWN_RISK: N_(
        "shipped after the risk was known: the insurer may refuse it"
    ),
    Reason.OUT_OF_PERIOD: N_("outside the policy period"),
    Reason.NOT_DECLARED: N_("not declared to the insurer"),
    Reason.LATE_INVOICE: N_("invoiced too late"),
    Reason.EXCLUDED_BUYER: N_("the buyer is excluded"),
    Reason.DCL_UNJUSTIFIED: N_("the discretionary limit had no valid grounds"),
    Reason.RETENTION: N_("the policy doesn't insure retention"),
    Reason.RETENTION_UNSAID: N_("the policy doesn't say whether it insures retention"),
    Reason.DISPUTED: N_("disputed by the buyer"),
    Reason.OPENING: N_("an opening balance: its documents are not known"),
    Reason.REFUND: N_("money paid back to the buyer, no delivery"),
}
_ORDER = {reason: place for place, reason in enumerate(Reason)}

# A limit approved for one way of payment covers the same and less risky ones (rules.md 1).
_RISK = {
    PaymentMethod.TT_ADVANCE: 0,
    PaymentMethod.LC_SIGHT: 1,
    PaymentMethod.LC_USANCE: 1,
    PaymentMethod.BANK_ACCEPTANCE: 1,
    PaymentMethod.CAD: 2,
    PaymentMethod.DP: 2,
    PaymentMethod.DA: 3,
    PaymentMethod.COMMERCIAL_ACCEPTANCE: 3,
    PaymentMethod.OA: 3,
    PaymentMethod.OTHER: 3,
}


def counts_for_limit(term: PaymentTerm) -> bool:
    """Whether a term gives every invoice a last due date: counted from days all have, whatever the calendar."""
    unread = term.kind is TermKind.END_OF_MONTH and term.eom is None
    bases = {BaseDay.INVOICE, BaseDay.DELIVERY}
    known = term.base in bases or term.or_invoice
    return (
        term.kind in DATED
        and known
        and not unread
        and term.unit is not Unit.WORKING_DAYS
    )


def last_day_by(term: PaymentTerm, issued: date, shipped: date) -> date | None:
    """The last day on which an invoice may fall due by such a term."""
    return fall_due(term, KnownDays(invoice=issued, delivery=shipped), NO_CALENDAR).due


@dataclass(frozen=True, slots=True)
class Limit:
    """One decision. `end` None: without end. A method or term None: the decision sets none.

    `max_term`: the longest term where it is no plain number of days; see `counts_for_limit`.
    """

    start: date
    end: date | None
    amount: Money
    state: LimitState = LimitState.APPROVED
    payment_method: PaymentMethod | None = None
    max_term_days: int | None = None
    max_term: PaymentTerm | None = None

    @property
    def in_force(self) -> Money:
        """What it allows while it holds: nothing once refused, cancelled, suspended or expired."""
        return (
            self.amount if self.state in IN_FORCE else Money.zero(self.amount.currency)
        )

    def last_due(self, issued: date, shipped: date) -> date | None:
        """The last day on which an invoice may fall due by the longest term; None: that sets none."""
        if self.max_term is not None:
            return last_day_by(self.max_term, issued, shipped)
        if self.max_term_days is not None:
            return issued + timedelta(days=self.max_term_days)
        return None

    def begins(self, notice_days: int) -> date:
        """A cut or withdrawal begins only when the notice has run."""
        wait = notice_days if self.state in _AFTER_NOTICE else 0
        return self.start + timedelta(days=wait)

    def holds(self, day: date, notice_days: int) -> bool:
        """Both ends included."""
        return self.begins(notice_days) <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Discretionary:
    """A limit the insured set itself. `pct` None: the policy's insured percentage; no evidence: not justified."""

    amount: Money
    evidence_date: date | None
    pct: Decimal | None = None
    adverse_on: date | None = None
    basis: str = "EXPERIENCE"

    def is_justified(self, day: date) -> bool:
        """Evidence not younger than the shipment nor older than 12 months, and no adverse information yet."""
        start = self.evidence_date
        if start is None or not start <= day <= months_later(start, _EVIDENCE_MONTHS):
            return False
        return self.adverse_on is None or day < self.adverse_on


class CoverEventKind(StrEnum):
    """What happened to the cover of a buyer. Adverse information ends discretionary limits only."""

    KNOWN_RISK = "KNOWN_RISK"
    INSOLVENCY = "INSOLVENCY"
    LIMIT_WITHDRAWN = "LIMIT_WITHDRAWN"
    ADVERSE_INFO = "ADVERSE_INFO"
    STOP_LIFTED = "STOP_LIFTED"


@dataclass(frozen=True, slots=True)
class CoverEvent:
    """An event and its day: a stop counts for shipments after the day, a lift from the day on."""

    kind: CoverEventKind
    on: date


def is_lifted(events: Iterable[CoverEvent], stop: date, day: date) -> bool:
    """Whether a stop was lifted again between its day and a shipment."""
    return any(
        event.kind is CoverEventKind.STOP_LIFTED and stop <= event.on <= day
        for event in events
    )


def stops(
    events: Sequence[CoverEvent], kinds: Container[CoverEventKind], day: date
) -> tuple[date, ...]:
    """The days of the events of these kinds that still stop a shipment on a day."""
    return tuple(
        event.on
        for event in events
        if event.kind in kinds
        and event.on < day
        and not is_lifted(events, event.on, day)
    )


def decision_on(limits: Iterable[Limit], day: date, notice_days: int) -> Limit | None:
    """The decision that counts on a day: the one with the latest start; of two with one start the lower."""
    holding = [limit for limit in limits if limit.holds(day, notice_days)]
    if not holding:
        return None
    return max(holding, key=lambda limit: (limit.start, -limit.in_force.amount))


def limit_end(limits: Sequence[Limit], day: date, notice_days: int = 0) -> date | None:
    """The day from which no limit has held since one was cancelled or expired; None where one holds, or none ever did.

    A suspended limit hasn't ended.
    """
    turns = {limit.begins(notice_days) for limit in limits}
    turns.update(limit.end + _DAY for limit in limits if limit.end is not None)
    ended, held = None, False
    for turn in sorted(each for each in turns if each <= day):
        decision = decision_on(limits, turn, notice_days)
        holds = decision is not None and decision.state not in _ENDED
        if held and not holds:
            ended = turn
        if holds:
            ended = None
        held = holds
    return ended


def limit_reason(
    limits: Sequence[Limit], day: date, notice_days: int = 0
) -> Reason | None:
    """Why no limit covers a shipment on this day; None: one does."""
    decision = decision_on(limits, day, notice_days)
    if decision is not None:
        return None if decision.in_force else Reason.LIMIT_ZERO
    if not limits:
        return Reason.NO_LIMIT
    begun = any(limit.begins(notice_days) <= day for limit in limits)
    return Reason.AFTER_EXPIRY if begun else Reason.BEFORE_LIMIT


def is_riskier(method: PaymentMethod, approved: PaymentMethod) -> bool:
    """Whether a way of payment goes beyond the approved one."""
    return _RISK[method] > _RISK[approved]


def in_order(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons once each, in the order of rules.md 3.2."""
    return tuple(sorted(set(reasons), key=_ORDER.__getitem__))
