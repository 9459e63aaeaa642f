import copy
import json
from typing import Any

import pytest

from creditdesk.cli.calc.command import answer
from creditdesk.errors import UserError

Json = dict[str, Any]  # JSON as a script writes it

CASE: Json = json.loads("""
{
  "policy": {"currency": "CNY", "insured_pct": "90", "deductible_order": null, "eel": "0", "min_retention": "0",
             "nql": "0", "nql_type": "FRANCHISE", "afl": "0", "afl_used": "0", "afl_basis": null,
             "max_liability": null, "max_liability_used": "0", "single_buyer_cap": null,
             "vat_insured": true, "allocation_rule": "OLDEST_DUE_FIRST",
             "limit_mode": "REVOLVING", "fx_rule": "INVOICE_DATE", "max_payment_term_days": null, "mep_days": null,
             "period": null, "reduction_pct": "0", "cancel_notice_days": 0},
  "limits": [{"from": "2025-01-01", "to": null, "amount": "500000", "currency": "CNY", "state": "APPROVED"}],
  "discretionary": null,
  "stop_date": null,
  "claim_date": null,
  "date_of_loss": "2025-09-07",
  "fx": [{"currency": "EUR", "date": "2025-01-10", "rate": "1.10"}],
  "documents": [
    {"id": "INV1", "kind": "invoice", "date": "2025-01-10", "shipped": null, "due": "2025-03-11", "amount": "339000",
     "currency": "CNY", "vat_rate": "13", "disputed": "0", "declared": true, "seller_fault": "0"},
    {"id": "CN1", "kind": "credit_note", "date": "2025-02-01", "amount": "1000", "against": "INV1"},
    {"id": "PAY1", "kind": "payment", "date": "2025-04-20", "amount": "200000", "for": "INV1"},
    {"id": "REC1", "kind": "recovery", "date": "2025-08-01", "amount": "0", "costs": "0"}
  ]
}
""")


def ask(kind: str, case: object) -> Json:
    found = answer(kind, case, "en")
    assert isinstance(found, dict)
    return found


def changed(**changes: object) -> Json:
    """The case of commands.md with values set by their path, `policy__eel="5"`."""
    case = copy.deepcopy(CASE)
    for path, value in changes.items():
        *way, last = path.split("__")
        target: Any = case  # a JSON object or list on the way
        for step in way:
            target = target[int(step) if step.isdecimal() else step]
        target[last] = value
    return case


def test_the_case_of_the_manual_is_answered() -> None:
    found = ask("indemnity", CASE)
    assert found["indemnity"] == "124200.00"
    assert found["whole_debt"] == found["eligible_debt"] == "138000.00"
    assert found["own_share"] == "13800.00"
    assert found["stop_date"] is None
    assert found["invoices"][0]["residual"] == "138000.00"
    assert found["steps"][-1]["label"] == "Indemnity"
    assert found["steps"][-1]["amount"] == "124200.00"


def test_the_working_is_told_in_either_language() -> None:
    found = answer("indemnity", CASE, "zh")
    assert isinstance(found, dict)
    assert found["steps"][-1]["label"] == "赔款"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"policy__insured_pct": None}, "policy_values_missing"),
        ({"policy__insured_pct": "0.9"}, "percent_out_of_range"),
        ({"policy__vat_insured": None}, "policy_values_missing"),
        ({"policy__eel": "5"}, "policy_values_missing"),
        ({"policy__afl": "5"}, "policy_values_missing"),
        (
            {"policy__eel": "5", "policy__deductible_order": "MIN_RETENTION"},
            "deductible_order_mismatch",
        ),
        (
            {"policy__min_retention": "5", "policy__deductible_order": "AFTER_PCT"},
            "deductible_order_mismatch",
        ),
        ({"policy__colour": "red"}, "case_key_unknown"),
        ({"colour": "red"}, "case_key_unknown"),
        ({"documents__0__colour": "red"}, "case_key_unknown"),
        ({"date_of_loss": "2025-02-30"}, "case_value_wrong"),
        ({"date_of_loss": None}, "case_value_missing"),
        ({"limits": None}, "case_value_missing"),
        ({"documents__0__due": None}, "case_value_missing"),
        ({"documents__0__amount": "-1"}, "case_value_wrong"),
        ({"documents__0__amount": "1.005"}, "case_value_wrong"),
        ({"documents__0__amount": "NaN"}, "case_value_wrong"),
        ({"documents__1__id": "INV1"}, "case_id_used_twice"),
        ({"documents__1__against": "INV9"}, "case_reference_unknown"),
        ({"documents__2__for": "CN1"}, "case_reference_unknown"),
        ({"documents__2__against": "INV1"}, "case_value_wrong"),
        ({"documents__0__currency": "GBP"}, "rate_missing"),
        ({"policy__allocation_rule": "NEWEST"}, "case_value_wrong"),
        ({"policy": []}, "case_not_an_object"),
        ({"documents": {}}, "case_not_a_list"),
    ],
)
def test_a_wrong_case_is_refused_with_a_reason(changes: Json, code: str) -> None:
    with pytest.raises(UserError) as refused:
        ask("indemnity", changed(**changes))
    assert refused.value.code == code


