"""Imports, their files and the traces of figures, without a window."""

import stat
from pathlib import Path
from typing import Any

import pytest

from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.import_file import ImportFilePresenter
from creditdesk.presenters.ledger.imports import ImportsPresenter, TakingBack
from creditdesk.presenters.ledger.ledger_import import LedgerImportPresenter
from creditdesk.presenters.ledger.receipts import ReceiptsPresenter
from creditdesk.presenters.ledger.source_file import SourceFile
from creditdesk.presenters.ledger.statement_import import StatementImport
from creditdesk.presenters.ledger.trace import TracePresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import BatchId, InvoiceQuestion
from creditdesk.services.ledger.import_values import ImportStanding, SourceNotKept
from creditdesk.workspace import Workspace

Writer = Any  # the fixture of conftest, which tests can't import
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
HEAD = ("客户名称", "发票号", "开票日期", "到期日", "金额", "已收金额")
JAN = (
    HEAD,
    ("海澜贸易", "INV1", "2026-01-10", "2026-03-11", "1000.00", "300"),
    ("海澜贸易", "INV2", "2026-01-12", "2026-03-11", "500.00", ""),
    ("海澜贸易", "INV3", "2026-01-12", "2026-03-11", "abc", ""),
    ("合计", "", "", "", "1600.00", ""),
)
FEB = (HEAD, ("海澜贸易", "INV1", "2026-01-10", "2026-04-11", "1000.00", "300"))


def take_in(workspace: Workspace, *paths: Path) -> None:
    presenter = LedgerImportPresenter(workspace, Wording("en"))
    presenter.show_files(presenter.opening(paths)(Progress()))
    presenter.show_files(presenter.checking()(Progress()))
    presenter.taking_in()(Progress())


@pytest.fixture
def imported(workspace: Workspace, written: Writer) -> Workspace:
    """Two files, the second of which changes a date of the first."""
    take_in(workspace, written("一月.csv", *JAN))
    take_in(workspace, written("二月.csv", *FEB))
    return workspace


def cells(table: Any) -> list[list[str]]:  # noqa: ANN401 - either kind of list
    return [
        [table.cell(row, column).text for column in range(len(table.columns))]
        for row in range(table.count)
    ]


@BOTH
def test_imports_are_listed_with_rows_kind_totals_and_who(
    imported: Workspace, language: Language
) -> None:
    presenter = ImportsPresenter(imported, Wording(language))
    presenter.reload()
    second, first = cells(presenter.table)
    kind = "应收台账" if language == "zh" else "Ledger"
    assert first[3:9] == ["一月.csv", kind, "4", "2", "1", "1"]
    assert first[9] == "3 / 0"
    assert first[10:] == ["¥\u00a01,500.00", "tester", ""]
    assert second[3:6] == ["二月.csv", kind, "1"]
    assert second[9] == "0 / 1"


def test_an_import_shows_what_it_brought_changed_and_left_out(
    imported: Workspace,
) -> None:
    one = ImportFilePresenter(imported, Wording("en"), 1)
    assert [row[:3] for row in cells(one.documents)] == [
        ["2", "海澜贸易", "INV1"],
        ["3", "海澜贸易", "INV2"],
    ]
    assert cells(one.payments)[0][-1] == "一月.csv · row 2"
    assert one.changes.count == 0
    assert [row[:4] for row in cells(one.remarks)] == [
        ["4", "refused", "金额", "abc"],
        ["5", "skipped", "", ""],
    ]
    assert one.chips == (("1 row refused", "warning"),)
    two = ImportFilePresenter(imported, Wording("en"), 2)
    ((what, buyer, number, fields),) = cells(two.changes)
    assert (what, buyer, number) == ("Ledger document", "海澜贸易", "INV1")
    assert fields == "Due date: 11 Mar 2026 → 11 Apr 2026"


