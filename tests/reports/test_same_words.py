"""A figure explains itself in the same words on screen, on paper and in scripts."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from creditdesk.cases.reading import Reader
from creditdesk.cli.calc.command import answer
from creditdesk.cli.calc.debt import indemnity_case
from creditdesk.domain.base.steps import Step, step_from_json, step_to_json
from creditdesk.domain.claim.indemnity import calculate
from creditdesk.domain.claim.package import ClaimPackage, KeptCalculation
from creditdesk.i18n import LANGUAGES, Language
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.parts.working import lines
from creditdesk.reports import claim_package

Paper = Any  # the fixture of conftest, which tests can't import
_INVOICES = (
    {"id": "INV0", "date": "2024-12-10", "due": "2025-02-10", "amount": "30000"},
    {"id": "INV1", "date": "2025-01-10", "due": "2025-03-11", "amount": "339000", "vat_rate": "13"},
    {"id": "INV2", "date": "2025-02-10", "due": "2025-04-11", "amount": "226", "currency": "EUR", "seller_fault": "9"},
    {"id": "INV3", "date": "2025-04-20", "due": "2025-06-19", "amount": "11300", "vat_rate": "13", "disputed": "1300"},
    {"id": "INV4", "date": "2025-08-20", "due": "2025-10-19", "amount": "50000", "declared": False},
)  # fmt: skip
CASE: dict[str, Any] = {
    "policy": {
        "insured_pct": "90", "deductible_order": "BEFORE_PCT", "eel": "5000", "nql": "1000", "vat_insured": False,
        "afl": "20000", "afl_used": "5000", "afl_basis": "ERODED_BY_LOSS", "mep_days": 60, "fx_rule": "LOWER_OF",
        "max_liability": "500000", "max_liability_used": "400000", "reduction_pct": "10", "cancel_notice_days": 30,
    },
    "limits": [
        {"from": "2025-01-01", "amount": "300000"},
        {"from": "2025-03-01", "amount": "100000", "state": "REDUCED"},
        {"from": "2025-06-01", "state": "CANCELLED"},
    ],
    "discretionary": {"amount": "50000", "pct": "80", "evidence_date": "2024-06-01"},
    "fx": [
        {"currency": "EUR", "date": "2024-01-01", "rate": "7.8"},
        {"currency": "EUR", "date": "2025-08-01", "rate": "7.9"},
    ],
    "date_of_loss": "2025-09-07",
    "documents": [
        *({"kind": "invoice", **each} for each in _INVOICES),
        {"id": "CN1", "kind": "credit_note", "date": "2025-02-01", "amount": "1000", "against": "INV1"},
        {"id": "P1", "kind": "payment", "date": "2025-04-20", "amount": "20000", "for": "INV2"},
        {"id": "R1", "kind": "recovery", "date": "2025-07-20", "amount": "3000", "costs": "800"},
    ],
}  # fmt: skip
FRANCHISE = {"policy": {"insured_pct": "90", "vat_insured": True, "nql": "900000"}}
RETENTION = {"policy": {"insured_pct": "90", "vat_insured": True, "min_retention": "90000",
                        "deductible_order": "MIN_RETENTION", "limit_mode": "STRICT"}}  # fmt: skip
AFTER = {"policy": {"insured_pct": "90", "vat_insured": True, "eel": "90000", "deductible_order": "AFTER_PCT",
                    "nql": "1", "nql_type": "DEDUCT", "single_buyer_cap": "5", "afl": "7",
                    "afl_basis": "ERODED_BY_INDEMNITY", "fx_rule": "DATE_OF_LOSS"},
         "stop_date": "2025-04-19"}  # fmt: skip

every_case = pytest.mark.parametrize(
    "case",
    [CASE, {**CASE, **FRANCHISE}, {**CASE, **RETENTION}, {**CASE, **AFTER}],
    ids=["everything", "below the threshold", "retention", "after the percentage"],
)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def kept_steps(case: dict[str, Any]) -> tuple[Step, ...]:
    """Computed, written into the desk's record, and read again."""
    made = calculate(indemnity_case(Reader(case, "indemnity")))
    kept = json.dumps([step_to_json(step) for step in made.steps])
    return tuple(step_from_json(step) for step in json.loads(kept))


def in_script(case: dict[str, Any], language: Language) -> list[tuple[str, str]]:
    found = answer("indemnity", case, language)
    assert isinstance(found, dict)
    return [(step["label"], step["detail"] or "") for step in found["steps"]]


def plain(text: str) -> str:
    """The sentence with figures and days as files write them: a screen writes `¥` and `7 Sep 2025`."""
    text = text.replace("¥\u00a0", "CNY ").replace("€\u00a0", "EUR ")
    return re.sub(
        r"\d{1,2} [A-Z][a-z]{2} \d{4}",
        lambda day: datetime.strptime(day[0], "%d %b %Y").date().isoformat(),  # noqa: DTZ007 - a day has no zone
        text,
    )


def closed_up(sentences: Iterable[str]) -> list[str]:
    """Without white space: a page breaks its lines where it must."""
    return ["".join(each.split()) for each in sentences]


@every_language
@every_case
def test_the_screen_says_what_scripts_say(
    case: dict[str, Any], language: Language
) -> None:
    shown = lines(kept_steps(case), Wording(language))
    assert [(plain(line.label), plain(line.detail)) for line in shown] == in_script(
        case, language
    )


@pytest.mark.slow
@every_language
@every_case
def test_the_paper_says_what_scripts_say(
    case: dict[str, Any],
    language: Language,
    package: ClaimPackage,
    paper: Paper,
    tmp_path: Path,
) -> None:
    assert isinstance(package.calculation, KeptCalculation)
    calculation = replace(package.calculation, steps=kept_steps(case))
    path = tmp_path / "claim.pdf"
    claim_package.write(
        replace(package, calculation=calculation), path, language, Progress()
    )
    (printed,) = closed_up(["".join(paper.page_texts(path))])
    place = 0
    for label, detail in in_script(case, language):
        for sentence in closed_up([label, *detail.split(" · ")]):
            found = printed.find(sentence, place)
            assert found >= 0, sentence
            place = found


@every_language
@every_case
def test_every_sentence_is_whole(case: dict[str, Any], language: Language) -> None:
    for label, detail in in_script(case, language):
        assert label
        assert not set("{}") & set(label + detail)
        chinese = any("\u4e00" <= sign <= "\u9fff" for sign in label + detail)
        # A conversion is figures alone: 22,600.00 × 7.8.
        assert chinese == (language == "zh") or "×" in label
