import pytest

from creditdesk.catalog.policies import (
    Origin,
    PolicyTemplateUnknown,
    by_country,
    duty_rules,
    template,
    templates,
)
from creditdesk.domain.duties.duties import CLAIM_FILING, OVERDUE_NOTICE, STOP_SHIPPING
from creditdesk.domain.policy.terms import PolicyTerms

IDS = [
    "allianz-china",
    "allianz-whole-turnover",
    "atradius-modula",
    "coface-tradeliner",
    "consortium-domestic",
    "cpic-domestic-a",
    "dadi-domestic",
    "dadi-export",
    "excess-of-loss",
    "exim-multi",
    "hkecic",
    "other-insurer",
    "picc-domestic",
    "picc-export-2016",
    "ping-an-domestic",
    "qbe-comprehensive",
    "sinosure-domestic",
    "sinosure-sme",
    "sinosure-st-export",
    "single-buyer",
    "sunshine-domestic",
    "taiping-domestic",
]
WITH_DEADLINES = [each for each in IDS if each not in {
    "allianz-china", "consortium-domestic", "cpic-domestic-a", "dadi-export", "hkecic", "other-insurer",
    "ping-an-domestic", "sunshine-domestic", "taiping-domestic",
}]  # fmt: skip
"""The others ask for every deadline: no paper of theirs was read."""


def test_the_templates_come_ordered_by_id() -> None:
    assert [item.id for item in templates()] == sorted(IDS)


@pytest.mark.parametrize("template_id", IDS)
def test_no_template_guesses_what_must_be_asked(template_id: str) -> None:
    values = template(template_id).values
    for key in ("deductible_order", "afl_basis", "vat_insured", "retention_insured"):
        assert (values[key].text, values[key].origin) == ("", Origin.ASK)


@pytest.mark.parametrize("template_id", WITH_DEADLINES)
def test_every_template_has_the_duties_of_an_unpaid_invoice(template_id: str) -> None:
    found = template(template_id)
    terms = PolicyTerms.read(found.texts)
    rules = {rule.code: rule for rule in found.duties if rule.applies(terms)}
    (stop,) = STOP_SHIPPING & set(rules)
    for code in (stop, OVERDUE_NOTICE, CLAIM_FILING):
        assert rules[code].counted_by(terms) is not None
        assert rules[code].title.zh
        assert rules[code].consequence.en


