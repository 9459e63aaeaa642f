"""`calc indemnity`: percentages by invoice, tied money, declarations, openings (rules.md 4.3, 14.5, 14.7)."""

from typing import Any

import pytest

from creditdesk.cli.calc.command import answer
from creditdesk.domain.policy.terms import PolicyValuesMissing
from creditdesk.errors import UserError

Json = dict[str, Any]  # JSON as a script writes it

REFUSED: Json = {
    "id": "I1", "kind": "invoice", "date": "2025-03-01", "due": "2025-05-30", "amount": "70000",
    "insured_pct": "80", "cause": "repudiation",
}  # fmt: skip
OVERDUE: Json = {
    "id": "I2", "kind": "invoice", "date": "2025-01-10", "due": "2025-03-11", "amount": "36000",
    "cause": "PROTRACTED_DEFAULT",
}  # fmt: skip
DEPOSIT: Json = {"id": "D", "kind": "deposit", "date": "2025-02-20", "amount": "21000", "against": "I1"}  # fmt: skip
RESALE: Json = {
    "id": "R", "kind": "recovery", "date": "2025-07-01", "amount": "10000", "costs": "1000", "against": "I1",
}  # fmt: skip
RULES = ["OLDEST_DUE_FIRST", "OLDEST_INVOICE_FIRST", "DESIGNATED", "PRO_RATA"]


def case(*documents: Json, limit: str = "200000", policy: Json | None = None) -> Json:
    return {
        "policy": {"insured_pct": "90", **(policy or {})},
        "limits": [{"from": "2025-01-01", "amount": limit}],
        "date_of_loss": "2025-09-07",
        "documents": list(documents),
    }


def ask(asked: Json) -> Json:
    found = answer("indemnity", asked, "en")
    assert isinstance(found, dict)
    return found


def claim(limit: str = "200000", policy: Json | None = None) -> Json:
    documents = (REFUSED, OVERDUE, DEPOSIT, RESALE)
    return ask(case(*documents, limit=limit, policy=policy))


def residuals(found: Json) -> dict[str, str]:
    return {row["id"]: row["residual"] for row in found["invoices"]}


def reasons(found: Json) -> dict[str, list[str]]:
    return {row["id"]: row["reasons"] for row in found["invoices"]}


@pytest.mark.parametrize("rule", RULES)
def test_each_invoice_bears_its_own_percentage_under_every_rule(rule: str) -> None:
    """40,000 × 80 % + 36,000 × 90 %: what is tied to a contract pays no other."""
    found = claim(policy={"allocation_rule": rule})
    assert found["indemnity"] == "64400.00"
    assert residuals(found) == {"I1": "40000.00", "I2": "36000.00"}
    told = {row["id"]: (row["insured_pct"], row["cause"]) for row in found["invoices"]}
    assert told == {"I1": ("80", "REPUDIATION"), "I2": ("90", "PROTRACTED_DEFAULT")}


def test_a_limit_that_binds_goes_to_the_invoices_in_the_order_of_shipment() -> None:
    """Of 50,000 the older invoice takes 36,000 × 90 %, the newer what is left: 14,000 × 80 %."""
    assert claim(limit="50000")["indemnity"] == "43600.00"


@pytest.mark.parametrize(
    ("policy", "indemnity"),
    [
        # A tenth of each: 36,000 × 80 % + 32,400 × 90 %.
        ({"eel": "7600", "deductible_order": "BEFORE_PCT"}, "57960.00"),
        ({"eel": "7600", "deductible_order": "AFTER_PCT"}, "56800.00"),
        # The percentages leave 11,600 to the insured, less than the 20,000 it keeps at least.
        ({"min_retention": "20000", "deductible_order": "MIN_RETENTION"}, "56000.00"),
        ({"min_retention": "11000", "deductible_order": "MIN_RETENTION"}, "64400.00"),
        ({"nql": "7600", "nql_type": "DEDUCT"}, "57960.00"),
        ({"afl": "7600", "afl_basis": "ERODED_BY_LOSS"}, "57960.00"),
    ],
)
def test_a_deductible_is_borne_in_proportion(policy: Json, indemnity: str) -> None:
    assert claim(policy=policy)["indemnity"] == indemnity


def test_the_working_names_each_percentage() -> None:
    labels = [step["label"] for step in claim()["steps"] if step["code"] == "S10"]
    assert labels == ["90 % of CNY 36,000.00", "80 % of CNY 40,000.00"]


def test_what_is_left_of_a_deposit_joins_the_ordinary_order() -> None:
    """80,000 for an invoice of 70,000: the other one owes 26,000."""
    found = ask(case(REFUSED, OVERDUE, {**DEPOSIT, "amount": "80000"}))
    assert residuals(found) == {"I1": "0.00", "I2": "26000.00"}
    assert found["indemnity"] == "23400.00"


