"""Statements of banks and wallets: what came in is a line, all else is told with its reason."""
# ruff: noqa: E501 - a row of a bank's table reads best in one line

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from creditdesk.catalog.reading import CatalogError
from creditdesk.catalog.statements import read as read_headings
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bank import BankStatement, Side, keys
from creditdesk.importers.bank import statement as bank
from creditdesk.importers.columns.layout import DatesAmbiguous
from creditdesk.importers.files.sheet import read as open_now
from creditdesk.jobs import Progress

Writer = Callable[..., Path]
Rows = Sequence[Sequence[object]]

BOC = [
    ["查询账号[ Inquirer account number ]", "123456789012"],
    ["交易类型[ Transaction Type ]", "付款人账号[ Debit Account No. ]", "付款人名称[ Payer's Name ]",
     "收款人账号[ Payee's Account Number ]", "收款人名称[ Payee's Name ]", "交易日期[ Transaction Date ]",
     "交易时间[ Transaction time ]", "交易货币[ Trade Currency ]", "交易金额[ Trade Amount ]",
     "交易后余额[ After-transaction balance ]", "交易流水号[ Transaction reference number ]", "用途[ Purpose ]"],
    ["来账", "6217001", "宁波海澜贸易有限公司", "123456789012", "明达电子", "20260105", "10:11:12", "CNY", "1,000.00", "5,000.00", "T1", "货款"],
    ["往账", "123456789012", "明达电子", "99", "供应商", "20260106", "10:11:12", "CNY", "-300.00", "4,700.00", "T2", "采购"],
]  # fmt: skip
CCB = [
    ["账号", "账户名称", "交易时间", "借方发生额（支取）", "贷方发生额（收入）", "余额", "币种", "对方户名", "对方账号", "对方开户机构", "摘要", "账户明细编号-交易流水号"],
    ["3301", "明达电子", "20260105 10:11:12", "0.00", "1,000.00", "5,000.00", "人民币", "宁波海澜贸易有限公司", "6217001", "建行宁波分行", "货款", "1-T1"],
    ["3301", "明达电子", "20260106 10:11:12", "300.00", "0.00", "4,700.00", "人民币", "供应商", "99", "工行", "采购", "2-T2"],
]  # fmt: skip
ABC = [
    ["中国农业银行账户活期交易明细清单"],
    ["户名：明达电子", "账号：6228480000", "币种：人民币"],
    ["交易日期", "交易时间", "交易金额", "本次余额", "对方户名", "对方账号", "交易行", "交易用途", "交易摘要"],
    ["20260105", "101112", "+1000.00", "5000.00", "宁波海澜贸易有限公司", "6217001", "宁波", "货款", "转账"],
    ["20260106", "101112", "-300.00", "4700.00", "供应商", "99", "宁波", "采购", "转账"],
]  # fmt: skip
CMB_FIRM = [
    ["# 招商银行企业账户交易明细"],
    ["交易日", "交易时间", "起息日", "交易类型", "借方金额", "贷方金额", "余额", "摘要", "流水号", "业务名称", "用途", "业务摘要", "收(付)方名称", "收(付)方账号", "收(付)方开户行名"],
    ["2026-01-05", "10:11:12", "2026-01-05", "汇入", None, "1000.00", "5000.00", "货款", "T1", "转账汇款", None, None, "宁波海澜贸易有限公司", "6217001", "宁波银行"],
    ["2026-01-06", "10:11:12", "2026-01-06", "汇出", "300.00", None, "4700.00", "采购", "T2", "转账汇款", None, None, "供应商", "99", "工行"],
    ["合计", None, None, None, "300.00", "1000.00", None, None, None, None, None, None, None, None, None],
]  # fmt: skip
ICBC_FIRM = [
    ["凭证号", "本方账号", "对方账号", "交易时间", "借/贷", "借方发生额", "贷方发生额", "对方行号", "摘要", "用途", "对方单位名称", "余额", "个性化信息"],
    ["1", "0200", "6217001", "2026-01-05 10:11:12", "贷", "0.00", "1,000.00", "102", "货款", "", "宁波海澜贸易有限公司", "5,000.00", ""],
    ["2", "0200", "99", "2026-01-06 10:11:12", "借", "300.00", "0.00", "102", "采购", "", "供应商", "4,700.00", ""],
]  # fmt: skip
BOCOM = [
    ["交易日期", "交易时间", "交易类型", "借贷", "交易金额", "余额", "对方账号", "对方户名", "交易地点", "摘要"],
    ["2026-01-05", "10:11:12", "转账", "贷 Cr", "1000.00", "5000.00", "6217001", "宁波海澜贸易有限公司", "宁波", "货款"],
    ["2026-01-06", "10:11:12", "转账", "借 Dr", "300.00", "4700.00", "99", "供应商", "宁波", "采购"],
]  # fmt: skip
FOREIGN = [
    ["Date", "Description", "Credit", "Debit", "Balance"],
    ["13/01/2026", "NINGBO HAILAN TRADING INV-1", "1,000.00", "", "5,000.00"],
    ["14/01/2026", "SUPPLIER", "", "300.00", "4,700.00"],
    ["Closing balance", "", "", "", "4,700.00"],
]


