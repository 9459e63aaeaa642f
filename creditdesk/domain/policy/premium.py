"""What a policy costs a year (rules.md 8, total yearly cost)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.steps import Step
from creditdesk.i18n import N_, Message

_HUNDRED = Decimal(100)
_TEN_THOUSAND = Decimal(10_000)
_BPS = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumCase:
    """The insured turnover of a year and the price. Percentages as 0.25 for 0.25 %; `limits` is their number."""

    turnover: Money
    rate_pct: Decimal
    minimum: Money
    tax_pct: Decimal
    limits: int
    limit_fee: Money
    monitoring: Money


@dataclass(frozen=True, slots=True)
class Premium:
    """The premium before tax, the cost with tax and fees, and that cost in basis points of the turnover.

    `bps` None: no turnover.
    """

    premium: Money
    total: Money
    bps: Decimal | None
    minimum_bites: bool
    steps: tuple[Step, ...]


def premium(case: PremiumCase) -> Premium:
    """The larger of turnover × rate and the minimum; tax on the premium, not on the fees. Rounded once, at the end."""
    by_rate = case.turnover.times(case.rate_pct / _HUNDRED)
    before_tax = max(by_rate, case.minimum)
    tax = before_tax.times(case.tax_pct / _HUNDRED)
    fees = case.limit_fee.times(case.limits)
    total = (before_tax + tax + fees + case.monitoring).rounded()
    turnover = case.turnover.amount
    bps = total.amount / turnover * _TEN_THOUSAND if turnover else None
    return Premium(
        before_tax.rounded(),
        total,
        bps.quantize(_BPS, ROUND_HALF_UP) if bps is not None else None,
        minimum_bites=by_rate < case.minimum,
        steps=_working(case, by_rate, tax, total),
    )


def _working(
    case: PremiumCase, by_rate: Money, tax: Money, total: Money
) -> tuple[Step, ...]:
    text = N_("{rate} % of the turnover {turnover}")
    lines = (
        ("P1", Message.of(text, rate=case.rate_pct, turnover=case.turnover), by_rate),
        ("P3", Message.of(N_("Tax of {pct} % on the premium"), pct=case.tax_pct), tax),
        ("P4", Message.of(N_("Fees for {count} limits"), count=case.limits), case.limit_fee.times(case.limits)),
        ("P5", Message(N_("Monitoring fee")), case.monitoring),
    )  # fmt: skip
    first, *added = (Step(code, label, amount, source="8") for code, label, amount in lines)  # fmt: skip
    return (
        first,
        *_minimum(case, by_rate),
        *(step for step in added if step.amount),
        Step("P6", Message(N_("Yearly cost")), total, source="8", emphasis=True),
    )


def _minimum(case: PremiumCase, by_rate: Money) -> Iterator[Step]:
    """Whether the minimum counts in place of the premium by rate."""
    if by_rate < case.minimum:
        text = N_("The minimum premium is more and counts instead")
        yield Step("P2", Message(text), case.minimum, source="8")
    elif case.minimum:
        text = N_("The minimum premium of {minimum} is reached")
        yield Step("P2", Message.of(text, minimum=case.minimum), source="8")
