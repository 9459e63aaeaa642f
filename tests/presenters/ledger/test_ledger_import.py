"""Drop the file, look, take in: what the page asks, shows and does."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from creditdesk.errors import UserError
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.ledger_import import LedgerImportPresenter, Stage
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

Writer = Callable[..., Path]
HEAD = (
    "客户编码",
    "客户名称",
    "单据编号",
    "单据日期",
    "到期日",
    "应收金额",
    "未收金额",
)
ROWS = (
    ("001", "甲公司", "XS1", "2026-05-01", "2026-06-30", "1000.50", "400"),
    ("002", "乙公司", "XS2", "2026-05-02", "2026-07-01", "20", "20"),
    ("合计", "", "", "", "", "1020.50", "420"),
)


def opened(
    workspace: Workspace, *paths: Path, language: str = "en"
) -> LedgerImportPresenter:
    """The page's presenter after the files were dropped and what can be checked was checked."""
    made = LedgerImportPresenter(workspace, Wording("zh" if language == "zh" else "en"))
    made.show_files(made.opening(paths)(Progress()))
    return looked(made)


def looked(made: LedgerImportPresenter) -> LedgerImportPresenter:
    if made.may_check:
        made.show_files(made.checking()(Progress()))
    return made


def test_a_known_layout_needs_one_press(workspace: Workspace, written: Writer) -> None:
    page = opened(workspace, written("应收.csv", HEAD, *ROWS))
    assert (page.stage, page.asked, page.fault) == (Stage.CHECKED, None, "")
    assert page.act == "Import 2 documents"
    assert [(item.who, item.number, item.amount.plain) for item in page.items.rows] == [
        ("甲公司", "XS1", "1000.50"),
        ("甲公司", "XS1", "-600.50"),
        ("乙公司", "XS2", "20.00"),
    ]
    assert [(line.name, line.value) for line in page.outcome] == [
        ("Rows read", "3"),
        ("New documents", "2"),
        ("New payments", "1"),
        ("New buyers", "2"),
        ("Skipped", "1"),
    ]
    own = [line for line in page.totals if line.name.startswith("File's own")]
    assert [(line.name, line.value, line.tone) for line in own] == [
        ("File's own total, 应收金额", "1,020.50  equal", Tone.DONE),
        ("File's own total, 未收金额", "420  equal", Tone.DONE),
    ]
    done = page.taking_in()(Progress())
    assert (len(done.batches), done.documents) == (1, 2)
    assert workspace.client is not None
    assert len(workspace.desk.ledger.batches(workspace.client)) == 1


def test_the_same_layout_is_read_as_last_time(
    workspace: Workspace, written: Writer
) -> None:
    unknown = ("Kd", "Obj", "Wann", "Wieviel")
    rows = [("Northwind", f"A-{n}", f"2026-01-0{n}", f"{n}.5") for n in range(1, 5)]
    first = opened(workspace, written("a 2026-01.csv", unknown, *rows))
    assert first.stage is Stage.LOOKING
    assert first.asked is not None
    assert (
        "Wann is Document date (it holds days (4 different ones))" in first.asked.text
    )
    assert not first.may_act
    ((word, said),) = first.asked.answers
    assert word == "Yes, take them so"
    first.answer(said)
    looked(first)
    assert first.act == "Import 4 documents"
    first.taking_in()(Progress())
    more = [("Contoso", "B-1", "2026-02-01", "7.25")]
    again = opened(workspace, written("a 2026-02.csv", unknown, *more))
    assert (again.asked, again.act) == (None, "Import 1 document")
    assert "read as last time" in again.title


def test_one_press_takes_nothing_in_twice(
    workspace: Workspace, written: Writer
) -> None:
    path = written("应收.csv", HEAD, *ROWS)
    opened(workspace, path).taking_in()(Progress())
    again = opened(workspace, path)
    assert (again.act, again.may_act) == ("Nothing new to take in", False)


