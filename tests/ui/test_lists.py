"""Any list of the window: printed, copied, traced down to documents and up again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from creditdesk.domain.base.money import Money
from creditdesk.i18n import Language
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.parts.table import Column, Table
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.list_dialog import ListDialog
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")


@contextmanager
def opened(
    desk: Desk, qtbot: QtBot, tmp_path: Path, language: Language = "en"
) -> Iterator[tuple[Frame, DeskWindow]]:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language=language)
    workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
    frame = Frame()
    qtbot.addWidget(frame)
    window = DeskWindow(frame, workspace, screens(), lambda _look: None)
    frame.show()
    yield frame, window
    window.guard(None)


def cny(row: tuple[str, int]) -> Money:
    return Money(Decimal(row[1]), "CNY")


def panel_of(rows: list[tuple[str, int]], shell: Any) -> TablePanel:  # noqa: ANN401 - a shell as far as a list asks it
    say = shell.wording
    table: Table[tuple[str, int]] = Table(
        [
            Column(key="name", title="Name", cell=lambda row: row[0], order=lambda row: row[0], stretch=True),
            Column(key="amount", title="Amount", cell=lambda row: say.figure(cny(row)), sums=cny, right=True),
        ],
        lambda row: row[0],
    )  # fmt: skip
    table.show(rows)
    return TablePanel(table, shell, empty="Nothing.", search="Filter")


def test_a_filter_without_a_hit_says_so_and_is_cleared_where_it_says_it(
    qtbot: QtBot,
    lone_shell: Any,  # noqa: ANN401 - as much of a shell as a list needs
) -> None:
    panel = panel_of([("a", 1), ("b", 2)], lone_shell)
    qtbot.addWidget(panel)
    panel.show()
    panel.filter.setText("zzz")
    panel._face.search("zzz")
    said = [each.text() for each in panel.findChildren(QLabel) if each.isVisible()]
    assert "No row matches the filter." in said
    (clear,) = (each for each in panel.findChildren(QPushButton) if each.text() == "Show all rows")  # fmt: skip
    clear.click()
    assert panel._face.count == 2
    assert not panel.filter.text()
    assert panel.view.isVisible()


def test_the_totals_follow_the_columns_that_are_shown(
    qtbot: QtBot,
    lone_shell: Any,  # noqa: ANN401 - as much of a shell as a list needs
) -> None:
    panel = panel_of([("a", 1), ("b", 2)], lone_shell)
    qtbot.addWidget(panel)
    panel.show()
    assert panel._totals.lines == [("Total, Renminbi", "3.00")]
    menu = panel.view.menu(panel.view.model().index(0, 0))
    columns: Any
    (columns,) = (each.menu() for each in menu.actions() if each.text() == "Columns")
    columns.actions()[1].setChecked(False)
    assert panel._totals.lines == [("Total, Renminbi",)]
    columns.actions()[0].setChecked(False)
    assert panel.view.columns == [0]  # the last one stays


def test_the_right_button_offers_what_can_be_done_with_a_row(
    qtbot: QtBot,
    lone_shell: Any,  # noqa: ANN401 - as much of a shell as a list needs
) -> None:
    panel = panel_of([("00123", 1)], lone_shell)
    qtbot.addWidget(panel)
    panel.show()
    at = panel.view.model().index(0, 0)
    panel.view.setCurrentIndex(at)
    panel.view.selectRow(0)
    menu = panel.view.menu(at)
    acts = {each.text(): each for each in menu.actions() if each.text()}
    assert list(acts) == ["Copy cell", "Copy rows", "Print…", "Export Excel", "Columns"]
    acts["Copy cell"].trigger()
    assert QGuiApplication.clipboard().text() == "00123"
    acts["Copy rows"].trigger()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Name\tAmount\n00123\t1.00"
    assert r"""'mso-number-format:"\@"'>00123<""" in data.html()


def test_ctrl_p_prints_the_list_of_a_page_without_a_paper_of_its_own(
    filled: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(filled, qtbot, tmp_path) as (frame, window):
        window.go("buyers")
        window._print()
        (dialog,) = frame.findChildren(ListDialog)
        assert dialog.print_.isEnabled()
        assert dialog.preview.presenter.count == 1
        out = tmp_path / "list.pdf"
        monkeypatch.setattr(messages, "choose_target", lambda *asked: asked[-1](out))
        dialog.save.click()
        with pypdfium2.PdfDocument(out) as pdf:
            text = "".join(pdf[0].get_textpage().get_text_bounded().split())
        said = ("Creditfiles", "Allclients·asof10Sep2025", "Total,Renminbi", "Page1of1")
        for each in (*said, "478,000.00"):
            assert each in text
        dialog.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_figure_leads_to_its_documents_and_back_to_its_row(
    filled: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(filled, qtbot, tmp_path) as (_frame, window):
        window.go("receivables")
        page: Any = window.page
        view = page._buyers.view
        keys = [each.key for each in page._presenter.buyers.columns]
        for column, numbers, total in (
            ("total", ["INV1", "INV2", "INV3"], "478,000.00"),
            ("bucket4", ["INV1", "INV2", "INV3"], "478,000.00"),
        ):
            at = view.model().index(0, keys.index(column))
            view.doubleClicked.emit(at)
            documents = page._presenter.documents
            shown = [documents.get(documents.key(row)).number for row in range(documents.count)]  # fmt: skip
            assert shown == numbers
            assert page._documents._totals.lines[0][-1] == total
            assert page._up.isVisible()
            window._up()
            assert page._buyers.isVisible()
            assert view.selected() == [page._presenter.buyers.key(0)]
        assert page._presenter.figure is None


def test_a_figure_of_another_list_leads_to_receivables_and_back(
    filled: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(filled, qtbot, tmp_path) as (_frame, window):
        window.go("buyers")
        page: Any = window.page
        keys = [each.key for each in page._presenter.table.columns]
        view = page.panel.view
        view.doubleClicked.emit(view.model().index(0, keys.index("owed")))
        documents: Any = window.page
        assert documents._presenter.documents.count == 3
        window._up()
        assert type(window.page) is type(page)
        view = window.page.panel.view  # type: ignore[union-attr]  # the same kind of page again
        view.doubleClicked.emit(view.model().index(0, keys.index("name")))
        assert "BuyerFile" in type(window.page).__name__


def test_a_narrow_list_keeps_its_button_over_the_heads(
    qtbot: QtBot,
    lone_shell: Any,  # noqa: ANN401 - as much of a shell as a list needs
) -> None:
    table: Table[str] = Table([Column(key="a", title="A", cell=str, stretch=True)], str)
    table.show(["x"])
    panel = TablePanel(table, lone_shell)
    qtbot.addWidget(panel)
    panel.resize(300, 200)
    panel.show()
    corner: Any = panel.view._in_corner
    assert corner.isVisible()
    assert corner.accessibleName() == "Columns, print, export"
    edge = panel.view.columnViewportPosition(0) + panel.view.columnWidth(0)
    assert corner.mapTo(panel.view, QPoint(0, 0)).x() >= edge - 1
