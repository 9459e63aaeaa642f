"""What was known of a buyer on an invoice's own day: worked out by hand, and never from what came later."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.forecast.history import (
    FEATURES,
    Known,
    Sale,
    known_on,
    known_when_written,
)

DAY = date(2025, 1, 1)


def sale(  # noqa: PLR0913 - what tells invoices apart
    name: str,
    issued: int,
    settled: int | None,
    *,
    amount: float = 100,
    buyer: str = "B",
    electronic: bool | None = None,
) -> Sale:
    """Due 30 days after it was written."""
    start = DAY + timedelta(days=issued)
    return Sale(
        id=name, buyer=buyer, issued=start, due=start + timedelta(days=30),
        settled=None if settled is None else DAY + timedelta(days=settled), amount=amount, electronic=electronic,
    )  # fmt: skip


def known(sales: list[Sale], name: str) -> Known:
    return next(each for one, each in known_when_written(sales) if one.id == name)


def test_two_invoices_of_the_portfolio_stand_beside_the_buyers_own() -> None:
    # Paid 10 days late and 4 early; the portfolio is the same two.
    sales = [sale("1", 0, 40), sale("2", 5, 31), sale("3", 100, None, amount=300)]
    found = known(sales, "3")
    assert (found.count, found.late, found.open, found.overdue) == (2, 1, 0, 0)
    # More than −5, 0, 3, 8, 15 days late: 2, 1, 1, 1, 0 of 2, and the portfolio's (n + 1) ÷ 4 twice.
    assert found.shares == pytest.approx((3.5 / 4, 0.5, 0.5, 0.5, 0.5 / 4))
    assert found.days == pytest.approx(3)
    assert found.spread == pytest.approx(7)
    assert found.ratio == pytest.approx(3)


def test_what_is_overdue_on_the_day_counts_as_late_already() -> None:
    sales = [sale("1", 0, 30), sale("2", 10, None), sale("3", 60, None)]
    found = known(sales, "3")
    # On day 60 the second is 20 days overdue.
    assert (found.count, found.late, found.open, found.overdue) == (2, 1, 1, 1)
    assert found.days == pytest.approx((0 + 20 + 2 * 0) / 4)


@pytest.mark.parametrize(("day", "overdue"), [(39, 1), (40, 0)])
def test_what_was_paid_on_the_day_is_known_at_its_end(day: int, overdue: int) -> None:
    sales = [sale("1", 0, 40), sale("2", 39, None)]
    ((_, found),) = known_on(sales, sales[1:], DAY + timedelta(days=day))
    assert (found.count, found.open, found.overdue) == (1, overdue, overdue)


def test_a_stranger_is_taken_for_the_portfolio() -> None:
    sales = [sale(str(each), each, each + 40) for each in range(8)]
    found = known([*sales, sale("new", 100, None, buyer="C")], "new")
    assert (found.count, found.ratio) == (0, 1.0)
    assert found.days == pytest.approx(10)
    assert found.shares[1] == pytest.approx(9 / 10)


def test_newer_payments_say_more_of_the_present() -> None:
    early = [sale(str(each), each, each + 20) for each in range(20)]
    late = [sale(str(each), each, each + 50) for each in range(20, 30)]
    found = known([*early, *late, sale("now", 200, None)], "now")
    assert found.days == pytest.approx(0)
    assert found.recent_days > 4
    assert found.recent_late > found.shares[1]


def test_how_an_invoice_was_sent_is_taken_as_the_usual_way_where_nobody_says() -> None:
    sales = [sale(str(each), each, each + 30, electronic=each < 3) for each in range(4)]
    asked = sale("now", 100, None)
    # (3 + 2 × (3 + 1) ÷ 6) ÷ 6
    usual = (3 + 2 * 4 / 6) / 6
    assert known([*sales, asked], "now").sent == pytest.approx(usual)
    told = known([*sales, replace(asked, electronic=True)], "now")
    assert told.electronic == pytest.approx(usual)
    assert told.sent == 1


def test_the_invoice_itself_is_left_out() -> None:
    asked = sale("1", 0, None, amount=100)
    other = sale("2", 1, None, amount=50)
    ((_, found),) = known_on([asked, other], [asked], DAY + timedelta(days=50))
    assert (found.open, found.overdue, found.count) == (1, 1, 1)
    assert found.ratio == pytest.approx(2)


@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(1, 90), st.sampled_from("BC")),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 90),
)
def test_nothing_looks_ahead(rows: list[tuple[int, int, str]], cut: int) -> None:
    sales = [
        sale(str(place), start, start + days, buyer=buyer)
        for place, (start, days, buyer) in enumerate(rows)
    ]
    day = DAY + timedelta(days=cut)
    # What comes on the day or later never happens in this other world.
    other = [
        replace(each, settled=each.settled if each.settled and each.settled < day else None)
        for each in sales
        if each.issued <= day
    ]  # fmt: skip
    seen = {each.id: one for each, one in known_when_written(sales)}
    for each, one in known_when_written(other):
        assert one == seen[each.id]
        assert len(one.vector) == len(FEATURES)
