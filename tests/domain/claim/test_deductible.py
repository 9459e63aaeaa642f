"""What is payable of a covered loss (rules.md 4.1 S9–S13, 4.6): figures worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from creditdesk.domain.claim.deductible import Insured, payable
from creditdesk.domain.cover.case import IndemnityTerms
from creditdesk.domain.policy.choices import AflBasis, DeductibleOrder, NqlType

TERMS = IndemnityTerms(currency="CNY", insured_pct=Decimal(90))


def part(covered: int, pct: int = 90) -> Insured:
    return Insured(Decimal(pct), Fraction(covered))


def steps(terms: dict[str, object], *decided: Insured, own: tuple[Insured, ...] = ()) -> list[str]:  # fmt: skip
    asked = replace(TERMS, **terms)  # type: ignore[arg-type]  # the fields' own types
    found = payable(asked, decided, own)
    told = [f"{each.code} {each.amount.plain if each.amount is not None else '-'}" for each in found.steps]  # fmt: skip
    return [*told, f"= {float(found.amount)}", f"eroded {float(found.eroded)}"]


RETENTION = {"deductible_order": DeductibleOrder.MIN_RETENTION}
BEFORE = {"deductible_order": DeductibleOrder.BEFORE_PCT}
AFTER = {"deductible_order": DeductibleOrder.AFTER_PCT}
BY_LOSS = {"afl_basis": AflBasis.ERODED_BY_LOSS}
BY_PAID = {"afl_basis": AflBasis.ERODED_BY_INDEMNITY}


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        pytest.param({}, ["S10 900.00", "= 900.0", "eroded 0.0"], id="90 % of 1000"),
        pytest.param(
            {"nql": Decimal(999)}, ["S9 -", "S10 900.00", "= 900.0", "eroded 0.0"],
            id="above the threshold"),
        pytest.param({"nql": Decimal(1000)}, ["S9 -1000.00", "= 0.0", "eroded 0.0"], id="just the threshold"),
        pytest.param(
            {"nql": Decimal(300), "nql_type": NqlType.DEDUCT},
            ["S9 -300.00", "S10 630.00", "= 630.0", "eroded 0.0"], id="a threshold that is taken off: 90 % of 700"),
        pytest.param(
            BEFORE | {"eel": Decimal(200)}, ["S10 -200.00", "S10 720.00", "= 720.0", "eroded 0.0"], id="90 % of 800"),
        pytest.param(
            AFTER | {"eel": Decimal(200)}, ["S10 900.00", "S10 -200.00", "= 700.0", "eroded 0.0"], id="900 - 200"),
        pytest.param(
            RETENTION | {"min_retention": Decimal(99)}, ["S10 900.00", "= 900.0", "eroded 0.0"],
            id="100 is kept anyway"),
        pytest.param(
            RETENTION | {"min_retention": Decimal(100)}, ["S10 900.00", "= 900.0", "eroded 0.0"], id="just as much"),
        pytest.param(
            RETENTION | {"min_retention": Decimal(101)}, ["S10 899.00", "= 899.0", "eroded 0.0"], id="1000 - 101"),
        pytest.param(
            RETENTION | {"min_retention": Decimal(2000)}, ["S10 0.00", "= 0.0", "eroded 0.0"],
            id="more than the loss"),
        pytest.param(
            BY_LOSS | {"afl": Decimal(500), "afl_used": Decimal(100)},
            ["S10 -400.00", "S10 540.00", "= 540.0", "eroded 400.0"], id="90 % of 1000 - 400"),
        pytest.param(
            BY_PAID | {"afl": Decimal(500), "afl_used": Decimal(100)},
            ["S10 900.00", "S11 -400.00", "= 500.0", "eroded 400.0"], id="900 - 400"),
        pytest.param(
            BY_PAID | {"afl": Decimal(500), "afl_used": Decimal(600)},
            ["S10 900.00", "= 900.0", "eroded 0.0"], id="a first loss used up"),
        pytest.param(
            {"reduction_pct": Decimal(20)}, ["S10 900.00", "S12 -180.00", "= 720.0", "eroded 0.0"],
            id="20 % of 900 off"),
        pytest.param({"single_buyer_cap": Decimal(900)}, ["S10 900.00", "= 900.0", "eroded 0.0"], id="just the cap"),
        pytest.param(
            {"single_buyer_cap": Decimal(899)}, ["S10 900.00", "S13 899.00", "= 899.0", "eroded 0.0"], id="the cap"),
        pytest.param(
            {"max_liability": Decimal(1000), "max_liability_used": Decimal(400)},
            ["S10 900.00", "S13 600.00", "= 600.0", "eroded 0.0"], id="what the year has left: 1000 - 400"),
        pytest.param(
            {"max_liability": Decimal(1000), "max_liability_used": Decimal(1200)},
            ["S10 900.00", "S13 0.00", "= 0.0", "eroded 0.0"], id="a year that has paid too much already"),
    ],
)  # fmt: skip
def test_what_is_payable_of_a_thousand(
    terms: dict[str, object], expected: list[str]
) -> None:
    assert steps(terms, part(1000)) == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        pytest.param({}, ["S10 540.00", "S10 320.00", "S11 860.00", "= 860.0"], id="90 % of 600 and 80 % of 400"),
        pytest.param({"nql": Decimal(1000)}, ["S9 -1000.00", "= 0.0"], id="both together reach the threshold"),
        pytest.param(
            {"nql": Decimal(999)}, ["S9 -", "S10 540.00", "S10 320.00", "S11 860.00", "= 860.0"],
            id="and exceed it"),
        pytest.param(
            {"nql": Decimal(700), "nql_type": NqlType.DEDUCT}, ["S9 -700.00", "S10 240.00", "= 240.0"],
            id="600 off the one, 100 off the other: 80 % of 300"),
        pytest.param(
            BEFORE | {"eel": Decimal(700)},
            ["S10 -600.00", "S10 0.00", "S10 -100.00", "S10 240.00", "S11 240.00", "= 240.0"],
            id="what the one can't bear the other does"),
        pytest.param(
            RETENTION | {"min_retention": Decimal(700)}, ["S10 0.00", "S10 300.00", "S11 300.00", "= 300.0"],
            id="600 kept of the one, 100 of the other, more than its 80"),
    ],
)  # fmt: skip
def test_a_discretionary_part_bears_what_the_decided_one_could_not(
    terms: dict[str, object], expected: list[str]
) -> None:
    assert steps(terms, part(600), own=(part(400, 80),))[:-1] == expected


def test_percentages_of_invoices_apply_to_what_a_deductible_leaves_of_each() -> None:
    """Of 600 and 400 less 200: 480 and 320; 90 % and 50 %."""
    found = steps(BEFORE | {"eel": Decimal(200)}, part(600), part(400, 50))
    assert found == ["S10 -200.00", "S10 432.00", "S10 160.00", "= 592.0", "eroded 0.0"]
