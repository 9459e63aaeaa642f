"""What lies between the books and the ledger, as a table of cases."""

from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.control import Cause, Explanation, explaining


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def row(cause: Cause, amount: str | None) -> Explanation:
    return Explanation(cause=cause, effect=None if amount is None else cny(amount))


ROWS = (
    row(Cause.REFUSED, "7"),
    row(Cause.REFUSED, None),
    row(Cause.REFUSED, "20.5"),
    row(Cause.BANK_LINES, "-100"),
    row(Cause.BANK_LINES, "-4"),
    row(Cause.UNAPPLIED, "30"),
)


@pytest.mark.parametrize(
    ("difference", "places"),
    [
        pytest.param("0", set(), id="nothing differs"),
        pytest.param("27.5", {0, 2}, id="a whole cause"),
        pytest.param("-74", {3, 4, 5}, id="two whole causes"),
        pytest.param("57.5", {0, 2, 5}, id="two others"),
        pytest.param("20.5", {2}, id="one row"),
        pytest.param("-93", {0, 3}, id="two rows"),
        pytest.param("1", set(), id="nothing makes it"),
    ],
)
def test_whole_causes_then_rows_make_a_difference_exactly(
    difference: str, places: set[int]
) -> None:
    assert explaining(cny(difference), ROWS) == places


def test_rows_without_a_figure_explain_nothing() -> None:
    assert explaining(cny("1"), (row(Cause.REFUSED, None),)) == frozenset()


def test_an_explanation_stands_for_one_row_unless_it_says_otherwise() -> None:
    assert row(Cause.REFUSED, "1").count == 1
