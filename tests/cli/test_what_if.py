"""`policy what-if`: the contract's keys, what `calc indemnity` says of its cases, and the page."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from creditdesk.cases.reading import Reader
from creditdesk.cli.calc.case_json import case_json
from creditdesk.cli.calc.command import answer
from creditdesk.cli.calc.debt import indemnity_case
from creditdesk.cli.session import plain
from creditdesk.domain.claim.indemnity import calculate
from creditdesk.domain.cover.limits import CoverEvent, CoverEventKind, Reason
from creditdesk.errors import UserError
from creditdesk.i18n import words

Shell = Any  # the fixture of conftest, which tests can't import
CLIENT, BUYER = "明达电子有限公司", "宁波海澜贸易有限公司"
OTHER = {
    "template": "sinosure-domestic", "name": "<b>B</b>", "limits": "SAME",
    "set": {
        "insured_pct": 80, "vat_insured": True, "retention_insured": False, "mep_days": "60",
        "deductible_order": "BEFORE_PCT", "premium_rate": "0.5", "minimum_premium": "0",
        "max_liability_basis": "AMOUNT", "max_liability": "2000000",
    },
}  # fmt: skip
LIMIT = {"buyer": BUYER, "amount": "1", "from": "2025-01-01"}
FAILS = {"kind": "BUYER_FAILS", "buyer": BUYER, "on": "2025-04-30"}
CASE: dict[str, Any] = {
    "client": CLIENT, "from": "2025-01-01", "to": "2025-09-10", "policies": [{"number": "DT-1"}, OTHER],
    "stress": [FAILS],
}  # fmt: skip


def asked(shell: Shell, **change: object) -> Path:
    path: Path = shell.folder / "what-if.json"
    path.write_text(json.dumps({**CASE, **change}), encoding="utf-8")
    return path


def test_the_answer_has_the_contracts_keys(full: Shell) -> None:
    said = full("policy", "what-if", asked(full))
    assert said.status == 0, said.out
    own, less = said.json["policies"]
    assert [each["name"] for each in (own, less)] == ["DT-1", "<b>B</b>"]
    for each in (own, less):
        assert {
            "premium", "covered_average", "uncovered_average", "uncovered_peak", "uncovered_peak_on", "duties", "stops",
            "indemnities", "net", "break_even_loss", "assumptions",
        } <= set(each)  # fmt: skip
        assert set(each["duties"]) >= {"due", "late"}
        assert each["stops"] == [{"buyer": BUYER, "on": "2025-04-30"}]
        (loss,) = each["indemnities"]
        assert set(loss) >= {"buyer", "amount", "case"}
        again: Any = answer("indemnity", loss["case"])
        assert again["indemnity"] == loss["amount"]
        assert again["covered_loss"] == loss["covered_loss"]
        assert again["whole_debt"] == loss["whole_debt"]
    # 678,080.50 at 0.5 %.
    assert less["premium"] == "3390.40"
    assert (
        own["indemnities"][0]["covered_loss"] == less["indemnities"][0]["covered_loss"]
    )


def test_the_own_claim_is_what_its_estimate_and_the_calculation_say(
    full: Shell,
) -> None:
    estimate = full("claim", "estimate", 1)
    said = full("policy", "what-if", asked(full, stress=[]))
    (loss,) = said.json["policies"][0]["indemnities"]
    assert loss["claim"] == full("claim", "list").json[0]["number"]
    assert loss["amount"] == estimate.json["indemnity"]
    again: Any = answer("indemnity", loss["case"])
    assert again["indemnity"] == loss["amount"]
    premium = full(
        "policy",
        "premium",
        "--client",
        CLIENT,
        "--number",
        "DT-1",
        "--as-of",
        "2025-09-10",
    )
    assert said.json["policies"][0]["premium"] == premium.json["ledger"]["premium"]


def test_nothing_of_it_is_kept(full: Shell) -> None:
    full("desk", "info")
    before = full.desk.read_bytes()
    assert full("policy", "what-if", asked(full)).status == 0
    assert full.desk.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"client": "Nobody"}, "client_unknown"),
        ({"polices": []}, "case_key_unknown"),
        ({"policies": [{"number": "DT-1", "name": "B"}]}, "case_value_wrong"),
        ({"policies": [{"template": "sinosure-domestic"}]}, "case_value_missing"),
        ({"policies": [{**OTHER, "limits": "NONE"}]}, "case_value_wrong"),
        ({"policies": [{**OTHER, "limits": [{**LIMIT, "buyer": "Nobody"}]}]}, "buyer_unknown"),
        ({"policies": [{**OTHER, "limits": [{**LIMIT, "amount": "-1"}]}]}, "case_value_wrong"),
        ({"policies": [{**OTHER, "set": {"nonsense": "1"}}]}, "policy_field_unknown"),
        ({"policies": [{**OTHER, "template": "nobody"}]}, "policy_template_unknown"),
        ({"policies": [{"number": "DT-2"}]}, "what_if_number_unknown"),
        ({"policies": [{**OTHER, "name": str(n)} for n in range(5)]}, "what_if_policies"),
        ({"from": "2025-09-11"}, "what_if_period_wrong"),
        ({"from": "2024-01-01"}, "what_if_no_policy"),
        ({"stress": [{"kind": "FLOOD"}]}, "case_value_wrong"),
        ({"stress": [{"kind": "LIMIT_FACTOR", "buyer": BUYER, "factor": "100"}]}, "stress_factor_wrong"),
        ({"stress": [{"kind": "LIMIT_FACTOR", "buyer": "<b>A & B</b>", "factor": "0.5"}]}, "stress_no_limit"),
        ({"stress": [{**FAILS, "buyer": "Nobody"}]}, "buyer_unknown"),
        ({"stress": [{**FAILS, "on": "2025-01-02"}]}, "stress_no_debt"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(
    full: Shell, change: dict[str, object], code: str
) -> None:
    said = full("policy", "what-if", asked(full, **change))
    assert (said.status, said.error) == (1, code)


def test_the_page_shows_charts_figures_and_what_is_taken_for_granted(
    full: Shell, tmp_path: Path
) -> None:
    for language, sentences in (
        ("zh", ("保单试算", "未保最高", "赔款减保费", "以今天的限额批复代替", "无力偿债")),
        ("en", ("Policy what-if", "Indemnities less premium", "today's decisions stand", "is insolvent on 2025-04-30")),
    ):  # fmt: skip
        out = tmp_path / f"page-{language}.pdf"
        said = full("policy", "what-if", asked(full), "--out", out, lang=language)
        assert said.status == 0, said.out
        assert said.json["file"] == str(out)
        pages = pypdfium2.PdfDocument(out)
        text = "".join(page.get_textpage().get_text_range() for page in pages)
        for each in ("<b>B</b>", "3,390.40", CLIENT, *sentences):
            assert each in text.replace("\r\n", ""), each
    again = full("policy", "what-if", asked(full), "--out", out)
    assert again.error == "output_there"
    own = full(
        "policy",
        "what-if",
        asked(full),
        "--out",
        full.folder / "what-if.json",
        "--replace",
    )
    assert own.error == "output_is_input"


BARE: dict[str, Any] = {
    "policy": {"insured_pct": "90", "mep_days": 60, "period": ["2025-01-01", "2025-12-31"]},
    "limits": [{"from": "2025-01-01", "amount": "100000"}],
    "date_of_loss": "2025-09-07",
    "documents": [
        {"id": "I1", "kind": "invoice", "date": "2025-01-10", "due": "2025-03-11", "amount": "60000"},
        {"id": "I2", "kind": "invoice", "date": "2025-03-10", "due": "2025-05-11", "amount": "70000"},
        {
            "id": "I3", "kind": "invoice", "date": "2025-06-10", "due": "2025-07-11", "amount": "50000",
            "reasons": ["CONDITION"],
        },
        {"id": "O", "kind": "opening", "date": "2024-12-31", "amount": "500"},
        {"id": "N", "kind": "credit_note", "date": "2025-04-01", "amount": "1000", "against": ["I1", "I2"]},
        {"id": "D", "kind": "deposit", "date": "2025-03-01", "amount": "3000", "for": ["I2"]},
        {"id": "P", "kind": "payment", "date": "2025-04-20", "amount": "20000", "for": ["I2", "I1"]},
        {"id": "L", "kind": "payment", "date": "2025-10-01", "amount": "1"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("rule", ["OLDEST_DUE_FIRST", "DESIGNATED", "PRO_RATA"])
def test_a_case_written_down_says_the_same_when_it_is_read_again(rule: str) -> None:
    policy = {**BARE["policy"], "allocation_rule": rule}
    case = indemnity_case(Reader({**BARE, "policy": policy}, "indemnity"))
    written: Any = plain(case_json(case), words("en"))
    again = indemnity_case(Reader(written, "indemnity"))
    found, same = calculate(case), calculate(again)
    assert found.rows == same.rows
    assert found.indemnity == same.indemnity
    assert Reason.CONDITION in {row.id: row.reasons for row in found.rows}["I3"]
    assert "L" not in {each["id"] for each in written["documents"]}


def test_what_a_case_has_no_words_for_stands_with_each_invoice() -> None:
    case = indemnity_case(Reader(BARE, "indemnity"))
    stopped = replace(
        case,
        events=(
            CoverEvent(CoverEventKind.INSOLVENCY, date(2025, 3, 1)),
            CoverEvent(CoverEventKind.STOP_LIFTED, date(2025, 6, 1)),
        ),
    )
    written: Any = plain(case_json(stopped), words("en"))
    again: Any = answer("indemnity", written)
    found = calculate(stopped)
    assert found.indemnity.plain == again["indemnity"]
    reasons = {each["id"]: each["reasons"] for each in again["invoices"]}
    assert reasons == {row.id: [*row.reasons] for row in found.rows}
    assert reasons["I2"] == ["STOPPED"]
    assert written["policy"]["mep_days"] is None


@pytest.mark.parametrize(
    ("document", "key"),
    [
        ({"reasons": ["RAIN"]}, "reasons"),
        ({"reasons": "STOPPED"}, "reasons"),
        ({"vat_insured": "yes"}, "vat_insured"),
    ],
)
def test_an_odd_reason_is_refused(document: dict[str, object], key: str) -> None:
    first = {**BARE["documents"][0], **document}
    with pytest.raises(UserError) as refused:
        answer("indemnity", {**BARE, "documents": [first]})
    assert key in words("en").say(refused.value.said)


@pytest.mark.parametrize("names", [[], ["I1", 2], ["I1", "I9"]])
def test_an_odd_list_of_invoices_is_refused(names: list[object]) -> None:
    payment = {"id": "P", "kind": "payment", "date": "2025-04-20", "amount": "1", "for": names}  # fmt: skip
    with pytest.raises(UserError):
        answer("indemnity", {**BARE, "documents": [BARE["documents"][0], payment]})
