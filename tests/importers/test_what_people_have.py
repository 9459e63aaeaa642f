"""What real people's ledgers say: parts, retention, bills, adjustments, openings, money in the cell, terms in words.

rules.md 14.1, 14.2, 14.4, 14.5; the figures are worked out by hand.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.ledger.documents import (
    SEVERAL,
    CreditKind,
    DocumentKind,
    LedgerDraft,
)
from creditdesk.domain.ledger.terms import PartKind
from creditdesk.i18n import words
from creditdesk.importers.columns.recognise import guess, prepared
from creditdesk.importers.files.cells import Cell, Sheet
from creditdesk.importers.rows import ledger
from creditdesk.jobs import Progress

BASIC = ("客户名称", "单据号", "单据日期", "到期日", "应收金额")


def read(  # noqa: PLR0913 - what a file has
    head: Sequence[str],
    *rows: Sequence[Cell],
    currency: str = "CNY",
    answers: Mapping[str, str] | None = None,
    titles: Sequence[str] = (),
    client: str = "",
    signs: Mapping[int, Mapping[int, str]] | None = None,
) -> LedgerDraft:
    above = tuple((title,) for title in titles)
    sheet = prepared(
        Sheet(
            file_name="台账.xlsx", digest="0", rows=(*above, tuple(head), *map(tuple, rows)), signs=signs or {}
        ),
        headings(),
    )  # fmt: skip
    return ledger.read(
        sheet, guess(sheet, headings()), currency, Progress(), answers=answers, client=client
    )  # fmt: skip


def told(draft: LedgerDraft) -> list[tuple[str, int, str | None, str]]:
    """Number, part, due date and amount of each document."""
    return [
        (
            each.number, each.part, each.due.isoformat() if each.due else None,
            f"{each.amount.plain} {each.amount.currency}",
        )
        for each in draft.documents
    ]  # fmt: skip


def received(draft: LedgerDraft) -> list[tuple[CreditKind, str, str]]:
    return [(each.kind, each.to, each.amount.plain) for each in draft.payments]


def reasons(draft: LedgerDraft) -> list[tuple[int | None, str]]:
    say = words("en").say
    return [(each.row, say(each.reason)) for each in draft.rejected]


def test_rows_of_one_number_with_several_due_dates_are_parts_in_their_order() -> None:
    draft = read(
        (*BASIC, "未收金额"),
        ("甲公司", "H7", "2026-03-01", "2026-09-01", 200.0, 200.0),
        ("甲公司", "H7", "2026-03-01", "2026-05-01", 300.0, 100.0),
        ("甲公司", "H8", "2026-03-01", "2026-05-01", 50.0, 50.0),
    )
    assert told(draft) == [
        ("H7", 2, "2026-09-01", "200.00 CNY"),
        ("H7", 1, "2026-05-01", "300.00 CNY"),
        ("H8", 0, "2026-05-01", "50.00 CNY"),
    ]
    assert [(each.to, each.part, each.amount.plain) for each in draft.payments] == [
        ("H7", 1, "200.00")
    ]


def test_equal_amounts_with_equal_due_dates_are_one_amount_repeated() -> None:
    line = ("甲公司", "H7", "2026-03-01", "2026-05-01", 300.0)
    draft = read((*BASIC, "商品"), (*line, "A"), (*line, "B"))
    assert told(draft) == [("H7", 0, "2026-05-01", "300.00 CNY")]


def test_retention_is_a_part_with_a_due_date_of_its_own() -> None:
    draft = read(
        (*BASIC, "合同金额", "质保金", "质保金到期日", "已收金额"),
        ("甲公司", "G1", "2025-03-01", "2025-06-01", 1900.0, 2000.0, 100.0, "2027-03-01", 900.0),
    )  # fmt: skip
    assert told(draft) == [
        ("G1", 1, "2025-06-01", "1900.00 CNY"),
        ("G1", 2, "2027-03-01", "100.00 CNY"),
    ]
    assert [each.part_kind for each in draft.documents] == [
        PartKind.INSTALMENT,
        PartKind.RETENTION,
    ]
    assert received(draft) == [(CreditKind.RECEIPT, "G1", "900.00")]


def test_whether_an_amount_holds_the_retention_is_asked_once() -> None:
    head = (*BASIC, "质保金", "质保金到期日")
    row = ("甲公司", "G1", "2025-03-01", "2025-06-01", 2000.0, 100.0, "2027-03-01")
    asked = read(head, row)
    assert not asked.documents
    assert [(each.id, each.rows) for each in asked.questions] == [("retention", (2,))]
    inside = read(head, row, answers={"retention": "INSIDE"})
    assert [each.amount.plain for each in inside.documents] == ["1900.00", "100.00"]
    beside = read(head, row, answers={"retention": "BESIDE"})
    assert [each.amount.plain for each in beside.documents] == ["2000.00", "100.00"]


def test_a_bill_is_no_cash_before_its_maturity() -> None:
    draft = read(
        (*BASIC, "收款日期", "收款金额", "结算方式", "汇票到期日"),
        ("甲公司", "B1", "2026-05-05", "2026-07-05", 1000.0, "2026-07-01", 1000.0, "商业承兑汇票", "2026-12-31"),
        ("甲公司", "B2", "2026-05-06", "2026-07-06", 600.0, "2026-07-02", 600.0, "电汇", None),
    )  # fmt: skip
    assert told(draft) == [
        ("B1", 0, "2026-12-31", "1000.00 CNY"),
        ("B2", 0, "2026-07-06", "600.00 CNY"),
    ]
    assert received(draft) == [(CreditKind.RECEIPT, "B2", "600.00")]
    assert [each.row for each in draft.notes if each.row] == [2]


def test_a_bill_s_document_is_recognised_by_its_memo() -> None:
    draft = read(
        (*BASIC, "结算方式", "汇票到期日", "备注"),
        ("甲公司", "B1", "2026-05-05", "2026-07-05", 1000.0, "银行承兑汇票", "2026-12-31", "五月货款"),
        ("甲公司", "B2", "2026-05-06", "2026-07-06", 600.0, "商承", None, None),
        ("甲公司", "B3", "2026-05-07", "2026-07-07", 600.0, "电汇", None, "六月货款"),
    )  # fmt: skip
    assert [each.memo for each in draft.documents] == [
        "票据：银行承兑汇票 2026-12-31；五月货款", "票据：商承", "六月货款",
    ]  # fmt: skip


def test_a_bill_among_the_receipts_is_none_and_moves_the_invoice_it_covers() -> None:
    """S1 covers I1, S2 is 400 of 600, S3 names another file's, S4 tells no day; only S5 is money."""
    columns = (
        "客户名称",
        "单据类型",
        "单据号",
        "单据日期",
        "到期日",
        "金额",
        "对应单号",
        "结算方式",
        "票据到期日",
    )
    draft = read(
        columns,
        ("甲公司", "销售发票", "I1", "2026-01-05", "2026-02-05", 1000.0, None, None, None),
        ("甲公司", "销售发票", "I2", "2026-01-06", "2026-02-06", 600.0, None, None, None),
        ("乙公司", "销售发票", "I1", "2026-01-05", "2026-02-05", 1000.0, None, None, None),
        ("甲公司", "收款单", "S1", "2026-02-01", None, 1000.0, "I1", "银行承兑汇票", "2026-08-01"),
        ("甲公司", "收款单", "S2", "2026-02-02", None, 400.0, "I2", "商业承兑汇票", "2026-09-01"),
        ("甲公司", "收款单", "S3", "2026-02-03", None, 50.0, "X9", "银承", "2026-09-02"),
        ("甲公司", "收款单", "S4", "2026-02-04", None, 600.0, "I2", "银承", None),
        ("甲公司", "收款单", "S5", "2026-02-05", None, 200.0, "I2", "电汇", None),
    )  # fmt: skip
    assert told(draft) == [
        ("I1", 0, "2026-08-01", "1000.00 CNY"),
        ("I2", 0, "2026-02-06", "600.00 CNY"),
        ("I1", 0, "2026-02-05", "1000.00 CNY"),
    ]
    assert draft.documents[0].memo == "票据：银行承兑汇票 2026-08-01"
    assert received(draft) == [(CreditKind.RECEIPT, "I2", "200.00")]
    skipped = {each.value: words("en").say(each.reason) for each in draft.skipped}
    assert list(skipped) == ["S1", "S2", "S3", "S4"]
    assert skipped["S1"] == (
        "A bill (银行承兑汇票) over CNY 1,000.00 is no cash before its maturity on 2026-08-01, and no receipt: "
        "I1 stays open and falls due on that day."
    )
    assert "only a part of I2" in skipped["S2"]
    assert "not in this file" in skipped["S3"]
    assert "doesn't say when it matures" in skipped["S4"]