def statement(path: Path, **how: Any) -> BankStatement:  # noqa: ANN401 - passed on as given
    return bank.read(open_now(path, None, None, None), Progress(), **how)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(BOC, id="中国银行企业网银"),
        pytest.param(CCB, id="建设银行企业网银"),
        pytest.param(ABC, id="农业银行"),
        pytest.param(CMB_FIRM, id="招商企业网银"),
        pytest.param(ICBC_FIRM, id="工商企业网银"),
        pytest.param(BOCOM, id="交通银行"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_what_came_in_is_a_line_with_its_payer_and_what_went_out_is_counted(
    rows: Rows, encoding: str, text_file: Writer
) -> None:
    found = statement(text_file(rows, encoding=encoding))
    (line,) = found.lines
    assert line.amount == Money(Decimal("1000.00"), "CNY")
    assert line.booked_on == date(2026, 1, 5)
    assert (line.payer, line.payer_account) == ("宁波海澜贸易有限公司", "6217001")
    assert "货款" in line.text
    assert (found.spent_count, found.spent["CNY"].plain) == (1, "300.00")
    assert (found.rejected, found.left_out, found.rows_read) == ((), (), 2)
    assert all(total.agrees for total in found.own_totals)


def test_a_workbook_is_read_like_a_text(xlsx: Writer) -> None:
    (line,) = statement(xlsx(CCB)).lines
    assert (line.amount.plain, line.number, line.payer_bank) == (
        "1000.00",
        "1-T1",
        "建行宁波分行",
    )


def test_a_foreign_statement_is_read_in_the_currency_it_is_said_to_be_in(
    text_file: Writer,
) -> None:
    found = statement(text_file(FOREIGN), currency="EUR")
    (line,) = found.lines
    assert line.amount == Money(Decimal("1000.00"), "EUR")
    assert line.booked_on == date(2026, 1, 13)
    assert found.rows_read == 2
    assert len(found.notes) == 1


def test_days_that_can_be_read_two_ways_are_asked_about(text_file: Writer) -> None:
    rows = [FOREIGN[0], ["02/01/2026", "HAILAN", "5.00", "", "5.00"]]
    with pytest.raises(DatesAmbiguous):
        statement(text_file(rows))
    (line,) = statement(text_file(rows), day_first=True).lines
    assert line.booked_on == date(2026, 1, 2)


def test_money_from_an_account_of_our_own_is_no_receipt(text_file: Writer) -> None:
    rows = [*CCB, ["3301", "明达电子", "20260107 08:00:00", "0.00", "50.00", "1", "人民币", "明达电子", "77", "工行", "调拨", "3-T3"]]  # fmt: skip
    found = statement(text_file(rows), own_names=("明达电子",))
    assert [line.row for line in found.lines] == [2]
    assert [each.row for each in found.left_out] == [4]


def test_a_row_without_a_day_or_with_an_unreadable_amount_is_refused_and_the_others_stay(
    text_file: Writer,
) -> None:
    rows = [
        *CCB,
        ["3301", "明达电子", "gestern", "0.00", "50.00", "1", "人民币", "甲", "77", "工行", "货款", "3"],
        ["3301", "明达电子", "20260107 08:00:00", "", "fünfzig", "1", "人民币", "甲", "77", "工行", "货款", "4"],
        ["3301", "明达电子", "20260107 08:00:00", "", "50.00", "1", "贝壳", "甲", "77", "工行", "货款", "5"],
    ]  # fmt: skip
    found = statement(text_file(rows))
    assert [each.row for each in found.rejected] == [4, 5, 6]
    assert len(found.lines) == 1


def test_a_total_that_differs_is_told(text_file: Writer) -> None:
    rows = [*CMB_FIRM[:-1], ["合计", *[None] * 3, "300.00", "1001.00", *[None] * 9]]
    found = statement(text_file(rows))
    (income,) = (each for each in found.own_totals if each.side is Side.IN)
    assert not income.agrees
    assert [note.row for note in found.notes] == [5]


def test_the_same_statement_gives_the_same_keys_and_equal_lines_differ(
    text_file: Writer,
) -> None:
    rows = [*CMB_FIRM[:3], CMB_FIRM[2]]
    once, again = statement(text_file(rows)), statement(text_file(rows))
    assert keys(once) == keys(again)
    assert len(set(keys(once))) == 2
    assert keys(statement(text_file(CMB_FIRM[:3]))) == keys(once)[:1]


def test_a_ledger_of_a_buyer_is_no_statement(text_file: Writer) -> None:
    rows = [
        ["日期", "凭证字号", "摘要", "借方", "贷方", "余额"],
        ["2026-01-05", "记-1", "销售", "100", "", "100"],
    ]
    sheet = open_now(text_file(rows), None, None, None)
    assert bank.is_bank_statement(sheet).confidence < 0.5
    rows = [["客户", "备注"], ["甲", "乙"]]
    with pytest.raises(bank.NoBankStatement):
        statement(text_file(rows))


def test_a_file_of_headings_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "xx.toml"
    path.write_text(
        'id = "xx"\n[fields]\nsurprise = []\n[words]\n[typical]\nheadings = []\nnever = []\n',
        encoding="utf-8",
    )
    with pytest.raises(CatalogError, match="surprise"):
        read_headings(path)


# Counted by hand in the files: records, money received and what of it was taken.
REAL = [
    ("example-alipay-records.csv", 10, ["222228.50"], 6, 3, "141.64"),
    ("example-cmb-records.csv", 5, ["1234.00"], 0, 4, "2013.14"),
    ("example-icbc-debit-v1-records.csv", 11, ["1234.56", "1234.56", "341.58", "30.00"], 1, 6, "4241.08"),
    ("example-spdb_debit-records.xls", 4, ["10.00"], 0, 3, "11.64"),
    ("example-wechat-records.csv", 27, ["0.35", "23.00", "0.07", "0.07", "5.00"], 11, 11, "2904.53"),
]  # fmt: skip


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "records", "received", "left_out", "spent", "spent_sum"), REAL
)
def test_the_real_statements_give_what_was_counted_by_hand(  # noqa: PLR0913, PLR0917 - the figures of a file
    name: str,
    records: int,
    received: list[str],
    left_out: int,
    spent: int,
    spent_sum: str,
    data: Path,
) -> None:
    sheet = open_now(data / "04b_cn_bank_exports" / name, None, None, None)
    assert bank.is_bank_statement(sheet).confidence >= 0.9
    found = bank.read(sheet, Progress())
    assert found.rows_read == records
    assert [line.amount.plain for line in found.lines] == received
    assert len(found.left_out) == left_out
    assert (found.spent_count, found.spent["CNY"].plain) == (spent, spent_sum)
    assert found.rejected == ()


