"""Quotes side by side: the worked figures of rules.md 8, and what happens where a figure is missing."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.quotes import (
    STANDARD_WEIGHTS,
    Comparison,
    Criterion,
    Gate,
    Quote,
    RiskClass,
    Solvency,
    compared,
    gate,
)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def scores(*points: int) -> Mapping[Criterion, int]:
    return dict(zip(Criterion, points, strict=True))


A = Quote(
    name="A",
    rate_pct=Decimal("0.25"),
    minimum=cny("96000"),
    tax_pct=Decimal(6),
    limits=20,
    limit_fee=cny("300"),
    monitoring=cny("0"),
    collection_share=cny("0"),
    retained_loss=cny("0"),
    subsidy=cny("0"),
    solvency=Solvency(core_pct=Decimal(180), comprehensive_pct=Decimal(220), risk_class=RiskClass.AA),
    scores=scores(4, 3, 5, 4, 4, 3),
)  # fmt: skip
B = replace(
    A,
    name="B",
    rate_pct=Decimal("0.20"),
    minimum=cny("130000"),
    limit_fee=cny("0"),
    scores=scores(3, 4, 5, 3, 5, 4),
)


def found(*quotes: Quote, turnover: str = "48000000") -> Comparison:
    return compared(cny(turnover), STANDARD_WEIGHTS, quotes)


def test_the_lower_rate_is_dearer_where_its_minimum_bites() -> None:
    first, second = found(A, B).quotes
    assert first.premium == cny("120000.00")
    assert first.total_cost == cny("133200.00")
    assert first.bps == Decimal("27.75")
    assert second.premium == cny("130000.00")
    assert second.total_cost == cny("137800.00")
    assert second.bps == Decimal("28.71")


def test_equal_scores_are_named_as_a_tie() -> None:
    told = found(A, B)
    assert [line.score for line in told.quotes] == [Decimal("3.90"), Decimal("3.90")]
    assert told.ties == (("A", "B"),)
    # Only limits weigh: 4 and 3.
    alone = {**dict.fromkeys(Criterion, Decimal(0)), Criterion.LIMITS: Decimal(100)}
    other = compared(cny("48000000"), alone, (A, B))
    assert [line.score for line in other.quotes] == [Decimal("4.00"), Decimal("3.00")]
    assert other.ties == ()


def test_own_costs_add_and_a_subsidy_lessens() -> None:
    (line,) = found(
        replace(
            A,
            collection_share=cny("1200.50"),
            retained_loss=cny("80000"),
            subsidy=cny("24000"),
        )
    ).quotes
    # 133,200 + 1,200.50 + 80,000 − 24,000
    assert line.total_cost == cny("190400.50")
    assert line.bps == Decimal("39.67")
    assert [step.code for step in line.steps] == [
        "P1", "P2", "P3", "P4", "P7", "P8", "P9", "P10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "premium"),
    [
        ("rate_pct", None),
        ("minimum", None),
        ("tax_pct", cny("120000")),
        ("limits", cny("120000")),
        ("limit_fee", cny("120000")),
        ("monitoring", cny("120000")),
        ("collection_share", cny("120000")),
        ("retained_loss", cny("120000")),
        ("subsidy", cny("120000")),
    ],
)
def test_a_missing_figure_leaves_cost_and_score_open(
    name: str, premium: Money | None
) -> None:
    (line,) = found(replace(A, **{name: None})).quotes  # type: ignore[arg-type]
    assert line.premium == premium
    assert (line.total_cost, line.bps, line.score) == (None, None, None)
    assert line.missing == (name,)


def test_a_missing_score_leaves_the_total_open_unless_it_weighs_nothing() -> None:
    given: Mapping[Criterion, int] = {
        each: points for each, points in A.scores.items() if each != Criterion.SERVICE
    }
    (line,) = found(replace(A, scores=given)).quotes
    assert line.score is None
    assert line.missing == ("Q6",)
    assert line.total_cost == cny("133200.00")
    weights = {
        **STANDARD_WEIGHTS,
        Criterion.SERVICE: Decimal(0),
        Criterion.LIMITS: Decimal(35),
    }
    (other,) = compared(cny("48000000"), weights, (replace(A, scores=given),)).quotes
    # 0.35·4 + 0.2·3 + 0.2·5 + 0.15·4 + 0.1·4
    assert other.score == Decimal("4.00")
    assert other.missing == ()


def test_no_turnover_gives_a_cost_without_basis_points() -> None:
    (line,) = found(A, turnover="0").quotes
    assert line.total_cost == cny("107760.00")  # 96,000 × 1.06 + 6,000
    assert line.bps is None


@pytest.mark.parametrize(
    ("core", "comprehensive", "risk", "state", "told"),
    [
        ("50", "100", RiskClass.B, False, Gate.PASS),
        ("49.99", "100", RiskClass.B, False, Gate.FAIL),
        ("50", "99.99", RiskClass.B, False, Gate.FAIL),
        ("50", "100", RiskClass.C, False, Gate.FAIL),
        ("300", "300", RiskClass.D, False, Gate.FAIL),
        (None, "100", RiskClass.B, False, Gate.UNKNOWN),
        ("50", None, RiskClass.B, False, Gate.UNKNOWN),
        ("50", "100", None, False, Gate.UNKNOWN),
        (None, None, RiskClass.C, False, Gate.FAIL),
        (None, None, None, True, Gate.STATE),
    ],
)
def test_the_gate(
    core: str | None,
    comprehensive: str | None,
    risk: RiskClass | None,
    state: bool,  # noqa: FBT001 - a row of the table
    told: Gate,
) -> None:
    solvency = Solvency(
        core_pct=None if core is None else Decimal(core),
        comprehensive_pct=None if comprehensive is None else Decimal(comprehensive),
        risk_class=risk,
        is_state_insurer=state,
    )
    assert gate(solvency) is told


def test_a_failed_gate_is_shown_and_scored_all_the_same() -> None:
    (line,) = found(replace(A, solvency=Solvency(risk_class=RiskClass.D))).quotes
    assert line.gate is Gate.FAIL
    assert line.score == Decimal("3.90")
    assert line.missing == ("core_ratio_pct", "comprehensive_ratio_pct")
