from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.premium import Premium, PremiumCase, premium
from creditdesk.i18n import words


def cny(amount: str | int) -> Money:
    return Money(Decimal(amount), "CNY")


def usd(amount: int) -> Money:
    return Money(Decimal(amount), "USD")


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


def priced(  # noqa: PLR0913 - the terms of a quotation
    turnover: int, rate: str, *, minimum: int = 0, limits: int = 0, limit_fee: int = 0, monitoring: int = 0
) -> Premium:  # fmt: skip
    return premium(
        PremiumCase(
            turnover=usd(turnover),
            rate_pct=Decimal(rate),
            minimum=usd(minimum),
            tax_pct=Decimal(0),
            limits=limits,
            limit_fee=usd(limit_fee),
            monitoring=usd(monitoring),
        )
    )


def test_p1_the_premium_is_turnover_by_rate() -> None:
    assert priced(200_000, "1.43").premium.plain == "2860.00"


def test_p12_the_minimum_equals_the_estimate_and_does_not_bite() -> None:
    """QBE Singapore 2019: 0.3 % of 6 million, and a limit charge of 1,200 with 84 of tax on it."""
    found = priced(
        6_000_000, "0.3", minimum=18_000, limits=1, limit_fee=1_200, monitoring=84
    )
    assert (found.premium.plain, found.total.plain) == ("18000.00", "19284.00")
    assert not found.minimum_bites


def test_p12_a_large_turnover_at_a_quarter_per_cent_costs_no_more_than_fifty_thousand() -> None:  # fmt: skip
    assert priced(20_000_000, "0.25").premium == usd(50_000)


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


def test_the_working_says_whether_the_minimum_counts() -> None:
    def told(**terms: int) -> list[tuple[str, str]]:
        say = words("en").say
        return [
            (say(step.label), step.amount.plain if step.amount is not None else "")
            for step in priced(1_000_000, "0.2", **terms).steps
        ]

    assert told(minimum=3_000, monitoring=50) == [
        ("0.2 % of the turnover USD 1,000,000.00", "2000.00"),
        ("The minimum premium is more and counts instead", "3000.00"),
        ("Monitoring fee", "50.00"),
        ("Yearly cost", "3050.00"),
    ]
    assert told(minimum=2_000, limits=2, limit_fee=30) == [
        ("0.2 % of the turnover USD 1,000,000.00", "2000.00"),
        ("The minimum premium of USD 2,000.00 is reached", ""),
        ("Fees for 2 limits", "60.00"),
        ("Yearly cost", "2060.00"),
    ]
