"""The window by keys alone: through forms, lists and details, and back to the same row."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from creditdesk.db.errors import RecordMissing
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.ui.desk.pages.help import HelpPage
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.list_view import ListView
from creditdesk.ui.parts.page import Tabs
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.policies.schedule_view import ScheduleView
from creditdesk.ui.window import main_window
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.keys import KEYS
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Workspace, open_desk

TODAY = date(2028, 2, 29)

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", r"raise\(\)", "grabbing the keyboard", "load glyph failed"
)


@pytest.fixture
def window(demo: Path, qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    path = tmp_path / "sample.creditdesk"
    shutil.copyfile(demo / path.name, path)
    desk = open_desk(path, backups=tmp_path)
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language="en", look="light")
    workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
    frame = Frame()
    made = DeskWindow(frame, workspace, screens(), lambda _look: None)
    qtbot.addWidget(frame)
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    yield made
    frame.close()
    desk.close()


def rows(window: DeskWindow) -> ListView:
    assert window.page is not None
    return next(each for each in window.page.findChildren(ListView) if each.isVisible())


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_escape_leads_back_to_the_same_row(window: DeskWindow) -> None:
    window.go("buyers")
    rows(window).setFocus()
    rows(window).selectRow(2)
    chosen = rows(window).selected()
    press(Qt.Key.Key_Return)
    assert not isinstance(QApplication.focusWidget(), ListView)
    window.back()
    assert rows(window).selected() == chosen
    assert rows(window).hasFocus()


def test_page_down_walks_through_the_list_and_back_leads_to_the_last_one(
    window: DeskWindow,
) -> None:
    window.go("buyers")
    rows(window).setFocus()
    rows(window).selectAll()
    keys = rows(window).selected()
    rows(window).selectRow(1)
    press(Qt.Key.Key_Return)
    assert window._top.place.text() == f"2 / {len(keys)}"
    window.page.setFocus()  # type: ignore[union-attr]
    press(Qt.Key.Key_PageDown)
    assert window._top.place.text() == f"3 / {len(keys)}"
    press(Qt.Key.Key_PageUp)
    press(Qt.Key.Key_PageUp)
    assert window._top.place.text() == f"1 / {len(keys)}"
    press(Qt.Key.Key_PageUp)
    assert window._top.place.text() == f"1 / {len(keys)}"
    assert not window._top.before.isEnabled()
    window.back()
    assert rows(window).selected() == keys[:1]
    assert not window._top.place.isVisible()


def test_the_next_record_opens_at_the_same_tab(window: DeskWindow) -> None:
    window.go("buyers")
    rows(window).setFocus()
    rows(window).selectRow(0)
    press(Qt.Key.Key_Return)
    assert window.page is not None
    window.page.findChildren(Tabs)[0].show_part(3)
    window.walk(1)
    assert window.page.findChildren(Tabs)[0].shown == 3


def test_a_next_record_that_cannot_be_shown_leaves_everything_where_it_was(
    window: DeskWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.go("buyers")
    rows(window).setFocus()
    rows(window).selectRow(0)
    press(Qt.Key.Key_Return)
    page, stops = window.page, [each.where for each in window._stops]
    window.guard(lambda: False, lambda: True)
    asked = window._unsaved

    def refused(*_what: object) -> None:
        raise RecordMissing(what="buyer 9")

    monkeypatch.setattr(main_window, "build_page", refused)
    window.walk(1)
    assert window.page is page
    assert [each.where for each in window._stops] == stops
    assert window._unsaved is asked
    assert window._trouble.isVisible()


def test_a_record_opened_by_a_button_has_no_list_to_walk_through(
    window: DeskWindow,
) -> None:
    window.go("buyers")
    window.go("imports")
    assert not window._top.place.isVisible()
    window.walk(1)
    assert window._stops[-1].place == "imports"


def test_down_leads_from_the_filter_into_the_list(window: DeskWindow) -> None:
    window.go("buyers")
    assert window.page is not None
    panel = window.page.findChildren(TablePanel)[0]
    panel.filter.setFocus()
    press(Qt.Key.Key_Down)
    assert panel.view.hasFocus()
    assert len(panel.view.selected()) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_the_button_one_is_on(window: DeskWindow, key: Qt.Key) -> None:
    window.go("clients")
    assert window.page is not None
    new = next(
        each
        for each in window.page.findChildren(QPushButton)
        if each.text() == "New client…"
    )
    new.setFocus()
    press(key)
    assert window._stops[-1].place == "client_form"


def test_enter_confirms_a_value_of_the_policy_and_goes_on(window: DeskWindow) -> None:
    waiting = 0
    for line in window._workspace.desk.policies.all(TODAY):
        window.go("policy_file", policy=line.id)
        assert window.page is not None
        schedule = window.page.findChildren(ScheduleView)[0]
        waiting = schedule.waiting
        schedule.go_to_next()
        if isinstance(QApplication.focusWidget(), QAbstractButton) and waiting > 1:
            break
    here = QApplication.focusWidget()
    press(Qt.Key.Key_Return)
    assert schedule.waiting == waiting - 1
    assert QApplication.focusWidget() is not here


def test_enter_goes_through_a_form_to_the_button_that_saves(window: DeskWindow) -> None:
    window.go("client_form")
    assert window.page is not None
    form = window.page.findChildren(FormView)[0]
    form.focus_first()
    for each in form.inputs.values():
        assert QApplication.focusWidget() is each.inner
        # In several lines Enter is a line of its own.
        lines = each.inner.inherits("QPlainTextEdit")
        press(Qt.Key.Key_Tab if lines else Qt.Key.Key_Enter)
    assert QApplication.focusWidget() is form._keep


def test_tab_goes_as_the_eye_does_and_then_to_saving(window: DeskWindow) -> None:
    window.go("client_form")
    assert window.page is not None
    form = window.page.findChildren(FormView)[0]
    form.focus_first()
    for each in form.inputs.values():
        assert QApplication.focusWidget() is each.inner
        press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form._keep


def test_f1_explains_the_page_and_the_word_of_the_field(window: DeskWindow) -> None:
    window.go("limits")
    press(Qt.Key.Key_F1)
    assert isinstance(window._page, HelpPage)
    assert window._page.presenter.chosen.title == "Limits: asking and recording"
    window.back()
    field = QLineEdit(window._page)
    field.setAccessibleName("Maximum extension period")
    field.show()
    field.setFocus()
    press(Qt.Key.Key_F1)
    assert window._page.presenter.chosen.title == "maximum extension period"
    press(Qt.Key.Key_F1)
    assert window.window.findChildren(QDialog)[-1].isVisible()


def test_a_question_mark_lists_the_keys(window: DeskWindow) -> None:
    window.go("buyers")
    rows(window).setFocus()
    QTest.keyClicks(rows(window), "?")
    (opened,) = (
        each for each in window.window.findChildren(QDialog) if each.isVisible()
    )
    told = {each.text() for each in opened.findChildren(QLabel)}
    assert {"Ctrl+K", "PgDn, PgUp", "Back to the same row"} <= told


def test_every_key_of_the_window_is_listed(window: DeskWindow) -> None:
    listed = " ".join(keys for keys, _ in KEYS)
    known = {
        each.key().toString()
        for each in window.window.findChildren(QShortcut)
        if each.parent() is window.window
    }
    # With Alt they are listed beside the keys without it.
    told = known - {"Alt+PgDown", "Alt+PgUp"}
    assert {each for each in told if each not in listed} == set()
    assert {"Ctrl+K", "Ctrl+Z", "F1", "F7", "F8"} <= known