def test_the_total_row_of_the_file_stands_beside_what_was_taken(
    imported: Workspace,
) -> None:
    one = ImportFilePresenter(imported, Wording("en"), 1)
    lines = {line.name: line.value for line in one.control}
    assert lines["Taken in, Renminbi"] == "1,500.00"
    assert lines["of it open"] == "1,200.00"
    assert lines["File's own total, 金额"] == "1,600.00  differs by 100.00"
    assert "1 refused and 1 skipped" in one.left_out
    facts = {line.name: line.value for line in one.facts}
    assert len(facts["SHA-256"]) == 64
    assert "Sheet" not in facts
    assert {line.name: line.value for line in one.columns}["Amount"] == "金额"


@BOTH
def test_a_document_is_traced_to_its_row_and_to_what_changed_it(
    imported: Workspace, language: Language
) -> None:
    number = imported.desk.ledger.invoice_ids(InvoiceQuestion(text="INV1"))[0]
    trace = TracePresenter(imported, Wording(language), number, None)
    assert trace.title == "INV1"
    values = [value for _, value in trace.source]
    assert values[:2] == ["一月.csv", "2"]
    ((batch, _, _, before, after, file),) = cells(trace.changes)
    assert (batch, file) == ("2", "二月.csv")
    assert before != after
    assert trace.missing == ""
    paid = imported.desk.imports.payment_ids(_payments())[0]
    payment = TracePresenter(imported, Wording(language), None, paid)
    assert [value for _, value in payment.source][:2] == ["一月.csv", "2"]
    assert "INV1" in [value for _, value in payment.figures]


def _payments() -> Any:  # noqa: ANN401 - a question
    from creditdesk.services.ledger import PaymentQuestion  # noqa: PLC0415 - only here

    return PaymentQuestion()


def test_the_source_opens_as_a_read_only_copy_and_is_saved_as_it_was(
    imported: Workspace, tmp_path: Path
) -> None:
    source = SourceFile(imported.desk, BatchId(1), "一月.csv")
    copy = source.opening()(Progress())
    kept = (tmp_path / "一月.csv").read_bytes()
    assert copy.read_bytes() == kept
    assert not copy.stat().st_mode & stat.S_IWUSR
    assert source.may_open
    target = tmp_path / "x" / "out.csv"
    target.parent.mkdir()
    assert source.saving(target)(Progress()).read_bytes() == kept
    assert list(target.parent.iterdir()) == [target]
    del source
    assert not copy.exists()
    assert not SourceFile(imported.desk, BatchId(1), "a.xlsm").may_open


def test_a_file_that_was_not_kept_is_said_to_be_missing(
    imported: Workspace, tmp_path: Path
) -> None:
    with imported.desk._database.raw() as connection:
        connection.execute("UPDATE import_batch SET document_id = NULL")
    one = ImportFilePresenter(imported, Wording("en"), 1)
    assert one.file.size is None
    with pytest.raises(SourceNotKept):
        one.source.saving(tmp_path / "out.csv")(Progress())


@BOTH
def test_taking_back_names_what_rests_on_an_import_then_what_goes(
    imported: Workspace, language: Language
) -> None:
    first = TakingBack(imported, Wording(language), BatchId(1))
    said, what = first.stands
    assert "一月.csv" in said
    assert "二月.csv" in what
    second = TakingBack(imported, Wording(language), BatchId(2))
    assert second.stands == ("", "")
    assert "二月.csv" in second.question
    second.job()(Progress())
    again = TakingBack(imported, Wording("en"), BatchId(1))
    assert "This goes: 2 documents, 1 payment, 1 buyer." in again.question
    again.job()(Progress())
    assert imported.desk.ledger.invoice_ids(InvoiceQuestion()) == pytest.approx([])
    assert imported.desk.backups.last() is not None