@pytest.mark.parametrize(
    ("said", "to", "memo"),
    [
        ("是", "某银行", "已转让：某银行"),
        ("是", None, "已转让"),
        (None, "某银行", "已转让：某银行"),
        ("某保理公司", None, "已转让：某保理公司"),
        ("否", "某银行", ""),
        ("否", None, ""),
        ("未保理", None, ""),
        (None, "无", ""),
        ("—", "—", ""),
    ],
)
def test_an_assigned_invoice_is_marked_and_owed_as_before(
    said: str | None, to: str | None, memo: str
) -> None:
    draft = read(
        (*BASIC, "是否保理", "保理商"),
        ("甲公司", "F1", "2026-01-05", "2026-02-05", 1000.0, said, to),
    )
    assert [each.memo for each in draft.documents] == [memo]
    assert told(draft) == [("F1", 0, "2026-02-05", "1000.00 CNY")]
    assert not draft.unread_columns


def test_an_assigned_invoice_is_read_in_english() -> None:
    draft = read(
        ("Customer Name", "Invoice No", "Invoice Date", "Due Date", "Amount", "Factored", "Assigned To", "Memo"),
        ("A Ltd", "F1", "2026-01-05", "2026-02-05", 1000.0, "Yes", "B Bank", "x"),
        ("A Ltd", "F2", "2026-01-05", "2026-02-05", 1000.0, "No", None, "y"),
    )  # fmt: skip
    assert [each.memo for each in draft.documents] == ["已转让：B Bank；x", "y"]


