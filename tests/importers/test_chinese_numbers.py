"""Vouchers are numbered anew every month, and red-letter invoices name the blue one in their remark."""

from collections.abc import Sequence

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.ledger.documents import LedgerDraft
from creditdesk.importers.columns.recognise import guess
from creditdesk.importers.files.cells import Cell, Sheet
from creditdesk.importers.rows import ledger
from creditdesk.importers.rows.red_letters import blue_number
from creditdesk.jobs import Progress


def draft(*rows: Sequence[Cell]) -> LedgerDraft:
    sheet = Sheet(file_name="f.csv", digest="0", rows=tuple(map(tuple, rows)))
    return ledger.read(sheet, guess(sheet, headings()), "CNY", Progress())


def test_the_same_voucher_of_two_months_is_two_documents() -> None:
    found = draft(
        ("客户名称", "凭证字号", "日期", "借方", "贷方"),
        ("甲", "记-3", "2026-01-05", 100.0, None),
        ("甲", "记-3", "2026-02-07", 200.0, None),
        ("甲", "记-9", "2026-01-20", None, 70.0),
        ("甲", "记-9", "2026-02-20", None, 30.0),
    )
    assert [each.number for each in found.documents] == ["2026-01 记-3", "2026-02 记-3"]
    assert [each.key for each in found.payments] == [
        "receipt:2026-01 记-9",
        "receipt:2026-02 记-9",
    ]
    assert not found.rejected


def test_lines_of_one_voucher_are_one_document_in_both_readings() -> None:
    """Two rows of one number are read carefully, a single one by columns: the number is the same."""
    found = draft(
        ("客户名称", "凭证号", "日期", "借方金额"),
        ("甲", "12", "2026-01-05", 100.0),
        ("甲", "12", "2026-01-05", 50.0),
        ("甲", "13", "2026-01-06", 7.0),
    )
    assert [(each.number, each.amount.plain) for each in found.documents] == [
        ("2026-01 12", "150.00"),
        ("2026-01 13", "7.00"),
    ]


def test_a_documents_own_number_and_foreign_journals_stay_as_they_are() -> None:
    own = draft(
        ("客户名称", "单据编号", "凭证字号", "日期", "应收金额"),
        ("甲", "XS1", "记-3", "2026-01-05", 100.0),
    )
    assert [each.number for each in own.documents] == ["XS1"]
    foreign = draft(
        ("Customer", "Journal No", "Date", "Amount"), ("A", "J7", "2026-01-05", 5.0)
    )
    assert [each.number for each in foreign.documents] == ["J7"]


@pytest.mark.parametrize(
    ("remark", "number"),
    [
        ("被红冲蓝字数电发票号码：26332000000012345678 红字发票信息确认单编号：3302122602", "26332000000012345678"),
        ("被红冲蓝字数电票号码:26332000000012345678", "26332000000012345678"),
        ("对应正数发票代码:3300214130号码:01234568", "3300214130-01234568"),
        ("对应蓝字发票代码：033002100411，发票号码：01234568", "033002100411-01234568"),
        ("红字发票信息表编号1234567890123456", ""),
        ("合同号 2026-1", ""),
    ],
)  # fmt: skip
def test_the_blue_invoice_is_read_from_the_remark(remark: str, number: str) -> None:
    assert blue_number(remark) == number


def test_a_red_letter_invoice_is_set_against_its_blue_one() -> None:
    found = draft(
        ("购买方名称", "发票代码", "发票号码", "开票日期", "价税合计", "备注"),
        ("甲", "3300214130", "01234568", "2026-01-05", 113.0, None),
        ("甲", "3300214130", "01234569", "2026-02-05", -113.0,
         "对应正数发票代码:3300214130号码:01234568"),
    )  # fmt: skip
    blue, red = found.documents
    assert (red.against, red.amount.plain) == (blue.number, "113.00")


def test_a_receipt_that_names_an_invoice_of_another_file_pays_it() -> None:
    found = draft(
        ("收款单号", "收款日期", "客户名称", "发票号", "收款金额", "结算方式"),
        ("SK1", "2026-03-01", "甲", "XS9", 50.0, "电汇"),
    )
    assert [each.to for each in found.payments] == ["XS9"]
