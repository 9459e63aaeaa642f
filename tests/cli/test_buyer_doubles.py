"""`buyer doubles`, `merge`, `unmerge`, `merges` and `apart`, as scripts call them."""

from pathlib import Path
from typing import Any

import pytest

Shell = Any  # the fixture of conftest, which tests can't import
CLIENT = ("--client", "明达电子有限公司")
LATER = """客户编码,客户名称,税号,发票号,开票日期,金额
0K1,宁波海澜贸易有限责任公司,,INV9,2025-06-10,77
,<b>Ａ &B</b>,,INV8,2025-06-10,5
00K1,宁波海澜,,INV7,2025-06-10,6
"""


@pytest.fixture
def later(full: Shell, tmp_path: Path) -> Any:  # noqa: ANN401 - what the command answers
    path = tmp_path / "七月.csv"
    path.write_text(LATER, encoding="utf-8")
    return full("ledger", "import", path, *CLIENT).json


def test_what_was_joined_and_what_is_asked_is_told_by_the_import(later: Any) -> None:  # noqa: ANN401
    assert later["buyers_added"] == 2
    assert [(each["name"], each["by"]) for each in later["buyers_matched"]] == [
        ("<b>Ａ &B</b>", "normal_name")
    ]
    asked = [(each["code"], each["other"]) for each in later["buyers_asked"]]
    assert asked == [("0K1", "K1"), ("00K1", "K1")]


@pytest.mark.usefixtures("later")
def test_doubles_are_listed_merged_and_made_two_again(full: Shell) -> None:
    found = full("buyer", "doubles", *CLIENT).json
    first = found[0]
    assert first["question"]
    assert first["confidence"] == 90
    assert [each["codes"] for each in first["buyers"]] == [["K1"], ["0K1"]]
    dry = full("buyer", "merge", "K1", "0K1", *CLIENT, "--dry-run").json
    assert (dry["merge"], dry["moved"], dry["obstacles"]) == (
        None,
        {"invoice": 1},
        [],
    )
    made = full("buyer", "merge", "K1", "0K1", *CLIENT).json
    assert made["names"] == ["宁波海澜贸易有限责任公司"]
    names = [each["name"] for each in full("buyer", "list", *CLIENT).json]
    assert "宁波海澜贸易有限责任公司" not in names
    (line,) = full("buyer", "merges", *CLIENT).json
    assert (line["gone_code"], line["undone_at"]) == ("0K1", None)
    assert full("buyer", "unmerge", made["merge"]).json["undone_at"]
    assert full("buyer", "unmerge", made["merge"]).error == "merge_undone"
    assert full("buyer", "unmerge", 99).error == "merge_unknown"
    assert full("buyer", "merge", "K1", "K1", *CLIENT).error == "buyers_two"
    assert full("desk", "check").json["ok"]


@pytest.mark.usefixtures("later")
def test_two_that_are_two_are_not_proposed_again(full: Shell) -> None:
    before = full("buyer", "doubles").json
    full("buyer", "apart", "K1", "0K1", *CLIENT)
    assert len(full("buyer", "doubles").json) == len(before) - 1


@pytest.mark.usefixtures("later")
def test_a_person_reads_sentences(full: Shell) -> None:
    lines = full("buyer", "doubles", as_json=False).out
    assert "K1" in lines
    assert "{" not in lines
    assert full("buyer", "merge", "K1", "0K1", *CLIENT, as_json=False).status == 0
    assert full("buyer", "merges", as_json=False).out.startswith("1  ")