@pytest.mark.real_data
def test_the_totals_of_the_shortened_statements_are_told_with_the_reason(
    data: Path,
) -> None:
    folder = data / "04b_cn_bank_exports"
    alipay = statement(folder / "example-alipay-records.csv")
    assert [(each.side, each.count, each.read_count, each.agrees) for each in alipay.own_totals] == [
        (Side.ALL, 66, 10, False), (Side.IN, 1, 1, False), (Side.OUT, 63, 5, False), (Side.NEUTRAL, 2, 4, False),
    ]  # fmt: skip
    assert "shortened" in alipay.notes[0].reason.text
    icbc = statement(folder / "example-icbc-debit-v1-records.csv")
    assert [(each.amount, each.read_amount) for each in icbc.own_totals] == [
        (Money(Decimal("1234.56"), "CNY"), Money(Decimal("2841.74"), "CNY")),
        (Money(Decimal("9876.54"), "CNY"), Money(Decimal("4241.08"), "CNY")),
    ]
    assert icbc.account == "1234****9876"


@pytest.mark.real_data
def test_no_real_ledger_is_taken_for_a_statement(data: Path) -> None:
    folders = ("01_ibm_late_payment", "02_highradius_b2b", "03c_cn_sme_invoices", "04_ledger_exports")  # fmt: skip
    for folder in folders:
        for path in sorted((data / folder).iterdir()):
            if path.suffix in {".csv", ".xls", ".xlsx"}:
                sheet = open_now(path, None, None, None)
                assert bank.is_bank_statement(sheet).confidence < 0.5, path.name
