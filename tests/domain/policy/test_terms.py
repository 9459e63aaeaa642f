from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.indemnity import calculate
from creditdesk.domain.cover.case import IndemnityCase, IndemnityTerms
from creditdesk.domain.policy.choices import AttachmentBasis, NqlType
from creditdesk.domain.policy.fields import FIELDS
from creditdesk.domain.policy.tables import LimitType
from creditdesk.domain.policy.terms import (
    PolicyTerms,
    PolicyValuesMissing,
    ValueStanding,
    standing,
    unconfirmed,
)
from creditdesk.errors import UserError

VALUES = {
    "policy_currency": "CNY",
    "insured_pct": "90",
    "insured_pct_repudiation": "80",
    "nql": "10000",
    "nql_type": "DEDUCT",
    "mep_days": "60",
    "overdue_rule": "MEP_END + 30 CD",
    "period_start": "2025-01-01",
    "vat_insured": "",
    "auto_renew": "是",
}
ALWAYS = {"insured_pct", "vat_insured", "retention_insured"}


def test_terms_are_read_by_the_type_of_each_field() -> None:
    terms = PolicyTerms.read(VALUES)
    assert terms.insured_pct == Decimal(90)
    assert terms.nql == Money(Decimal("10000.00"), "CNY")
    assert terms.nql_type is NqlType.DEDUCT
    assert terms.period_start == date(2025, 1, 1)
    assert terms.vat_insured is None
    assert terms.values["auto_renew"] is True
    assert terms.rule("overdue_rule") == CountRule.parse("MEP_END + 30 CD")
    assert terms.insured_pct_for("repudiation") == 80
    assert terms.insured_pct_for("political_war") == 90
    assert terms.attachment_basis is AttachmentBasis.RISK_ATTACHING
    losses = PolicyTerms.read({**VALUES, "attachment_basis": "LOSS_OCCURRING"})
    assert (
        IndemnityTerms.of(losses, cause="insolvency").attachment_basis
        == "LOSS_OCCURRING"
    )


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("insured_pct", "0.9", "policy_percent_is_fraction"),
        ("insured_pct", "1", "policy_percent_is_fraction"),
        ("insured_pct", "101", "policy_percent_wrong"),
        ("insured_pct", "100.01", "policy_percent_wrong"),
        ("premium_rate", "-0.5", "policy_percent_wrong"),
        ("premium_rate", "x", "policy_percent_wrong"),
        ("eel", "-1", "policy_amount_wrong"),
        ("eel", "1.234", "policy_amount_wrong"),
        ("mep_days", "sixty", "policy_number_wrong"),
        ("period_end", "2025-02-30", "policy_date_wrong"),
        ("auto_renew", "maybe", "policy_flag_wrong"),
        ("nql_type", "OTHER", "policy_choice_wrong"),
        ("claim_rule", "30 days", "policy_rule_wrong"),
        ("claim_rule", "DUE_DATE - 1 CD", "policy_rule_wrong"),
        ("claim_rule", "DUE_DATE + 30 CD | INSOLVENCY - 1 CD", "policy_rule_wrong"),
        ("documents", "{", "policy_table_wrong"),
        ("documents", "3", "policy_table_wrong"),
        ("instalments", "[3]", "policy_table_wrong"),
        (
            "instalments",
            '[{"due": "2025-01-15", "amount": "6", "tax": "1"}]',
            "policy_column_unknown",
        ),
        (
            "instalments",
            '[{"due": "2025-01-15", "amount": " "}]',
            "policy_cell_missing",
        ),
        ("instalments", '[{"due": "2025-01-15", "amount": "-6"}]', "policy_row_wrong"),
        ("colour", "red", "policy_field_unknown"),
    ],
)
def test_a_wrong_value_is_refused_with_its_field(
    key: str, text: str, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        PolicyTerms.read({"policy_currency": "CNY", key: text})
    assert refused.value.code == code


def test_the_wrong_row_of_a_table_is_named() -> None:
    rows = '[{"due": "2025-01-15", "amount": "6"}, {"due": "2025-07-15"}]'
    with pytest.raises(UserError) as refused:
        PolicyTerms.read({"policy_currency": "CNY", "instalments": rows})
    assert refused.value.places["number"] == 2


@pytest.mark.parametrize("pct", ["1.5", "100"])
def test_a_percentage_may_be_as_much_as_all(pct: str) -> None:
    assert PolicyTerms.read({"insured_pct": pct}).insured_pct == Decimal(pct)


def test_a_deadline_may_be_the_day_itself() -> None:
    rule = PolicyTerms.read({"claim_rule": "DUE_DATE + 0 CD"}).rule("claim_rule")
    assert rule == CountRule.parse("DUE_DATE + 0 CD")


def test_a_small_rate_is_no_fraction() -> None:
    assert PolicyTerms.read({"premium_rate": "0.3"}).values["premium_rate"] == Decimal(
        "0.3"
    )


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        pytest.param({}, ALWAYS, id="always"),
        pytest.param({"insured_pct": "90", "vat_insured": "false", "retention_insured": "false"}, set(), id="given"),
        pytest.param({"eel": "5000"}, ALWAYS | {"deductible_order"}, id="a deductible"),
        pytest.param({"min_retention": "1"}, ALWAYS | {"deductible_order"}, id="a retention"),
        pytest.param({"afl": "5000"}, ALWAYS | {"afl_basis"}, id="a first loss"),
        pytest.param({"eel": "0", "min_retention": "0.00", "afl": "0"}, ALWAYS, id="noughts"),
        pytest.param({"policy_type": "XOL"}, ALWAYS | {"afl", "afl_basis"}, id="excess of loss"),
    ],
)  # fmt: skip
def test_what_an_indemnity_waits_for_must_be_asked(
    values: dict[str, str], asked: set[str]
) -> None:
    """rules.md 2.2: three kinds of value."""
    found = {item.key for item in FIELDS if standing(item.key, values, ()) is ValueStanding.ASK}  # fmt: skip
    assert found == asked


