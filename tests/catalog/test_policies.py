import pytest

from creditdesk.catalog.policies import (
    Origin,
    PolicyTemplateUnknown,
    duty_rules,
    template,
    templates,
)
from creditdesk.domain.duties import CLAIM_FILING, OVERDUE_NOTICE, STOP_SHIPPING
from creditdesk.domain.policy import PolicyTerms

IDS = [
    "allianz-whole-turnover",
    "atradius-modula",
    "coface-tradeliner",
    "dadi-domestic",
    "excess-of-loss",
    "exim-multi",
    "picc-domestic",
    "picc-export-2016",
    "qbe-comprehensive",
    "sinosure-domestic",
    "sinosure-sme",
    "sinosure-st-export",
    "single-buyer",
]


def test_the_templates_come_ordered_by_id() -> None:
    assert [item.id for item in templates()] == sorted(IDS)


@pytest.mark.parametrize("template_id", IDS)
def test_no_template_guesses_what_must_be_asked(template_id: str) -> None:
    values = template(template_id).values
    for key in ("deductible_order", "afl_basis", "vat_insured"):
        assert (values[key].text, values[key].origin) == ("", Origin.ASK)


@pytest.mark.parametrize("template_id", IDS)
def test_every_template_has_the_duties_of_an_unpaid_invoice(template_id: str) -> None:
    found = template(template_id)
    terms = PolicyTerms.read(found.texts)
    rules = {rule.code: rule for rule in found.duties if rule.applies(terms)}
    (stop,) = STOP_SHIPPING & set(rules)
    for code in (stop, OVERDUE_NOTICE, CLAIM_FILING):
        assert rules[code].counted_by(terms) is not None
        assert rules[code].title.zh
        assert rules[code].consequence.en


@pytest.mark.parametrize(
    ("template_id", "key", "text", "origin"),
    [
        ("sinosure-st-export", "insured_pct_repudiation", "80", "S"),
        ("sinosure-st-export", "declaration_rule", "MONTH_END + 25 DNM", "S"),
        ("sinosure-sme", "max_liability", "150000", "S"),
        (
            "sinosure-domestic",
            "overdue_rule",
            "DUE_DATE + 60 CD | KNOWLEDGE + 10 WD",
            "K",
        ),
        ("picc-domestic", "pd_definition", "DUE_DATE + 4 M", "S"),
        ("dadi-domestic", "claim_rule", "MEP_END + 6 M", "S"),
        ("atradius-modula", "overdue_rule", "MEP_END + 30 CD", "S"),
        ("qbe-comprehensive", "nql", "5000", "S"),
        ("exim-multi", "claim_rule", "DUE_DATE + 240 CD", "S"),
        ("excess-of-loss", "eel", "0", "K"),
        ("excess-of-loss", "insured_pct", "90", "K"),
        ("excess-of-loss", "afl", "", "ask"),
    ],
)
def test_values_carry_their_origin_as_domain_md_2_5_has_them(
    template_id: str, key: str, text: str, origin: str
) -> None:
    value = template(template_id).values[key]
    assert (value.text, value.origin) == (text, origin)


def test_an_unknown_template_is_refused_with_the_ids_there_are() -> None:
    with pytest.raises(PolicyTemplateUnknown) as refused:
        template("nobody")
    assert "sinosure-domestic" in str(refused.value)


def test_a_policy_made_from_no_template_has_every_duty() -> None:
    codes = {rule.code for rule in duty_rules("")}
    stops = {"D13a", "D13b", "D13c"}
    assert codes >= {f"D{number:02}" for number in range(1, 29)} | stops