def test_a_refused_case_of_a_list_leaves_the_others_answered() -> None:
    found = answer("indemnity", [CASE, {}, CASE], "en")
    assert isinstance(found, list)
    assert found[0] == found[2]
    assert set(found[1]["error"]) == {"code", "message"}


def test_everything_but_the_required_may_be_left_out() -> None:
    case = {
        "policy": {"insured_pct": "90"},
        "limits": [{"from": "2025-01-01", "amount": "100"}],
        "date_of_loss": "2025-09-07",
        "documents": [
            {
                "id": "I",
                "kind": "invoice",
                "date": "2025-01-10",
                "due": "2025-02-10",
                "amount": "50",
            }
        ],
    }
    assert ask("indemnity", case)["indemnity"] == "45.00"


def test_what_is_dated_after_the_loss_is_left_out() -> None:
    found = ask("indemnity", changed(date_of_loss="2025-04-19"))
    assert found["whole_debt"] == "338000.00"


AGING: Json = {
    "as_of": "2025-06-30",
    "documents": [
        {"id": "1", "buyer": "A", "kind": "invoice", "date": "2025-01-01", "due": "2025-05-31",
         "amount": "100.00", "currency": "CNY", "against": None},
        {"id": "2", "buyer": "A", "kind": "invoice", "date": "2025-03-01", "due": None, "amount": "50",
         "currency": "CNY"},
        {"id": "3", "buyer": "A", "kind": "credit_note", "date": "2025-03-02", "amount": "10", "currency": "CNY"},
    ],
    "payments": [{"date": "2025-06-30", "amount": "30", "to": "1"}],
}  # fmt: skip


def test_aging_answers_by_currency_buyer_and_invoice() -> None:
    found = ask("aging", AGING)
    expected = {
        "outstanding": "120.00",
        "not_due": "0.00",
        "1-30": "70.00",
        "31-60": "0.00",
        "61-90": "0.00",
        ">90": "50.00",
        "unapplied": "10.00",
        "balance": "110.00",
        "open_due": "50.00",
    }
    assert found["by_currency"] == {"CNY": expected}
    assert found["by_buyer"] == {"A": {"CNY": expected}}
    rows = {row["id"]: row for row in found["invoices"]}
    assert (rows["1"]["open"], rows["1"]["days_overdue"]) == ("70.00", 30)
    assert rows["2"]["due_missing"] is True


def test_brackets_name_the_columns() -> None:
    found = ask("aging", {**AGING, "brackets": [30, 60, 90, 180], "grace_days": 30})
    assert list(found["by_currency"]["CNY"])[1:7] == [
        "not_due",
        "1-30",
        "31-60",
        "61-90",
        "91-180",
        ">180",
    ]
    assert found["by_currency"]["CNY"]["not_due"] == "70.00"


def test_aging_refuses_what_it_cannot_place() -> None:
    for payment, code in (
        ({"date": "2025-06-30", "amount": "1", "to": "9"}, "case_reference_unknown"),
        ({"date": "2025-06-30", "amount": "-1", "to": "1"}, "case_value_wrong"),
    ):
        with pytest.raises(UserError) as refused:
            ask("aging", {**AGING, "payments": [payment]})
        assert refused.value.code == code