def test_an_excess_of_loss_without_its_first_loss_is_not_computed() -> None:
    """An empty first loss is no zero: the policy would seem to pay from the ground up."""
    values = {"policy_currency": "CNY", "policy_type": "XOL", "insured_pct": "90"}
    terms = IndemnityTerms.of(PolicyTerms.read(values), cause="insolvency")
    case = IndemnityCase(terms=terms, date_of_loss=date(2025, 9, 7), limits=(), invoices=())  # fmt: skip
    with pytest.raises(PolicyValuesMissing) as refused:
        calculate(case)
    assert refused.value.places["keys"] == ("afl", "afl_basis")
    given = IndemnityTerms.of(
        PolicyTerms.read({**values, "afl": "0"}), cause="insolvency"
    )
    assert not calculate(replace(case, terms=given)).indemnity


def test_a_value_is_a_default_until_it_is_confirmed() -> None:
    assert standing("insured_pct", VALUES, ()) is ValueStanding.DEFAULT
    assert standing("insured_pct", VALUES, {"insured_pct"}) is ValueStanding.CONFIRMED
    assert standing("vat_insured", VALUES, ()) is ValueStanding.ASK
    assert standing("loss_payee", VALUES, ()) is None
    assert "insured_pct" not in {
        item.key for item in unconfirmed(VALUES, {"insured_pct"})
    }


def test_every_field_has_words_in_both_languages_and_its_own_key() -> None:
    assert len({field.key for field in FIELDS}) == len(FIELDS)
    assert all(field.label.zh and field.label.en for field in FIELDS)


def test_a_rule_reads_back_as_it_was_written() -> None:
    for text in ("DUE_DATE + 60 CD + 4 M", "MEP_END", "KNOWLEDGE + IMMEDIATE"):
        assert CountRule.parse(text).text == text
    assert CountRule.parse("MEP_END").anchor is Anchor.MEP_END


RISKS = (
    '[{"cause": "REPUDIATION", "limit_type": "NAMED", "insured_pct": "75"},'
    ' {"cause": "INSOLVENCY", "limit_type": "DISCRETIONARY", "insured_pct": "60"}]'
)
COUNTRIES = (
    '[{"country": "BR", "insured_pct": "50", "max_term_days": "60"},'
    ' {"country": "DE", "max_term_days": "120"}, {"country": "IR", "covered": "false"}]'
)


@pytest.mark.parametrize(
    ("cause", "kind", "country", "pct"),
    [
        ("insolvency", LimitType.NAMED, "DE", "90"),
        ("insolvency", LimitType.NAMED, "br", "50"),
        ("insolvency", LimitType.DISCRETIONARY, "DE", "60"),
        ("protracted_default", LimitType.DISCRETIONARY, "DE", "80"),
        ("repudiation", LimitType.NAMED, "DE", "75"),
        ("repudiation", LimitType.NAMED, "BR", "50"),
        ("POLITICAL_WAR", LimitType.NAMED, "DE", "85"),
    ],
)
def test_the_percentage_follows_cause_kind_of_limit_and_country(
    cause: str, kind: LimitType, country: str, pct: str
) -> None:
    terms = PolicyTerms.read(
        {
            "policy_currency": "USD", "insured_pct": "90", "insured_pct_repudiation": "80",
            "insured_pct_political": "85", "dcl_pct": "80", "risk_terms": RISKS, "country_table": COUNTRIES,
        }
    )  # fmt: skip
    assert terms.insured_pct_for(cause, kind, country) == Decimal(pct)


@pytest.mark.parametrize(("country", "days"), [("BR", 60), ("DE", 90), ("", 90)])
def test_a_country_may_shorten_the_longest_term_but_not_lengthen_it(
    country: str, days: int
) -> None:
    texts = {"policy_currency": "USD", "max_payment_term_days": "90", "country_table": COUNTRIES}  # fmt: skip
    assert PolicyTerms.read(texts).longest_term(country) == days


def test_a_row_of_the_table_of_risks_goes_before_what_the_policy_says_for_all() -> None:
    risks = (
        '[{"cause": "PROTRACTED_DEFAULT", "limit_type": "NAMED", "vat_insured": "false",'
        ' "waiting_period": "DUE_DATE + 5 M"}]'
    )
    terms = PolicyTerms.read(
        {
            "policy_currency": "CNY", "vat_insured": "true", "risk_terms": risks,
            "pd_definition": "DUE_DATE + 60 CD", "waiting_period": "DUE_DATE + 180 CD",
        }
    )  # fmt: skip
    assert terms.vat_insured_for("protracted_default") is False
    assert terms.vat_insured_for("insolvency") is True
    assert terms.default_rule("protracted_default") == CountRule.parse("DUE_DATE + 5 M")
    assert terms.default_rule("insolvency") == CountRule.parse("DUE_DATE + 180 CD")
