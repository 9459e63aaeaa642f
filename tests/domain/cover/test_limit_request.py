"""What the insurer is asked about a limit."""

from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.limit_request import changes


@pytest.mark.parametrize(
    ("kind", "in_force", "amount", "expected"),
    [
        (RequestKind.INCREASE, "100", "100.01", True),
        (RequestKind.INCREASE, "100", "100", False),
        (RequestKind.REDUCTION, "100", "99.99", True),
        (RequestKind.REDUCTION, "100", "100", False),
        (RequestKind.NEW, "100", "100", True),
        (RequestKind.INCREASE, None, "1", True),
    ],
)
def test_an_increase_grows_and_a_reduction_shrinks(
    kind: RequestKind, in_force: str | None, amount: str, *, expected: bool
) -> None:
    before = Money(Decimal(in_force), "CNY") if in_force else None
    assert changes(kind, before, Money(Decimal(amount), "CNY")) is expected


def test_amounts_of_two_currencies_are_not_compared() -> None:
    before = Money(Decimal(100), "CNY")
    assert changes(RequestKind.INCREASE, before, Money(Decimal(50), "USD"))
