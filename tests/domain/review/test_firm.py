"""The firm's clients in pictures: who stands in which, in which order, on whose scale."""

from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.firm import (
    ClientState,
    FirmBar,
    Only,
    Picture,
    firm_charts,
    reasons,
)
from creditdesk.domain.review.month import Standing

DAY = date(2026, 12, 1)


def money(amount: int, currency: str = "CNY") -> Money:
    return Money(Decimal(amount), currency)


def state(  # noqa: PLR0913 - what tells clients apart
    number: int, *, late: int = 0, soon: int = 0, balance: int = 0, covered: int = 0, overdue: int = 0, over: int = 0,
    currency: str = "CNY", ends: str | None = "2027-12-31", reviewed: str | None = "2026-06-01",
) -> ClientState:  # fmt: skip
    return ClientState(
        id=number,
        name=f"C{number}",
        late=late,
        soon=soon,
        at_stake=(),
        standing=Standing(
            on=DAY,
            balance=money(balance, currency),
            covered=money(covered, currency),
            overdue=money(overdue, currency),
        ),
        over=money(over, currency),
        policy_end=date.fromisoformat(ends) if ends else None,
        ledger_on=DAY,
        reviewed_on=date.fromisoformat(reviewed) if reviewed else None,
    )


def charts(*states: ClientState) -> dict[tuple[Picture, str], tuple[FirmBar, ...]]:
    return {(each.picture, each.currency): each.bars for each in firm_charts(states, DAY)}  # fmt: skip


def test_currencies_have_pictures_of_their_own_and_are_never_on_one_scale() -> None:
    found = charts(
        state(1, balance=100, covered=60, overdue=30, over=10),
        state(2, balance=900, covered=900, currency="USD"),
    )
    (bar,) = found[Picture.UNCOVERED, "CNY"]
    assert (int(bar.filled), int(bar.hatched), bar.figure) == (60, 40, money(40))
    assert found[Picture.OVERDUE, "CNY"][0].figure == money(30)
    assert found[Picture.OVER_LIMIT, "CNY"][0].filled == Decimal(90)
    assert found[Picture.UNCOVERED, "USD"] == ()
    assert len(found) == 9


def test_the_most_late_duties_come_first_and_those_in_order_are_left_out() -> None:
    found = charts(
        state(1, late=2), state(2), state(3, late=5, soon=1), state(4, soon=3)
    )
    bars = found[Picture.DUTIES, ""]
    lengths = [(each.client, int(each.hatched), int(each.filled)) for each in bars]
    assert lengths == [(3, 5, 1), (1, 2, 0), (4, 0, 3)]


def test_no_policy_stands_before_the_next_end_and_what_ends_later_is_left_out() -> None:
    bars = charts(
        state(1, ends="2026-12-31"), state(2, ends=None), state(3, ends="2026-12-11"), state(4, ends="2027-05-31"),
    )[Picture.ENDING, ""]  # fmt: skip
    assert [(each.client, each.figure) for each in bars] == [(2, None), (3, 10), (1, 30)]  # fmt: skip
    assert charts(state(4, ends="2027-05-30"))[Picture.ENDING, ""][0].figure == 180


def test_a_review_is_missing_from_the_366th_day_on() -> None:
    kept = state(1, reviewed="2025-12-01")
    missing = state(2, reviewed="2025-11-30")
    never = state(3, reviewed=None)
    assert [each.is_in(Only.REVIEW, DAY) for each in (kept, missing, never)] == [False, True, True]  # fmt: skip
    bars = charts(kept, missing, never)[Picture.REVIEW, ""]
    assert [(each.client, each.figure) for each in bars] == [(3, None), (2, 366)]


def test_a_quarter_without_cover_is_a_reason_and_less_is_none() -> None:
    much, less = state(1, balance=100, covered=75), state(2, balance=1000, covered=751)
    assert [each.text for each in reasons(much, None, DAY)] == ["{share} % not insured"]
    assert list(reasons(less, None, DAY)) == []