def test_a_recovery_that_names_its_invoice_as_a_payment_does_follows_the_rule() -> None:
    resale = {key: value for key, value in RESALE.items() if key != "against"}
    found = ask(case(REFUSED, OVERDUE, {**resale, "for": "I1"}))
    assert residuals(found) == {"I1": "70000.00", "I2": "27000.00"}


PAID: Json = {"id": "P", "kind": "payment", "date": "2025-06-01", "amount": "10000", "for": "I1"}  # fmt: skip


@pytest.mark.parametrize(
    ("switch", "left"),
    [
        (None, {"I1": "60000.00", "I2": "36000.00"}),
        ("2025-06-02", {"I1": "60000.00", "I2": "36000.00"}),
        ("2025-06-01", {"I1": "70000.00", "I2": "26000.00"}),
    ],
)
def test_from_the_switch_on_money_goes_to_the_debt_due_first(
    switch: str | None, left: dict[str, str]
) -> None:
    policy = {"allocation_rule": "DESIGNATED", "allocation_switch": switch}
    assert residuals(ask(case(REFUSED, OVERDUE, PAID, policy=policy))) == left


def test_the_switch_counts_by_due_date_whatever_the_rule_was() -> None:
    """The invoice issued first falls due last."""
    long = {**OVERDUE, "due": "2025-08-30"}
    policy = {"allocation_rule": "OLDEST_INVOICE_FIRST"}
    assert residuals(ask(case(REFUSED, long, PAID, policy=policy)))["I2"] == "26000.00"
    policy["allocation_switch"] = "2025-01-01"
    assert residuals(ask(case(REFUSED, long, PAID, policy=policy)))["I1"] == "60000.00"


def test_what_is_tied_stays_tied_after_the_switch() -> None:
    assert claim(policy={"allocation_switch": "2025-01-01"})["indemnity"] == "64400.00"


@pytest.mark.parametrize(
    ("declared_on", "counts"),
    [("2025-03-10", True), ("2025-05-10", True), ("2025-05-11", False)],
)
def test_a_declaration_after_the_stop_is_none(
    declared_on: str, *, counts: bool
) -> None:
    """The older invoice is due on 11 March; 60 days later, on 10 May, deliveries stop."""
    told = {**REFUSED, "declared_on": declared_on}
    found = ask(case(told, OVERDUE, DEPOSIT, RESALE, policy={"mep_days": 60}))
    assert found["indemnity"] == ("64400.00" if counts else "32400.00")
    assert reasons(found)["I1"] == ([] if counts else ["NOT_DECLARED"])
    assert found.get("if_declared") == (None if counts else "64400.00")


def test_a_declaration_counts_again_once_the_arrears_are_paid() -> None:
    told = {**REFUSED, "declared_on": "2025-05-25"}
    paid = {"id": "P", "kind": "payment", "date": "2025-05-20", "amount": "36000"}
    assert reasons(ask(case(told, OVERDUE, paid, policy={"mep_days": 60})))["I1"] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"declared_on": "2025-09-08"},
        {"declared": False},
        {"declared": False, "declared_on": "2025-03-02"},
    ],
)
def test_what_was_not_declared_before_the_loss_is_not_covered(changes: Json) -> None:
    found = ask(case({**REFUSED, **changes}, OVERDUE, DEPOSIT, RESALE))
    assert (found["indemnity"], found["if_declared"]) == ("32400.00", "64400.00")
    assert found["whole_debt"] == "76000.00"


def test_a_declaration_after_a_given_stop_is_none() -> None:
    told = {**REFUSED, "declared_on": "2025-04-02"}
    asked = {**case(told, OVERDUE), "stop_date": "2025-04-01"}
    assert reasons(ask(asked))["I1"] == ["NOT_DECLARED"]


OPENING: Json = {"id": "O", "kind": "opening", "date": "2025-01-20", "amount": "5000"}


def test_an_opening_is_owed_paid_first_and_never_insured() -> None:
    paid = {"id": "P", "kind": "payment", "date": "2025-02-01", "amount": "3000"}
    found = ask(case(OVERDUE, OPENING, paid))
    assert residuals(found) == {"I2": "36000.00", "O": "2000.00"}
    assert reasons(found) == {"I2": [], "O": ["OPENING"]}
    assert (found["whole_debt"], found["eligible_debt"]) == ("38000.00", "36000.00")
    assert found["indemnity"] == "32400.00"


def test_an_opening_has_no_due_date_that_could_stop_deliveries() -> None:
    old = {**OPENING, "date": "2024-06-01"}
    assert reasons(ask(case(OVERDUE, old, policy={"mep_days": 1})))["I2"] == []


