"""How a decision departs from a client's rules: the statutory term is sixty days unless the rules say otherwise."""

from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.credit.credit_rules import (
    UNGRADED,
    CreditRules,
    Departure,
    Level,
    departures,
)

DAY = date(2025, 9, 10)
RULES = CreditRules(
    since=date(2025, 1, 1),
    currency="CNY",
    levels=(Level("销售经理", Decimal(100), 90), Level("总经理", Decimal(500), 120)),
    review_months={UNGRADED: 6},
)


@pytest.mark.parametrize(
    ("amount", "days", "expected"),
    [
        pytest.param(100, 60, [], id="sixty days are allowed"),
        pytest.param(100, 61, [Departure.OVER_STATUTORY], id="one day more isn't"),
        pytest.param(500, None, [], id="the last level reaches so far"),
        pytest.param(501, None, [Departure.ABOVE_ALL], id="nobody allows more"),
        pytest.param(1, 121, [Departure.ABOVE_ALL, Departure.OVER_STATUTORY], id="nobody allows so long"),
    ],
)  # fmt: skip
def test_a_decision_departs_beyond_the_levels_and_the_statutory_term(
    amount: int, days: int | None, expected: list[Departure]
) -> None:
    found = departures(RULES, DAY, amount=Decimal(amount), days=days, rated_on=None)
    assert list(found) == expected