def test_a_deposit_belongs_to_the_invoices_of_its_contract() -> None:
    """S1 names contract K1, whose invoices are I2 and I3 by their dates; S2 an invoice, S3 a contract without any."""
    draft = read(
        ("客户名称", "单据类型", "单据号", "单据日期", "到期日", "金额", "对应单号", "合同号"),
        ("甲公司", "销售发票", "I1", "2026-01-05", "2026-02-05", 1000.0, None, "K2"),
        ("甲公司", "销售发票", "I3", "2026-03-06", "2026-04-06", 600.0, None, "K1"),
        ("甲公司", "销售发票", "I2", "2026-02-06", "2026-03-06", 500.0, None, "K1"),
        ("乙公司", "销售发票", "I9", "2026-01-05", "2026-02-05", 700.0, None, "K1"),
        ("甲公司", "定金", "S1", "2026-01-02", None, 800.0, None, "K1"),
        ("甲公司", "预付款", "S2", "2026-01-03", None, 90.0, "I1", "K1"),
        ("甲公司", "定金", "S3", "2026-01-04", None, 70.0, None, "K7"),
        ("甲公司", "收款单", "S4", "2026-01-05", None, 60.0, None, "K1"),
    )  # fmt: skip
    assert [(each.key, each.to) for each in draft.payments] == [
        ("deposit:S1", f"I2{SEVERAL}I3"),
        ("deposit:S2", "I1"),
        ("deposit:S3", ""),
        ("receipt:S4", ""),
    ]
    assert {each.kind for each in draft.payments} == {CreditKind.RECEIPT}
    assert len(draft.documents) == 4


def test_discounts_and_what_is_written_off_are_no_receipts() -> None:
    draft = read(
        (*BASIC, "已收金额", "现金折扣", "坏账核销", "余额"),
        ("甲公司", "1", "2026-01-05", "2026-02-05", 900.0, 600.0, 20.0, 0.0, 280.0),
        ("乙公司", "2", "2026-01-05", "2026-02-05", 500.0, 0.0, 0.0, 500.0, 0.0),
    )
    assert received(draft) == [
        (CreditKind.RECEIPT, "1", "600.00"),
        (CreditKind.DISCOUNT, "1", "20.00"),
        (CreditKind.WRITTEN_OFF, "2", "500.00"),
    ]


def test_a_price_list_s_discount_takes_nothing_off_a_debt() -> None:
    draft = read(
        (*BASIC, "折扣", "未收金额"),
        ("甲公司", "1", "2026-01-05", "2026-02-05", 900.0, 10.0, 900.0),
    )
    assert received(draft) == []