def test_a_discretionary_limit_pays_no_more_than_its_own_percentage() -> None:
    own = {"amount": "200000", "pct": "75", "evidence_date": "2025-01-01"}
    asked = {**case(REFUSED, {**OVERDUE, "insured_pct": "60"}), "limits": []}
    found = ask({**asked, "discretionary": own})
    # 70,000 × 75 % and 36,000 × 60 %.
    assert found["indemnity"] == "74100.00"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({**REFUSED, "insured_pct": "0.8"}, "percent_out_of_range"),
        ({**REFUSED, "cause": "THEFT"}, "case_value_wrong"),
        ({**REFUSED, "declared_on": "2025-02-30"}, "case_value_wrong"),
        ({**DEPOSIT, "against": "X"}, "case_reference_unknown"),
        ({**DEPOSIT, "against": None}, "case_value_missing"),
        ({**RESALE, "for": "I1"}, "case_value_wrong"),
        ({**OPENING, "due": "2025-02-01"}, "case_value_wrong"),
    ],
)
def test_a_document_that_makes_no_sense_is_refused(document: Json, code: str) -> None:
    others = [each for each in (REFUSED, OVERDUE) if each["id"] != document["id"]]
    with pytest.raises(UserError) as refused:
        ask(case(*others, document))
    assert refused.value.code == code


PARTS: Json = {
    "policy": {"insured_pct": "90", "retention_insured": False},
    "limits": [{"from": "2025-01-01", "amount": "500000"}],
    "date_of_loss": "2026-06-01",
    "documents": [
        {"id": "I/1", "kind": "invoice", "date": "2025-01-10", "due": "2025-03-11", "amount": "107350",
         "part_kind": "INSTALMENT"},
        {"id": "I/2", "kind": "invoice", "date": "2025-01-10", "due": "2026-01-10", "amount": "5650",
         "part_kind": "RETENTION"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("insured", "paid", "indemnity", "debt", "eligible", "reasons"),
    [
        pytest.param(True, "0", "101700.00", "113000.00", "113000.00", [], id="insured"),
        pytest.param(False, "0", "96615.00", "113000.00", "107350.00", ["RETENTION"], id="not insured"),
        # 107,350 of it pay the first part, 2,650 the retention: 3,000 are owed, and none of them insured.
        pytest.param(False, "110000", "0.00", "3000.00", "0.00", ["RETENTION"], id="paid in part"),
    ],
)  # fmt: skip
def test_a_retention_counts_as_the_policy_says(  # noqa: PLR0913 - the columns of the table
    *,
    insured: bool,
    paid: str,
    indemnity: str,
    debt: str,
    eligible: str,
    reasons: list[str],
) -> None:
    """rules.md 14.2: it stays in the whole debt and in the allocation."""
    money = {"id": "P", "kind": "payment", "date": "2025-05-01", "amount": paid}
    policy = {**PARTS["policy"], "retention_insured": insured}
    documents = [*PARTS["documents"], money]
    found = ask({**PARTS, "policy": policy, "documents": documents})
    assert found["indemnity"] == indemnity
    assert (found["whole_debt"], found["eligible_debt"]) == (debt, eligible)
    assert [row["reasons"] for row in found["invoices"]] == [[], reasons]


def test_nobody_guesses_whether_a_retention_is_insured() -> None:
    case = {**PARTS, "policy": {"insured_pct": "90"}}
    with pytest.raises(PolicyValuesMissing) as refused:
        ask(case)
    assert refused.value.places["keys"] == ("retention_insured",)
    without = {**case, "documents": PARTS["documents"][:1]}
    assert ask(without)["indemnity"] == "96615.00"


@pytest.mark.parametrize(
    ("insured", "covered", "reasons"),
    [
        (True, "5650.00", []),
        (False, "0.00", ["RETENTION"]),
        (None, "0.00", ["RETENTION_UNSAID"]),
    ],
)
def test_cover_counts_a_retention_only_where_the_policy_insures_it(
    *, insured: bool | None, covered: str, reasons: list[str]
) -> None:
    shipments = [{**each} for each in PARTS["documents"]]
    for each in shipments:
        del each["kind"]
    case = {
        "policy": {"insured_pct": "90", "retention_insured": insured},
        "limits": PARTS["limits"],
        "shipments": shipments,
        "on": "2025-02-01",
    }
    found = answer("cover", case, "en")
    assert isinstance(found, dict)
    first, kept_back = found["shipments"]
    assert (first["covered"], first["reasons"]) == ("107350.00", [])
    assert (kept_back["covered"], kept_back["reasons"]) == (covered, reasons)
    assert found["headroom"] == ("387000.00" if insured else "392650.00")
