"""The figures are worked out by hand; those of rules.md 6 stand there too."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.payment_index import (
    Paid,
    concentration,
    payment_figures,
    points,
)
from creditdesk.domain.credit.ratios import (
    Figures,
    ZModel,
    Zone,
    annualised,
    ebit,
    ebit_estimated,
    ratios,
    z_score,
    zone,
)
from creditdesk.domain.credit.recommended import capacity, need, recommended
from creditdesk.domain.credit.scorecard import fixed

EXAMPLE = Figures(
    total_assets=Decimal(2000), current_assets=Decimal(1200), current_liabilities=Decimal(800),
    retained_earnings=Decimal(300), ebit=Decimal(160), equity=Decimal(700), total_liabilities=Decimal(1300),
    sales=Decimal(3000), inventory=Decimal(400), prepayments=Decimal(80), interest=Decimal(40), net_profit=Decimal(90),
)  # fmt: skip


@pytest.mark.parametrize(
    ("model", "value", "verdict"),
    [
        (ZModel.PRIVATE_MANUFACTURER, "2.2422", Zone.GREY),
        (ZModel.GENERAL, "2.9040", Zone.SAFE),
        (ZModel.EMERGING_MARKET, "6.1540", Zone.SAFE),
    ],
)
def test_the_model_decides_the_verdict(
    model: ZModel, value: str, verdict: Zone
) -> None:
    found = z_score(ratios(EXAMPLE), model)
    assert found is not None
    assert (fixed(found.value, 4), found.zone) == (value, verdict)


@pytest.mark.parametrize(
    ("model", "value", "verdict"),
    [
        (ZModel.PRIVATE_MANUFACTURER, "1.2299", Zone.DISTRESS),
        (ZModel.PRIVATE_MANUFACTURER, "1.23", Zone.GREY),
        (ZModel.PRIVATE_MANUFACTURER, "2.9", Zone.GREY),
        (ZModel.PRIVATE_MANUFACTURER, "2.9001", Zone.SAFE),
        (ZModel.GENERAL, "1.0999", Zone.DISTRESS),
        (ZModel.GENERAL, "2.6", Zone.GREY),
        (ZModel.EMERGING_MARKET, "4.1499", Zone.DISTRESS),
        (ZModel.EMERGING_MARKET, "4.35", Zone.GREY),
        (ZModel.EMERGING_MARKET, "5.8501", Zone.SAFE),
    ],
)
def test_a_cut_off_belongs_to_the_grey_zone(
    model: ZModel, value: str, verdict: Zone
) -> None:
    assert zone(Fraction(value), model) is verdict


def test_the_ratios_of_the_example() -> None:
    found = ratios(EXAMPLE)
    shown = {code: fixed(value, 4) for code, value in found.items() if value is not None}  # fmt: skip
    assert shown == {
        "WC_TA": "0.2000", "RE_TA": "0.1500", "EBIT_TA": "0.0800", "EQ_TL": "0.5385", "S_TA": "1.5000",
        "CR": "1.5000", "QR": "0.9000", "DA": "0.6500", "DE": "1.8571", "IC": "4.0000", "NM": "0.0300",
    }  # fmt: skip


@pytest.mark.parametrize("missing", [None, Decimal(0)])
def test_a_ratio_without_its_denominator_is_not_known(missing: Decimal | None) -> None:
    found = ratios(
        replace(EXAMPLE, current_liabilities=missing, interest=missing, equity=missing)
    )
    assert found["CR"] is found["QR"] is found["IC"] is found["DE"] is None
    assert found["NM"] == Fraction(3, 100)


def test_a_z_score_lacks_nothing_or_is_not_known() -> None:
    found = ratios(replace(EXAMPLE, sales=None))
    assert z_score(found, ZModel.PRIVATE_MANUFACTURER) is None
    assert z_score(found, ZModel.GENERAL) is not None


def test_a_half_years_flows_are_doubled_and_its_balances_stay() -> None:
    found = annualised(EXAMPLE, 6)
    assert [found.sales, found.ebit, found.net_profit] == [6000, 320, 180]
    assert (found.total_assets, found.equity) == (Decimal(2000), Decimal(700))
    assert ratios(found)["IC"] == ratios(EXAMPLE)["IC"]


def test_ebit_follows_from_the_profit_and_the_interest() -> None:
    known = replace(EXAMPLE, ebit=None, profit_before_tax=Decimal(120))
    assert ebit(known) == 160
    assert not ebit_estimated(known)
    guessed = replace(known, interest=None, financial_expenses=Decimal(45))
    assert ebit(guessed) == 165
    assert ebit_estimated(guessed)
    assert ebit(replace(known, interest=None)) is None


def test_days_sales_outstanding_and_what_is_delinquent_of_them() -> None:
    known = Figures(
        receivables=Decimal(900_000), receivables_not_due=Decimal(540_000), sales=Decimal(5_400_000),
    )  # fmt: skip
    found = ratios(known)
    days = [fixed(found[code] or Fraction(0), 1) for code in ("DSO", "BPDSO", "ADD")]
    assert days == ["60.8", "36.5", "24.3"]


@pytest.mark.parametrize(
    ("days", "worth"),
    [
        (-45, "100.00"), (-30, "100.00"), (-20, "90.00"), (-8, "84.00"), (0, "80.00"), (10, "73.33"), (12, "72.00"),
        (15, "70.00"), (20, "62.86"), (22, "60.00"), (23, "58.75"), (26, "55.00"), (30, "50.00"), (33, "49.00"),
        (45, "45.00"), (60, "40.00"), (90, "30.00"), (120, "20.00"), (210, "10.50"), (300, "1.00"), (900, "1.00"),
    ],
)  # fmt: skip
def test_points_of_the_payment_index(days: int, worth: str) -> None:
    assert fixed(points(days), 2) == worth


def paid(*amounts: tuple[str, int]) -> list[Paid]:
    return [Paid(Decimal(amount), days) for amount, days in amounts]


def test_the_index_weighs_the_points_and_not_the_days() -> None:
    found = payment_figures(paid(("60", 0), ("30", 20), ("10", 60)))
    assert found is not None
    assert fixed(found.index, 2) == "70.86"
    assert found.dbt == 12
    assert found.late_share == Fraction(1, 10)


def test_thirty_days_late_are_not_more_than_thirty() -> None:
    found = payment_figures(paid(("1", 30), ("3", -2)))
    assert found is not None
    assert (found.late_share, found.dbt) == (Fraction(0), Fraction(6))
    later = payment_figures(paid(("1", 31), ("3", -2)))
    assert later is not None
    assert later.late_share == Fraction(1, 4)


def test_without_payments_there_is_no_index() -> None:
    assert payment_figures([]) is None
    assert payment_figures(paid(("0", 5))) is None


def test_concentration_of_five_shares() -> None:
    found = concentration([Decimal(each) for each in (40, 25, 15, 10, 10)])
    assert found == Fraction("0.265")
    assert fixed(1 / found, 2) == "3.77"
    assert concentration([]) is None


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY").rounded()


def test_the_limits_of_the_worked_buyer() -> None:
    needed = need(cny("1200000"), Decimal(13), 75)
    assert needed == cny("278630.14")
    found = recommended(needed, capacity(cny("800000"), cny("6000000")), "B")
    assert (found.capacity, found.own, found.ask) == (
        cny("280000"), cny("224000"), cny("280000"),
    )  # fmt: skip


def test_the_capacity_is_the_lower_of_net_worth_and_turnover() -> None:
    assert capacity(cny("800000"), cny("1000000")) == cny("50000")
    assert capacity(cny("-1"), cny("1000000")) == cny("0")


@pytest.mark.parametrize(
    ("grade", "own"),
    [("A", "278630.14"), ("C", "140000"), ("D", "70000"), ("E", "0"), ("X", "0")],
)
def test_the_grade_says_how_much_of_the_capacity_is_used(grade: str, own: str) -> None:
    needed = need(cny("1200000"), Decimal(13), 75)
    assert recommended(needed, cny("280000"), grade).own == cny(own)


def test_what_is_not_known_gives_no_limit() -> None:
    found = recommended(None, cny("280000"), "B")
    assert (found.need, found.own, found.ask) == (None, None, None)
    assert recommended(cny("5"), cny("280000"), None).own is None
    assert recommended(cny("20000"), None, "A").ask == cny("20000")
    assert capacity(cny("-5"), cny("100")) == cny("0")
