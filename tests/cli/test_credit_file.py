"""`buyer statement`, `rating`, `fact`, `contact`, `decide`, `answer-warning`, and the client's stop list."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import time_machine

Shell = Any  # the fixture of conftest, which tests can't import
CLIENT = ("--client", "明达电子有限公司")
BUYER = (*CLIENT, "--buyer", "宁波海澜贸易有限公司")
DAY = datetime(2025, 9, 10, 12, tzinfo=UTC)
BALANCE = """资产负债表
编制单位：宁波海澜贸易有限公司\t\t\t2024年12月31日\t\t\t\t单位：万元
资产\t行次\t期末余额\t年初余额\t负债和所有者权益\t行次\t期末余额\t年初余额
存货\t7\t400\t300\t流动负债合计\t40\t800\t700
预付款项\t8\t80\t70\t负债合计\t50\t1300\t1100
流动资产合计\t9\t1,200\t1000\t盈余公积\t53\t100\t90
神秘项目\t10\t5\t6\t未分配利润\t54\t200\t150
资产总计\t20\t2,000\t1700\t所有者权益（或股东权益）合计\t55\t700\t600"""
INCOME = """利润表
项目\t行次\t本年累计金额\t上年金额
一、营业收入\t1\t3,000\t2,800
减：营业成本\t2\t2,500\t2,300
其中：利息费用\t8\t40\t30
三、利润总额（亏损总额以“－”号填列）\t15\t120\t-10
四、净利润（净亏损以“－”号填列）\t20\t90\t(12)"""


@pytest.fixture(autouse=True)
def _september() -> Any:  # noqa: ANN401 - a fixture that only sets the day
    with time_machine.travel(DAY, tick=True):
        yield


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.remove(made.active)
    for title, text in (("资产负债表", BALANCE), ("利润表", INCOME)):
        page = made.create_sheet(title)
        for line in text.splitlines():
            page.append([_cell(each) for each in line.split("\t")])
    path = tmp_path / "报表.xlsx"
    made.save(path)
    return path


def _cell(text: str) -> object:
    return float(text) if text.isdigit() else text


def test_a_workbook_of_statements_is_taken_in_by_its_row_names(
    full: Shell, book: Path
) -> None:
    told = full("buyer", "statement", "add", book, *BUYER, "--dry-run").json
    assert full("buyer", "statement", "list", *BUYER).json == []
    assert told["unread_rows"] == ["神秘项目"]
    new, old = told["statements"]
    assert (new["period_end"], old["period_end"]) == ("2024-12-31", "2023-12-31")
    assert (new["unit"], new["months"], new["id"]) == (10000, 12, None)
    assert new["company"] == "宁波海澜贸易有限公司"
    assert new["values"] == {
        "inventory": "400", "prepayments": "80", "current_assets": "1200", "total_assets": "2000",
        "current_liabilities": "800", "total_liabilities": "1300", "surplus_reserve": "100",
        "undistributed_profit": "200", "equity": "700", "sales": "3000", "cost_of_sales": "2500", "interest": "40",
        "profit_before_tax": "120", "net_profit": "90",
    }  # fmt: skip
    assert (old["values"]["profit_before_tax"], old["values"]["net_profit"]) == ("-10", "-12")  # fmt: skip
    assert new["doubts"] == []
    full("buyer", "statement", "add", book, *BUYER)
    again = full("buyer", "statement", "add", book, *BUYER)
    assert (again.status, again.error) == (1, "nothing_new")
    score = full("buyer", "score", *BUYER, "--keep").json
    assert score["statement"] == {"period_end": "2024-12-31", "months": 12}
    assert score["ratios"]["CR"] == "1.5000"
    first = full("buyer", "statement", "list", *BUYER).json[0]["id"]
    full("buyer", "statement", "void", first, "--why", "另一家公司")
    assert full("buyer", "statement", "list", *BUYER).json[0]["voided"] == "另一家公司"  # fmt: skip
    full("buyer", "score", *BUYER, "--keep")
    new, old = full("buyer", "score-history", *BUYER).json
    assert old["changes"] == []
    moved = {each["code"]: each for each in new["changes"]}
    assert moved["F2"]["before"] == {"value": "1.5", "points": 4, "max": 5}
    assert moved["F2"]["after"] == {"value": "1.43", "points": 3, "max": 5}


def test_what_the_file_does_not_say_is_asked(full: Shell, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("项目,期末余额\n资产总计,2000\n负债合计,1300\n", encoding="utf-8")
    asked = full("buyer", "statement", "add", path, *BUYER)
    assert asked.error == "unit_missing"
    asked = full("buyer", "statement", "add", path, *BUYER, "--unit", 1000)  # fmt: skip
    assert asked.error == "period_missing"
    half = ("--unit", 1000, "--end", "2025-06-30", "--months", 6)
    told = full("buyer", "statement", "add", path, *BUYER, *half).json
    (only,) = told["statements"]
    assert (only["months"], only["annualised"], only["unit"]) == (6, True, 1000)
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    asked = full("buyer", "statement", "add", path, *BUYER)
    assert asked.error == "sheet_unread"


def test_a_statement_as_json(full: Shell, tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    case = {
        "period_end": "2024-12-31", "scheme": "international", "standard": "IFRS", "currency": "CNY",
        "company": "Other Ltd", "values": {"total_assets": "10", "total_liabilities": "4", "equity": "5", "ebit": "-1"},
    }  # fmt: skip
    path.write_text(json.dumps(case), encoding="utf-8")
    (made,) = full("buyer", "statement", "add", path, *BUYER).json["statements"]
    assert made["values"]["ebit"] == "-1"
    assert len(made["doubts"]) == 2
    case["values"] = {"goodwill": "1"}
    case["period_end"] = "2023-12-31"
    path.write_text(json.dumps(case), encoding="utf-8")
    assert full("buyer", "statement", "add", path, *BUYER).error == "row_unknown"  # fmt: skip


def test_ratings_facts_and_contacts(full: Shell) -> None:
    rated = full(
        "buyer", "rating", "add", *BUYER, "--giver", "Coface", "--scheme", "DRA", "--value", "6", "--direction",
        "HIGH_GOOD", "--as-of", "2025-08-01",
    ).json  # fmt: skip
    assert full("buyer", "rating", "list", *BUYER).json == [rated]
    full("buyer", "rating", "void", rated["id"], "--why", "x")
    fact = full("buyer", "fact", "add", *BUYER, "--kind", "SUED", "--value", "5000").json  # fmt: skip
    assert (fact["on"], fact["value"], fact["ended_on"]) == ("2025-09-10", "5000", None)
    codes = {each["code"]: each for each in full("buyer", "warnings", *CLIENT).json}
    assert (codes["W06"]["effect"], codes["W06"]["tell"], codes["W06"]["state"]) == ("T", True, "OPEN")  # fmt: skip
    full("buyer", "fact", "end", fact["id"])
    assert "W06" not in {each["code"] for each in full("buyer", "warnings", *CLIENT).json}  # fmt: skip
    full("buyer", "fact", "void", fact["id"], "--why", "x")
    assert full("buyer", "fact", "list", *BUYER).json[0]["voided"] == "x"
    bad = full("buyer", "contact", "add", "会付", *BUYER, "--way", "CALL", "--promised", "5")  # fmt: skip
    assert bad.error == "promise_day_missing"
    call = full(
        "buyer", "contact", "add", "会付", *BUYER, "--way", "CALL", "--promised", "5", "--promised-on", "2025-09-20",
    ).json  # fmt: skip
    assert (call["promised"], call["outcome"]) == ("5.00", "open")
    full("buyer", "contact", "settle", call["id"], "--outcome", "kept")
    assert full("buyer", "contact", "list", *BUYER).json[0]["outcome"] == "kept"
    full("buyer", "contact", "void", call["id"], "--why", "x")


def test_a_decision_above_the_authority_waits(full: Shell) -> None:
    full("client", "authority", CLIENT[1], "--amount", "100,000", "--approver", "总经理")  # fmt: skip
    made = full(
        "buyer", "decide", *BUYER, "--verdict", "INSURE", "--reason", "老客户", "--amount", "100000.01",
    ).json  # fmt: skip
    assert (made["waits"], made["approver"], made["approved_by"]) == (True, "总经理", None)  # fmt: skip
    assert made["figures"]["balance"] == "478000.00"
    full("buyer", "approve", made["id"], "--by", "陈总")
    assert full("buyer", "score", *BUYER).json["decision"]["approved_by"] == "陈总"
    full("buyer", "void-decision", made["id"], "--why", "x")
    assert full("buyer", "score", *BUYER).json["decision"] is None
    assert full("buyer", "decisions", *BUYER).json[0]["voided"] == "x"


def _text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pdf)  # fmt: skip
