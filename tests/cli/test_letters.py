"""`letter`: every letter is listed and written; a new file is a new letter without another line."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine

from creditdesk.catalog.letters import Letter, Source, letters

Shell = Callable[..., Any]
CLIENT, BUYER = "明达电子有限公司", "宁波海澜贸易有限公司"
AMOUNTS = {"limit_application": 1, "limit_increase": 600000, "limit_renewal": 1, "limit_reduction": 1}  # fmt: skip
ELSEWHERE = {Source.QUESTIONS, Source.EVENTS, Source.CLAIM}
"""What these need isn't in the desk of these tests; they have tests of their own."""
ABOUT = ("--client", CLIENT, "--buyer", BUYER)


@pytest.fixture(autouse=True)
def _september() -> Iterator[None]:
    """Invoices are overdue, and the policy runs."""
    with time_machine.travel(datetime(2025, 9, 10, 12, tzinfo=UTC), tick=True):
        yield


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return "".join("".join(pages).split())


def test_every_letter_is_listed_with_what_is_typed_for_it(full: Shell) -> None:
    found = {each["id"]: each for each in full("letter", "list").json}
    assert found.keys() == letters().keys()
    assert found["overdue_notice"] == {
        "id": "overdue_notice",
        "title": "Overdue notice",
        "to": "insurer",
        "from": "buyer",
        "facts": "overdue",
        "recorded_as": "notice",
        "fields": ["reason", "dispute", "measures", "goods", "wish"],
    }
    assert "可能损失通知书" in full("letter", "list", lang="zh", as_json=False).out


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "letter",
    [each for each in letters().values() if each.source not in ELSEWHERE],
    ids=lambda each: each.id,
)
def test_each_is_written_in_both_languages(
    full: Shell, tmp_path: Path, letter: Letter, language: str
) -> None:
    out = tmp_path / "letter.pdf"
    given = ("--field", f"amount={AMOUNTS[letter.id]}") if letter.id in AMOUNTS else ()
    if letter.id == "extension_consent":
        given = ("--field", "plan=2025-10-31 100,000.00")
    if letter.id == "sme_statement":
        given = ("--field", "size=小型")
    told = full("letter", "write", letter.id, *ABOUT, *given, "--out", out, lang=language)  # fmt: skip
    assert told.status == 0, told.out
    assert told.json["file"] == str(out)
    assert told.json["places"].keys() == letter.places
    assert told.json["places"]["buyer"] == BUYER
    text = letter.in_language("zh" if language == "zh" else "en")
    assert "".join(text.title.split()) in text_of(out)


def test_the_confirmation_is_the_one_the_ledger_command_writes(
    full: Shell, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"
    full("letter", "write", "balance_confirmation", *ABOUT, "--field", "on=2025-08-31", "--out", one)  # fmt: skip
    full("ledger", "confirmation", *ABOUT, "--on", "2025-08-31", "--out", other)
    assert text_of(one) == text_of(other)
    assert "2025-08-31" in text_of(one)


def test_what_is_typed_stands_in_the_letter(full: Shell, tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    given = ("--policy", "DT-1", "--field", "reason=Storm {insurer}")
    told = full("letter", "write", "overdue_notice", *ABOUT, *given, "--out", out)
    assert told.json["places"]["reason"] == "Storm {insurer}"
    assert told.json["places"]["count"] == "3"
    assert "Whatweknow:Storm{insurer}" in text_of(out)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        pytest.param(("claim_letter", *ABOUT), "letter_without_claim", id="no claim"),
        pytest.param(("claim_letter", "--claim", "9"), "claim_unknown", id="no such claim"),
        pytest.param(("adverse_information", *ABOUT), "nothing_learned", id="nothing learned"),
        pytest.param(("extension_consent", *ABOUT), "answer_missing", id="no plan"),
        pytest.param(("nothing", *ABOUT), "letter_unknown", id="no such letter"),
        pytest.param(("overdue_notice", "--client", CLIENT), "letter_without_buyer", id="no buyer"),
        pytest.param(("overdue_notice", "--client", CLIENT, "--buyer", "A & B"), "buyer_unknown", id="another buyer"),
        pytest.param(("overdue_notice", *ABOUT, "--policy", "X"), "policy_unknown", id="no such policy"),
        pytest.param(("overdue_notice", *ABOUT, "--field", "why=x"), "letter_field_unknown", id="no such field"),
        pytest.param(("overdue_notice", *ABOUT, "--field", "why"), "setting_unreadable", id="no value"),
        pytest.param(("limit_increase", *ABOUT), "answer_missing", id="no amount"),
        pytest.param(("limit_increase", *ABOUT, "--field", "amount=x"), "amount_unread", id="no figure"),
        pytest.param(("limit_increase", *ABOUT, "--field", "amount=1"), "request_amount_odd", id="no increase"),
        pytest.param(
            ("limit_increase", *ABOUT, "--field", "amount=600000", "--field", "method=BARTER"),
            "letter_choice_unknown", id="no such option",
        ),
        pytest.param(("overdue_notice", "--client", CLIENT, "--buyer", "K2"), "nothing_overdue", id="nothing overdue"),
        pytest.param(("insurer_questions", "--client", CLIENT), "nothing_to_ask", id="nothing to ask"),
    ],
)  # fmt: skip
def test_what_stands_against_a_letter_is_said(
    full: Shell, tmp_path: Path, given: tuple[str, ...], error: str
) -> None:
    out = tmp_path / "letter.pdf"
    assert full("letter", "write", *given, "--out", out).error == error
    assert not out.exists()


def test_a_letter_to_the_insurer_needs_a_policy_that_runs(
    full: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "letter.pdf"
    with time_machine.travel(datetime(2026, 2, 1, 12, tzinfo=UTC), tick=True):
        told = full("letter", "write", "overdue_notice", *ABOUT, "--out", out)
        assert told.error == "no_policy_runs"
        named = ("--policy", "DT-1", "--out", out)
        assert full("letter", "write", "overdue_notice", *ABOUT, *named).status == 0


def test_a_new_letter_is_one_file(full: Shell, tmp_path: Path, reminder: str) -> None:
    listed = {each["id"]: each for each in full("letter", "list").json}
    assert listed[reminder]["title"] == "Reminder"
    out = tmp_path / "letter.pdf"
    write = ("letter", "write", reminder, *ABOUT, "--out", out)
    assert full(*write).error == "answer_missing"
    told = full(*write, "--field", "until=2025/9/30")
    assert told.json["places"] == {
        "buyer": BUYER,
        "client": CLIENT,
        "insurer": "中国出口信用保险公司",
        "on": "2025-09-10",
        "overdue": "CNY\u00a0478,000.00",
        "until": "2025-09-30",
    }
    assert "CNY478,000.00.Pleasepayby2025-09-30." in text_of(out)
