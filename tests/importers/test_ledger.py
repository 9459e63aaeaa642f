"""Rows become documents and payments; what can't be taken says why, and the rest goes in."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import DocumentKind, LedgerDraft
from creditdesk.errors import Problem
from creditdesk.importers.columns.layout import DatesAmbiguous
from creditdesk.importers.columns.recognise import guess
from creditdesk.importers.files.cells import Cell, DamagedNumber, Sheet
from creditdesk.importers.rows import ledger
from creditdesk.jobs import Progress

BASIC = ("Customer", "Invoice No", "Date", "Due Date", "Amount")


def read(
    header: Sequence[str], *rows: Sequence[Cell], day_first: bool | None = None
) -> LedgerDraft:
    sheet = Sheet(
        file_name="f.csv", digest="0", rows=(tuple(header), *map(tuple, rows))
    )
    mapping = guess(sheet, headings(), day_first=day_first)
    return ledger.read(sheet, mapping, "CNY", Progress())


def amounts(draft: LedgerDraft) -> list[tuple[str, DocumentKind, Decimal]]:
    return [(each.number, each.kind, each.amount.amount) for each in draft.documents]


def paid(draft: LedgerDraft) -> list[tuple[str, Decimal, date, bool, str]]:
    return [
        (each.key, each.amount.amount, each.paid_on, each.dated, each.to)
        for each in draft.payments
    ]


def places(problems: Sequence[Problem]) -> list[tuple[int | None, str, str]]:
    return [(each.row, each.column, each.value) for each in problems]


def counted(draft: LedgerDraft) -> list[object]:
    return [
        value
        for note in draft.notes
        for place, value in note.reason.places
        if place == "count"
    ]


def row(**other: Cell) -> tuple[Cell, ...]:
    usual: dict[str, Cell] = {
        "Customer": "A",
        "Invoice No": "0001",
        "Date": "2025-01-10",
        "Due Date": "2025-02-10",
        "Amount": "100.00",
    }
    return tuple((usual | other).values())


def test_a_row_becomes_an_invoice_with_the_row_it_came_from() -> None:
    (document,) = read(BASIC, row()).documents
    assert (document.row, document.number, document.buyer.name) == (2, "0001", "A")
    assert (document.issued, document.due) == (date(2025, 1, 10), date(2025, 2, 10))
    assert document.amount == Money(Decimal("100.00"), "CNY")


def test_every_row_is_taken_skipped_or_rejected() -> None:
    draft = read(BASIC, row(), row(Amount="x"), (None,) * 5, ("合计", None, None, None, "100"))  # fmt: skip
    assert draft.rows_read == 3
    assert (len(draft.documents), len(draft.rejected), len(draft.skipped)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("bad", "column", "value"),
    [
        ({"Customer": None}, "Customer", ""),
        ({"Invoice No": None}, "Invoice No", ""),
        ({"Date": None}, "Date", ""),
        ({"Date": "soon"}, "Date", "soon"),
        ({"Amount": None}, "Amount", ""),
        ({"Amount": "ten"}, "Amount", "ten"),
        ({"Invoice No": DamagedNumber("25332000000012345344")}, "Invoice No", "25332000000012345344"),
    ],
)  # fmt: skip
def test_a_bad_row_names_row_column_and_value_and_the_good_ones_go_in(
    bad: dict[str, Cell], column: str, value: str
) -> None:
    good = row(**{"Invoice No": "0002"})
    draft = read(BASIC, row(**bad), good)
    assert places(draft.rejected) == [(2, column, value)]
    assert [each.number for each in draft.documents] == ["0002"]


def test_a_negative_amount_is_a_credit_note() -> None:
    draft = read(BASIC, row(Amount="(30.00)"))
    assert amounts(draft) == [("0001", DocumentKind.CREDIT_NOTE, Decimal("30.00"))]


def test_a_document_type_decides_before_the_sign() -> None:
    draft = read(
        ("客户", "单据编号", "日期", "金额", "单据类型"),
        ("甲", "1", "2025-01-01", 100.0, "销售发票"),
        ("甲", "2", "2025-01-02", 30.0, "红字发票"),
        ("甲", "3", "2025-01-03", 50.0, "收款单"),
    )
    assert [each.kind for each in draft.documents] == [
        DocumentKind.INVOICE,
        DocumentKind.CREDIT_NOTE,
    ]
    assert paid(draft) == [("receipt:3", Decimal(50), date(2025, 1, 3), True, "")]


def test_a_settled_date_is_a_payment_of_the_whole_on_that_day() -> None:
    draft = read((*BASIC, "Settled Date"), (*row(), "2025-02-20"), (*row(**{"Invoice No": "2"}), None))  # fmt: skip
    assert paid(draft) == [
        ("settled:0001", Decimal("100.00"), date(2025, 2, 20), True, "0001")
    ]


@pytest.mark.parametrize(
    ("columns", "values", "part"),
    [
        (("Paid",), ("40",), "40"),
        (("Open Balance",), ("60",), "40"),
        (("Paid", "Open Balance"), ("40", "60"), "40"),
        (("Open Balance",), ("-20",), "120"),
    ],
)
def test_paid_and_open_columns_are_a_payment_without_a_date(
    columns: tuple[str, ...], values: tuple[str, ...], part: str
) -> None:
    draft = read((*BASIC, *columns), (*row(), *values))
    assert paid(draft) == [
        ("paid:0001", Decimal(part), date(2025, 1, 10), False, "0001")
    ]


@pytest.mark.parametrize(("column", "value"), [("Paid", "0"), ("Open Balance", "100")])
def test_an_invoice_nobody_paid_has_no_payment(column: str, value: str) -> None:
    assert read((*BASIC, column), (*row(), value)).payments == ()


def test_more_open_than_the_amount_is_rejected() -> None:
    draft = read((*BASIC, "Open Balance"), (*row(), "150"))
    assert places(draft.rejected) == [(2, "Open Balance", "150.00")]
    assert draft.documents == ()


def test_of_a_credit_note_only_what_is_left_is_taken() -> None:
    draft = read(
        (*BASIC, "Open Balance"),
        (*row(Amount="-100"), "-30"),
        (*row(Amount="-50", **{"Invoice No": "2"}), "0"),
    )
    assert amounts(draft) == [("0001", DocumentKind.CREDIT_NOTE, Decimal(30))]
    assert places(draft.skipped) == [(3, "", "2")]


@pytest.mark.parametrize(
    ("amount", "left"),
    [(-100.0, 60.0), (-100.0, -160.0)],
    ids=["another sign", "more than the whole"],
)
def test_what_is_left_of_a_credit_note_lies_within_its_amount(
    amount: float, left: float
) -> None:
    draft = read((*BASIC, "Balance"), (*row(Amount=amount), left))
    assert not draft.documents
    assert [(each.row, each.column) for each in draft.rejected] == [(2, "Balance")]


def test_a_dispute_and_a_split_of_a_used_credit_note_are_of_no_rest() -> None:
    head = (*BASIC, "Balance", "Disputed", "Net", "VAT")
    draft = read(head, (*row(Amount=-113.0), -13.0, 50.0, -100.0, -13.0))
    (document,) = draft.documents
    assert document.amount.plain == "13.00"
    assert (document.disputed, document.net, document.vat) == (None, None, None)


def test_more_disputed_than_the_amount_is_rejected() -> None:
    draft = read((*BASIC, "Disputed"), (*row(Amount=100.0), 100.01))
    assert not draft.documents
    assert [(each.row, each.column) for each in draft.rejected] == [(2, "Disputed")]


def test_a_list_of_open_items_gives_what_is_open() -> None:
    draft = read(("Customer", "Num", "Date", "Open Balance"), ("A", "1", "2025-01-01", "60"))  # fmt: skip
    assert amounts(draft) == [("1", DocumentKind.INVOICE, Decimal(60))]
    assert draft.payments == ()


def test_credits_of_a_receivables_account_are_payments() -> None:
    draft = read(
        ("日期", "科目名称", "客户", "发票号", "借方", "贷方"),
        ("2025-01-01", "应收账款", "甲", "1", 100.0, 0.0),
        ("2025-01-01", "主营业务收入", "甲", "1", 0.0, 100.0),
        ("2025-02-01", "应收账款", "甲", "1", 0.0, 40.0),
    )
    assert amounts(draft) == [("1", DocumentKind.INVOICE, Decimal(100))]
    assert paid(draft) == [("receipt:1", Decimal(40), date(2025, 2, 1), True, "1")]
    assert [each.row for each in draft.skipped] == [3]


def test_two_payments_under_one_number_have_keys_of_their_own() -> None:
    draft = read(
        ("收款单号", "收款日期", "付款单位", "收款方式", "收款金额"),
        ("SK1", "2025-02-01", "甲", "银行", 50.0),
        ("SK1", "2025-02-01", "甲", "银行", 60.0),
        (None, "2025-02-02", "甲", "银行", 70.0),
    )
    assert [each.key for each in draft.payments] == [
        "receipt:SK1",
        "receipt:SK1#2",
        "receipt:2025-02-02:70.00",
    ]


@pytest.mark.parametrize(
    ("value", "part"),
    [("Yes", "100"), ("No", None), (None, None), ("25.5", "25.5"), ("0", None)],
)
def test_a_dispute_is_the_whole_a_part_or_nothing(
    value: str | None, part: str | None
) -> None:
    (document,) = read((*BASIC, "Disputed"), (*row(), value)).documents
    assert document.disputed == (Money(Decimal(part), "CNY") if part else None)


def test_rows_with_one_total_repeated_on_every_line_count_once() -> None:
    draft = read(
        (*BASIC, "Item"), (*row(), "Nuts"), (*row(), "Bolts"), (*row(), "Bolts")
    )
    assert amounts(draft) == [("0001", DocumentKind.INVOICE, Decimal(100))]
    assert sorted(each.row or 0 for each in draft.skipped) == [3, 4]


def test_different_amounts_of_one_document_are_added() -> None:
    draft = read(
        (*BASIC, "Open Balance"),
        (*row(), "150"),
        (*row(Amount="60"), "150"),
        (*row(Amount="-10"), "150"),
    )
    assert amounts(draft) == [("0001", DocumentKind.INVOICE, Decimal(150))]
    assert draft.payments == ()
    assert [each.row for each in draft.notes] == [3, 4]


def test_a_row_repeated_in_every_cell_counts_once_and_is_told() -> None:
    draft = read(BASIC, row(), row())
    assert len(draft.documents) == 1
    assert places(draft.skipped) == [(3, "", "0001")]


def test_a_credit_note_may_carry_the_number_of_its_invoice_on_a_later_day() -> None:
    draft = read(BASIC, row(), row(Date="2025-03-01", Amount="-20"))
    assert [kind for _, kind, _ in amounts(draft)] == [
        DocumentKind.INVOICE,
        DocumentKind.CREDIT_NOTE,
    ]


def test_a_number_used_again_on_another_day_is_another_document() -> None:
    draft = read(BASIC, row(), row(Date="2025-03-01"))
    assert [each.issued for each in draft.documents] == [
        date(2025, 1, 10),
        date(2025, 3, 1),
    ]


def test_the_same_number_of_two_buyers_is_two_documents() -> None:
    assert len(read(BASIC, row(), row(Customer="B")).documents) == 2


def test_net_and_vat_that_do_not_make_the_total_are_rejected() -> None:
    header = ("购买方名称", "发票号码", "开票日期", "金额", "税额", "价税合计")
    draft = read(
        header,
        ("甲", "1", "2025-01-01", 100.0, 13.0, 113.0),
        ("甲", "2", "2025-01-01", 100.0, 13.0, 113.01),
        ("甲", "3", "2025-01-01", -100.0, -13.0, -113.0),
    )
    assert places(draft.rejected) == [(3, "税额", "13")]
    first, red = draft.documents
    assert (first.net, first.vat) == (Money(Decimal(100), "CNY"), Money(Decimal(13), "CNY"))  # fmt: skip
    assert (red.kind, red.vat) == (DocumentKind.CREDIT_NOTE, Money(Decimal(13), "CNY"))


def test_old_invoices_are_told_apart_by_code_and_number() -> None:
    draft = read(
        ("购买方名称", "发票代码", "发票号码", "数电发票号码", "开票日期", "价税合计"),
        ("甲", "3100231130", "00012345", None, "2025-01-01", 1.0),
        ("甲", "3100231140", "00012345", None, "2025-01-01", 2.0),
        ("甲", None, None, "25312000000012345678", "2025-01-01", 3.0),
    )
    assert [each.number for each in draft.documents] == [
        "3100231130-00012345",
        "3100231140-00012345",
        "25312000000012345678",
    ]


def test_void_rows_are_skipped() -> None:
    draft = read((*BASIC, "Status"), (*row(), "Void"), (*row(), "Open"))
    assert len(draft.documents) == 1
    assert [each.row for each in draft.skipped] == [2]


@pytest.mark.parametrize(
    "word", ["合计", "合 计：", "小计", "甲公司小计", "本月合计", "本年累计", "期初余额", "承前页",
             "Total", "Total for A", "Grand Total"],
)  # fmt: skip
def test_total_and_balance_rows_are_no_documents(word: str) -> None:
    draft = read(BASIC, row(), (word, None, None, None, "100"))
    assert [each.row for each in draft.skipped] == [3]
    assert draft.rejected == ()


def test_a_buyer_may_be_called_total() -> None:
    assert len(read(BASIC, row(Customer="Total")).documents) == 1


def test_the_files_own_total_is_kept_for_comparison() -> None:
    draft = read(
        (*BASIC, "Paid"),
        (*row(), "40"),
        ("小计", None, None, None, "55", "5"),
        ("合计", None, None, None, "1,100.00", "40"),
    )
    assert draft.file_totals == {"amount": Decimal("1100.00"), "paid": Decimal(40)}


def test_headings_repeated_on_every_page_and_footers_are_skipped() -> None:
    draft = read(BASIC, row(), BASIC, ("制表人：张三", None, None, None, None))
    assert [each.row for each in draft.skipped] == [3, 4]


def test_rows_without_currency_are_in_the_clients() -> None:
    draft = read(
        (*BASIC, "Currency"),
        (*row(), "美元"),
        (*row(**{"Invoice No": "2"}), "eur"),
        (*row(**{"Invoice No": "3"}), None),
        (*row(**{"Invoice No": "4"}), "dollars?"),
    )
    assert [each.amount.currency for each in draft.documents] == ["USD", "EUR", "CNY"]
    assert places(draft.rejected) == [(5, "Currency", "dollars?")]


def test_a_due_date_is_counted_from_a_term_in_days_only() -> None:
    header = ("Customer", "Num", "Date", "Amount", "Terms")
    draft = read(
        header,
        ("A", "1", "2026-07-02", "5", "Net 14"),
        ("A", "2", "2026-07-02", "5", "60天"),
        ("A", "3", "2026-07-02", "5", "NAA8"),
    )
    assert [each.due for each in draft.documents] == [
        date(2026, 7, 16),
        date(2026, 8, 31),
        None,
    ]
    assert counted(draft) == [2]


def test_parts_of_a_cent_are_kept_and_told() -> None:
    draft = read(BASIC, row(Amount="1.005"))
    assert draft.documents[0].amount == Money(Decimal("1.005"), "CNY")
    assert counted(draft) == [1]


def test_a_zero_amount_is_skipped() -> None:
    assert [each.row for each in read(BASIC, row(Amount="0.00")).skipped] == [2]


def test_dates_that_prove_no_order_are_refused_unless_the_person_says() -> None:
    unclear = row(Date="03/04/2025", **{"Due Date": "05/04/2025"})
    with pytest.raises(DatesAmbiguous, match="03/04/2025"):
        read(BASIC, unclear)
    (document,) = read(BASIC, unclear, day_first=True).documents
    assert document.issued == date(2025, 4, 3)


def test_a_code_stands_for_a_missing_name() -> None:
    (document,) = read(("Customer ID", *BASIC[1:]), row(Customer="００７")).documents
    assert (document.buyer.code, document.buyer.name) == ("007", "007")


def test_an_order_of_day_and_month_that_was_decided_is_told() -> None:
    draft = read(BASIC, row(Date="1/31/2025", **{"Due Date": "2/28/2025"}))
    assert dict(draft.notes[0].reason.places) == {"example": "1/31/2025"}


def test_a_currency_in_the_heading_of_the_amounts_is_theirs() -> None:
    draft = read((*BASIC[:4], "Amount (USD)"), row())
    assert draft.documents[0].amount.currency == "USD"
    assert dict(draft.notes[0].reason.places)["named"] == "USD"


def test_drafts_are_no_debt_and_left_out_by_name() -> None:
    draft = read((*BASIC, "Status"), (*row(), "Draft"))
    assert len(draft.documents) == 0
    assert [dict(each.reason.places) for each in draft.skipped] == [{"status": "Draft"}]


@pytest.mark.parametrize("kind", ["Estimate", "Sales Order"])
def test_what_is_neither_invoice_credit_note_nor_receipt_is_skipped(kind: str) -> None:
    draft = read((*BASIC, "Type"), (*row(), kind))
    assert [each.row for each in draft.skipped] == [2]


def test_a_receipt_that_takes_back_another_one_is_rejected() -> None:
    draft = read(
        ("收款单号", "收款日期", "付款单位", "收款方式", "收款金额"),
        ("SK1", "2025-02-01", "甲", "银行", -50.0),
    )
    assert places(draft.rejected) == [(2, "收款金额", "-50")]


def test_formulas_in_names_stay_text() -> None:
    (document,) = read(BASIC, row(Customer="=cmd|' /C calc'!A0")).documents
    assert document.buyer.name == "=cmd|' /C calc'!A0"
