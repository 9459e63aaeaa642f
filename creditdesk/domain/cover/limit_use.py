"""How far the limits reach over the insured debt (rules.md 4.1 S7, 3.3, 3.4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from creditdesk.domain.base.rates import ZERO, exact, rounded
from creditdesk.domain.cover.insured_debt import DebtItem, Debts
from creditdesk.domain.cover.limits import Limit
from creditdesk.domain.policy.choices import LimitMode


@dataclass(frozen=True, slots=True)
class Covered:
    """What one limit allows. `limit` None: the discretionary limit. `older`: what counts against the limit first."""

    items: tuple[DebtItem, ...]
    limit: Limit | None
    ceiling: Fraction
    eligible: Fraction
    older: Fraction
    covered: Fraction


def shares(part: Covered) -> Iterator[tuple[DebtItem, Fraction]]:
    """What of it is each invoice's: in the order of shipment, then number (rules.md 14.7)."""
    left = part.covered
    for item in part.items:
        own = min(item.eligible, left)
        left -= own
        yield item, own


def covered(debts: Debts, found: Iterable[DebtItem]) -> tuple[Covered, ...]:
    """S7: what each limit allows of the insured debt, oldest first; the discretionary limit stands last."""
    insured = sorted(
        (item for item in found if not item.reasons),
        key=lambda item: item.shipping_order,
    )
    decided = [item for item in insured if not item.discretionary]
    own = [item for item in insured if item.discretionary]
    strict = debts.case.terms.limit_mode is LimitMode.STRICT
    by_mode = _strict if strict else _revolving
    return (*by_mode(debts, decided), *by_mode(debts, own))


def _revolving(debts: Debts, insured: list[DebtItem]) -> tuple[Covered, ...]:
    """Debt of one decision together, up to the limit less all insured debt of older decisions, uncapped."""
    decisions = dict.fromkeys(item.limit for item in insured)
    in_time = sorted(decisions, key=lambda limit: limit.start if limit else date.min)
    older = ZERO
    result = []
    for limit in in_time:
        under_it = tuple(item for item in insured if item.limit == limit)
        eligible = sum((item.eligible for item in under_it), ZERO)
        ceiling = ceiling_of(debts, limit)
        part = min(eligible, max(ZERO, ceiling - older))
        result.append(Covered(under_it, limit, ceiling, eligible, older, part))
        older += eligible
    return tuple(result)


def _strict(debts: Debts, insured: list[DebtItem]) -> tuple[Covered, ...]:
    """Each shipment up to the headroom on its day; payments fill its uninsured part first."""
    parts: dict[str, Fraction] = {}
    result = []
    for day, shipped in groupby(insured, key=lambda item: item.invoice.shipped_on):
        in_use = _InUse(debts, insured, day)
        taken = sum((in_use.of(name, part) for name, part in parts.items()), ZERO)
        for item in shipped:
            name, ceiling = item.invoice.id, ceiling_of(debts, item.limit)
            full = _converted(debts, item, exact(item.invoice.amount))
            part = parts[name] = min(full, max(ZERO, ceiling - taken))
            allowed = min(item.eligible, part)
            result.append(
                Covered((item,), item.limit, ceiling, item.eligible, taken, allowed)
            )
            taken += in_use.of(name, part)
    return tuple(result)


class _InUse:
    """What of earlier insured parts was still open on a day. Thousands are shipped on few days, and mostly paid."""

    def __init__(self, debts: Debts, insured: Iterable[DebtItem], day: date) -> None:
        open_then = debts.open_on(day)
        self._open = {
            item.invoice.id: _converted(debts, item, open_then[item.invoice.id])
            for item in insured
            if item.invoice.shipped_on <= day and open_then[item.invoice.id]
        }

    def of(self, name: str, part: Fraction) -> Fraction:
        """What of an invoice's insured part uses the limit."""
        return min(part, self._open[name]) if part and name in self._open else ZERO


def _converted(debts: Debts, item: DebtItem, amount: Fraction) -> Fraction:
    return exact(rounded(amount * item.rate, debts.case.terms.currency))


def ceiling_of(debts: Debts, limit: Limit | None) -> Fraction:
    """The limit in policy currency at the date of loss; the discretionary limit where there is none."""
    case = debts.case
    if limit is None:
        own = case.discretionary
        return exact(own.amount) if own else ZERO
    amount = limit.in_force
    return exact(amount) * debts.rates.on(amount.currency, case.date_of_loss)
