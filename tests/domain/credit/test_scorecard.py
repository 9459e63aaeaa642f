"""The standard scorecard on the worked buyer of rules.md 6.3, and its edges."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from creditdesk.catalog.scorecards import scorecards
from creditdesk.domain.credit.payment_index import Paid, payment_figures
from creditdesk.domain.credit.rating import Known, Rating, rated
from creditdesk.domain.credit.ratios import Figures, ZModel
from creditdesk.domain.credit.scorecard import (
    FactUnknown,
    FactValue,
    FactWrong,
    Group,
    Score,
    scored,
)
from creditdesk.i18n import words

CARD = scorecards()["standard"]
STATEMENT = Figures(
    total_assets=Decimal(2000), current_assets=Decimal(1200), current_liabilities=Decimal(800),
    retained_earnings=Decimal(300), ebit=Decimal(160), equity=Decimal(700), total_liabilities=Decimal(1300),
    sales=Decimal(3000), inventory=Decimal(400), prepayments=Decimal(80), interest=Decimal(40), net_profit=Decimal(90),
    operating_cash_flow=Decimal(25),
)  # fmt: skip
PAID = (Paid(Decimal(900), 9), Paid(Decimal(100), 39))
"""Twelve days beyond terms, a tenth of it more than 30 days late: 900 × 9 + 100 × 39 = 12,000."""
FACTS: Mapping[str, FactValue] = {
    "P3": Decimal(12), "P4": Decimal(2), "P5": Decimal(0), "I1": Decimal(8), "I2": "clean", "I3": "medium", "I4": "mid",
    "R1": Decimal(4), "R2": Decimal(2), "R3": "in_30_days", "R4": "part",
}  # fmt: skip


def worked(**facts: FactValue) -> Rating:
    return rated(
        CARD,
        Known(
            model=ZModel.PRIVATE_MANUFACTURER,
            figures=STATEMENT,
            year=payment_figures(PAID),
            facts={**FACTS, **facts},
        ),
    )


def only(code: str, value: FactValue) -> int:
    found = scored(CARD, {}, {code: value})
    return next(each.points for each in found.points if each.indicator.code == code)


def of_group(score: Score, group: Group) -> int:
    return sum(each.points for each in score.points if each.indicator.group is group)


def test_the_worked_buyer_has_67_points_and_grade_b() -> None:
    score = worked().score
    assert {group.value: of_group(score, group) for group in Group} == {
        "financial": 22, "payment": 23, "position": 12, "relationship": 10,
    }  # fmt: skip
    assert (score.raw, score.score, score.grade) == (67, 67, "B")
    assert score.completeness == 1
    assert score.caps == ()


def test_every_point_says_why() -> None:
    reasons = {each.indicator.code: words("en").say(each.reason) for each in worked().score.points}  # fmt: skip
    assert reasons["F1"] == "grey zone: 6 of 12"
    assert reasons["F4"] == "65 %: 2 of 5"
    assert reasons["P1"] == "12 d: 9 of 14"
    assert reasons["I2"] == "clean, as entered: 4 of 4"
    bare = scored(CARD, {}, {})
    assert words("en").say(bare.points[0].reason) == "Not known: no points"


def test_what_a_person_says_of_an_indicator_wins() -> None:
    score = worked(P2=Decimal(0)).score
    assert score.score == 71


@pytest.mark.parametrize(
    ("code", "value", "points"),
    [
        ("F1", "safe", 12), ("F1", "DISTRESS", 0),
        ("F2", "2", 5), ("F2", "1.9999", 4), ("F2", "1.2", 3), ("F2", "1", 1), ("F2", "0.99", 0),
        ("F3", "1", 4), ("F3", "0.8", 3), ("F3", "0.5", 1), ("F3", "0.49", 0),
        ("F4", "40", 5), ("F4", "40.01", 4), ("F4", "70", 2), ("F4", "85", 1), ("F4", "85.1", 0),
        ("F5", "positive_3_years", 4), ("F5", "last_year_negative", 1), ("F5", "negative_3_quarters", 0),
        ("F6", "5", 3), ("F6", "2", 2), ("F6", "0", 1), ("F6", "-0.01", 0),
        ("F7", "3", 2), ("F7", "1.5", 1), ("F7", "1.49", 0),
        ("P1", "0", 14), ("P1", "0.01", 12), ("P1", "20", 9), ("P1", "30", 6), ("P1", "60", 2), ("P1", "61", 0),
        ("P2", "0", 7), ("P2", "5", 5), ("P2", "15", 3), ("P2", "30", 1), ("P2", "31", 0),
        ("P3", "0", 7), ("P3", "15", 5), ("P3", "30", 3), ("P3", "60", 1), ("P3", "61", 0),
        ("P4", "-3", 4), ("P4", "3", 3), ("P4", "10", 1), ("P4", "11", 0),
        ("P5", "0", 3), ("P5", "1", 1), ("P5", "2", 0),
        ("I1", "10", 4), ("I1", "5", 3), ("I1", "3", 2), ("I1", "1", 1), ("I1", "0.5", 0),
        ("I2", "minor", 2), ("I2", "serious", 0), ("I3", "low", 4), ("I3", "sensitive", 1), ("I3", "high", 0),
        ("I4", "leader", 3), ("I4", "small", 1), ("I4", "one_customer", 0),
        ("R1", "5", 4), ("R1", "3", 3), ("R1", "1", 2), ("R1", "0.9", 0),
        ("R2", "3", 4), ("R2", "2", 2), ("R2", "1", 0), ("R3", "late", 1), ("R3", "never", 0),
        ("R4", "full", 4), ("R4", "refused", 0), ("R4", "not_asked", 0),
    ],
)  # fmt: skip
def test_bands_of_the_standard_card(code: str, value: str, points: int) -> None:
    fact = value if value[-1].isalpha() or "_" in value else Decimal(value)
    assert only(code, fact) == points


def test_the_weights_are_a_hundred_in_four_groups() -> None:
    weights = dict.fromkeys(Group, 0)
    for each in CARD.indicators:
        weights[each.group] += each.max
    assert list(weights.values()) == [35, 35, 15, 15]


def test_too_little_known_gives_a_score_and_no_grade() -> None:
    found = rated(CARD, Known(model=ZModel.GENERAL, figures=STATEMENT))
    assert found.score.completeness == Fraction(35, 100)
    assert found.score.grade is None
    assert found.score.score == 28


def test_from_sixty_percent_on_there_is_a_grade() -> None:
    known: dict[str, FactValue] = {
        "F1": "safe", "P1": Decimal(0), "P2": Decimal(0), "P3": Decimal(0), "P4": Decimal(0), "P5": Decimal(0),
        "F2": Decimal(2), "F4": Decimal(30),
    }  # fmt: skip
    assert scored(CARD, {}, known).completeness == Fraction(57, 100)
    assert scored(CARD, {}, known).grade is None
    enough = scored(CARD, {}, {**known, "F6": Decimal(9)})
    assert (enough.score, enough.grade) == (59, "C")


@pytest.mark.parametrize(
    ("fact", "value", "score", "grade"),
    [
        ("INSOLVENCY", True, 0, "X"), ("STRUCK_OFF", True, 0, "X"), ("SANCTIONS", True, 0, "X"),
        ("DISHONEST", True, 10, "F"), ("LIMIT_ZERO", True, 20, "E"), ("BEYOND_MEP", True, 20, "E"),
        ("ENFORCED", Decimal(21), 20, "E"), ("ENFORCED", Decimal(20), 67, "B"),
        ("STATEMENT_AGE", Decimal(19), 56, "C"), ("STATEMENT_AGE", Decimal(18), 67, "B"),
        ("DISHONEST", False, 67, "B"),
    ],
)  # fmt: skip
def test_a_cap_lowers_the_score_and_the_sum_is_kept(
    fact: str, value: FactValue, score: int, grade: str
) -> None:
    found = worked(**{fact: value}).score
    assert (found.raw, found.score, found.grade) == (67, score, grade)


def test_a_company_younger_than_a_year_is_a_c_at_best() -> None:
    found = worked(I1=Decimal("0.9")).score
    assert (found.score, found.grade) == (64, "C")
    assert [each.cap.code for each in found.caps] == ["I1"]


def test_a_half_point_is_rounded_up_before_the_grade() -> None:
    found = worked(STATEMENT_AGE=Decimal(20), F7=Decimal(2)).score
    assert found.score == 56  # 21 ÷ 2 + 45 = 55.5


def test_an_unknown_fact_is_refused_by_name() -> None:
    with pytest.raises(FactUnknown, match="Z9"):
        scored(CARD, {}, {"Z9": Decimal(1)})


@pytest.mark.parametrize(
    ("code", "value"),
    [("I2", "spotless"), ("I2", Decimal(4)), ("P1", "late"), ("P1", True), ("INSOLVENCY", "yes"), ("ENFORCED", True)],
)  # fmt: skip
def test_a_fact_of_the_wrong_kind_is_refused(code: str, value: FactValue) -> None:
    with pytest.raises(FactWrong, match=code):
        scored(CARD, {}, {code: value})
