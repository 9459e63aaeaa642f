"""May we still ship to this buyer, for how much? Cover of each shipment and headroom on a day (rules.md 3.2, 3.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import ZERO, rounded
from creditdesk.domain.cover.case import IndemnityCase, check_percentages
from creditdesk.domain.cover.insured_debt import (
    DebtItem,
    Debts,
    items,
    reasons_on,
)
from creditdesk.domain.cover.limit_use import ceiling_of, covered, shares
from creditdesk.domain.cover.limits import Reason, decision_on, in_order
from creditdesk.domain.ledger.naming import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRow:
    """One shipment, in policy currency: what is open of it on the day, and how much of that is covered.

    `unless_refused`: as far as the insurer doesn't refuse what was shipped although the risk was known;
    `if_declared`: once it is declared.
    """

    id: str
    open: Money
    covered: Money
    uncovered: Money
    reasons: tuple[Reason, ...]
    unless_refused: Money
    if_declared: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The answer for a day. `headroom`: the limit in force less the covered open balance, never below nothing.

    `may_ship`: nothing speaks against the cover of a new shipment; `reasons` say what does. `stop_date`: the stop in
    force, None without one. `next_stop`: when what is open will bring one about, through the invoice `stopping`.
    """

    on: date
    rows: tuple[CoverRow, ...]
    limit: Money
    headroom: Money
    may_ship: bool
    reasons: tuple[Reason, ...]
    stop_date: date | None
    next_stop: date | None
    stopping: Name = ""


def cover(case: IndemnityCase) -> Cover:
    """Cover on the case's `date_of_loss`, which stands for the day asked about. Raises a `UserError`."""
    check_percentages(case)
    debts = Debts(case)
    found = items(debts)
    covered_now = _by_id(debts, found)
    accepted = _waiving(case, found, covered_now, Reason.KNOWN_RISK)
    declared = _waiving(case, found, covered_now, Reason.NOT_DECLARED)
    currency = case.terms.currency
    ceiling = _limit_on_the_day(debts)
    room = max(ZERO, ceiling - sum(covered_now.values(), ZERO))
    reasons = _against_shipping(debts)

    def money(amount: Fraction) -> Money:
        return rounded(amount, currency)

    return Cover(
        on=case.date_of_loss,
        rows=tuple(
            CoverRow(
                id=item.invoice.id,
                open=money(item.residual),
                covered=money(covered_now.get(item.invoice.id, ZERO)),
                uncovered=money(item.residual - covered_now.get(item.invoice.id, ZERO)),
                reasons=item.reasons,
                unless_refused=money(accepted.get(item.invoice.id, ZERO)),
                if_declared=money(declared.get(item.invoice.id, ZERO)),
            )
            for item in found
        ),
        limit=money(ceiling),
        headroom=money(room),
        may_ship=not reasons,
        reasons=reasons,
        stop_date=debts.stop_in_force(),
        next_stop=debts.next_stop(),
        stopping=debts.stopping[1].called if debts.stopping else "",
    )


def _by_id(debts: Debts, found: Iterable[DebtItem]) -> Mapping[str, Fraction]:
    """What is covered of each invoice; an invoice without cover is missing."""
    return {
        item.invoice.id: own
        for part in covered(debts, found)
        for item, own in shares(part)
    }


def _waiving(
    case: IndemnityCase,
    found: Iterable[DebtItem],
    covered_now: Mapping[str, Fraction],
    reason: Reason,
) -> Mapping[str, Fraction]:
    """What would be covered if the insurer didn't hold this against a shipment."""
    if not any(reason in item.reasons for item in found):
        return covered_now
    debts = Debts(replace(case, waived=case.waived | {reason}))
    return _by_id(debts, items(debts))


def _limit_on_the_day(debts: Debts) -> Fraction:
    """The limit in force, or a discretionary limit that is justified."""
    case = debts.case
    day = case.date_of_loss
    limit = decision_on(case.limits, day, case.terms.cancel_notice_days)
    own = case.discretionary
    if limit is None and (own is None or not own.is_justified(day)):
        return ZERO
    return ceiling_of(debts, limit)


def _against_shipping(debts: Debts) -> tuple[Reason, ...]:
    day = debts.case.date_of_loss
    stopped = debts.stop_on(day) is not None
    against = (
        *((debts.case.terms.stop_reason,) if stopped else ()),
        *reasons_on(debts.case, day),
    )
    return in_order(each for each in against if each not in debts.case.waived)