def test_cover_of_the_manual() -> None:
    case = json.loads("""
{"policy": {"currency": "CNY", "insured_pct": "90", "max_payment_term_days": 90, "mep_days": 60,
 "limit_mode": "REVOLVING", "period": ["2025-01-01", "2025-12-31"]},
 "limits": [{"from": "2025-01-01", "to": null, "amount": "100000", "state": "APPROVED", "payment_method": "OA",
 "max_term_days": 60}],
 "shipments": [{"id": "S1", "date": "2025-01-10", "due": "2025-03-11", "amount": "80000", "payment_method": "OA",
 "declared": true}],
 "payments": [{"date": "2025-03-20", "amount": "30000", "for": "S1"}],
 "events": [{"kind": "KNOWN_RISK", "date": "2025-06-01"}], "on": "2025-06-30"}
""")
    found = ask("cover", case)
    assert found["shipments"][0]["covered"] == "50000.00"
    assert found["headroom"] == "50000.00"
    assert found["may_ship"] is False
    assert found["reasons"] == ["STOPPED", "KNOWN_RISK"]
    assert found["stop_date"] == "2025-05-10"


def test_duty_dates_of_the_manual() -> None:
    found = ask(
        "duty-dates",
        {
            "anchor": "2025-03-11",
            "steps": [{"n": 60, "unit": "CD"}, {"n": 30, "unit": "CD"}],
            "calendar": "CN",
        },
    )
    assert (found["unrolled"], found["legal_date"], found["safe_date"]) == (
        "2025-06-09",
        "2025-06-09",
        "2025-06-09",
    )
    assert found["calendar_known"] is True
    assert [step["detail"] for step in found["steps"]] == ["2025-05-10", "2025-06-09"]


def test_a_deadline_on_a_holiday_says_where_the_law_and_caution_move_it() -> None:
    steps = [{"n": 30, "unit": "CD"}]
    found = ask("duty-dates", {"anchor": "2025-09-01", "steps": steps})
    assert [(step["code"], step["detail"]) for step in found["steps"]] == [
        ("CD", "2025-10-01"),
        ("LEGAL", "2025-10-09"),
        ("SAFE", "2025-09-30"),
    ]


def test_a_year_nobody_knows_yet_is_said() -> None:
    case = {"anchor": "2027-01-01", "steps": [], "calendar": "CN"}
    found = ask("duty-dates", case)
    assert (found["legal_date"], found["calendar_known"]) == ("2027-01-04", False)


@pytest.mark.parametrize(
    ("case", "due"),
    [
        (
            {"terms": {"style": "N_EOM", "days": 30}, "eom_mode": "END_OF_NEXT_MONTH"},
            "2026-08-31",
        ),
        ({"terms": {"style": "INVOICE+N", "days": 14}}, "2026-07-16"),
        (
            {"terms": {"style": "BL_DATE+N", "days": 14}, "bl_date": "2026-07-10"},
            "2026-07-24",
        ),
        (
            {
                "terms": {
                    "style": "DELIVERY+N",
                    "days": 1,
                    "delivery_date": "2026-07-10",
                }
            },
            "2026-07-11",
        ),
        ({"terms": {"style": "EOM+N", "days": 30}}, "2026-08-30"),
        ({"terms": {"style": "DAY_OF_MONTH", "day": 1}}, "2026-08-01"),
        ({"terms": {"style": "NEXT_MONTH_DAY", "day": 25}}, "2026-08-25"),
        ({"terms": {"style": "NEXT_MONTH_DAY", "day": 31, "months": 2}}, "2026-09-30"),
        ({"terms": {"style": "FIXED", "date": "2026-12-24"}}, "2026-12-24"),
        ({"terms": "14 days"}, "2026-07-16"),
        ({"terms": 14}, "2026-07-16"),
        ({"terms": "月结30天", "eom_mode": "EOM_PLUS_N_DAYS"}, "2026-08-30"),
        ({"terms": "货到30天", "delivery_date": "2026-07-10"}, "2026-08-09"),
        ({"terms": "验收后30天", "accepted_date": "2026-07-11"}, "2026-08-10"),
        ({"terms": "票到30天", "received_date": "2026-07-12"}, "2026-08-11"),
        ({"terms": "B/L + 30", "bl_date": "2026-07-13"}, "2026-08-12"),
        # 3 and 4 July are the independence holiday and a Saturday.
        ({"terms": "5个工作日", "calendar": "US"}, "2026-07-10"),
        ({"terms": "5个工作日"}, "2026-07-09"),
    ],
)
def test_due_dates_follow_their_style(case: Json, due: str) -> None:
    case = {"invoice_date": "2026-07-02", "mep_days": 60, **case}
    found = ask("due-date", case)
    assert found["due_date"] == due
    assert "mep_end" in found


