"""A line of a calculation names the policy's own words and the page of the paper, never a number of ours."""

from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.steps import Step, step_from_json, step_to_json
from creditdesk.domain.policy.clauses import with_clauses
from creditdesk.i18n import Message, words

TEXTS = {
    "insured_pct": "90",
    "insured_pct_repudiation": "80",
    "eel": "0",
    "deductible_order": "BEFORE_PCT",
    "afl": "50000",
    "afl_basis": "ERODED_BY_LOSS",
    "nql": "0.00",
    "nql_type": "FRANCHISE",
    "limit_mode": "REVOLVING",
    "premium_basis": "TURNOVER",
    "premium_rate": "0.5",
    "minimum_premium": "1000",
    "tax_rate": "6",
    "limit_fee": "0",
}
PAGES = {"insured_pct": "3", "afl": "5", "premium_rate": "7", "minimum_premium": "7"}


@pytest.mark.parametrize(
    ("code", "percentage", "said"),
    [
        pytest.param("S7", "insured_pct", "Policy: Use of the limit", id="page not entered"),
        pytest.param(
            "S10",
            "insured_pct",
            "Policy: Insured percentage (page 3), Aggregate first loss (page 5), Erosion of the aggregate first loss",
            id="the deductible of nothing and its order are left out",
        ),
        pytest.param("S9", "insured_pct", None, id="a threshold of nothing"),
        pytest.param("S1", "insured_pct", None, id="the ledger's own"),
        pytest.param("P1", "insured_pct", "Policy: Basis of the premium, Rate (page 7)", id="no table of rates"),
        pytest.param("P2", "insured_pct", "Policy: Minimum premium (page 7)", id="minimum premium"),
        pytest.param("P3", "insured_pct", "Policy: Tax on the premium", id="tax"),
        pytest.param("P4", "insured_pct", None, id="no fee for a limit"),
        pytest.param("P6", "insured_pct", None, id="a sum"),
    ],
)  # fmt: skip
def test_a_line_names_the_fields_it_rests_on(
    code: str, percentage: str, said: str | None
) -> None:
    (step,) = with_clauses([Step(code, Message("x"))], TEXTS, PAGES, (percentage,))
    assert (words("en").say(step.clause) if step.clause else None) == said


def test_what_was_taken_off_for_a_dispute_rests_on_no_clause_and_vat_on_its_own() -> (
    None
):
    texts = {"vat_insured": "false"}
    disputed, vat = with_clauses(
        [Step("S4", Message("disputed")), Step("S4", Message("VAT"), detail=Message("each"))],
        texts,
        {},
    )  # fmt: skip
    assert disputed.clause is None
    assert vat.clause
    assert words("en").say(vat.clause) == "Policy: VAT insured"


def test_a_refused_shipment_rests_on_its_own_percentage() -> None:
    (step,) = with_clauses(
        [Step("S10", Message("x"))], TEXTS, PAGES, ("insured_pct_repudiation",)
    )
    assert step.clause
    assert words("en").say(step.clause).startswith("Policy: Insured percentage, repudiation")  # fmt: skip


def test_the_clause_is_kept_with_the_calculation_and_missing_in_older_ones() -> None:
    (step,) = with_clauses([Step("S10", Message("x"))], TEXTS, PAGES)
    kept = step_to_json(step)
    again = step_from_json(kept).clause
    assert again
    assert step.clause
    assert words("zh").say(again) == words("zh").say(step.clause)
    del kept["clause"]
    assert step_from_json(kept).clause is None


def test_the_line_of_a_stop_rests_on_its_clauses_and_the_amounts_of_its_code_on_none() -> None:  # fmt: skip
    stop, refused = with_clauses(
        [Step("S5", Message("stop")), Step("S5", Message("x"), Money(Decimal(1), "CNY"))],
        {"mep_days": "60"},
        {},
    )  # fmt: skip
    assert stop.clause
    assert words("en").say(stop.clause) == "Policy: Maximum extension period"
    assert refused.clause is None
