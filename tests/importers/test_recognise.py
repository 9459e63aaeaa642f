"""Columns are recognised under any layout, and a person can always decide otherwise."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from creditdesk.catalog.headings import Field, headings
from creditdesk.importers.columns import profile as profiles
from creditdesk.importers.columns.chosen import (
    FieldUnknown,
    HeaderAmbiguous,
    HeadersMissing,
    LedgerNotRecognised,
    by_profile,
    mapped,
)
from creditdesk.importers.columns.mapping import Mapping, RowKind, date_order
from creditdesk.importers.columns.recognise import OtherKindOfFile, draft, guess
from creditdesk.importers.files.cells import Cell, Sheet
from creditdesk.importers.files.dates import Order


def sheet(*rows: Sequence[Cell]) -> Sheet:
    return Sheet(file_name="f.csv", digest="0", rows=tuple(map(tuple, rows)))


def guessed(*rows: Sequence[Cell]) -> Mapping:
    return guess(sheet(*rows), headings())


ZH = ("客户名称", "单据编号", "单据日期", "到期日", "应收金额")
ZH_ROW = ("甲公司", "XS001", "2025-01-15", "2025-03-15", 100.0)
CHOICE = {"buyer_name": "Who", "doc_no": "No.", "doc_date": "Day", "amount": "Sum"}


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        pytest.param(
            ("Date", "Transaction Type", "Num", "Customer", "Due Date", "Amount", "Open Balance"),
            {"doc_date", "doc_type", "doc_no", "buyer_name", "due_date", "amount", "open"},
            id="QuickBooks",
        ),
        pytest.param(
            ("Customer", "Name 1", "Document Number", "Document Date", "Net due date", "Amount in local currency"),
            {"buyer_code", "buyer_name", "voucher_no", "doc_date", "due_date", "amount_lc"},
            id="SAP",
        ),
        pytest.param(
            ("客户编码", "客户", "单据编号", "单据日期", "币种", "价税合计（元）", "已收金额", "未收金额", "业务员"),
            {"buyer_code", "buyer_name", "doc_no", "doc_date", "currency", "amount", "paid", "open", "salesman"},
            id="U8",
        ),
        pytest.param(
            ("数电发票号码", "发票代码", "发票号码", "购方识别号", "购买方名称", "开票日期", "金额", "税额", "价税合计",
             "发票状态"),
            {"einvoice_no", "invoice_code", "invoice_no", "buyer_uscc", "buyer_name", "doc_date", "net", "vat",
             "amount", "status"},
            id="tax bureau",
        ),
        pytest.param(
            ("出库单据号", "客户名称", "应收金额", "预收金额", "已核销金额", "未核销金额", "出库日期", "日期"),
            {"doc_no", "buyer_name", "amount", "paid", "open", "ship_date", "doc_date"},
            id="receivables list of domain 11.6",
        ),
    ],
)  # fmt: skip
def test_the_headings_of_known_programs_are_recognised(
    header: tuple[str, ...], fields: set[str]
) -> None:
    assert set(guessed(header).headers) == fields


def test_titles_above_the_headings_are_passed_over() -> None:
    found = guessed(
        ("应收账款明细表",) * 5,
        ("单位：上海甲公司", None, "日期：2025-12-31"),
        ZH,
        ZH_ROW,
    )
    assert found.header_row == 3
    assert len(found.headers) == 5


def test_two_rows_of_headings_are_read_together() -> None:
    found = guessed(
        ("客户名称", "单据编号", "日期", "借方", None, "贷方", None),
        (None, None, None, "数量", "金额", "数量", "金额"),
        ("甲", "1", "2025-01-01", 3.0, 30.0, 0.0, 0.0),
    )
    assert found.columns[Field.AMOUNT] == 4
    assert found.columns[Field.PAID] == 6
    assert found.headers["amount"] == "借方 金额"
    assert found.head.first_data_row == 2


def test_three_rows_of_headings_are_read_together() -> None:
    found = guessed(
        ("往来对账",) * 9,
        ("对账对象编码", "对账对象名称", "凭证日期", "凭证字号", "业务单号", "借方", None, None, None),
        (None, None, None, None, None, "发生", None, "已结", "未结"),
        (None, None, None, None, None, "数量", "金额", "金额", "金额"),
        ("001", "甲", "2025-01-01", "记-1", "XS1", 1.0, 100.0, 40.0, 60.0),
    )  # fmt: skip
    assert found.columns[Field.AMOUNT] == 6
    assert found.columns[Field.PAID] == 7
    assert found.columns[Field.OPEN] == 8
    assert found.head.first_data_row == 4


def test_a_column_whose_contents_contradict_its_heading_is_not_taken() -> None:
    found = guessed((*ZH, "金额"), ("甲", "1", "2025-01-01", "三十天", "见合同", 5.0))
    assert found.headers["amount"] == "金额"
    assert "due_date" not in found.headers


def test_an_amount_beside_vat_without_a_total_is_net() -> None:
    found = guessed(
        ("购买方名称", "发票号码", "开票日期", "金额", "税额"),
        ("甲", "1", "2025-01-01", 100.0, 13.0),
    )
    assert found.headers["net"] == "金额"
    assert "amount" not in found.headers


def test_a_balance_beside_debit_and_credit_is_the_accounts_not_the_documents() -> None:
    found = guessed(
        ("日期", "凭证号", "客户", "借方", "贷方", "余额"),
        ("2025-01-01", "记-1", "甲", 100.0, 0.0, 100.0),
    )
    assert "open" not in found.headers


def test_a_balance_that_grows_with_every_row_is_the_accounts() -> None:
    header = ("Customer", "Num", "Date", "Amount", "Balance")
    amounts, balances = (10, 20, -5, 40, 50), (10, 30, 25, 65, 115)
    rows = [
        ("A", str(row), "2025-01-01", float(amount), float(balance))
        for row, (amount, balance) in enumerate(zip(amounts, balances, strict=True))
    ]
    assert "open" not in guessed(header, *rows).headers


def test_a_balance_of_each_document_is_what_is_open() -> None:
    header = ("Customer", "Num", "Date", "Amount", "Balance")
    rows = [("A", str(row), "2025-01-01", 100.0, 40.0) for row in range(5)]
    assert guessed(header, *rows).headers["open"] == "Balance"


def test_every_guess_has_a_reason_and_a_confidence() -> None:
    for found in guessed(ZH, ZH_ROW).found:
        assert dict(found.reason.places)["header"] == found.header
        assert 0 < found.confidence <= 1


def test_what_is_missing_is_named_with_the_headings_seen() -> None:
    with pytest.raises(LedgerNotRecognised) as refused:
        guessed(("颜色", "客户名称", "重量"), ("红", "甲", "5"))
    assert refused.value.places["headers"] == ("颜色", "客户名称", "重量")
    missing = [each.text for each in refused.value.places["missing"]]  # type: ignore[attr-defined]  # a tuple of messages
    assert missing == ["document number", "date", "amount"]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (("日期", "凭证字号", "摘要", "科目代码", "科目名称", "借方", "贷方"), "a journal of vouchers"),
        (("科目编码", "科目名称", "期初余额", "本期借方", "期末余额"), "a chart of accounts"),
        (("客户编码", "客户名称", "联系人", "电话", "地址"), "a list of contacts"),
        (("Name", "Email", "Phone", "City", "Website"), "a list of contacts"),
        (("交易日期", "交易金额", "对方户名", "账户余额"), "a bank or wallet statement"),
        (("客户名称", "1-30天", "31-60天", "61-90天", "91天以上"), "an ageing table without documents"),
    ],
)  # fmt: skip
def test_a_list_of_something_else_is_called_what_it_is(
    header: tuple[str, ...], kind: str
) -> None:
    with pytest.raises(OtherKindOfFile) as refused:
        guessed(header, ("1",) * len(header))
    assert refused.value.places["kind"].en == kind  # type: ignore[attr-defined]  # words in both languages


def test_a_list_of_payments_is_recognised_as_such() -> None:
    found = guessed(
        ("收款单号", "收款日期", "付款单位", "收款方式", "收款金额"),
        ("SK1", "2025-02-01", "甲", "银行", 50.0),
    )
    assert found.kind is RowKind.PAYMENTS


def test_chosen_columns_are_the_only_ones_read() -> None:
    found = mapped(
        sheet(("Title",), ("Who", "No.", "Day", "Sum", "Due Date"), ("a", "1", "2025-01-01", "5", "x")),
        CHOICE,
    )  # fmt: skip
    assert found.headers == CHOICE
    assert found.header_row == 2


@pytest.mark.parametrize("heading", ["SUM", " sum ", "s_u_m", "Ｓｕｍ"])
def test_a_chosen_heading_may_differ_in_case_and_punctuation(heading: str) -> None:
    found = mapped(sheet(("Who", "No.", "Day", "Sum")), {**CHOICE, "amount": heading})
    assert found.columns[Field.AMOUNT] == 3


def test_a_missing_heading_is_named_beside_those_there_are() -> None:
    with pytest.raises(HeadersMissing) as refused:
        mapped(sheet(("Who", "No.", "Day", "Total")), CHOICE)
    assert refused.value.places["missing"] == ("Sum",)
    assert refused.value.places["headers"] == ("Who", "No.", "Day", "Total")


def test_a_heading_that_is_there_twice_is_chosen_by_its_number() -> None:
    twice = sheet(("Who", "No.", "Day", "Sum", "Sum"))
    with pytest.raises(HeaderAmbiguous) as refused:
        mapped(twice, CHOICE)
    assert refused.value.places["headers"] == ("Sum (1)", "Sum (2)")
    assert mapped(twice, {**CHOICE, "amount": "Sum (2)"}).columns[Field.AMOUNT] == 4


def test_an_unknown_field_is_refused_with_the_fields_there_are() -> None:
    with pytest.raises(FieldUnknown, match="buyer_code"):
        mapped(sheet(("Who", "x")), {"customer": "Who"})


def test_a_choice_without_an_amount_is_refused() -> None:
    with pytest.raises(LedgerNotRecognised):
        mapped(
            sheet(("Who", "No.", "Day")),
            {k: v for k, v in CHOICE.items() if k != "amount"},
        )


def test_one_column_may_be_chosen_for_two_fields() -> None:
    found = mapped(sheet(("Who", "No.", "Day", "Sum")), {**CHOICE, "buyer_code": "Who"})
    assert found.columns[Field.BUYER_CODE] == found.columns[Field.BUYER_NAME] == 0


def test_a_person_corrects_a_column_or_drops_it() -> None:
    found = guessed((*ZH, "未收金额"), (*ZH_ROW, 60.0))
    changed = found.corrected(Field.AMOUNT, 5)
    assert changed.columns[Field.AMOUNT] == 5
    assert Field.OPEN not in changed.columns
    assert Field.DUE_DATE not in found.corrected(Field.DUE_DATE, None).columns


def test_a_draft_of_columns_is_offered_even_when_much_is_missing() -> None:
    assert set(draft(sheet(("颜色", "客户名称"), ("红", "甲")), headings()).headers) == {"buyer_name"}  # fmt: skip


def test_a_profile_applies_when_the_same_layout_comes_again() -> None:
    odd = ("Whom", "Paper", "On", "Due Date", "How much")
    first = sheet(odd, ("a", "1", "01/02/2025", "03/02/2025", "5"))
    chosen = mapped(
        first,
        {"buyer_name": "Whom", "doc_no": "Paper", "doc_date": "On", "amount": "How much"},
        day_first=True,
    )  # fmt: skip
    kept = profiles.from_json(profiles.to_json(chosen.profile()))
    again = guess(
        sheet(("Report",), odd, ("b", "2", "03/04/2025", "", "7")), headings(), [kept]
    )
    assert again.headers == chosen.headers
    assert again.day_first is True
    assert again.header_row == 2


def test_a_profile_of_another_layout_is_left_aside_or_refused_by_name() -> None:
    kept = replace(guessed(ZH, ZH_ROW).profile(), signature="another")
    assert guess(sheet(ZH, ZH_ROW), headings(), [kept]).headers["amount"] == "应收金额"
    with pytest.raises(HeadersMissing, match="客户名称"):
        by_profile(sheet(("a", "b"), ("1", "2")), kept)


def test_one_unmistakable_date_settles_all_date_columns() -> None:
    header = ("Customer", "Num", "Date", "Due Date", "Amount")
    rows = sheet(header, ("a", "1", "1/2/2025", "1/31/2025", "5"))
    found = date_order(rows, guess(rows, headings()))
    assert (found.order, found.example) == (Order.MONTH_FIRST, "1/31/2025")


def test_the_persons_word_on_the_order_comes_first() -> None:
    header = ("Customer", "Num", "Date", "Amount")
    rows = sheet(header, ("a", "1", "1/2/2025", "5"))
    assert date_order(rows, guess(rows, headings())).ambiguous
    told = guess(rows, headings(), day_first=True)
    assert date_order(rows, told).order is Order.DAY_FIRST