def test_a_bad_file_does_not_stop_the_good_one(
    workspace: Workspace, written: Writer
) -> None:
    page = opened(workspace, written("空.csv"), written("应收.csv", HEAD, *ROWS))
    assert page.fault == "空.csv is empty. Export the ledger again."
    assert page.tabs == [
        ("空.csv", "can't be read"),
        ("应收.csv", "Ledger of invoices"),
    ]
    assert page.act == "Import 2 documents"
    assert page.taking_in()(Progress()).documents == 2


def test_payments_beside_open_amounts_are_asked_about_once(
    workspace: Workspace, written: Writer
) -> None:
    invoices = written("invoices.csv", HEAD, *ROWS)
    paid = written(
        "payments.csv",
        ("收款单号", "收款日期", "客户编码", "收款金额", "结算方式"),
        ("SK1", "2026-06-01", "001", "600.50", "电汇"),
    )
    page = opened(workspace, paid, invoices)
    assert page.asked is not None
    assert not page.may_act
    assert [said for _, said in page.asked.answers] == ["payments:1", "payments:0"]
    page.answer("payments:1")
    looked(page)
    assert page.asked is None
    page.show(0)
    assert "Already in the open amounts" in page.remarks[-1].text
    assert page.taking_in()(Progress()).documents == 2
    report = workspace.desk.ledger.aging(date(2026, 11, 23)).aging
    assert report.by_currency["CNY"].outstanding.plain == "420.00"


def test_payments_after_open_amounts_are_asked_about_too(
    workspace: Workspace, written: Writer
) -> None:
    opened(workspace, written("invoices.csv", HEAD, *ROWS)).taking_in()(Progress())
    paid = written(
        "payments.csv",
        ("收款单号", "收款日期", "客户编码", "收款金额", "结算方式"),
        ("SK1", "2026-06-01", "001", "600.50", "电汇"),
    )
    page = opened(workspace, paid)
    assert page.asked is not None
    assert page.asked.text.startswith("The ledger taken in before already says")
    page.answer("payments:1")
    looked(page)
    assert (page.act, page.may_act) == ("Nothing new to take in", False)
    assert page.remarks[-1].text == (
        "Already in the open amounts of the ledger taken in before, as you said."
    )
    page.answer("payments:0")
    looked(page)
    assert page.act == "Import 1 payment"


def test_dates_that_read_both_ways_wait_for_a_word(
    workspace: Workspace, written: Writer
) -> None:
    page = opened(
        workspace,
        written(
            "a.csv",
            ("Customer", "Invoice No", "Date", "Amount"),
            ("A", "1", "01/02/2026", "5"),
            ("B", "2", "03/04/2026", "6"),
        ),
    )
    assert page.asked is not None
    assert "01/02/2026" in page.asked.text
    page.answer("dates:1")
    looked(page)
    assert [item.on for item in page.items.rows] == [date(2026, 2, 1), date(2026, 4, 3)]
    assert "day first" in page.title


def test_an_aged_summary_asks_for_its_day_and_is_kept(
    workspace: Workspace, written: Writer
) -> None:
    path = written(
        "aging.csv", ("Contact", "Current", "1 - 30", "Total"), ("A", "5", "2", "7")
    )
    page = opened(workspace, path)
    assert (page.asks_day, page.may_check) == (True, False)
    page.set_day(date(2026, 10, 31))
    looked(page)
    assert page.act == "Import 1 balance"
    page.taking_in()(Progress())
    (line,) = workspace.desk.ledger.aged_balances()
    assert (line.buyer, line.total.plain, line.as_of) == ("A", "7.00", date(2026, 10, 31))  # fmt: skip


def test_a_bank_statement_gives_receipts(workspace: Workspace, written: Writer) -> None:
    page = opened(
        workspace,
        written(
            "bank.csv",
            (
                "交易日期",
                "收入金额",
                "支出金额",
                "账户余额",
                "对方户名",
                "对方账号",
                "摘要",
            ),
            ("2026-06-01", "600.50", "", "1000", "甲公司", "622", "货款"),
            ("2026-06-02", "", "10", "990", "电力", "623", "电费"),
        ),
    )
    assert page.act == "Import 1 receipt"
    done = page.taking_in()(Progress())
    assert (done.documents, done.receipts) == (0, 1)


