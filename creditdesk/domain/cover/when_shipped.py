"""What cover each invoice had on the day its goods left, by what was paid by then (rules.md 3.2, 3.3; 12, trap 1)."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import ZERO, exact, rounded
from creditdesk.domain.cover.case import CaseInvoice, IndemnityCase
from creditdesk.domain.cover.insured_debt import Debts, Shipment, shipments
from creditdesk.domain.cover.limits import Limit, Reason
from creditdesk.domain.ledger.allocation import open_on_days
from creditdesk.domain.policy.choices import AttachmentBasis, LimitMode


@dataclass(frozen=True, slots=True)
class ShippedCover:
    """One invoice: what was insured of it, in policy currency, and why not all. `limit` None: none was in force.

    `discretionary`: the insured's own limit carried it.
    """

    id: str
    insured: Money
    reasons: tuple[Reason, ...]
    limit: Limit | None
    discretionary: bool


def covers_when_shipped(
    case: IndemnityCase, numbers: Container[str] | None = None
) -> tuple[ShippedCover, ...]:
    """Every invoice dated up to the case's day, in the order of shipment. Raises a `UserError`.

    A shipment is insured for the room its limit had left on the day. What was disputed later is no matter here.
    `numbers`: the invoices asked about; what left outside the period takes no room, and is judged only if it is one.
    """

    def taken(invoice: CaseInvoice) -> bool:
        return numbers is None or invoice.id in numbers or _within(case, invoice)

    days = {each.shipped_on for each in case.invoices if taken(each)}
    debts = Debts(case, days)
    strict = case.terms.limit_mode is LimitMode.STRICT
    before: list[tuple[Shipment, Fraction]] = []
    result = []
    found = sorted(shipments(debts, taken), key=lambda item: item.shipping_order)
    open_then = _open_then(debts, found)
    for item in found:
        now = open_then[item.invoice.shipped_on]
        # What is paid once stays paid: only what is open can still take up room.
        before = [pair for pair in before if now[pair[0].invoice.id]]
        part = ZERO
        if not item.reasons:
            used = sum(
                _taken(pair, now, strict=strict)
                for pair in before
                if pair[0].discretionary == item.discretionary
            )
            part = min(_worth(item, case), max(ZERO, _ceiling(debts, item) - used))
            before.append((item, part))
        result.append(_shipped(item, part, case))
    return tuple(result)


def _within(case: IndemnityCase, invoice: CaseInvoice) -> bool:
    """Whether its goods left in the period, where that is what counts."""
    period = case.terms.period
    if period is None or case.terms.attachment_basis is AttachmentBasis.LOSS_OCCURRING:
        return True
    return period[0] <= invoice.shipped_on <= period[1]


def _open_then(
    debts: Debts, found: Iterable[Shipment]
) -> Mapping[date, Mapping[str, Fraction]]:
    """What was open on each day of shipment; the stop and a strict limit have asked for it already."""
    days = {item.invoice.shipped_on for item in found}
    terms = debts.case.terms
    if terms.mep_days is not None or terms.limit_mode is LimitMode.STRICT:
        return {day: debts.open_on(day) for day in days}
    today = debts.case.date_of_loss
    return open_on_days(
        debts.invoices,
        [credit for credit in debts.case.credits if credit.on <= today],
        terms.allocation_rule,
        debts.rates,
        days,
        due_first_from=debts.switch,
    )


def _shipped(item: Shipment, part: Fraction, case: IndemnityCase) -> ShippedCover:
    return ShippedCover(
        item.invoice.id,
        rounded(part, case.terms.currency),
        item.reasons,
        item.limit,
        item.discretionary and not item.reasons,
    )


def _taken(
    pair: tuple[Shipment, Fraction], now: Mapping[str, Fraction], *, strict: bool
) -> Fraction:
    """What an earlier shipment takes of a limit: all that is open, or only what was insured of it."""
    item, part = pair
    left = now[item.invoice.id]
    if item.rate != 1:
        left *= item.rate
    return min(part, left) if strict else left


def _worth(item: Shipment, case: IndemnityCase) -> Fraction:
    gross = exact(item.invoice.amount) * item.rate
    if case.terms.vat_insured is False and item.invoice.vat_rate > 0:
        return gross / (1 + Fraction(item.invoice.vat_rate) / 100)
    return gross


def _ceiling(debts: Debts, item: Shipment) -> Fraction:
    """The limit on the day, at the day's rate."""
    if item.limit is None:
        own = debts.case.discretionary
        return exact(own.amount) if own else ZERO
    amount = item.limit.in_force
    day = item.invoice.shipped_on
    return exact(amount) * debts.rates.on(amount.currency, day)
