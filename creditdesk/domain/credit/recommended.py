"""Which limit a buyer needs, which it can bear, and which to ask the insurer for (rules.md 6.4)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import exact, rounded
from creditdesk.domain.ledger.interest import DAYS_OF_A_YEAR

_OF_NET_WORTH = Fraction(35, 100)
_OF_TURNOVER = Fraction(5, 100)
_ASKED_IN = 10_000
FACTORS: Mapping[str, Fraction] = {
    "A": Fraction(1),
    "B": Fraction(4, 5),
    "C": Fraction(1, 2),
    "D": Fraction(1, 4),
    "E": Fraction(0),
    "F": Fraction(0),
    "X": Fraction(0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """The limits side by side; None where what they rest on isn't known."""

    need: Money | None
    capacity: Money | None
    own: Money | None
    ask: Money | None


def need(annual_sales: Money, vat_pct: Decimal, days: int) -> Money:
    """Annual sales to the buyer with VAT, for the term and the usual delay in days."""
    gross = exact(annual_sales) * (1 + Fraction(vat_pct) / 100)
    return rounded(gross * days / DAYS_OF_A_YEAR, annual_sales.currency)


def capacity(tangible_net_worth: Money, turnover: Money) -> Money:
    """The lower of 35 % of tangible net worth and 5 % of turnover, never below 0. One currency."""
    least = min(
        exact(tangible_net_worth) * _OF_NET_WORTH, exact(turnover) * _OF_TURNOVER
    )
    return rounded(max(least, Fraction(0)), tangible_net_worth.currency)


def recommended(
    needed: Money | None, bearable: Money | None, grade: str | None
) -> Recommended:
    """The limits for a buyer of this grade; without a grade there is no own limit."""
    own = None
    if needed is not None and bearable is not None and grade is not None:
        borne = rounded(exact(bearable) * FACTORS[grade], bearable.currency)
        own = min(needed, borne, key=exact)
    return Recommended(
        need=needed,
        capacity=bearable,
        own=own,
        ask=_rounded_up(needed) if needed is not None else None,
    )


def _rounded_up(money: Money) -> Money:
    whole = math.ceil(exact(money) / _ASKED_IN) * _ASKED_IN
    return Money(Decimal(whole), money.currency).rounded()