def test_a_statement_that_asks_something_is_told_and_the_others_are_checked(
    workspace: Workspace, written: Writer
) -> None:
    statement = written(
        "bank.csv",
        (
            "交易日期",
            "贷方金额",
            "借方金额",
            "账户余额",
            "对方户名",
            "对方账号",
            "摘要",
        ),
        ("2026-06-01", "600.50", "", "1000", "甲公司", "622", "货款"),
        ("2026-06-02", "", "10", "777", "电力", "623", "电费"),
    )
    page = opened(workspace, statement, written("应收.csv", HEAD, *ROWS))
    assert (page.stage, page.act) == (Stage.CHECKED, "Import 2 documents")
    page.show(0)
    assert "bank.csv" in page.fault


def test_the_files_of_a_zip_go_in_like_files_and_stay_while_the_page_does(
    workspace: Workspace, written: Writer, tmp_path: Path
) -> None:
    path = tmp_path / "六月.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(written("应收.csv", HEAD, *ROWS), "账/应收.csv")
        archive.writestr("readme.txt", "hello")
    page = opened(workspace, path)
    assert [name for name, _ in page.tabs] == ["应收.csv", "readme.txt"]
    page.show(1)
    assert "readme.txt" in page.fault
    done = page.taking_in()(Progress())
    assert done.documents == 2
    folder = page.files[0].path.parent
    assert folder.is_dir()
    page.close()
    assert not folder.exists()


def test_hidden_rows_are_among_the_remarks(
    workspace: Workspace, tmp_path: Path
) -> None:
    book = Workbook()
    for row in (HEAD, *ROWS[:2]):
        book.worksheets[0].append(list(row))
    book.worksheets[0].row_dimensions[3].hidden = True
    path = tmp_path / "应收.xlsx"
    book.save(path)
    page = opened(workspace, path)
    assert any("Hidden or filtered out" in each.text for each in page.remarks)


def test_a_list_of_customers_alone_says_what_it_is_for(
    workspace: Workspace, written: Writer
) -> None:
    page = opened(
        workspace,
        written(
            "people.csv",
            ("客户编码", "客户名称", "联系人", "联系电话", "地址"),
            ("001", "甲公司", "x", "1", "y"),
        ),
    )
    assert page.fault.startswith("This is a list of customers.")
    assert not page.may_act


def test_a_person_can_change_a_column(workspace: Workspace, written: Writer) -> None:
    page = opened(workspace, written("应收.csv", HEAD, *ROWS))
    page.correct(6, "")
    assert page.stage is Stage.LOOKING
    looked(page)
    assert [each.field for each in page.guesses][-1] == ""
    assert len(page.items.rows) == 2
    page.correct(2, "")
    assert "no column was recognised" in page.fault or page.fault
    assert not page.may_check


def test_a_file_that_changed_meanwhile_is_not_taken_in(
    workspace: Workspace, written: Writer
) -> None:
    path = written("应收.csv", HEAD, *ROWS)
    page = opened(workspace, path)
    written("应收.csv", HEAD, ROWS[0])
    with pytest.raises(UserError, match="changed after it was read"):
        page.taking_in()(Progress())
    assert workspace.desk.ledger.batches() == ()


def test_everything_is_said_in_chinese(workspace: Workspace, written: Writer) -> None:
    page = opened(workspace, written("应收.csv", HEAD, *ROWS), language="zh")
    assert page.act == "导入 2 张单据"
    assert page.totals[-1].name.startswith("导入后")


