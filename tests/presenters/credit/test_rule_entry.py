"""A deadline entered field by field is the deadline the policy keeps."""

import pytest

from creditdesk.domain.base.counting import CountRule
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.rules import rule_words
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.policies.rule_entry import (
    rule_fields,
    rule_text,
    rule_values,
)


def kept(text: str, **typed: str) -> tuple[str, str]:
    """What the fields give back for a rule, after something was typed; and what they complain of."""
    got: list[str] = []
    say = Wording("en")
    form = Form(
        rule_fields("Notice", say),
        lambda answers: got.append(rule_text(answers)),
        rule_values(text),
    )
    for key, value in typed.items():
        form.set(key, value)
    form.save()
    return (got[0] if got else ""), say.message(form.fault) if form.fault else ""


@pytest.mark.parametrize(
    "text",
    [
        "DUE_DATE + 60 CD",
        "MEP_END",
        "KNOWLEDGE + IMMEDIATE",
        "DUE_DATE + 2 M + 10 WD",
        "DUE_DATE + 60 CD | KNOWLEDGE + 10 WD",
        "MEP_END | INSOLVENCY | LIMIT_WITHDRAWN | MANDATE | CLAIM_FILED",
    ],
)
def test_a_rule_comes_back_as_it_was(text: str) -> None:
    assert kept(text) == (text, "")


def test_a_second_way_and_an_event_are_added() -> None:
    typed = {"earlier": "INSOLVENCY", "n3": "7", "unit3": "CD", "MANDATE": "true"}
    assert kept("DUE_DATE + 30 CD", **typed) == (
        "DUE_DATE + 30 CD | INSOLVENCY + 7 CD | MANDATE",
        "",
    )


def test_a_number_without_a_unit_is_asked_about() -> None:
    assert kept("DUE_DATE + 30 CD", unit1="") == (
        "",
        "Say what the deadline counts: both how many, and days or months.",
    )


def test_several_ways_are_said_as_the_earliest() -> None:
    rule = CountRule.parse("DUE_DATE + 60 CD | KNOWLEDGE + 10 WD")
    assert (
        rule_words(rule, Wording("en"))
        == "the earliest of: due date + 60 days, knowledge + 10 working days"
    )
