"""`ledger bank`, `receipts`, `match`, `aside` and `unmatch`, as scripts call them."""

from pathlib import Path
from typing import Any

import pytest

Shell = Any  # the fixture of conftest, which tests can't import
CLIENT = ("--client", "明达电子有限公司")
HEADINGS = "交易日期,对方户名,摘要,借方发生额,贷方发生额,余额"
STATEMENT = """账号：6222,,,,,
交易日期,收入金额,支出金额,余额,对方户名,摘要
2025-06-01,113000.00,,1,宁波海澜贸易有限公司,货款INV3
2025-06-02,339000.00,,1,张三,INV1
2025-06-03,,5.00,1,银行,手续费
2025-06-04,1.20,,1,银行,利息
"""


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "对账单.csv"
    path.write_text(STATEMENT, encoding="gb18030")
    return path


def test_a_statement_goes_in_once_and_a_dry_run_writes_nothing(
    full: Shell, statement: Path
) -> None:
    dry = full("ledger", "bank", statement, *CLIENT, "--dry-run").json
    assert (dry["batch"], dry["lines_added"], dry["spent_count"]) == (None, 3, 1)
    told = full("ledger", "bank", statement, *CLIENT).json
    assert told["received"] == {"CNY": "452001.20"}
    assert full("ledger", "bank", statement, *CLIENT).json["lines_unchanged"] == 3
    assert full("ledger", "undo", told["batch"]).status == 0