def test_a_structured_file_shows_what_it_says_of_itself(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "R-7.xml"
    path.write_text(
        '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
        ' xmlns:c="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
        ' xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">'
        "<c:ID>R-7</c:ID><c:IssueDate>2026-05-01</c:IssueDate>"
        "<c:DocumentCurrencyCode>CNY</c:DocumentCurrencyCode>"
        "<a:AccountingSupplierParty><a:Party><a:PartyName><c:Name>Somebody else</c:Name></a:PartyName></a:Party>"
        "</a:AccountingSupplierParty>"
        "<a:AccountingCustomerParty><a:Party><a:PartyName><c:Name>Buyer</c:Name></a:PartyName></a:Party>"
        "</a:AccountingCustomerParty><a:LegalMonetaryTotal><c:PayableAmount currencyID='CNY'>119.00"
        "</c:PayableAmount></a:LegalMonetaryTotal></Invoice>",
        encoding="utf-8",
    )
    page = opened(workspace, path)
    start, rows = page.rows
    assert start == -1
    assert ("Issued by", "Somebody else") in [tuple(row) for row in rows]
    assert page.act == "Import 1 document"
    assert any("Somebody else" in remark.text for remark in page.remarks)


def test_a_protected_workbook_asks_for_its_password(
    workspace: Workspace, tmp_path: Path
) -> None:
    plain, locked = tmp_path / "plain.xlsx", tmp_path / "locked.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *ROWS):
        sheet.append(row)
    book.save(plain)
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("geheim", target)
    page = opened(workspace, locked)
    assert page.file is not None
    assert page.file.opened.asks_password
    assert page.fault == "locked.xlsx is protected by a password. Enter the password to read it."  # fmt: skip
    page.show_files(page.reopening(password="wrong")(Progress()))  # noqa: S106 - a password of the test
    assert page.file.opened.asks_password
    page.show_files(page.reopening(password="geheim")(Progress()))  # noqa: S106 - a password of the test
    looked(page)
    assert page.act == "Import 2 documents"
    assert page.taking_in()(Progress()).documents == 2


def test_another_encoding_can_be_chosen(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "应收.csv"
    text = "\n".join(",".join(row) for row in (HEAD, *ROWS))
    path.write_bytes(text.encode("gb18030"))
    page = opened(workspace, path)
    assert "gb18030" in page.title
    page.show_files(page.reopening(encoding="utf-8")(Progress()))
    assert page.fault == "应收.csv can't be read as utf-8. Choose another encoding."
    page.show_files(page.reopening(encoding="gb18030")(Progress()))
    assert looked(page).act == "Import 2 documents"


def test_another_sheet_can_be_chosen(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "一月"
    second = book.create_sheet("二月")
    first.append(HEAD)
    first.append(ROWS[0])
    second.append(HEAD)
    second.append(ROWS[1])
    book.save(path)
    page = opened(workspace, path)
    assert page.asked is not None
    assert "look like ledgers too: 二月." in page.asked.text
    assert not page.answer("sheets:0")
    looked(page)
    assert [item.number for item in page.items.rows][:1] == ["XS1"]
    page.show_files(page.reopening(sheet="二月")(Progress()))
    looked(page)
    assert [item.number for item in page.items.rows] == ["XS2"]


def test_all_sheets_of_a_workbook_go_in_together(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    book = Workbook()
    for month, row in (("一月", ROWS[0]), ("二月", ROWS[1])):
        sheet = book.create_sheet(month)
        sheet.append(HEAD)
        sheet.append(row)
    book.save(path)
    page = opened(workspace, path)
    assert page.answer("sheets:1")
    page.show_files(page.opening_sheets()(Progress()))
    looked(page)
    assert page.tabs == [
        ("book.xlsx · 一月", "Ledger of invoices"),
        ("book.xlsx · 二月", "Ledger of invoices"),
    ]
    assert (page.asked, page.act) == (None, "Import 2 documents")
    assert len(page.taking_in()(Progress()).batches) == 2
    sheets = [line.sheet for line in workspace.desk.ledger.batches()]
    assert sheets == ["二月", "一月"]