_TABLES = {
    "sinosure-st-export": {
        "policy_currency": "USD K", "causes": "INSOLVENCY, PROTRACTED_DEFAULT, REPUDIATION, POLITICAL, LC S",
        "insured_pct": "90 S", "insured_pct_repudiation": "80 S", "insured_pct_political": "90 K",
        "max_payment_term_days": "180 S", "max_invoicing_days": "", "mep_days": "",
        "pd_definition": "DUE_DATE + 30 CD S", "overdue_rule": "DUE_DATE + 60 CD | KNOWLEDGE + 10 WD K",
        "adverse_rule": "KNOWLEDGE + 10 WD K", "claim_rule": "NOTICE_SENT + 4 M K",
        "decision_rule": "CLAIM_RECEIVED + 4 M K", "declaration_mode": "MONTHLY S",
        "declaration_rule": "MONTH_END + 25 DNM S", "max_liability": "ask", "max_liability_basis": "AMOUNT K",
        "max_liability_multiple": "", "minimum_premium": "ask", "waiting_period": "ask",
        "premium_rate": "", "interest_insured": "NONE K", "dispute_cover": "false S", "stop_variant": "KNOWN_RISK S",
    },
    "sinosure-sme": {
        "policy_currency": "USD S", "causes": "INSOLVENCY, PROTRACTED_DEFAULT, REPUDIATION, POLITICAL, LC S",
        "insured_pct": "80 S", "insured_pct_repudiation": "80 S", "insured_pct_political": "80 S",
        "max_payment_term_days": "180 K", "mep_days": "", "pd_definition": "DUE_DATE + 30 CD K",
        "claim_rule": "NOTICE_SENT + 4 M K", "decision_rule": "CLAIM_RECEIVED + 30 CD K", "declaration_mode": "NONE K",
        "max_liability": "150000 S", "minimum_premium": "0 S", "interest_insured": "NONE K", "dispute_cover": "false S",
        "precredit_cover": "true S",
    },
    "sinosure-domestic": {
        "policy_currency": "CNY K", "causes": "INSOLVENCY, PROTRACTED_DEFAULT S", "insured_pct": "80 K",
        "max_payment_term_days": "180 K", "max_invoicing_days": "30 K", "mep_days": "60 K",
        "pd_definition": "DUE_DATE + 60 CD K", "overdue_rule": "DUE_DATE + 60 CD | KNOWLEDGE + 10 WD K",
        "claim_rule": "NOTICE_SENT + 4 M K", "decision_rule": "CLAIM_RECEIVED + 4 M K",
        "declaration_rule": "MONTH_END + 15 DNM K", "max_liability_multiple": "30 K", "minimum_premium": "50000 K",
        "interest_insured": "NONE S", "dispute_cover": "false K",
    },
    "picc-export-2016": {
        "policy_currency": "USD K", "insured_pct": "90 K", "insured_pct_repudiation": "80 K",
        "insured_pct_political": "90 K", "max_payment_term_days": "360 S", "max_invoicing_days": "", "mep_days": "",
        "pd_definition": "DUE_DATE + 30 CD K", "overdue_rule": "DUE_DATE + 60 CD | KNOWLEDGE + 10 WD K",
        "claim_rule": "NOTICE_SENT + 4 M K", "decision_rule": "CLAIM_RECEIVED + 120 CD K",
        "max_liability_multiple": "30 K", "dispute_cover": "false S",
    },
    "picc-domestic": {
        "causes": "INSOLVENCY, PROTRACTED_DEFAULT K", "insured_pct": "80 K", "max_payment_term_days": "180 K",
        "mep_days": "60 K", "pd_definition": "DUE_DATE + 4 M S",
        "overdue_rule": "DUE_DATE + 60 CD | KNOWLEDGE + 10 WD K", "claim_rule": "DUE_DATE + 6 M K",
        "decision_rule": "CLAIM_RECEIVED + 30 CD S", "max_liability_multiple": "30 K", "dispute_cover": "false K",
    },
    "dadi-domestic": {
        "causes": "INSOLVENCY, PROTRACTED_DEFAULT S", "insured_pct": "85 K", "max_payment_term_days": "120 K",
        "mep_days": "60 K", "pd_definition": "DUE_DATE + 6 M S",
        "overdue_rule": "MEP_END + 30 CD | KNOWLEDGE + 10 CD K", "claim_rule": "MEP_END + 6 M S",
        "decision_rule": "CLAIM_RECEIVED + 30 CD S", "declaration_mode": "QUARTERLY K",
        "interest_insured": "TO_DUE_DATE S", "dispute_tolerance_pct": "15 S",
    },
    "allianz-whole-turnover": {
        "insured_pct": "90 S", "dcl_pct": "80 S", "dcl_amount": "ask", "max_payment_term_days": "90 S",
        "mep_days": "60 K", "overdue_rule": "DUE_DATE + 60 CD K", "claim_rule": "MEP_END + 90 CD S",
        "waiting_period": "CLAIM_FILED + 6 M S", "decision_rule": "CLAIM_RECEIVED + 30 CD S",
        "max_invoicing_days": "30 K", "cancel_notice_days": "0 S", "allocation_rule": "OLDEST_DUE_FIRST S",
        "recovery_rule": "PRO_RATA S",
    },
    "atradius-modula": {
        "insured_pct": "90 K", "max_payment_term_days": "60 S", "mep_days": "60 S", "overdue_rule": "MEP_END + 30 CD S",
        "claim_rule": "MEP_END + 30 CD S", "waiting_period": "DUE_DATE + 6 M K", "nql_type": "FRANCHISE S",
        "max_liability_multiple": "30 K", "max_invoicing_days": "ask", "dcl_amount": "15000 S",
        "cancel_notice_days": "30 S", "allocation_rule": "OLDEST_DUE_FIRST S", "recovery_rule": "PRO_RATA S",
    },
    "coface-tradeliner": {
        "insured_pct": "90 K", "max_payment_term_days": "120 K", "mep_days": "60 K",
        "overdue_rule": "DUE_DATE + 30 CD S", "waiting_period": "NOTICE_RECEIVED + 5 M K",
        "decision_rule": "CLAIM_RECEIVED + 30 CD S", "max_liability_multiple": "30 K", "max_invoicing_days": "ask",
        "dcl_amount": "ask", "cancel_notice_days": "0 K", "stop_variant": "PAST_DUE S",
        "stop_rule": "DUE_DATE + 30 CD | INSOLVENCY | LIMIT_WITHDRAWN | MANDATE | CLAIM_FILED S",
    },
    "qbe-comprehensive": {
        "insured_pct": "90 S", "mep_days": "60 K", "overdue_rule": "MEP_END + 30 CD K",
        "claim_rule": "DUE_DATE + 180 CD + 90 CD K", "waiting_period": "DUE_DATE + 180 CD S", "nql": "ask",
        # All of these stand in one quotation (rules.md 2.5, corrected).
        "max_liability": "ask", "minimum_premium": "ask", "max_invoicing_days": "30 K", "dcl_amount": "ask",
        "premium_rate": "ask", "monitoring_fee": "ask", "tax_rate": "ask", "limit_fee": "",
    },
    "exim-multi": {
        "insured_pct": "95 S", "max_payment_term_days": "180 K", "mep_days": "90 S",
        "stop_rule": "DUE_DATE + 90 CD | INSOLVENCY | LIMIT_WITHDRAWN S", "overdue_rule": "DUE_DATE + 90 CD S",
        "stop_floor": "2000 S",
        "overdue_minimum": "25000 S", "claim_rule": "DUE_DATE + 240 CD S", "waiting_period": "DUE_DATE + 3 M S",
        "decision_rule": "CLAIM_RECEIVED + 60 CD S", "eel": "0 K", "dcl_amount": "ask",
        "allocation_rule": "OLDEST_DUE_FIRST S",
    },
    "single-buyer": {
        "insured_pct": "95 S", "mep_days": "30 K", "overdue_rule": "DUE_DATE + 30 CD K",
        "claim_rule": "PERIOD_END + 12 M S", "waiting_period": "DUE_DATE + 6 M S", "max_payment_term_days": "",
        "limits_cancellable": "false K", "dcl_amount": "",
    },
    "excess-of-loss": {
        "insured_pct": "90 K", "eel": "0 K", "afl": "ask", "afl_basis": "ask", "dcl_amount": "ask", "mep_days": "60 K",
        "limits_cancellable": "false K", "cancel_notice_days": "",
    },
}  # fmt: skip
"""The cells of the tables of rules.md 2.5: text and origin. "ask": asked of the person; empty: not there."""