def test_a_person_says_whose_debit_and_credit_it_is(
    full: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "b.csv"
    path.write_text(
        "日期,对方户名,摘要,借方,贷方,余额\n2025-06-01,甲,货款,9,,9\n2025-06-02,乙,房租,,4,7\n",
        encoding="utf-8",
    )
    said = full("ledger", "bank", path, *CLIENT)
    assert (said.status, said.error) == (1, "balance_disagrees")
    told = full("ledger", "bank", path, *CLIENT, "--view", "books", "--dry-run").json
    assert (told["received"], told["spent"]) == ({"CNY": "9.00"}, {"CNY": "4.00"})
    told = full("ledger", "bank", path, *CLIENT, "--view", "bank").json
    assert (told["received"], told["spent"]) == ({"CNY": "4.00"}, {"CNY": "9.00"})


def test_what_was_said_of_debit_and_credit_holds_for_the_next_statement(
    full: Shell, tmp_path: Path
) -> None:
    """June and July of one journal: neither balance fits a reading."""
    rows = {
        "六月": "2025-06-01,甲,货款,9,,9\n2025-06-02,乙,房租,,4,7\n",
        "七月": "2025-07-01,甲,货款,8,,8\n2025-07-02,乙,房租,,3,9\n",
        "八月": "2025-08-01,甲,货款,6,,6\n2025-08-02,乙,房租,,2,9\n",
    }
    paths = {}
    for month, lines in rows.items():
        paths[month] = tmp_path / f"{month}.csv"
        paths[month].write_text(f"账户交易明细\n{HEADINGS}\n{lines}", encoding="utf-8")
    question = f"bank.view:·{HEADINGS.replace(',', '|')}"
    refused = full("ledger", "import", paths["六月"], *CLIENT)
    assert refused.error == "balance_disagrees"
    assert question in refused.json["error"]["message"]
    asked = ("ledger", "import", paths["六月"], *CLIENT, "--answer")
    assert full(*asked, f"{question}=both").error == "balance_disagrees"
    assert full(*asked, f"{question}=books", "--dry-run").json["received"] == {
        "CNY": "9.00"
    }
    assert full("ledger", "bank", paths["七月"], *CLIENT).error == "balance_disagrees"
    assert full("ledger", "bank", paths["六月"], *CLIENT, "--view", "books").status == 0
    told = full("ledger", "bank", paths["七月"], *CLIENT).json
    assert told["received"] == {"CNY": "8.00"}
    assert [each["row"] for each in told["notes"]] == [None, 4, 4]
    said = ("--answer", f"{question}=bank")
    told = full("ledger", "import", paths["八月"], *CLIENT, *said).json
    assert told["received"] == {"CNY": "2.00"}


def test_a_file_of_which_was_said_whose_view_it_is_is_known_again(
    full: Shell, tmp_path: Path
) -> None:
    """Its headings alone make it no statement; once it was taken in as one the next is, too."""
    for month, amount in (("06", "9"), ("07", "8")):
        rows = f"2025-{month}-01,货款,{amount},\n2025-{month}-02,房租,,4\n"
        path = tmp_path / f"{month}.csv"
        path.write_text(f"日期,摘要,借方,贷方\n{rows}", encoding="utf-8")
    assert full("ledger", "import", tmp_path / "07.csv", *CLIENT).status == 1
    said = full("ledger", "bank", tmp_path / "06.csv", *CLIENT, "--view", "books")
    assert said.json["received"] == {"CNY": "9.00"}
    told = full("ledger", "import", tmp_path / "07.csv", *CLIENT).json
    assert told["received"] == {"CNY": "8.00"}
    told = full("ledger", "import", tmp_path / "07.csv", "--client", "另一企业")
    assert told.status == 1


def test_receipts_are_listed_matched_set_aside_and_opened_again(
    full: Shell, statement: Path
) -> None:
    full("ledger", "bank", statement, *CLIENT)
    lines = {each["amount"]: each for each in full("ledger", "receipts", *CLIENT).json}
    sure = lines["113000.00"]["suggestions"][0]
    assert (sure["certain"], sure["against"]) == (
        True,
        [{"invoice": "INV3", "amount": "113000.00"}],
    )
    number = lines["113000.00"]["line"]
    assert full("ledger", "match", number).json["state"] == "matched"
    assert full("ledger", "match", number).error == "nothing_sure"
    third = lines["339000.00"]["line"]
    assert full("ledger", "match", third).error == "nothing_sure"
    given = ("--buyer", "宁波海澜贸易有限公司", "--invoice", "INV1=339000")
    assert full("ledger", "match", third, *given).error == "third_party_unexplained"
    told = full("ledger", "match", third, *given, "--third-party", "股东代付").json
    assert (told["third_party"], told["word"]) == (True, "股东代付")
    other = lines["1.20"]["line"]
    assert full("ledger", "aside", other, "--why", "利息").json["state"] == "set_aside"
    assert full("ledger", "receipts", *CLIENT).json == []
    assert len(full("ledger", "receipts", *CLIENT, "--all").json) == 3
    assert full("ledger", "unmatch", third).error == "line_not_set_aside"
    assert (
        full("ledger", "void-payment", third, "--why", " ").error
        == "void_reason_missing"
    )
    voided = full("ledger", "void-payment", third, "--why", "another invoice")
    assert voided.json["state"] == "open"
    assert full("ledger", "unmatch", other).json["state"] == "open"
    assert full("ledger", "unmatch", 99).error == "line_unknown"


def test_what_cannot_be_read_as_number_and_amount_is_refused(
    full: Shell, statement: Path
) -> None:
    full("ledger", "bank", statement, *CLIENT)
    assert (
        full("ledger", "match", 1, "--invoice", "INV3").error == "allocation_unreadable"
    )
    buyer = ("--buyer", "宁波海澜贸易有限公司")
    assert (
        full("ledger", "match", 1, *buyer, "--invoice", "X=1").error
        == "invoice_not_open"
    )
    assert full("ledger", "match", 1, "--invoice", "NOWHERE=1").error == "nothing_sure"


def test_people_read_the_same_in_lines(full: Shell, statement: Path) -> None:
    assert "3 receipts" in full("ledger", "bank", statement, *CLIENT, as_json=False).out
    listed = full("ledger", "receipts", *CLIENT, as_json=False).out
    assert "INV3" in listed
    assert "%" in listed
    assert full("ledger", "match", 1, "--invoice", "INV3=100", as_json=False).out
    assert full("ledger", "aside", 3, "--why", "x", as_json=False).out
    assert full("ledger", "unmatch", 3, as_json=False).out
