"""The figures of a year (rules.md 9.2): the worked year, and the ends of the healthy ranges."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.review.book import Kpi, PolicyFigures, ReviewBook
from creditdesk.domain.review.kpis import kpis, main
from creditdesk.domain.review.rows import (
    AgeingRow,
    ClaimRow,
    DutyRow,
    LimitRow,
    MonthRow,
    PortfolioRow,
    RecoveryRow,
)
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
        paid_in=None if paid is None else cny(paid),
    )  # fmt: skip


def policy(rate: str | None = None, **amounts: str) -> PolicyFigures:
    figures = {name: cny(amount) for name, amount in amounts.items()}
    known = Decimal(rate) if rate else None
    made = PolicyFigures(title="", number="", insurer="", rate=known)
    return replace(made, **figures)  # type: ignore[arg-type]  # amounts alone


def recovery(gross: str, costs: str) -> RecoveryRow:
    return RecoveryRow(
        claim="1", buyer="甲", received=END, source=NOTHING, gross=cny(gross), costs=cny(costs),
        net=cny(gross) - cny(costs), insurer=cny("0"), remitted=None,
    )  # fmt: skip


def month(insured: str) -> MonthRow:
    return MonthRow(
        end=END, sold=cny("0"), declared=None, insured=cny(insured), uninsured=cny("0")
    )


def figures(**rows: object) -> dict[str, Kpi]:
    """The figures of a year that has these rows alone."""
    nobody = Party(name="")
    book = ReviewBook(
        firm=nobody, client=nobody, start=START, end=END, data_date=END, prepared_on=END, currency="CNY", policy=None,
    )  # fmt: skip
    return {each.code: each for each in kpis(replace(book, **rows))}  # type: ignore[arg-type]  # fields by name


def test_the_worked_year_gives_its_figures() -> None:
    """Balances of 5.0 m and 3.4 m: (5.0² + 3.4²) ÷ 8.4² = 36.56 ÷ 70.56."""
    found = figures(
        policy=policy(premium="120000", max_liability="6000000", declared="47800000", insurable="48000000"),
        portfolio=(
            buyer("30000000", "5000000", "3500000", "3500000", "5500000"),
            buyer("18000000", "3400000", "6100000", "3400000", "3700000"),
        ),
        limits=(*[asked("600000", "600000")] * 12, *[asked("600000", "300000")] * 8, asked("5000000", None)),
        duties=(*[duty(END, END)] * 91, *[duty(START, END)] * 4, duty(START, None)),
        claims=(claim("100000", "86000"), claim("50000", None)),
        months=(month("6900000"), month("7200000")),
        recoveries=(recovery("10000", "4000"),),
    )  # fmt: skip
    told = {code: (str(kpi.value), kpi.good) for code, kpi in found.items()}
    assert told == {
        **told,
        "net_loss_ratio": ("0.6667", True),
        "uninsured_amount": ("1500000", None),
        "dormant": ("2", False),
        "missed": ("5", False),
        "recovery_rate": ("0.0698", None),
        "benefit": ("-34000", None),
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
        policy=policy(premium="100000", fees="8000"), portfolio=(buyer(turnover="30000000"),)
    )  # fmt: skip
    assert found["premium_cost"].value == Decimal("36.0")


def test_figures_of_a_single_yuan_are_exact() -> None:
    """1 of 1; 1 of 2; and of a balance of 2, of which 1 is insured, 1 and a tenth of 1."""
    found = figures(
        policy=policy(premium="1"),
        portfolio=(buyer("1", balance="2", insured="1"),),
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
        policy=policy(premium=premium), portfolio=(buyer(turnover="10000000"),)
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
    found = figures(portfolio=tuple(buyer(balance=each) for each in balances))["hhi"]
    assert (str(found.value), found.good) == (index, good)


def test_a_duty_of_the_last_day_is_due_and_in_time_on_it() -> None:
    tomorrow = END + timedelta(days=1)
    found = figures(
        duties=(duty(END, None), duty(END - timedelta(days=1), None), duty(tomorrow, None), duty(tomorrow, END))
    )  # fmt: skip
    assert str(found["punctuality"].value) == "0.6667"


def test_what_was_paid_leaves_less_of_the_maximum() -> None:
    """(1,000 − 250) ÷ 500, the most that was insured at the end of a month."""
    found = figures(
        policy=policy(max_liability="1000", premium="500"),
        portfolio=(buyer(limit="500", peak="900", balance="900"),),
        claims=(claim("300", "250"), claim("90", "0")),
        months=(month("500"), month("400")),
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


def test_a_first_loss_is_own_risk_until_it_is_used() -> None:
    """Of 1,000 all is insured; 10 % own share and 50 of first loss."""
    found = figures(
        policy=policy(first_loss="50"),
        portfolio=(buyer(balance="1000", insured="1000"),),
    )
    assert str(found["own_risk"].value) == "0.1500"


@pytest.mark.parametrize(
    ("premium", "times", "good"), [("2500", "1.00", True), ("2600", "1.04", False)]
)
def test_a_premium_above_the_rate_is_the_minimum_that_bites(
    premium: str, times: str, *, good: bool
) -> None:
    """0.25 % of a million."""
    found = figures(
        policy=policy(rate="0.25", premium=premium), portfolio=(buyer("1000000"),)
    )["effective_rate"]
    assert (str(found.value), found.good) == (times, good)


@pytest.mark.parametrize(("days", "count"), [(90, "0"), (91, "1"), (None, "1")])
def test_a_limit_sleeps_after_ninety_days_without_a_sale(
    days: int | None, count: str
) -> None:
    sold = None if days is None else END - timedelta(days=days)
    row = replace(buyer(limit="5"), last_sale=sold)
    assert str(figures(portfolio=(row, buyer()))["dormant"].value) == count


def test_an_open_claim_counts_with_what_is_expected_of_it() -> None:
    """(20 + 30 of the open one) ÷ 100."""
    waiting = replace(claim("40", None), reserve=cny("30"))
    found = figures(policy=policy(premium="100"), claims=(claim("25", "20"), waiting))
    assert str(found["net_loss_ratio"].value) == "0.5000"
    assert str(found["loss_ratio"].value) == "0.2000"


def test_the_steps_of_claims_are_counted_by_their_median() -> None:
    def steps(filed: int, decided: int, paid: int) -> ClaimRow:
        days = [START + timedelta(days=each) for each in (0, filed, decided, paid)]
        return replace(
            claim("1", "1"), noticed=days[0], filed=days[1], decided=days[2], paid_on=days[3],
        )  # fmt: skip

    found = figures(claims=(steps(10, 40, 45), steps(20, 90, 100), steps(30, 91, 104)))
    codes = ("notice_to_filing", "filing_to_decision", "decision_to_payment")
    assert [str(found[each].value) for each in codes] == ["20", "61", "10"]
    assert found["filing_to_decision"].good is False
    assert found["decision_to_payment"].good is True


def test_days_beyond_terms_are_weighed_by_the_money_they_are_of() -> None:
    """(10 · 300 + 2 · 100) ÷ 400; a buyer without any counts for nothing."""
    rows = (
        replace(buyer(), dbt=Decimal(10), dbt_of=Decimal(300)),
        replace(buyer(), dbt=Decimal(2), dbt_of=Decimal(100)),
        replace(buyer(), dbt_of=Decimal(900)),
    )
    assert str(figures(portfolio=rows)["dbt"].value) == "8.0"


def test_collection_is_worked_out_as_the_trade_does() -> None:
    """500 k, 300 k a month, 420 k of which 320 k are not due: 380 ÷ 480 (rules.md 6.1)."""
    ages = AgeingRow(buyer="甲", amounts=(cny("320000"), cny("100000")))
    found = figures(
        opening=cny("500000"), months=(month("0"),), portfolio=(buyer("300000"),), ageing=(ages,)
    )["cei"]  # fmt: skip
    assert (str(found.value), found.good) == ("79.2", False)


def test_sales_outstanding_are_of_the_days_of_the_period() -> None:
    """900 k ÷ 5.4 m × 365 = 60.8 (rules.md 6.1)."""
    found = figures(portfolio=(buyer("5400000", balance="900000"),))
    assert str(found["dso"].value) == "60.8"
    least = figures(portfolio=(buyer("1", balance="1"),))
    assert str(least["dso"].value) == "365.0"
    assert figures(portfolio=(buyer("0", balance="1"),))["dso"].value is None


def test_money_behind_missed_duties_is_added() -> None:
    late = replace(duty(START, END), exposed=cny("70"))
    in_time = replace(duty(END, END), exposed=cny("5"))
    found = figures(duties=(late, in_time))
    assert (str(found["missed"].value), str(found["missed_amount"].value)) == ("1", "70")  # fmt: skip


def test_what_a_person_says_was_avoided_counts_as_benefit() -> None:
    found = figures(
        policy=policy(premium="100", fees="20"), claims=(claim("90", "80"),), avoided=cny("75")
    )  # fmt: skip
    assert str(found["benefit"].value) == "35"


def test_twelve_figures_are_the_main_ones_and_each_says_how_it_is_defined() -> None:
    found = tuple(figures().values())
    assert len(main(found)) == 12
    assert all(each.measure.definition for each in found)
