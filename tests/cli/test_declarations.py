"""`declaration` and `policy premium`, as scripts call them."""

from pathlib import Path
from typing import Any

import pytest

Shell = Any  # the fixture of conftest, which tests can't import
CLIENT = ("--client", "明达电子有限公司")
POLICY = ("--policy", "DT-1")
JANUARY = ("--from", "2025-01-01", "--to", "2025-01-31")


def record(full: Shell, *more: object, on: str = "2025-02-14") -> Any:  # noqa: ANN401 - what a call answers
    return full("declaration", "record", *CLIENT, *POLICY, *JANUARY, "--on", on, *more)


def test_the_periods_are_listed_with_their_dates_and_sums(full: Shell) -> None:
    told = full("declaration", "list", *CLIENT, "--as-of", "2025-05-20")
    assert told.status == 0
    assert [each["state"] for each in told.json] == ["late"] * 4 + ["running"]
    january = told.json[0]
    assert january["ledger"] == {"CNY": "339000.00"}
    assert (january["unrolled"], january["safe_date"], january["legal_date"]) == (
        "2025-02-15",
        "2025-02-14",
        "2025-02-17",
    )
    assert full("declaration", "list", as_json=False).out.count("DT-1") == 12


def test_a_declaration_is_recorded_shown_and_corrected(
    full: Shell, paper: Path
) -> None:
    made = record(full, "--way", "Portal", "--reference", "SB-1", "--proof", paper)
    assert made.status == 0
    (first,) = made.json["declarations"]
    assert made.json["periods"][0]["state"] == "declared"
    told = full("declaration", "show", *CLIENT, *POLICY, "--from", "2025-01-01").json
    (kept,) = told["declarations"]
    assert (kept["reference"], kept["proof"], kept["stands"]) == ("SB-1", True, True)
    assert [each["document"] for each in told["lines"]] == ["INV1"]
    wrong = record(full, "--total", "CNY=300,000", "--corrects", first)
    assert wrong.json["periods"][0]["state"] == "differs"
    assert wrong.json["periods"][0]["declared"] == {"CNY": "300000.00"}


def test_an_entry_can_be_voided_with_its_reason(full: Shell) -> None:
    (number,) = record(full).json["declarations"]
    assert full("declaration", "void", number).status == 2
    assert full("declaration", "void", number, "--why", "twice").json == {
        "voided": number
    }
    told = full("declaration", "list", *CLIENT, "--as-of", "2025-05-20").json
    assert told[0]["state"] == "late"
    assert (
        full("declaration", "void", number, "--why", "x").error == "declaration_unknown"
    )


def test_an_invoice_can_be_left_out_on_purpose(full: Shell) -> None:
    made = record(full, "--without", "INV1")
    assert made.json["periods"][0]["declared"] == {"CNY": "0.00"}
    told = full("declaration", "show", *CLIENT, *POLICY, "--from", "2025-01-01").json
    assert [each["code"] for each in told["not_declared"]] == ["BY_HAND"]


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_paper_is_written(full: Shell, ending: str) -> None:
    out = full.folder / f"申报.{ending}"
    told = full("declaration", "show", *CLIENT, *POLICY, "--from", "2025-01-01", "--out", out)  # fmt: skip
    assert told.status == 0
    assert out.stat().st_size > 1000


@pytest.mark.parametrize(
    ("more", "on", "code"),
    [
        ((), "2099-01-01", "declared_in_future"),
        ((), "2024-01-01", "declared_before_period"),
        (("--total", "abc"), "2025-02-14", "total_unreadable"),
        (("--total", "X=1"), "2025-02-14", "total_unreadable"),
        (("--corrects", "7"), "2025-02-14", "corrected_twice"),
        (("--kind", "balance"), "2025-02-14", "period_not_asked"),
        (("--proof", "nowhere.pdf"), "2025-02-14", "file_missing"),
    ],
)
def test_what_can_not_be_is_refused(
    full: Shell, more: tuple[str, ...], on: str, code: str
) -> None:
    told = record(full, *more, on=on)
    assert (told.status, told.error) == (1, code)


def test_the_premium_is_computed_by_both_readings(full: Shell) -> None:
    record(full)
    told = full("policy", "premium", *CLIENT, "--number", "DT-1", "--as-of", "2025-05-20")  # fmt: skip
    assert told.status == 0
    assert told.json["declared"]["base"] == "339000.00"
    assert told.json["ledger"]["base"] == "678080.50"
    assert told.json["ledger"]["minimum_bites"] is True
    assert told.json["ledger"]["total"] == told.json["ledger"]["steps"][-1]["amount"]
    assert (told.json["paid"], told.json["owed"]) == ("0.00", "0.00")
    said = full("policy", "premium", *CLIENT, "--number", "DT-1", as_json=False)
    assert "Minimum premium" in said.out
