"""How a buyer pays, weighted by money: days beyond terms, and a payment index (rules.md 6.1, 6.2).

The index is on the PAYDEX scale; it comes from one supplier's ledger, so it is never called PAYDEX.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

_SCALE = (
    (-30, 100), (-20, 90), (0, 80), (15, 70), (22, 60), (30, 50), (60, 40), (90, 30), (120, 20), (300, 1),
)  # fmt: skip
"""Days late with their points; linear between."""
_LATE_BEYOND = 30


@dataclass(frozen=True, slots=True)
class Paid:
    """Money and how late it came; early is negative. What is open and overdue counts to the day of the question."""

    amount: Decimal
    days_late: int


@dataclass(frozen=True, slots=True)
class PaymentFigures:
    """Exact figures of a list of payments. `late_share`: the share of the money that came more than 30 days late.

    `whole`: all the money they are of.
    """

    dbt: Fraction
    index: Fraction
    late_share: Fraction
    whole: Fraction = Fraction(0)


def payment_figures(payments: Iterable[Paid]) -> PaymentFigures | None:
    """The figures; None without any money."""
    every = tuple(payments)
    whole = sum((Fraction(each.amount) for each in every), Fraction(0))
    if not whole:
        return None
    late = [each for each in every if each.days_late > _LATE_BEYOND]
    return PaymentFigures(
        dbt=sum((Fraction(each.amount) * each.days_late for each in every), Fraction(0))
        / whole,
        index=sum((Fraction(each.amount) * points(each.days_late) for each in every), Fraction(0))
        / whole,
        late_share=sum((Fraction(each.amount) for each in late), Fraction(0)) / whole,
        whole=whole,
    )  # fmt: skip


def points(days_late: int) -> Fraction:
    """What paying so late is worth, 1 to 100."""
    first, last = _SCALE[0], _SCALE[-1]
    if days_late <= first[0]:
        return Fraction(first[1])
    for (start, high), (end, low) in pairwise(_SCALE):
        if days_late <= end:
            return Fraction(high) - Fraction(high - low, end - start) * (days_late - start)  # fmt: skip
    return Fraction(last[1])


def concentration(balances: Sequence[Decimal]) -> Fraction | None:
    """HHI from 0 to 1: the sum of the squared shares; 1 ÷ HHI are the effective buyers. None without a balance."""
    whole = sum(map(Fraction, balances), Fraction(0))
    if not whole:
        return None
    return sum(((Fraction(each) / whole) ** 2 for each in balances), Fraction(0))