def test_a_bank_statement_shows_its_lines_and_what_became_of_them(
    imported: Workspace, written: Writer
) -> None:
    path = written(
        "对账单.csv",
        ("账号：6222",),
        ("交易日期", "收入金额", "支出金额", "余额", "对方户名", "摘要"),
        ("2026-11-01", "500.00", "", "1", "海澜贸易", "INV2"),
    )
    incoming = StatementImport(imported, Wording("en"))
    incoming.begin(path)
    incoming.show(incoming.reading()(Progress()))
    incoming.taking_in()(Progress())
    receipts = ReceiptsPresenter(imported, Wording("en"))
    receipts.show(receipts.job()(Progress()))
    receipts.confirming()(Progress())
    one = ImportFilePresenter(imported, Wording("en"), 3)
    assert one.kind == "bank"
    ((row, _, payer, _, amount, state, buyer),) = cells(one.receipts)
    assert (row, payer, state, buyer) == ("3", "海澜贸易", "confirmed", "海澜贸易")
    assert amount == "¥\u00a0500.00"
    said, what = TakingBack(imported, Wording("en"), BatchId(3)).stands
    assert "海澜贸易" in what
    assert said


def compared(workspace: Workspace, batch: int) -> ImportFilePresenter:
    one = ImportFilePresenter(workspace, Wording("en"), batch)
    one.show_compared(one.comparing()(Progress()))
    return one


def test_a_kept_file_is_read_again_and_held_against_the_ledger(
    imported: Workspace, written: Writer
) -> None:
    take_in(
        imported,
        written("三月.csv", HEAD, ("新客户", "INV7", "2026-01-11", "", "8.00", "")),
    )
    one = compared(imported, 1)
    assert one.standing == (
        "2 records are as the file says, 1 differs, 1 document of the same days is not in the file."
    )
    new, different = sorted(cells(one.differences), key=lambda row: row[1], reverse=True)  # fmt: skip
    assert different[:2] == ["2", "differs"]
    assert different[6:] == [
        "Due date: 11 Mar 2026 → 11 Apr 2026",
        "import 2: 二月.csv",
    ]
    assert new[1:5] == ["not in the file", "Ledger document", "新客户", "INV7"]
    assert new[7] == "import 3: 三月.csv · row 2"
    # The rows behind the difference to the file's own total are known now; row 4 has no figure.
    assert one.explained == (
        ["100.00 isn't explained: the file's rows don't make its own total."]
    )
    one.reload()
    assert (one.compared, one.differences.count) == (None, 0)
    two = compared(imported, 2)
    assert two.compared is not None
    assert two.compared.comparison.count(ImportStanding.NEW) == 0


def test_what_was_taken_back_is_no_longer_in_the_ledger(imported: Workspace) -> None:
    TakingBack(imported, Wording("en"), BatchId(2)).job()(Progress())
    TakingBack(imported, Wording("en"), BatchId(1)).job()(Progress())
    one = compared(imported, 1)
    assert one.standing == "0 records are as the file says, 3 are not in the ledger."


def test_a_receipt_a_bank_brought_too_is_no_difference(
    workspace: Workspace, written: Writer
) -> None:
    path = written(
        "对账单.csv",
        ("账号：6222",),
        ("交易日期", "收入金额", "支出金额", "余额", "对方户名", "摘要"),
        ("2026-11-01", "1000.00", "", "1", "海澜贸易", "INV1"),
    )
    row = ("海澜贸易", "INV1", "2026-01-10", "2026-03-11", "1000.00")
    take_in(workspace, written("一月.csv", HEAD, (*row, "")))
    incoming = StatementImport(workspace, Wording("en"))
    incoming.begin(path)
    incoming.show(incoming.reading()(Progress()))
    incoming.taking_in()(Progress())
    receipts = ReceiptsPresenter(workspace, Wording("en"))
    receipts.show(receipts.job()(Progress()))
    receipts.confirming()(Progress())
    other = ("海澜贸易", "INV2", "2026-02-10", "", "5", "")
    take_in(workspace, written("二月.csv", HEAD, other, (*row, "1000")))
    found = compared(workspace, 3)
    assert found.compared is not None
    assert found.compared.comparison.banked == 1
    assert found.differences.count == 0
    statement = compared(workspace, 2)
    assert statement.standing == "1 record is as the file says."
