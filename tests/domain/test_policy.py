from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.choices import NqlType
from creditdesk.domain.counting import Anchor, CountRule
from creditdesk.domain.money import Money
from creditdesk.domain.policy import (
    PolicyTerms,
    Standing,
    missing,
    standing,
    unconfirmed,
)
from creditdesk.domain.policy_fields import FIELDS
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


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("insured_pct", "0.9", "policy_percent_is_fraction"),
        ("insured_pct", "101", "policy_percent_wrong"),
        ("premium_rate", "x", "policy_percent_wrong"),
        ("eel", "-1", "policy_amount_wrong"),
        ("eel", "1.234", "policy_amount_wrong"),
        ("mep_days", "sixty", "policy_number_wrong"),
        ("period_end", "2025-02-30", "policy_date_wrong"),
        ("auto_renew", "maybe", "policy_flag_wrong"),
        ("nql_type", "OTHER", "policy_choice_wrong"),
        ("claim_rule", "30 days", "policy_rule_wrong"),
        ("documents", "{", "policy_table_wrong"),
        ("colour", "red", "policy_field_unknown"),
    ],
)
def test_a_wrong_value_is_refused_with_its_field(
    key: str, text: str, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        PolicyTerms.read({"policy_currency": "CNY", key: text})
    assert refused.value.code == code


def test_a_small_rate_is_no_fraction() -> None:
    assert PolicyTerms.read({"premium_rate": "0.3"}).values["premium_rate"] == Decimal(
        "0.3"
    )


def test_what_must_be_asked_is_named_together() -> None:
    terms = PolicyTerms.read({"policy_currency": "CNY", "eel": "1", "afl": "1"})
    assert [field.key for field in missing(terms, with_vat=True)] == [
        "insured_pct",
        "vat_insured",
        "deductible_order",
        "afl_basis",
    ]
    plain = PolicyTerms.read({"policy_currency": "CNY", "insured_pct": "90"})
    assert missing(plain, with_vat=False) == ()


def test_a_value_is_a_default_until_it_is_confirmed() -> None:
    assert standing("insured_pct", VALUES, ()) is Standing.DEFAULT
    assert standing("insured_pct", VALUES, {"insured_pct"}) is Standing.CONFIRMED
    assert standing("vat_insured", VALUES, ()) is Standing.ASK
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
