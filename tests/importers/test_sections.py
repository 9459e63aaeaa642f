"""Ledgers that name the buyer beside their rows are read like any other."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.ledger.documents import DocumentKind, LedgerDraft
from creditdesk.importers.columns.recognise import guess, prepared
from creditdesk.importers.files.cells import Cell, Sheet
from creditdesk.importers.rows import ledger
from creditdesk.jobs import Progress

HEAD = ("日期", "凭证字号", "摘要", "借方", "贷方", "方向", "余额")


def sheet(*rows: Sequence[Cell]) -> Sheet:
    return Sheet(file_name="f.xlsx", digest="0", rows=tuple(map(tuple, rows)))


def draft(*rows: Sequence[Cell]) -> LedgerDraft:
    found = prepared(sheet(*rows), headings())
    return ledger.read(found, guess(found, headings()), "CNY", Progress())


def test_a_detailed_ledger_names_the_buyer_over_each_section() -> None:
    found = draft(
        ("往来明细账",),
        ("客户：[001]上海甲贸易有限公司", None, None, None, None, "2026年1月-3月"),
        HEAD,
        ("2026-01-01", None, "上年结转", None, None, "借", 10000.0),
        ("2026-01-05", "记-0003", "销售商品", 50000.0, None, "借", 60000.0),
        ("2026-01-20", "记-0019", "收到货款", None, 70000.0, "贷", 10000.0),
        ("2026-01-31", None, "本月合计", 50000.0, 70000.0, "贷", 10000.0),
        ("客户：[002]杭州乙制造有限公司",),
        HEAD,
        ("2026-01-05", "记-0003", "销售商品", 8000.5, None, "借", 8000.5),
        ("2026-03-05", "记-0013", "红字冲销", -500.5, None, "借", 7500.0),
    )
    assert [
        (each.row, each.buyer.code, each.buyer.name, each.kind, each.amount.amount)
        for each in found.documents
    ] == [
        (4, "001", "上海甲贸易有限公司", DocumentKind.OPENING, Decimal(10000)),
        (5, "001", "上海甲贸易有限公司", DocumentKind.INVOICE, Decimal(50000)),
        (10, "002", "杭州乙制造有限公司", DocumentKind.INVOICE, Decimal("8000.5")),
        (11, "002", "杭州乙制造有限公司", DocumentKind.CREDIT_NOTE, Decimal("500.5")),
    ]
    (paid,) = found.payments
    assert (paid.row, paid.buyer.code, paid.amount.amount) == (6, "001", Decimal(70000))
    assert not found.rejected


def test_an_invoice_on_a_day_the_balance_is_in_credit_is_no_payment() -> None:
    """方向 beside 余额 is the balance's side."""
    found = draft(
        ("客户：甲公司",),
        HEAD,
        ("2026-01-05", "记-1", "预收", None, 900.0, "贷", -900.0),
        ("2026-01-09", "记-2", "销售", 500.0, None, "贷", -400.0),
    )
    assert [each.amount.amount for each in found.documents] == [Decimal(500)]
    assert [each.amount.amount for each in found.payments] == [Decimal(900)]


@pytest.mark.parametrize(
    ("title", "code", "name"),
    [
        pytest.param(("客户：上海甲公司",), "", "上海甲公司", id="name"),
        pytest.param(("客户:", "上海甲公司"), "", "上海甲公司", id="two cells"),
        pytest.param(("往来单位：C-01 上海甲公司",), "C-01", "上海甲公司", id="code"),
        pytest.param(
            ("科目：1122 应收账款  客户：（12）甲(上海)公司",), "12", "甲(上海)公司", id="two labels"
        ),
        pytest.param(("科目：应收账款-上海甲公司",), "", "上海甲公司", id="account"),
        pytest.param(("Customer: Smith & Co",), "", "Smith & Co", id="English"),
    ],
)  # fmt: skip
def test_titles_name_buyers_in_many_ways(
    title: tuple[Cell, ...], code: str, name: str
) -> None:
    found = draft(title, HEAD, ("2026-01-05", "记-1", "x", 5.0, None, "借", 5.0))
    (document,) = found.documents
    assert (document.buyer.code, document.buyer.name) == (code, name)


