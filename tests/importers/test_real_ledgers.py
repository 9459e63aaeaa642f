"""The real ledgers give the figures of truth.json."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import DocumentKind, LedgerDraft
from creditdesk.importers.columns import recognise
from creditdesk.importers.columns.chosen import mapped
from creditdesk.importers.files.sheet import in_child, read
from creditdesk.importers.rows import ledger
from creditdesk.jobs import Progress

pytestmark = pytest.mark.real_data

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"


def draft(path: Path, currency: str = "CNY") -> LedgerDraft:
    sheet = in_child(read, path, None, None, None, progress=Progress())
    return ledger.read(sheet, recognise.guess(sheet, headings()), currency, Progress())


def signed_total(found: LedgerDraft, currency: str = "CNY") -> Decimal:
    amounts = (
        -each.amount if each.kind is DocumentKind.CREDIT_NOTE else each.amount
        for each in found.documents
    )
    return Money.total(amounts, currency).amount


def test_folder_01_is_read_whole_without_being_told_anything(data: Path) -> None:
    found = draft(data / "01_ibm_late_payment/WA_Fn-UseC_-Accounts-Receivable.csv")
    assert len(found.documents) == 2466
    assert signed_total(found) == Decimal("147703.18")
    assert len({each.buyer.code for each in found.documents}) == 100
    assert sum(1 for each in found.documents if each.disputed) == 561
    assert not found.rejected
    assert not found.skipped
    assert found.documents[0].number == "0000611365"
    assert min(each.paid_on for each in found.payments).isoformat() == "2012-01-13"
    assert max(each.paid_on for each in found.payments).isoformat() == "2014-01-09"


def test_folder_02_is_read_whole_without_being_told_anything(data: Path) -> None:
    found = draft(data / "02_highradius_b2b/nulldata.csv", "USD")
    assert len(found.documents) == 9681
    assert len({each.buyer.code for each in found.documents}) == 553
    assert len({each.buyer for each in found.documents}) == 2058
    days = [each.issued.isoformat() for each in found.documents]
    assert (min(days), max(days)) == ("2020-02-27", "2020-05-22")
    dues = [each.due.isoformat() for each in found.documents if each.due]
    assert (len(dues), min(dues), max(dues)) == (9681, "2020-02-27", "2020-07-10")
    assert not found.payments
    assert not found.rejected


def test_folder_02_adds_up_but_for_the_parts_of_a_cent_it_writes(data: Path) -> None:
    found = draft(data / "02_highradius_b2b/nulldata.csv")
    assert abs(signed_total(found, "USD") - Decimal("310427858.97")) < 1
    told = [dict(each.reason.places) for each in found.notes if each.row is None]
    assert told == [
        {"example": "30-03-2020"},
        {"header": "converted_usd", "named": "USD"},
        {"count": 576},
    ]
    assert len([each for each in found.notes if each.row is not None]) == 27


def test_folder_02_is_read_the_same_with_its_columns_named(data: Path) -> None:
    path = data / "02_highradius_b2b/nulldata.csv"
    chosen = {
        "buyer_code": "cust_number",
        "doc_no": "doc_id",
        "doc_date": "posting_date",
        "due_date": "due_in_date",
        "amount": "converted_usd",
    }
    sheet = in_child(read, path, None, None, None, progress=Progress())
    found = ledger.read(sheet, mapped(sheet, chosen), "USD", Progress())
    assert found.columns == chosen
    assert len(found.documents) == 9681
    assert found.documents[0].buyer.name == found.documents[0].buyer.code


INVOICES = "03c_cn_sme_invoices"


def sales_lists() -> list[tuple[str, dict[str, object]]]:
    truth = DATA / "truth.json"
    if not truth.is_file():
        return []
    files = json.loads(truth.read_text(encoding="utf-8"))[INVOICES]["files"]
    return [
        (name, told)
        for name, told in files.items()
        if (DATA / INVOICES / name).is_file()
    ]


@pytest.mark.parametrize(("name", "told"), sales_lists(), ids=str)
def test_vat_invoices_of_chinese_firms_add_up_void_ones_left_out_red_ones_against(
    name: str, told: dict[str, object]
) -> None:
    path = DATA / INVOICES / name
    sheet = in_child(read, path, None, None, None, progress=Progress())
    seller = "销方单位代号" if name.startswith("input") else "购方单位代号"
    chosen = {
        "buyer_code": seller,
        "invoice_no": "发票号码",
        "doc_date": "开票日期",
        "amount": "价税合计",
        "net": "金额",
        "vat": "税额",
        "status": "发票状态",
    }
    found = ledger.read(sheet, mapped(sheet, chosen), "CNY", Progress())
    assert signed_total(found) == Decimal(str(told["total_incl_tax_valid"]))
    assert found.rows_read == told["rows"]
    assert len(found.skipped) == told["void"]
    kinds = [each.kind for each in found.documents]
    assert kinds.count(DocumentKind.CREDIT_NOTE) == told["credit_notes"]
    assert len(kinds) + len(found.skipped) == told["rows"]


@pytest.mark.parametrize(
    ("name", "documents", "payments", "total"),
    [
        ("wave_invoices.csv", 3, 1, "9064.91"),
        ("frappebooks_sales_invoices.csv", 9, 6, "8288.20"),
        ("quickbooks_invoice_data.csv", 4, 1, "630240.55"),
        ("quickbooks_payment_data.csv", 0, 12, "0"),
    ],
)
def test_exports_of_known_programs_are_recognised(
    data: Path, name: str, documents: int, payments: int, total: str
) -> None:
    found = draft(data / "04_ledger_exports" / name)
    assert (len(found.documents), len(found.payments)) == (documents, payments)
    assert sum(each.amount.amount for each in found.documents) == Decimal(total)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("kisdocument_2019.xlsx", "a journal of vouchers"),
        ("EXTF_Buchungsstapel.csv", "a journal of vouchers"),
        ("zoho_contacts.csv", "a list of contacts"),
        ("wave_clients.csv", "a list of contacts"),
        ("frappebooks_parties.csv", "a list of contacts"),
        ("quickbooks_customer_data.csv", "a list of contacts"),
    ],
)
def test_other_exports_are_called_what_they_are(
    data: Path, name: str, kind: str
) -> None:
    with pytest.raises(recognise.OtherKindOfFile) as refused:
        draft(data / "04_ledger_exports" / name)
    assert refused.value.places["kind"].en == kind  # type: ignore[attr-defined]  # words in both languages


def test_drafts_of_a_program_are_left_out_by_name(data: Path) -> None:
    found = draft(data / "04_ledger_exports/zoho_invoices.csv")
    assert (len(found.documents), len(found.skipped)) == (0, 13)