def test_what_paid_and_open_leave_unexplained_is_told_and_is_no_receipt() -> None:
    draft = read(
        (*BASIC, "已收金额", "未收金额"),
        ("甲公司", "1", "2026-01-05", "2026-02-05", 1000.0, 300.0, 600.0),
    )
    assert received(draft) == [
        (CreditKind.RECEIPT, "1", "300.00"),
        (CreditKind.OTHER, "1", "100.00"),
    ]
    assert [each.row for each in draft.notes] == [2]


@pytest.mark.parametrize("word", ["已结清", "已付清", "无", "—", "-", "Paid"])
def test_a_word_in_the_column_of_what_is_open_means_that_nothing_is(word: str) -> None:
    draft = read(
        (*BASIC, "未收金额"),
        ("甲公司", "1", "2026-01-05", "2026-02-05", 100.0, word),
        ("甲公司", "2", "2026-01-06", "2026-02-06", 100.0, 100.0),
    )
    assert received(draft) == [(CreditKind.RECEIPT, "1", "100.00")]


@pytest.mark.parametrize("cell", ["待定", "2026-02-30", "下月"])
def test_a_due_date_nobody_can_read_is_named_and_the_row_goes_in_without(
    cell: str,
) -> None:
    draft = read(
        BASIC,
        ("甲公司", "1", "2026-01-05", cell, 100.0),
        ("甲公司", "2", "2026-01-06", "2026-02-06", 100.0),
    )
    assert [each[2] for each in told(draft)] == [None, "2026-02-06"]
    (note,) = [each for each in draft.notes if each.row]
    assert (note.row, note.column, note.value) == (2, "到期日", cell)


def test_a_column_of_due_dates_is_kept_though_its_first_hundred_cells_are_words() -> (
    None
):
    rows = [("甲公司", f"K{at}", "2026-01-05", "待定", 1.0) for at in range(100)]
    draft = read(BASIC, *rows, ("甲公司", "L", "2026-01-05", "2026-03-05", 1.0))
    assert draft.documents[-1].due == date(2026, 3, 5)
    assert sum(each.due is None for each in draft.documents) == 100


@pytest.mark.parametrize(
    ("shown", "client", "currency"),
    [
        ("US$50", "CNY", "USD"),
        ("HK$70.00", "CNY", "HKD"),
        ("€1,200.50", "CNY", "EUR"),
        ("RMB 300", "USD", "CNY"),
        ("¥300", "USD", "CNY"),
        ("¥300", "JPY", "JPY"),
        ("$300", "HKD", "HKD"),
        ("300.00 GBP", "CNY", "GBP"),
        ("300", "EUR", "EUR"),
    ],
)
def test_the_sign_in_a_cell_says_which_money_it_is(
    shown: str, client: str, currency: str
) -> None:
    draft = read(
        BASIC, ("甲公司", "1", "2026-01-05", "2026-02-05", shown), currency=client
    )
    assert [each.amount.currency for each in draft.documents] == [currency]


def test_a_bare_dollar_of_a_client_without_one_is_asked() -> None:
    row = ("甲公司", "1", "2026-01-05", "2026-02-05", "$1,000.00")
    asked = read(BASIC, row)
    assert not asked.documents
    assert [(each.id, each.rows) for each in asked.questions] == [("dollar", (2,))]
    said = read(BASIC, row, answers={"dollar": "AUD"})
    assert told(said) == [("1", 0, "2026-02-05", "1000.00 AUD")]


def test_the_number_format_of_a_cell_says_which_money_it_is() -> None:
    draft = read(
        BASIC,
        ("甲公司", "1", "2026-01-05", "2026-02-05", 10.0),
        ("甲公司", "2", "2026-01-06", "2026-02-06", 20.0),
        signs={4: {1: "EUR"}},
    )
    assert [each.amount.currency for each in draft.documents] == ["EUR", "CNY"]


def test_beside_local_money_the_debt_is_the_foreign_one() -> None:
    draft = read(
        ("客户名称", "单据号", "单据日期", "到期日", "原币金额(EUR)", "本币金额(RMB)"),
        ("甲公司", "X1", "2026-01-05", "2026-02-05", 100.0, 780.0),
        ("甲公司", "X2", "2026-01-31", None, 0.0, -12.5),
    )
    assert told(draft) == [("X1", 0, "2026-02-05", "100.00 EUR")]
    assert [each.row for each in draft.skipped] == [3]