def test_a_name_alone_over_its_rows_is_their_buyer() -> None:
    found = draft(
        ("Customer Balance Detail",),
        (None, "Date", "Transaction Type", "Num", "Amount", "Open Balance"),
        ("Northwind Traders",),
        (None, "2026-09-15", "Invoice", "1001", 1200.0, 1200.0),
        (None, "2026-09-30", "Payment", "55", -200.0, -200.0),
        ("Total for Northwind Traders", None, None, None, 1000.0, 1000.0),
        ("Contoso",),
        (None, "2026-10-01", "Invoice", "1002", 99.99, 99.99),
        ("TOTAL", None, None, None, 1099.99, 1099.99),
    )
    assert [(each.buyer.name, each.number) for each in found.documents] == [
        ("Northwind Traders", "1001"),
        ("Contoso", "1002"),
    ]
    assert [(each.buyer.name, each.amount.amount) for each in found.payments] == [
        ("Northwind Traders", Decimal(200))
    ]
    assert found.file_totals == {
        "amount": Decimal("1099.99"),
        "open": Decimal("1099.99"),
    }


GROUPED = ("客户名称", "单据编号", "单据日期", "应收金额")


def test_a_name_written_once_stands_for_the_rows_below() -> None:
    found = draft(
        GROUPED,
        ("甲公司", "XS001", "2026-01-05", 1000.0),
        (None, "XS002", "2026-01-09", 500.0),
        ("小计", None, None, 1500.0),
        ("乙公司", "XS003", "2026-01-10", 70.0),
    )
    assert [each.buyer.name for each in found.documents] == [
        "甲公司",
        "甲公司",
        "乙公司",
    ]


def test_a_name_stands_for_rows_that_end_before_its_column() -> None:
    found = draft(
        ("单据编号", "单据日期", "金额", "客户名称"),
        ("X1", "2026-01-05", 1.0, "甲公司"),
        ("X2", "2026-01-06", 2.0),
    )
    assert [each.buyer.name for each in found.documents] == ["甲公司", "甲公司"]


def test_a_missing_name_is_refused_where_rows_name_their_buyer_themselves() -> None:
    found = draft(
        GROUPED,
        ("甲公司", "XS001", "2026-01-05", 1000.0),
        ("甲公司", "XS002", "2026-01-09", 500.0),
        (None, "XS003", "2026-01-10", 70.0),
    )
    assert [each.row for each in found.rejected] == [4]


def test_no_name_reaches_below_a_total() -> None:
    found = draft(
        GROUPED,
        ("甲公司", "XS001", "2026-01-05", 1000.0),
        (None, "XS002", "2026-01-05", 1.0),
        ("小计", None, None, 1001.0),
        (None, "XS003", "2026-01-09", 500.0),
    )
    assert [each.row for each in found.rejected] == [5]


def test_an_ordinary_list_is_left_as_it_is() -> None:
    plain = sheet(GROUPED, ("甲公司", "XS001", "2026-01-05", 1000.0))
    assert prepared(plain, headings()) is plain


def test_a_date_in_several_columns_is_read_whole() -> None:
    found = draft(
        ("客户往来明细账",),
        ("客户：[001]甲公司", None, None, "期间：2026.01-2026.12"),
        ("2026年", None, "凭证号", "摘要", "借方", "贷方", "方向", "余额"),
        ("月", "日", None, None, None, None, None, None),
        (None, None, None, "期初余额", None, None, "平", 0.0),
        (1.0, 5.0, "记-3", "销售", 500.0, None, "借", 500.0),
        (1.0, 31.0, None, "本月合计", 500.0, 0.0, "借", 500.0),
        ("02", "07", "记-4", "收款", None, 120.5, "借", 379.5),
    )
    assert [(each.row, each.issued.isoformat(), each.number) for each in found.documents] == [
        (6, "2026-01-05", "2026-01 记-3")
    ]  # fmt: skip
    assert [each.paid_on.isoformat() for each in found.payments] == ["2026-02-07"]


def test_a_year_of_its_own_column_counts() -> None:
    found = draft(
        ("客户名称", "年", "月", "日", "单据编号", "应收金额"),
        ("甲", 2025.0, 12.0, 31.0, "XS1", 10.0),
        ("甲", 2026.0, 1.0, 2.0, "XS2", 20.0),
        ("甲", 2026.0, 2.0, 30.0, "XS3", 30.0),
    )
    assert [each.issued.isoformat() for each in found.documents] == [
        "2025-12-31",
        "2026-01-02",
    ]
    assert [each.row for each in found.rejected] == [4]
