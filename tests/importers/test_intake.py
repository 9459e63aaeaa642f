"""Files dropped together: what each is, and what they say together."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.i18n import words
from creditdesk.importers.files.cells import Cell, Sheet
from creditdesk.intake.looking import (
    Owner,
    PaymentsUnclear,
    Piece,
    Shape,
    drafts,
    look,
)
from creditdesk.intake.opening import open_file
from creditdesk.jobs import Progress

OWNER = Owner("明达电子", "CNY")
INVOICES = ("customer_id", "doc_number", "transaction_date", "total_amount", "balance")


def piece(*rows: Sequence[Cell], name: str = "f.csv") -> Piece:
    sheet = Sheet(file_name=name, digest="0", rows=tuple(map(tuple, rows)))
    return look(Path(name), sheet, headings())


def invoices() -> Piece:
    return piece(
        INVOICES, ("7", "INV-1", "2026-01-05", 100.0, 40.0), name="invoices.csv"
    )


def payments() -> Piece:
    return piece(
        ("收款单号", "收款日期", "客户编码", "收款金额", "结算方式"),
        ("SK1", "2026-02-01", "7", 60.0, "电汇"),
        name="payments.csv",
    )


def test_payments_beside_open_amounts_are_asked_about() -> None:
    with pytest.raises(PaymentsUnclear) as asked:
        drafts([payments(), invoices()], OWNER, Progress())
    said = words("en").say(asked.value.said)
    assert said.startswith("invoices.csv already says what is still open.")
    assert "payments.csv" in said


def test_counted_payments_are_left_out_and_later_ones_are_taken() -> None:
    both = [payments(), invoices()]
    counted = drafts(both, OWNER, Progress(), payments_counted=True)
    assert [each.path.name for each, _ in counted] == ["invoices.csv", "payments.csv"]
    assert [len(draft.payments) for _, draft in counted] == [1, 0]
    (skipped,) = counted[1][1].skipped
    assert (skipped.row, words("en").say(skipped.reason)) == (
        2,
        "Already in the open amounts of invoices.csv, as you said.",
    )
    later = drafts(both, OWNER, Progress(), payments_counted=False)
    amounts = [each.amount.amount for _, draft in later for each in draft.payments]
    assert amounts == [Decimal(60), Decimal(60)]


def test_a_list_of_payments_alone_is_not_asked_about() -> None:
    ((_, draft),) = drafts([payments()], OWNER, Progress())
    assert len(draft.payments) == 1


def test_names_of_a_customer_list_reach_all_files() -> None:
    people = piece(
        ("id", "display_name", "email", "phone_number", "given_name", "family_name"),
        ("7", "Acme", "a@b", "1", "A", "B"),
    )
    assert people.shape is Shape.CUSTOMERS
    found = drafts([people, invoices()], OWNER, Progress())
    assert [draft.documents[0].buyer.name for _, draft in found] == ["Acme"]


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("04_ledger_exports/zoho_invoices.csv", Shape.LEDGER),
        ("04_ledger_exports/wave_invoices.csv", Shape.LEDGER),
        ("04_ledger_exports/frappebooks_sales_invoices.csv", Shape.LEDGER),
        ("04_ledger_exports/quickbooks_invoice_data.csv", Shape.LEDGER),
        ("04_ledger_exports/quickbooks_credit_memo_data.csv", Shape.LEDGER),
        ("04_ledger_exports/quickbooks_payment_data.csv", Shape.LEDGER),
        ("04_ledger_exports/quickbooks_customer_data.csv", Shape.CUSTOMERS),
        ("04_ledger_exports/quickbooks_invoice_line_data.csv", Shape.UNKNOWN),
        ("04_ledger_exports/zoho_contacts.csv", Shape.CUSTOMERS),
        ("04_ledger_exports/wave_clients.csv", Shape.UNKNOWN),
        ("04_ledger_exports/kisdocument_2019.xlsx", Shape.UNKNOWN),
        ("04_ledger_exports/EXTF_Buchungsstapel.csv", Shape.UNKNOWN),
        ("04b_cn_bank_exports/example-alipay-records.csv", Shape.BANK),
        ("04b_cn_bank_exports/example-cmb-records.csv", Shape.BANK),
        ("04b_cn_bank_exports/example-icbc-debit-v1-records.csv", Shape.BANK),
        ("04b_cn_bank_exports/example-spdb_debit-records.xls", Shape.BANK),
        ("04b_cn_bank_exports/example-wechat-records.csv", Shape.BANK),
        ("04c_saft/saft_idemo599999999.xml", Shape.STRUCTURED),
        ("03c_cn_sme_invoices/output_E1.csv", Shape.LEDGER),
        ("03c_cn_sme_invoices/input_E99.csv", Shape.UNKNOWN),
    ],
)
@pytest.mark.real_data
def test_real_files_are_taken_for_what_they_are(
    data: Path, name: str, shape: Shape
) -> None:
    path = data / name
    assert look(path, open_file(path, Progress()), headings()).shape is shape


@pytest.mark.real_data
def test_quickbooks_files_go_in_together_with_one_question(
    looked: Callable[[str], Piece],
) -> None:
    names = ("payment", "credit_memo", "customer", "invoice")
    pieces = [looked(f"04_ledger_exports/quickbooks_{name}_data.csv") for name in names]
    with pytest.raises(PaymentsUnclear):
        drafts(pieces, OWNER, Progress())
    found = drafts(pieces, OWNER, Progress(), payments_counted=True)
    assert [(each.path.stem, len(draft.documents), len(draft.payments)) for each, draft in found] == [
        ("quickbooks_invoice_data", 4, 1),
        ("quickbooks_credit_memo_data", 0, 0),
        ("quickbooks_payment_data", 0, 0),
    ]  # fmt: skip


@pytest.fixture
def looked(data: Path) -> Callable[[str], Piece]:
    """A real file, looked at."""

    def look_at(name: str) -> Piece:
        return look(data / name, open_file(data / name, Progress()), headings())

    return look_at


def test_a_balance_the_ledger_begins_with_is_owed_and_one_in_credit_is_unapplied() -> (
    None
):
    begun = piece(
        ("客户：[001]甲公司",),
        ("日期", "凭证字号", "摘要", "借方", "贷方", "方向", "余额"),
        ("2026-01-01", None, "上年结转", None, None, "借", 10000.0),
        ("2026-01-05", "记-3", "销售", 500.0, None, "借", 10500.0),
        ("客户：[002]乙公司",),
        ("2026-01-01", None, "期初余额", None, None, "贷", 20.5),
        ("2026-01-05", "记-4", "销售", 500.0, None, "借", 479.5),
        ("客户：[003]丙公司",),
        ("2026-01-01", None, "期初余额", None, None, "平", 0.0),
        ("2026-01-05", "记-5", "销售", 1.0, None, "借", 1.0),
    )
    ((_, draft),) = drafts([begun], OWNER, Progress())
    owed = [each for each in draft.documents if each.kind is DocumentKind.OPENING]
    assert [
        (each.row, each.buyer.name, each.issued, each.due, each.amount.plain)
        for each in owed
    ] == [(3, "甲公司", date(2026, 1, 1), None, "10000.00")]
    assert [
        (each.row, each.buyer.name, each.to, each.amount.plain)
        for each in draft.payments
    ] == [(6, "乙公司", "", "20.50")]
