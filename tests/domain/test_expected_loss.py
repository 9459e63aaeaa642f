from decimal import Decimal

import pytest

from creditdesk.domain.expected_loss import expected_loss
from creditdesk.domain.money import Money

STAKE = Money(Decimal(10_000), "USD")


def test_p14_what_is_at_stake_by_its_probability_and_severity() -> None:
    """domain.md 4.9 P14: 10,000 × 0.05 × 0.6."""
    assert expected_loss(STAKE, Decimal("0.05"), Decimal("0.6")).plain == "300.00"


def test_it_is_rounded_once_to_the_currency() -> None:
    yen = Money(Decimal(1001), "JPY")
    assert expected_loss(yen, Decimal("0.05"), Decimal("0.55")).plain == "28"


def test_a_percentage_is_no_fraction_of_one() -> None:
    with pytest.raises(ValueError, match="fractions of one"):
        expected_loss(STAKE, Decimal(5), Decimal("0.6"))
