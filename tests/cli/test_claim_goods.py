"""What goods of a claim brought, and whose its invoices are, by command."""

from pathlib import Path
from typing import Any

Shell = Any  # the fixture of conftest, which tests can't import


def done(said: Any) -> Any:  # noqa: ANN401 - whatever the command answers
    assert said.status == 0, said.out + said.err
    return said.json


def test_goods_are_entered_listed_and_taken_back(full: Shell, tmp_path: Path) -> None:
    claim = done(full("claim", "show", 1))
    invoice, loss = claim["invoices"][0]["number"], claim["date_of_loss"]
    currency = claim["invoices"][0]["currency"]
    paper = tmp_path / "转卖合同.txt"
    paper.write_text("resold", encoding="utf-8")
    told = (
        *("--kind", "resale", "--on", loss, "--invoice", invoice),
        *("--amount", "100.10", "--costs", "10", "--currency", currency),
    )
    (entry,) = done(full("claim", "goods", 1, *told, "--paper", paper))
    assert (entry["entry"], entry["net"], entry["insurer"]) == ("G1", "90.10", None)
    assert done(full("claim", "goods", 1)) == [entry]
    shown = full("claim", "goods", 1, as_json=False).out
    assert "90.10" in shown
    assert full("claim", "void-goods", 1, "G7", "--reason", "x").status == 1
    (gone,) = done(full("claim", "void-goods", 1, "G1", "--reason", "wrong invoice"))
    assert gone["voided"] == "wrong invoice"


def test_goods_that_are_untold_or_of_another_kind_are_refused(full: Shell) -> None:
    assert full("claim", "goods", 1, "--kind", "buyer").status == 1
    assert full("claim", "goods", 1, "--kind", "resale").status == 1
    assert done(full("claim", "goods", 1)) == []


def test_an_invoice_is_said_to_be_a_joint_insureds(full: Shell) -> None:
    invoice = done(full("claim", "show", 1))["invoices"][0]["number"]
    (mine, *_) = done(full("claim", "insured", 1, invoice, "子公司"))["invoices"]
    assert (mine["number"], mine["joint_insured"]) == (invoice, "子公司")
    (mine, *_) = done(full("claim", "insured", 1, invoice, ""))["invoices"]
    assert mine["joint_insured"] is None