def test_words_without_their_reading_are_open_and_say_what_to_ask() -> None:
    case = {"invoice_date": "2026-05-10", "terms": "月结60天", "mep_days": 60}
    found = ask("due-date", case)
    assert (found["due_date"], found["state"]) == (None, "OPEN")
    assert found["asks"] == ["How “end of month” is meant."]
    offered = [each["id"] for each in found["readings"]]
    assert offered == ["END_OF_NEXT_MONTH", "EOM_PLUS_N_DAYS", "OPEN"]
    assert "mep_end" not in found


def test_shares_are_told_part_by_part() -> None:
    case = {"invoice_date": "2026-05-10", "terms": "30%预付，70%发货后60天"}
    found = ask("due-date", case)
    assert (found["due_date"], found["state"]) == (None, "PARTS")
    assert found["parts"] == [
        {"pct": "30", "due_date": "2026-05-10", "kind": "INSTALMENT"},
        {"pct": "70", "due_date": None, "kind": "INSTALMENT"},
    ]
    assert found["asks"] == ["The day of delivery."]


def test_how_the_words_were_read_is_told_in_either_language() -> None:
    case = {"invoice_date": "2026-05-10", "terms": "货到60天"}
    assert ask("due-date", case)["read_as"] == "60 days after the delivery"
    chinese = answer("due-date", case, "zh")
    assert isinstance(chinese, dict)
    assert chinese["read_as"] == "交货日期后 60 天"


def test_end_of_month_without_its_reading_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        ask("due-date", {"invoice_date": "2026-07-02", "terms": {"style": "N_EOM", "days": 30}})  # fmt: skip
    assert refused.value.code == "eom_mode_missing"


LATE: Json = {"amount": "113000", "from": "2025-03-11", "to": "2025-06-09", "rule": "STATUTORY"}  # fmt: skip


def test_late_interest_is_told_with_its_working() -> None:
    found = ask("interest", LATE)
    assert (found["interest"], found["days"]) == ("5085.00", 90)
    assert [step["label"] for step in found["steps"]][1:] == [
        "90 days from 2025-03-11 to 2025-06-09; the first day is not counted",
        "Interest: CNY 113,000.00 × 0.05 % a day × 90 days",
    ]
    found = ask("interest", {**LATE, "rule": "LPR", "rate": "3"})
    assert found["interest"] == "835.89"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rule": "LPR"}, "case_value_missing"),
        ({"rule": "AGREED", "rate": "-1"}, "case_value_wrong"),
        ({"rate": "3"}, "case_value_wrong"),
        ({"rule": None}, "case_value_missing"),
        ({"to": "2025-03-10"}, "case_value_wrong"),
        ({"amount": "-1"}, "case_value_wrong"),
    ],
)
def test_interest_that_cannot_be_counted_is_refused(changes: Json, code: str) -> None:
    with pytest.raises(UserError) as refused:
        ask("interest", {**LATE, **changes})
    assert refused.value.code == code


def test_recovery_of_the_manual() -> None:
    case = {
        "amount": "100000",
        "costs": "8000",
        "indemnity": "418500",
        "whole_debt": "478000",
        "insured_debt": "465000",
        "rule": "PRO_RATA",
    }
    found = ask("recovery", case)
    assert (found["insurer"], found["insured"]) == ("80548.12", "11451.88")


def test_premium_of_section_8() -> None:
    case = {
        "turnover": "48000000",
        "rate_pct": "0.25",
        "minimum": "96000",
        "tax_pct": "6",
        "limits": 20,
        "limit_fee": "300",
    }
    found = ask("premium", case)
    assert (found["premium"], found["total"], found["bps"]) == (
        "120000.00",
        "133200.00",
        "27.75",
    )
    assert found["minimum_bites"] is False


def test_codes_and_capitals() -> None:
    assert ask("uscc", {"code": "9144030071526726xg"})["valid"] is True
    wrong = ask("uscc", {"code": "91110000710931483R"})
    assert wrong["valid"] is False
    assert wrong["problems"][0]["code"] == "CHECK"
    found = ask("capitals", {"amount": "370353.99", "currency": "CNY"})
    assert found["text"] == "人民币叁拾柒万零叁佰伍拾叁元玖角玖分"


def test_an_unknown_calculation_is_refused() -> None:
    with pytest.raises(UserError):
        answer("horoscope", {})


