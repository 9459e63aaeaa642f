"""May we still ship to this buyer, for how much? Cover of each shipment and headroom on a day (rules.md 3.2, 3.3)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import ZERO, rounded
from creditdesk.domain.cover.case import IndemnityCase, check_percentages
from creditdesk.domain.cover.insured_debt import Debts, items, reasons_on
from creditdesk.domain.cover.limit_use import ceiling_of, covered, shares
from creditdesk.domain.cover.limits import Reason, decision_on, in_order


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One shipment, in policy currency: what is open of it on the day, and how much of that is covered."""

    id: str
    open: Money
    covered: Money
    uncovered: Money
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The answer for a day. `headroom`: the limit in force less the covered open balance, never below nothing.

    `may_ship`: nothing speaks against the cover of a new shipment; `reasons` say what does. `stop_date`: the stop in
    force, None without one. `next_stop`: when the oldest open invoice will bring one about.
    """

    on: date
    rows: tuple[CoverRow, ...]
    limit: Money
    headroom: Money
    may_ship: bool
    reasons: tuple[Reason, ...]
    stop_date: date | None
    next_stop: date | None


def cover(case: IndemnityCase) -> Cover:
    """Cover on the case's `date_of_loss`, which stands for the day asked about. Raises a `UserError`."""
    check_percentages(case)
    debts = Debts(case)
    found = items(debts)
    by_id = {
        item.invoice.id: own
        for part in covered(debts, found)
        for item, own in shares(part)
    }
    currency = case.terms.currency
    ceiling = _limit_on_the_day(debts)
    room = max(ZERO, ceiling - sum(by_id.values(), ZERO))
    reasons = _against_shipping(debts)
    return Cover(
        on=case.date_of_loss,
        rows=tuple(
            CoverRow(
                item.invoice.id,
                rounded(item.residual, currency),
                rounded(by_id.get(item.invoice.id, ZERO), currency),
                rounded(
                    item.residual - by_id.get(item.invoice.id, ZERO),
                    currency,
                ),
                item.reasons,
            )
            for item in found
        ),
        limit=rounded(ceiling, currency),
        headroom=rounded(room, currency),
        may_ship=not reasons,
        reasons=reasons,
        stop_date=debts.stop_in_force(),
        next_stop=debts.next_stop(),
    )


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
    return in_order(
        ((debts.case.terms.stop_reason,) if stopped else ())
        + reasons_on(debts.case, day)
    )