TYPES = ("客户名称", "单据类型", "单据号", "单据日期", "借方金额", "贷方金额", "余额")


def test_documents_that_are_no_invoices_are_what_their_names_say() -> None:
    draft = read(
        TYPES,
        ("甲公司", "销售专用发票", "D1", "2026-01-01", 500.0, None, 500.0),
        ("甲公司", "收款单", "D2", "2026-01-02", None, 100.0, 400.0),
        ("甲公司", "应收冲应付", "D3", "2026-01-03", None, 50.0, 350.0),
        ("甲公司", "坏账发生", "D4", "2026-01-04", None, 40.0, 310.0),
        ("甲公司", "付款单", "D5", "2026-01-05", 30.0, None, 340.0),
        ("甲公司", "汇兑损益", "D6", "2026-01-31", None, 10.0, 330.0),
    )
    assert [(each.number, each.kind, each.amount.plain) for each in draft.documents] == [
        ("D1", DocumentKind.INVOICE, "500.00"),
        ("D5", DocumentKind.REFUND, "30.00"),
    ]  # fmt: skip
    assert [(kind, amount) for kind, _, amount in received(draft)] == [
        (CreditKind.RECEIPT, "100.00"),
        (CreditKind.SET_OFF, "50.00"),
        (CreditKind.WRITTEN_OFF, "40.00"),
        (CreditKind.EXCHANGE, "10.00"),
    ]


@pytest.mark.parametrize("kind", ["应收冲应付", "坏账发生", "坏账收回", "汇兑损益"])
def test_in_a_list_without_sides_they_are_refused_by_name(kind: str) -> None:
    head = ("客户名称", "单据类型", "单据号", "单据日期", "金额")
    draft = read(head, ("甲公司", kind, "U1", "2026-01-01", 100.0))
    assert not draft.documents
    ((row, reason),) = reasons(draft)
    assert row == 2
    assert reason.startswith(f"{kind} is no invoice")


def test_a_kind_of_document_nobody_knows_is_asked_and_never_an_invoice() -> None:
    head = ("客户名称", "单据类型", "单据号", "单据日期", "金额")
    row = ("甲公司", "其他事项", "U1", "2026-01-01", 100.0)
    asked = read(head, row)
    assert not asked.documents
    ((question,),) = (asked.questions,)
    assert (question.id, question.rows) == ("kind:其他事项", (2,))
    assert read(head, row, answers={question.id: "INVOICE"}).documents[0].number == "U1"
    left = read(head, row, answers={question.id: "SKIP"})
    assert [each.row for each in left.skipped] == [2]
    assert not left.questions


@pytest.mark.parametrize(
    ("named", "to"),
    [
        ("I1,I2", "I1\nI2"),
        ("I2、I1", "I2\nI1"),
        ("I1/I2", "I1\nI2"),
        ("I/3", "I/3"),
        ("I1/X9", "I1/X9"),
    ],
)
def test_a_receipt_may_name_several_documents_in_order(named: str, to: str) -> None:
    head = ("客户名称", "单据类型", "单据号", "单据日期", "金额", "核销单号")
    draft = read(
        head,
        ("甲公司", "销售发票", "I1", "2026-01-01", 300.0, None),
        ("甲公司", "销售发票", "I2", "2026-01-02", 500.0, None),
        ("甲公司", "销售发票", "I/3", "2026-01-02", 500.0, None),
        ("甲公司", "收款单", "P1", "2026-02-10", 600.0, named),
    )
    assert [each.to for each in draft.payments] == [to]


def test_an_invoice_taken_back_in_full_belongs_to_the_red_letter_of_its_amount() -> (
    None
):
    head = ("客户名称", "发票号码", "开票日期", "到期日", "价税合计", "发票状态")
    draft = read(
        head,
        ("甲公司", "V1", "2026-01-08", "2026-02-08", 500.0, "已红冲-全额"),
        ("甲公司", "V2", "2026-01-09", None, -500.0, "正常"),
        ("甲公司", "V3", "2026-01-10", "2026-02-10", 80.0, "已红冲-全额"),
    )
    assert [(each.number, each.against) for each in draft.documents] == [
        ("V1", ""),
        ("V2", "V1"),
    ]
    assert [each.value for each in draft.skipped] == ["V3"]