RATED: Json = json.loads("""
{"model": "PRIVATE_MANUFACTURER", "months": 12,
 "statement": {"total_assets": "2000", "current_assets": "1200", "current_liabilities": "800", "inventory": "400",
               "retained_earnings": "300", "ebit": "160", "equity": "700", "total_liabilities": "1300",
               "sales": "3000", "prepayments": "80", "interest": "40", "net_profit": "90"},
 "payments": [{"amount": "1000", "days_late": 12}], "facts": {}}
""")


def test_the_score_of_the_manual() -> None:
    found = ask("score", RATED)
    assert found["z_private"] == {"value": "2.2422", "zone": "grey"}
    assert found["z_general"] == {"value": "2.9040", "zone": "safe"}
    assert found["em_score"] == {"value": "6.1540", "zone": "safe"}
    assert found["ratios"]["CR"] == "1.5000"
    assert found["ratios"]["DSO"] is None
    assert found["points"]["P1"] == 9
    assert found["unknown"] == ["F5", "P3", "P4", "P5", "I1", "I2", "I3", "I4", "R1", "R2", "R3", "R4"]  # fmt: skip
    # 6 + 4 + 3 + 2 + 2 + 2 = 19 of the statement, 9 + 7 of the payments
    assert (found["score"], found["completeness"], found["grade"]) == (35, "0.52", None)
    assert found["steps"][-1]["detail"] == "Insufficient data: no grade"
    assert found["remarks"] == []


def test_a_statement_that_does_not_balance_is_scored_and_told() -> None:
    found = ask("score", {**RATED, "statement": {**RATED["statement"], "equity": "690"}})  # fmt: skip
    assert found["remarks"] == ["Assets are 2000, but liabilities and equity are 1990 together."]  # fmt: skip


def test_facts_complete_the_score_and_caps_lower_it() -> None:
    facts = {
        "F5": "last_year_positive", "P2": 10, "P3": "12", "P4": 2, "P5": 0, "I1": 8, "I2": "clean", "I3": "medium",
        "I4": "mid", "R1": 4, "R2": 2, "R3": "in_30_days", "R4": "part",
    }  # fmt: skip
    found = ask("score", {**RATED, "facts": facts})
    assert (found["score"], found["grade"], found["caps"]) == (67, "B", [])
    capped = ask("score", {**RATED, "facts": {**facts, "DISHONEST": True}})
    assert (capped["raw_score"], capped["score"], capped["grade"]) == (67, 10, "F")
    assert capped["caps"] == ["DISHONEST"]


def test_a_score_of_nothing_is_a_zero_without_grade() -> None:
    found = ask("score", {"model": "general"})
    assert found["z_private"] is found["index"] is found["grade"] is None
    assert (found["score"], found["completeness"]) == (0, "0.00")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"model": None}, "case_value_missing"),
        ({"model": "OHLSON"}, "case_value_wrong"),
        ({"months": 0}, "case_value_wrong"),
        ({"statement": {"total_asset": "1"}}, "case_key_unknown"),
        ({"statement": {"total_assets": "-1"}}, "case_value_wrong"),
        ({"payments": [{"amount": "5"}]}, "case_value_missing"),
        ({"payments": [{"amount": "5", "days_late": "1.5"}]}, "case_value_wrong"),
        ({"facts": {"Z1": 5}}, "fact_unknown"),
        ({"facts": {"I2": 5}}, "fact_wrong"),
        ({"facts": {"I1": [8]}}, "case_value_wrong"),
        ({"scorecard": "ours"}, "case_value_wrong"),
    ],
)
def test_a_score_that_cannot_be_counted_is_refused(changes: Json, code: str) -> None:
    with pytest.raises(UserError) as refused:
        ask("score", {**RATED, **changes})
    assert refused.value.code == code


def test_the_payment_index_is_weighted_by_money() -> None:
    payments = [
        {"amount": "60", "days_late": 0}, {"amount": 30, "days_late": 20}, {"amount": "10", "days_late": 60},
    ]  # fmt: skip
    found = ask("payment-index", {"payments": payments})
    assert (found["index"], found["dbt"], found["late_30_pct"]) == ("70.86", "12.00", "10.00")  # fmt: skip
    assert found["steps"][1]["label"] == "30, 20 days late: 62.86 points"
    early = ask("payment-index", {"payments": [{"amount": "1", "days_late": -8}]})
    assert (early["index"], early["dbt"]) == ("84.00", "-8.00")


def test_no_payments_have_no_index() -> None:
    found = ask("payment-index", {"payments": []})
    assert found["index"] is found["dbt"] is None
