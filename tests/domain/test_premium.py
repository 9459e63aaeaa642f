from decimal import Decimal

import pytest

from creditdesk.domain.money import Money
from creditdesk.domain.premium import PremiumCase, premium


def cny(amount: str | int) -> Money:
    return Money(Decimal(amount), "CNY")


@pytest.mark.parametrize(
    ("rate", "minimum", "limits", "total", "bps", "bites"),
    [
        pytest.param("0.25", 96_000, 20, "133200.00", "27.75", False, id="A of section 8"),
        pytest.param("0.20", 130_000, 0, "137800.00", "28.71", True, id="B of section 8"),
    ],
)  # fmt: skip
def test_the_lower_rate_can_be_dearer(  # noqa: PLR0913, PLR0917 - a table of cases
    rate: str, minimum: int, limits: int, total: str, bps: str, bites: bool  # noqa: FBT001 - a table of cases
) -> None:  # fmt: skip
    found = premium(
        PremiumCase(
            turnover=cny(48_000_000),
            rate_pct=Decimal(rate),
            minimum=cny(minimum),
            tax_pct=Decimal(6),
            limits=limits,
            limit_fee=cny(300),
            monitoring=cny(0),
        )
    )
    assert (found.total.plain, str(found.bps)) == (total, bps)
    assert found.minimum_bites is bites


def test_p12_the_minimum_equals_the_estimate_and_does_not_bite() -> None:
    zero = Money.zero("USD")
    found = premium(
        PremiumCase(
            turnover=Money(Decimal(6_000_000), "USD"),
            rate_pct=Decimal("0.3"),
            minimum=Money(Decimal(18_000), "USD"),
            tax_pct=Decimal(0),
            limits=0,
            limit_fee=zero,
            monitoring=zero,
        )
    )
    assert found.premium.plain == "18000.00"
    assert not found.minimum_bites


def test_without_turnover_there_are_no_basis_points() -> None:
    found = premium(
        PremiumCase(
            turnover=cny(0),
            rate_pct=Decimal(1),
            minimum=cny(5),
            tax_pct=Decimal(0),
            limits=0,
            limit_fee=cny(0),
            monitoring=cny(0),
        )
    )
    assert found.bps is None
    assert found.minimum_bites
