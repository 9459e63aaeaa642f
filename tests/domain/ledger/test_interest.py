from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.interest import at_least_lpr, late_interest

DUE, PAID = date(2025, 3, 11), date(2025, 6, 9)
"""Ninety days apart."""


def money(amount: str, currency: str = "CNY") -> Money:
    return Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("owed", "pct", "interest"),
    [
        # rules.md 14.6
        (money("113000"), None, "5085.00"),
        # 113,000 × 3 % × 90 ÷ 365 = 835.890…
        (money("113000"), "3", "835.89"),
        # 100,000 × 3.1 % × 90 ÷ 365 = 764.383…
        (money("100000"), "3.1", "764.38"),
        (money("100000"), "0", "0.00"),
        # 1,000 × 0.05 % × 90 = 45 yen
        (money("1000", "JPY"), None, "45"),
    ],
)
def test_interest_is_counted_by_the_day_and_rounded_once(
    owed: Money, pct: str | None, interest: str
) -> None:
    found = late_interest(owed, DUE, PAID, Decimal(pct) if pct else None)
    assert (found.amount.plain, found.days) == (interest, 90)
    assert found.steps[-1].amount == found.amount


def test_nothing_is_late_on_the_due_date() -> None:
    found = late_interest(money("113000"), DUE, DUE, None)
    assert (found.amount.plain, found.days) == ("0.00", 0)


@pytest.mark.parametrize(
    ("agreed", "lpr", "taken"),
    [("3", "3.1", "3.1"), ("3.1", "3.1", "3.1"), ("6", "3.1", "6"), ("3", None, "3")],
)
def test_agreed_interest_of_a_protected_debt_is_at_least_the_lpr(
    agreed: str, lpr: str | None, taken: str
) -> None:
    found = at_least_lpr(Decimal(agreed), Decimal(lpr) if lpr else None)
    assert found == Decimal(taken)
