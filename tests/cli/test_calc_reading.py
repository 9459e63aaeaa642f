"""What a case may look like, and what is refused (commands.md, `calc`)."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

Shell = Any  # the fixture of conftest, which tests can't import
Ask = Callable[[str, str | bytes], Any]
INVOICE = {"id": "I", "kind": "invoice", "date": "2025-01-10", "due": "2025-02-10"}
CASE: dict[str, object] = {
    "policy": {"insured_pct": "90"},
    "limits": [{"from": "2025-01-01", "amount": "100"}],
    "date_of_loss": "2025-09-07",
    "documents": [{**INVOICE, "amount": "50"}],
}


@pytest.fixture
def ask(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Pipe a text into `calc KIND -`."""

    def piped(kind: str, text: str | bytes) -> Any:  # noqa: ANN401 - what conftest's shell says
        content = text.encode() if isinstance(text, str) else text
        stream = io.TextIOWrapper(io.BytesIO(content), encoding="ascii")
        monkeypatch.setattr("sys.stdin", stream)
        return shell("calc", kind, "-")

    return piped


def with_amount(amount: object) -> dict[str, object]:
    return {**CASE, "documents": [{**INVOICE, "amount": amount}]}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("", "case_unreadable", id="nothing"),
        pytest.param("{", "case_unreadable", id="cut off"),
        pytest.param("\udcff".encode(errors="surrogateescape"), "case_unreadable", id="no text"),
        pytest.param("[" * 100_000, "case_too_deep", id="a list in a list in a list"),
        pytest.param('{"amount": "1", "amount": "2"}', "case_name_twice", id="a name twice"),
        pytest.param('"text"', "case_not_an_object", id="a text"),
        pytest.param("null", "case_not_an_object", id="null"),
        pytest.param('{"amount": NaN}', "case_value_wrong", id="no number"),
        pytest.param('{"amount": Infinity}', "case_value_wrong", id="infinity"),
        pytest.param('{"amount": 1e400}', "case_value_wrong", id="beyond floating point"),
        pytest.param('{"amount": ' + "[" * 500 + "]" * 500 + "}", "case_value_wrong", id="deep"),
        pytest.param('{"amount": true}', "case_value_wrong", id="a truth value"),
        pytest.param('{"amount": {}}', "case_value_wrong", id="an object"),
        pytest.param('{"amount": "１２"}', "case_value_wrong", id="full-width digits"),
        pytest.param('{"amount": "1,000"}', "case_value_wrong", id="separators"),
        pytest.param('{"amount": "1", "currency": "ZZZ"}', "case_value_wrong", id="no currency"),
    ],
)  # fmt: skip
def test_what_is_no_case_is_refused_in_words(
    ask: Ask, text: str | bytes, code: str
) -> None:
    said = ask("capitals", text)
    assert (said.status, said.error) == (1, code)


def test_a_number_of_json_keeps_every_digit_it_was_written_with(ask: Ask) -> None:
    said = ask("indemnity", json.dumps(with_amount(0)).replace(": 0}", ": 9007199254740993.55}"))  # fmt: skip
    assert said.json["whole_debt"] == "9007199254740993.55"


def test_digits_without_end_refuse_only_the_case_they_stand_in(ask: Ask) -> None:
    endless = [with_amount("8" * 5000), {**CASE, "policy": {"insured_pct": "90", "mep_days": "8" * 5000}}]  # fmt: skip
    number = json.dumps(with_amount("#")).replace('"#"', "8" * 5000)
    said = ask("indemnity", f"[{json.dumps(CASE)}, {number}, {json.dumps(endless)[1:]}")
    assert said.status == 0
    first, *others = said.json
    assert first["indemnity"] == "45.00"
    assert {each["error"]["code"] for each in others} == {"case_value_wrong"}


def test_half_a_character_comes_back_as_it_was_given(ask: Ask) -> None:
    said = ask(
        "indemnity", json.dumps({**CASE, "documents": [{**INVOICE, "id": "\ud83d", "amount": "50"}]})
    )  # fmt: skip
    assert said.json["invoices"][0]["id"] == "\ud83d"


def test_the_encoding_is_that_of_json_and_not_of_the_terminal(ask: Ask) -> None:
    case = {**CASE, "documents": [{**INVOICE, "id": "发票1", "amount": "50"}]}
    text = json.dumps(case, ensure_ascii=False)
    said = ask("indemnity", "\ufeff".encode() + text.encode())
    assert said.json["invoices"][0]["id"] == "发票1"


def test_a_withdrawn_limit_needs_no_amount_and_one_in_force_does(ask: Ask) -> None:
    cases = [
        {**CASE, "limits": [{"from": "2025-01-01", "state": state}]}
        for state in ("REFUSED", "CANCELLED", "SUSPENDED", "EXPIRED")
    ]
    for answer in ask("indemnity", json.dumps(cases)).json:
        assert answer["invoices"][0]["reasons"] == ["LIMIT_ZERO"]
    for state in ("APPROVED", "INCREASED", "REDUCED"):
        case = {**CASE, "limits": [{"from": "2025-01-01", "state": state}]}
        assert ask("indemnity", json.dumps(case)).error == "case_value_missing"


def test_adverse_information_ends_the_discretionary_limit_and_no_decided_one(
    ask: Ask,
) -> None:
    """rules.md 3.5, kill switches."""
    own = {"amount": "80", "evidence_date": "2025-01-01"}
    shipment = {"id": "S", "date": "2025-03-02", "due": "2025-05-02", "amount": "50"}
    told = {"kind": "ADVERSE_INFO", "date": "2025-03-02"}
    case: dict[str, object] = {
        "policy": {"insured_pct": "90"},
        "limits": [],
        "discretionary": own,
        "shipments": [shipment],
        "payments": [],
        "on": "2025-04-01",
    }
    decided = {**case, "limits": [{"from": "2025-01-01", "amount": "100"}]}
    before, after, limit = ask(
        "cover", json.dumps([case, {**case, "events": [told]}, {**decided, "events": [told]}])
    ).json  # fmt: skip
    assert (before["may_ship"], before["headroom"]) == (True, "30.00")
    assert (after["may_ship"], after["headroom"]) == (False, "0.00")
    assert after["reasons"] == ["DCL_UNJUSTIFIED"]
    assert after["shipments"][0]["reasons"] == ["DCL_UNJUSTIFIED"]
    assert (limit["may_ship"], limit["headroom"]) == (True, "50.00")
    earlier = {"kind": "ADVERSE_INFO", "date": "2024-12-31"}
    (fresh,) = ask("cover", json.dumps([{**case, "events": [earlier]}])).json
    assert fresh["may_ship"] is True, "evidence gathered after the bad news stands"


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_json_may_be_asked_for_before_the_command_or_after_it(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("{}"))
    words = ["calc", "capitals", "-"]
    words.insert(place, "--json")
    said = shell(*words, as_json=False)
    assert (said.status, said.error) == (1, "case_value_missing")