@pytest.mark.parametrize(
    ("template_id", "key", "cell"),
    [(each, key, cell) for each, cells in _TABLES.items() for key, cell in cells.items()],
)  # fmt: skip
def test_values_carry_their_origin_as_rules_md_2_5_has_them(
    template_id: str, key: str, cell: str
) -> None:
    value = template(template_id).values.get(key)
    shown = f"{value.text} {value.origin}".strip() if value else ""
    assert shown == cell


@pytest.mark.parametrize(
    "template_id",
    ["sinosure-st-export", "sinosure-sme", "sinosure-domestic", "picc-export-2016", "picc-domestic"],
)  # fmt: skip
def test_no_chinese_template_has_a_waiting_period_no_paper_states(
    template_id: str,
) -> None:
    assert template(template_id).values["waiting_period"].origin is Origin.ASK


@pytest.mark.parametrize("template_id", sorted(set(IDS) - set(WITH_DEADLINES)))
def test_a_template_without_a_paper_asks_for_what_decides(template_id: str) -> None:
    """Percentage, deadlines, premium: no figure stands in for what the policy says."""
    values = template(template_id).values
    for key in (
        "insured_pct",
        "max_liability",
        "overdue_rule",
        "claim_rule",
        "stop_rule",
        "premium_rate",
    ):
        assert values[key].origin is Origin.ASK


def test_what_was_read_of_an_insurer_says_in_how_many_papers() -> None:
    assert template("cpic-domestic-a").values["max_invoicing_days"] == ("28", "S", 1)
    assert template("consortium-domestic").values["policy_type"].papers == 2
    assert "15" in template("cpic-domestic-a").note.zh


def test_a_person_finds_chinese_insurers_first_and_the_blank_one_last() -> None:
    found = by_country()
    countries = [each.calendar for each in found if not each.blank]
    assert countries == [
        *["CN"] * countries.count("CN"), "HK", *(each for each in countries if each not in {"CN", "HK"})
    ]  # fmt: skip
    assert found[-1].id == "other-insurer"


def test_an_unknown_template_is_refused_with_the_ids_there_are() -> None:
    with pytest.raises(PolicyTemplateUnknown) as refused:
        template("nobody")
    assert "sinosure-domestic" in str(refused.value)


def test_a_policy_made_from_no_template_has_every_duty() -> None:
    codes = {rule.code for rule in duty_rules("")}
    stops = {"D13a", "D13b", "D13c"}
    assert codes >= {f"D{number:02}" for number in range(1, 29)} | stops
