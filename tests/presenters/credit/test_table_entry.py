"""Tables of a schedule: read, said in words, and kept as they were meant."""

import pytest

from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.domain.policy.values import read_value
from creditdesk.errors import UserError
from creditdesk.i18n import words
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.schedule import (
    entry_fields,
    entry_values,
    text_from,
    words_of,
)

RISKS = (
    '[{"cause": "REPUDIATION", "limit_type": "NAMED", "insured_pct": "80", "waiting_period": "NOTICE_SENT + 4 M"},'
    ' {"cause": "PROTRACTED_DEFAULT", "limit_type": "DISCRETIONARY", "insured_pct": "70"}]'
)


def entered(key: str, text: str) -> str:
    got: list[str] = []
    field = BY_KEY[key]
    say = Wording("en")
    form = Form(
        entry_fields(field, "USD", say),
        lambda answers: got.append(text_from(field, answers, "USD")),
        entry_values(field, text),
    )
    assert form.save()
    return got[0]


def test_a_table_of_risks_is_said_row_by_row() -> None:
    field = BY_KEY["risk_terms"]
    assert words_of(field, RISKS, "USD", Wording("en")).splitlines() == [
        "Repudiation · Named · Insured % 80 · Waiting period notice sent + 4 months",
        "Protracted default · Discretionary · Insured % 70",
    ]
    assert "拒收 · 审批限额" in words_of(field, RISKS, "USD", Wording("zh"))


def test_a_table_comes_back_as_it_was() -> None:
    assert entered("risk_terms", RISKS) == RISKS


def test_figures_are_kept_plain_and_empty_rows_are_left_out() -> None:
    typed = '[{"due": "2026-03-31", "amount": "12,500.00"}, {"due": " "}]'
    assert entered("instalments", typed) == '[{"due": "2026-03-31", "amount": "12500.00"}]'  # fmt: skip


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("risk_terms", '[{"cause": "REPUDIATION"}]', "Kind of limit"),
        ("risk_terms", '[{"cause": "FIRE", "limit_type": "NAMED"}]', "FIRE"),
        ("country_table", '[{"country": "DE", "insured_pct": "0.9"}]', "looks like a fraction"),
        ("country_table", '[{"country": "DE", "colour": "red"}]', "colour"),
        ("instalments", '[{"due": "31 March", "amount": "1"}]', "is no date"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_meant_is_refused_with_its_row(
    key: str, text: str, said: str
) -> None:
    with pytest.raises(UserError) as refused:
        read_value(BY_KEY[key], text, "CNY")
    sentence = words("en").say(refused.value.said)
    assert said in sentence
    assert "ow 1" in sentence
