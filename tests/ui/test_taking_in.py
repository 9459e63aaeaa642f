"""Files dropped anywhere and rows pasted from a spreadsheet go where they belong."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.parts.form import FormField, Option
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.presenters.parts.pasted import NothingToPaste, as_file, cells_of
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import ClaimId
from creditdesk.ui.parts.table_input import TableInput
from creditdesk.ui.window.dropping import Dropping
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
TODAY = date(2025, 9, 10)
MOMENT = datetime(2025, 9, 10, 9, 5, 7)  # noqa: DTZ001 - a person's own clock
LEDGER = (
    "客户编码\t客户名称\t发票号\t发票日期\t到期日\t金额\n"
    'B9\t新客户\t00012345678901234567\t2025-08-01\t2025-09-30\t"1,200.50"\n'
    "B9\t新客户\t=1+1\t2025-08-02\t2025-09-30\t300\n"
)


def opened(desk: Desk, qtbot: QtBot, tmp_path: Path) -> tuple[Frame, DeskWindow]:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language="en")
    workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
    workspace.choose(desk.clients.all()[0].id)
    frame = Frame()
    qtbot.addWidget(frame)
    window = DeskWindow(frame, workspace, screens(), lambda _look: None)
    frame.show()
    return frame, window


def drop(frame: Frame, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(400, 300), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    whole = frame.centralWidget()
    assert whole is not None
    (dropping,) = whole.findChildren(Dropping)
    assert dropping.eventFilter(whole, event)


def test_pasted_rows_are_a_file_of_their_cells() -> None:
    folder = OwnFolder()
    path = as_file(LEDGER, folder, MOMENT, Wording("zh"))
    assert path.name == "粘贴 2025-09-10 090507.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1] == 'B9,新客户,00012345678901234567,2025-08-01,2025-09-30,"1,200.50"'
    assert len(lines) == 3
    folder.close()
    assert not path.exists()


@pytest.mark.parametrize("text", ["", "a word", "one\ttwo", "a\nb\nc"])
def test_what_is_no_table_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(NothingToPaste):
        as_file(text, OwnFolder(), MOMENT, Wording("en"))


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    assert cells_of('a\t"b\nc"\n\nd\te') == [["a", "b\nc"], ["d", "e"]]


def test_rows_pasted_into_the_import_are_invoices_with_their_whole_numbers(
    filled: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    _frame, window = opened(filled, qtbot, tmp_path)
    window.go("ledger_import")
    page: Any = window.page
    QGuiApplication.clipboard().setText(LEDGER)
    page._pasting.paste()
    items = page._presenter.items
    columns = range(len(items.columns))
    shown = {items.cell(at, each).text for at in range(items.count) for each in columns}
    assert {"00012345678901234567", "=1+1"} <= shown
    window.guard(None)


def test_a_clipboard_without_a_table_is_refused_in_words(
    filled: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    _frame, window = opened(filled, qtbot, tmp_path)
    window.go("receipts")
    page: Any = window.page
    QGuiApplication.clipboard().setText("nothing")
    page._pasting.paste()
    assert window._trouble.isVisible()
    assert window._trouble.said.text().startswith("The clipboard holds no table.")


def test_a_file_dropped_on_any_page_goes_to_the_import(
    filled: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(filled, qtbot, tmp_path)
    window.go("buyers")
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER.replace("\t", ";"), encoding="utf-8")
    drop(frame, path)
    page: Any = window.page
    assert type(page).__name__ == "LedgerImportPage"
    assert [each.path.name for each in page._presenter.files] == ["ledger.csv"]
    window.guard(None)


def test_a_picture_dropped_where_nothing_takes_it_is_told_where_it_goes(
    filled: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(filled, qtbot, tmp_path)
    window.go("buyers")
    first = window.page
    drop(frame, tmp_path / "scan.jpg")
    assert window.page is first
    assert window._foot._said.text().startswith("This is a paper, not a ledger.")


def test_a_paper_dropped_anywhere_on_a_claim_is_evidence_of_the_item_chosen(
    filled: Desk, claim: ClaimId, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(filled, qtbot, tmp_path)
    window.go("claim_file", claim=claim)
    page: Any = window.page
    page.tabs.show_part(2)
    path = tmp_path / "note.txt"
    path.write_text("what was agreed", encoding="utf-8")
    drop(frame, path)
    assert page.papers.isVisible()
    files = page.checklist.files
    assert [files.cell(0, column).text for column in range(1)] == ["note.txt"]
    window.guard(None)


def test_cells_pasted_into_a_small_table_fill_it_from_the_cursor_on(
    qtbot: QtBot,
) -> None:
    options = (Option("a", "First"), Option("b", "Second"))
    field = FormField(
        key="rows", label="Rows", kind=FieldKind.TABLE,
        columns=(
            FormField(key="name", label="Name"),
            FormField(key="kind", label="Kind", kind=FieldKind.CHOICE, options=options),
            FormField(key="share", label="Share"),
        ),
    )  # fmt: skip
    made = TableInput(field, Wording("en"))
    qtbot.addWidget(made)
    made.show_text("")
    made.grid.setCurrentCell(0, 0)
    QGuiApplication.clipboard().setText("Wang\tSecond\t60\nLi\tnobody knows\t40\n")
    made.paste()
    assert made.text() == (
        '[{"name": "Wang", "kind": "b", "share": "60"}, {"name": "Li", "share": "40"}]'
    )
