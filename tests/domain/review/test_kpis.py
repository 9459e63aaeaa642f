"""The figures of a year (rules.md 9.2): the worked year, and the ends of the healthy ranges."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.review.book import (
    ClaimRow,
    DutyRow,
    Kpi,
    LimitRow,
    PolicyFigures,
    PortfolioRow,
    ReviewBook,
)
from creditdesk.domain.review.kpis import kpis
from creditdesk.i18n import Message

START, END = date(2025, 1, 1), date(2025, 12, 31)
NOTHING = Message("nothing")


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def buyer(
    turnover: str = "0", balance: str = "0", limit: str = "0", insured: str = "0", peak: str = "0",
) -> PortfolioRow:  # fmt: skip
    return PortfolioRow(
        buyer="甲", turnover=cny(turnover), balance=cny(balance), peak=cny(peak), average=cny("0"), limit=cny(limit),
        insured=cny(insured), own_share=Decimal(10),
    )  # fmt: skip


def asked(
    requested: str | None, approved: str | None, days: int | None = None
) -> LimitRow:
    return LimitRow(
        buyer="甲",
        applied=START,
        requested=None if requested is None else cny(requested),
        approved=None if approved is None else cny(approved),
        decided=None if days is None else START + timedelta(days=days),
        result=NOTHING,
    )


def duty(legal: date, done: date | None) -> DutyRow:
    return DutyRow(
        code="D13", duty=NOTHING, subject="甲", anchor=None, legal=legal, safe=legal, done=done, consequence=NOTHING,
    )  # fmt: skip


def claim(claimed: str | None, paid: str | None) -> ClaimRow:
    return ClaimRow(
        number="1", buyer="甲", noticed=None, filed=None, accepted=None, decided=None, paid_on=None,
        claimed=None if claimed is None else cny(claimed), paid=None if paid is None else cny(paid),
    )  # fmt: skip


def policy(**amounts: str) -> PolicyFigures:
    figures = {name: cny(amount) for name, amount in amounts.items()}
    return PolicyFigures(title="", number="", insurer="", **figures)


def figures(
    *,
    buyers: tuple[PortfolioRow, ...] = (),
    limits: tuple[LimitRow, ...] = (),
    duties: tuple[DutyRow, ...] = (),
    claims: tuple[ClaimRow, ...] = (),
    policy: PolicyFigures | None = None,
) -> dict[str, Kpi]:
    nobody = Party(name="")
    book = ReviewBook(
        firm=nobody, client=nobody, start=START, end=END, data_date=END, prepared_on=END, currency="CNY",
        policy=policy, portfolio=buyers, limits=limits, duties=duties, claims=claims,
    )  # fmt: skip
    return {each.code: each for each in kpis(book)}


def test_the_worked_year_gives_its_figures() -> None:
    """Balances of 5.0 m and 3.4 m: (5.0² + 3.4²) ÷ 8.4² = 36.56 ÷ 70.56."""
    found = figures(
        policy=policy(premium="120000", max_liability="6000000", declared="47800000", insurable="48000000"),
        buyers=(
            buyer("30000000", "5000000", "3500000", "3500000", "5500000"),
            buyer("18000000", "3400000", "6100000", "3400000", "3700000"),
        ),
        limits=(*[asked("600000", "600000")] * 12, *[asked("600000", "300000")] * 8, asked("5000000", None)),
        duties=(*[duty(END, END)] * 91, *[duty(START, END)] * 4, duty(START, None)),
        claims=(claim("100000", "86000"), claim("50000", None)),
    )  # fmt: skip
    told = {code: (str(kpi.value), kpi.good) for code, kpi in found.items()}
    assert told == {
        "premium_cost": ("25.0", True),
        "loss_ratio": ("0.7167", False),
        "accepted_amount": ("0.8000", True),
        "accepted_count": ("0.6000", None),
        "time_to_answer": ("None", None),
        "utilisation": ("0.7188", True),
        "uninsured": ("0.1786", True),
        "own_risk": ("0.2607", None),
        "headroom": ("0.82", False),
        "hhi": ("5181", False),
        "punctuality": ("0.9479", False),
        "declared": ("0.9958", True),
        "claim_success": ("0.8600", None),
    }


def test_a_figure_whose_rows_are_missing_has_no_value() -> None:
    assert {(kpi.value, kpi.good) for kpi in figures().values()} == {(None, None)}


def test_fees_are_part_of_what_cover_costs() -> None:
    """100,000 and 8,000 of 30 m."""
    found = figures(
        policy=policy(premium="100000", fees="8000"), buyers=(buyer(turnover="30000000"),)
    )  # fmt: skip
    assert found["premium_cost"].value == Decimal("36.0")


def test_figures_of_a_single_yuan_are_exact() -> None:
    """1 of 1; 1 of 2; and of a balance of 2, of which 1 is insured, 1 and a tenth of 1."""
    found = figures(
        policy=policy(premium="1"),
        buyers=(buyer("1", balance="2", insured="1"),),
        limits=(asked("2", "1"),),
    )
    assert str(found["premium_cost"].value) == "10000.0"
    assert str(found["accepted_amount"].value) == "0.5000"
    assert str(found["own_risk"].value) == "0.5500"


@pytest.mark.parametrize(
    ("premium", "bps", "good"),
    [
        ("4900", "4.9", False),
        ("5000", "5.0", True),
        ("60000", "60.0", True),
        ("60100", "60.1", False),
        # A half is rounded up: 25.05 of ten million is 25.05 bps.
        ("25050", "25.1", True),
    ],
)
def test_the_ends_of_a_healthy_range_belong_to_it(
    premium: str, bps: str, *, good: bool
) -> None:
    found = figures(
        policy=policy(premium=premium), buyers=(buyer(turnover="10000000"),)
    )["premium_cost"]
    assert (str(found.value), found.good) == (bps, good)


@pytest.mark.parametrize(
    ("approved", "share", "good"),
    [
        ("79990", "0.7999", False),
        ("80000", "0.8000", True),
        ("150000", "1.5000", True),
    ],
)
def test_a_range_without_an_upper_end_has_none(
    approved: str, share: str, *, good: bool
) -> None:
    found = figures(limits=(asked("100000", approved),))
    assert str(found["accepted_amount"].value) == share
    assert found["accepted_amount"].good is good


def test_limits_without_an_amount_or_an_answer_count_for_nothing() -> None:
    """30,000 and 50,000 of 100,000: a larger limit than asked for is one in full, too."""
    found = figures(
        limits=(
            asked("40000", "30000"), asked("60000", "60001"), asked("70000", None), asked(None, "80000"),
        )
    )  # fmt: skip
    assert str(found["accepted_amount"].value) == "0.9000"
    assert str(found["accepted_count"].value) == "0.5000"


@pytest.mark.parametrize(
    ("days", "middle", "good"),
    [
        ((3, 7, 30), "7", True),
        ((8,), "8", False),
        ((4, 9), "4", True),
        ((0,), "0", True),
    ],
)
def test_the_middle_answer_is_the_lower_of_two(
    days: tuple[int, ...], middle: str, *, good: bool
) -> None:
    found = figures(limits=tuple(asked("1", "1", each) for each in days))
    assert str(found["time_to_answer"].value) == middle
    assert found["time_to_answer"].good is good


@pytest.mark.parametrize(
    ("balances", "index", "good"),
    [
        (("10", "10", "10", "10"), "2500", True),
        (("10", "10", "10", "9"), "2505", False),
        (("7",), "10000", False),
    ],
)
def test_four_equal_buyers_are_the_most_that_is_healthy(
    balances: tuple[str, ...], index: str, *, good: bool
) -> None:
    """10² · 3 + 9² = 381 of 39² = 1,521."""
    found = figures(buyers=tuple(buyer(balance=each) for each in balances))["hhi"]
    assert (str(found.value), found.good) == (index, good)


def test_a_duty_of_the_last_day_is_due_and_in_time_on_it() -> None:
    tomorrow = END + timedelta(days=1)
    found = figures(
        duties=(duty(END, None), duty(END - timedelta(days=1), None), duty(tomorrow, None), duty(tomorrow, END))
    )  # fmt: skip
    assert str(found["punctuality"].value) == "0.6667"


def test_what_was_paid_leaves_less_of_the_maximum() -> None:
    """(1,000 − 250) ÷ 500; the balance never counts for more than its limit."""
    found = figures(
        policy=policy(max_liability="1000", premium="500"),
        buyers=(buyer(limit="500", peak="900", balance="900"),),
        claims=(claim("300", "250"), claim("90", "0")),
    )
    assert str(found["headroom"].value) == "1.50"
    assert found["headroom"].good is True
    assert str(found["utilisation"].value) == "1.0000"
    assert str(found["loss_ratio"].value) == "0.5000"
    assert str(found["claim_success"].value) == "0.6410"


@pytest.mark.parametrize(
    ("declared", "share", "good"),
    [
        ("0", "0.0000", False),
        ("994.9", "0.9949", False),
        ("995", "0.9950", True),
        ("1005", "1.0050", True),
        ("1005.1", "1.0051", False),
    ],
)
def test_what_is_declared_may_differ_by_half_a_percent(
    declared: str, share: str, *, good: bool
) -> None:
    found = figures(policy=policy(declared=declared, insurable="1000"))["declared"]
    assert (str(found.value), found.good) == (share, good)