def test_of_two_columns_of_one_heading_the_one_that_holds_the_tax_is_owed() -> None:
    draft = read(
        ("客户名称", "单据号", "单据日期", "金额", "税额", "金额"),
        ("甲公司", "1", "2026-01-05", 300.0, 39.0, 339.0),
        ("甲公司", "2", "2026-01-06", 100.0, 13.0, 113.0),
    )
    assert [(each.amount.plain, each.net and each.net.plain) for each in draft.documents] == [
        ("339.00", "300.00"),
        ("113.00", "100.00"),
    ]  # fmt: skip


TERMS = ("客户名称", "单据号", "单据日期", "付款条件", "金额")


@pytest.mark.parametrize(
    ("term", "due"),
    [
        ("45", "2026-03-17"),
        ("次月15日", "2026-02-15"),
        ("3个月", "2026-04-30"),
        ("N/30", "2026-03-02"),
        ("货到付款", "2026-01-31"),
        ("月结45天", None),
        ("票到30天", None),
        ("按合同", None),
    ],
)
def test_the_words_of_a_term_make_a_due_date_or_leave_it_open(
    term: str, due: str | None
) -> None:
    draft = read(TERMS, ("甲公司", "T1", "2026-01-31", term, 100.0))
    assert [each[2] for each in told(draft)] == [due]
    assert [each.id for each in draft.questions] == ([] if due else [f"terms:{term}"])


def test_an_answer_to_a_term_counts_for_all_its_documents_or_for_one_buyer() -> None:
    rows: list[tuple[Cell, ...]] = [
        ("甲公司", "T1", "2026-01-15", "月结60天", 1.0),
        ("乙公司", "T2", "2026-01-15", "月结60天", 1.0),
    ]
    for_all = read(TERMS, *rows, answers={"terms:月结60天": "EOM_PLUS_N_DAYS"})
    assert [each[2] for each in told(for_all)] == ["2026-04-01", "2026-04-01"]
    for_one = read(TERMS, *rows, answers={"terms:月结60天@乙公司": "END_OF_NEXT_MONTH"})  # fmt: skip
    assert [each[2] for each in told(for_one)] == [None, "2026-03-31"]
    assert [each.rows for each in for_one.questions] == [(2,)]


def test_a_term_with_parts_makes_parts_and_what_was_paid_fills_them_in_order() -> None:
    draft = read(
        (*TERMS, "已收金额"),
        ("甲公司", "T1", "2026-01-31", "30%预付，70%开票后60天", 1000.0, 400.0),
    )
    assert told(draft) == [
        ("T1", 1, "2026-01-31", "300.00 CNY"),
        ("T1", 2, "2026-04-01", "700.00 CNY"),
    ]
    assert [(each.part, each.amount.plain) for each in draft.payments] == [
        (1, "300.00"),
        (2, "100.00"),
    ]


def test_a_due_date_of_the_file_wins_over_its_term_and_a_wide_gap_is_told() -> None:
    head = ("客户名称", "单据号", "单据日期", "到期日", "付款条件", "金额")
    draft = read(
        head,
        ("甲公司", "T1", "2026-01-31", "2026-03-02", "60天", 100.0),
        ("甲公司", "T2", "2026-01-31", "2026-04-02", "60天", 100.0),
    )
    assert [each[2] for each in told(draft)] == ["2026-03-02", "2026-04-02"]
    assert [each.row for each in draft.notes if each.row] == [2]


def test_a_due_date_before_the_issue_is_told() -> None:
    draft = read(BASIC, ("甲公司", "1", "2026-05-05", "2026-04-05", 100.0))
    assert [(each.row, each.column) for each in draft.notes] == [(2, "到期日")]


def test_columns_with_content_that_nobody_read_are_named() -> None:
    draft = read(
        (*BASIC, "仓库", "空列"), ("甲公司", "1", "2026-05-05", "2026-06-05", 1.0, "东库", None)
    )  # fmt: skip
    assert draft.unread_columns == ("仓库",)


def test_true_dates_beside_texts_with_the_day_first_are_asked() -> None:
    rows: list[tuple[Cell, ...]] = [
        ("甲公司", "1", "25/03/2026", 1.0),
        ("甲公司", "2", date(2026, 5, 3), 1.0),
    ]
    head = ("客户名称", "单据号", "单据日期", "金额")
    asked = read(head, *rows)
    assert [each.number for each in asked.documents] == ["1"]
    assert [(each.id, each.rows) for each in asked.questions] == [("file.swapped", (3,))]  # fmt: skip
    swapped = read(head, *rows, answers={"file.swapped": "SWAP"})
    assert swapped.documents[1].issued == date(2026, 3, 5)
    kept = read(head, *rows, answers={"file.swapped": "KEEP"})
    assert kept.documents[1].issued == date(2026, 5, 3)


ROW = ("甲公司", "1", "2026-01-05", "2026-02-05", 100.0)


def test_a_title_of_another_company_is_asked_before_anything_is_taken() -> None:
    titles = ["杭州启明贸易有限公司 应收明细表"]
    asked = read(BASIC, ROW, titles=titles, client="絮川纺织科技有限公司")
    assert not asked.documents
    assert [(each.id, each.rows) for each in asked.questions] == [("file.company", (3,))]  # fmt: skip
    mine = read(BASIC, ROW, titles=titles, client="絮川纺织科技有限公司", answers={"file.company": "MINE"})  # fmt: skip
    assert len(mine.documents) == 1
    own = read(BASIC, ROW, titles=titles, client="杭州启明贸易有限公司")
    assert len(own.documents) == 1


def test_a_title_that_names_other_money_is_asked() -> None:
    asked = read(BASIC, ROW, titles=["应收明细", "单位：元"], currency="USD")
    assert not asked.documents
    assert [each.id for each in asked.questions] == ["file.money"]
    said = read(BASIC, ROW, titles=["应收明细", "单位：元"], currency="USD", answers={"file.money": "CNY"})  # fmt: skip
    assert told(said) == [("1", 0, "2026-02-05", "100.00 CNY")]


def test_an_opening_without_a_buyer_is_refused_with_its_amount() -> None:
    draft = read(
        ("客户名称", "凭证号", "单据日期", "摘要", "借方", "贷方", "余额"),
        (None, None, None, "期初余额", None, None, 900.0),
        (None, None, None, "期初余额", None, None, 90.0),
        ("甲公司", "记-1", "2026-01-05", "销售", 100.0, None, 1000.0),
        ("甲公司", "记-2", "2026-01-06", "销售", 100.0, None, 1100.0),
    )
    assert [row for row, _ in reasons(draft)] == [2]
    openings = [each for each in draft.documents if each.kind is DocumentKind.OPENING]
    assert [(each.row, each.buyer.name, each.issued, each.amount.plain) for each in openings] == [
        (3, "甲公司", date(2026, 1, 1), "90.00")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "currency"), [("US$", "USD"), ("美元", "USD"), ("HK$", "HKD"), ("€", "EUR")]
)  # fmt: skip
def test_a_currency_column_may_hold_signs_and_names(shown: str, currency: str) -> None:
    head = ("客户名称", "单据号", "单据日期", "币种", "金额")
    draft = read(head, ("甲公司", "1", "2026-01-05", shown, 100.0))
    assert [each.amount.currency for each in draft.documents] == [currency]
    asked = read(head, ("甲公司", "1", "2026-01-05", "$", 100.0))
    assert [each.id for each in asked.questions] == ["dollar"]


def test_a_balance_that_runs_through_the_account_is_no_column_nobody_read() -> None:
    draft = read(
        ("日期", "凭证号", "摘要", "客户", "借方", "贷方", "余额"),
        ("2026-01-01", None, "期初余额", "丙公司", None, None, 5000.0),
        ("2026-01-08", "记-1", "销售", "丙公司", 2000.0, None, 7000.0),
        ("2026-01-20", "记-2", "收款", "丙公司", None, 1000.0, 6000.0),
    )
    assert draft.unread_columns == ()
    owed = sum(each.amount.amount for each in draft.documents)
    assert owed - sum(each.amount.amount for each in draft.payments) == 6000


def test_a_document_that_is_a_bill_is_no_receipt_and_moves_the_due_date() -> None:
    head = ("客户名称", "单据类型", "单据号", "单据日期", "到期日", "金额", "核销单号")
    draft = read(
        head,
        ("乙公司", "销售发票", "I1", "2026-01-05", "2026-02-05", 500.0, None),
        ("乙公司", "应收票据", "P1", "2026-02-01", "2026-08-01", 500.0, "I1"),
    )
    assert told(draft) == [("I1", 0, "2026-08-01", "500.00 CNY")]
    assert received(draft) == []
    assert [each.row for each in draft.skipped] == [3]
