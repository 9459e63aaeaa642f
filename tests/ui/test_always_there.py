"""What is always in sight: the window's title, what waits, the last backup, and for a minute the way back."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from creditdesk.i18n import Message
from creditdesk.jobs import ImmediateRunner, Job, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.desk.backups import backup_state
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.badges import waiting
from creditdesk.presenters.watch.today import TodayPresenter
from creditdesk.ui.ledger.pages.receipts import ReceiptsPage
from creditdesk.ui.window import foot as foot_module
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Workspace, open_desk

TODAY = date(2028, 2, 29)

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", r"raise\(\)", "load glyph failed"
)


@pytest.fixture
def workspace(demo: Path, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "sample.creditdesk"
    shutil.copyfile(demo / path.name, path)
    desk = open_desk(path, backups=tmp_path / "backups")
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language="en", look="light")
    yield Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
    desk.close()


@pytest.fixture
def window(workspace: Workspace, qtbot: QtBot) -> Iterator[DeskWindow]:
    frame = Frame()
    made = DeskWindow(frame, workspace, screens(), lambda _look: None)
    qtbot.addWidget(frame)
    frame.show()
    yield made
    frame.close()


def test_the_title_names_what_is_shown(window: DeskWindow) -> None:
    window.go("buyers")
    assert window.window.windowTitle() == "Credit files – CreditDesk"
    window.go("today")
    assert window.window.windowTitle() == "Today – CreditDesk"
    window.back()
    assert window.window.windowTitle() == "Credit files – CreditDesk"


def test_what_waits_is_counted_while_another_page_is_shown(
    window: DeskWindow, workspace: Workspace
) -> None:
    window.go("buyers")
    window._waiting.clear()
    workspace.changed.emit(frozenset({"duty"}))
    today = TodayPresenter(workspace, Wording("en"))
    today.reload()
    assert today.list.urgent > 0
    assert window._waiting == {
        "today": today.list.urgent,
        "claims": today.claims_to_file(),
    }
    assert window._waiting == waiting(workspace, Wording("en"))


def test_the_last_backup_and_its_place_are_told(workspace: Workspace) -> None:
    say = Wording("en")
    none = backup_state(workspace, say)
    assert (none.said, none.old) == ("No backup yet", False)
    made = workspace.desk.backups.make("by-hand")
    on = datetime.fromtimestamp(made.path.stat().st_mtime).date()  # noqa: DTZ006 - as the file's name tells it
    fresh = backup_state(replace(workspace, today=lambda: on), say)
    assert fresh.said.startswith("Backup ")
    assert fresh.where == f"Backups lie in {workspace.desk.backups.folder()}."
    later = date.fromordinal(on.toordinal() + 4)
    old = backup_state(replace(workspace, today=lambda: later), say)
    assert (old.said, old.old) == ("Last backup 4 days ago", True)


def test_a_confirmed_receipt_is_undone_within_the_minute(window: DeskWindow) -> None:
    window.go("receipts")
    page = window.page
    assert isinstance(page, ReceiptsPage)
    sure = next(iter(page._presenter.certain))
    page._presenter.choose(sure)
    before = page._presenter.waiting.count
    page._confirm()
    assert page._presenter.waiting.count == before - 1
    assert window._foot._undo.isVisible()
    QTest.keyClick(window.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page._presenter.waiting.count == before
    assert page._presenter.voided.count == 1
    assert not window._foot._undo.isVisible()


def test_after_the_minute_nothing_is_undone(
    window: DeskWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(foot_module, "_UNDONE_FOR", 1)
    undone: list[str] = []

    def undoing() -> Job[None]:
        undone.append("")
        return lambda _progress: None

    window.offer_undo(Message("Kept."), undoing)
    qtbot.waitUntil(lambda: not window._foot._undo.isVisible())
    window._foot.undo()
    assert undone == []


def test_what_was_entered_since_yesterday_stands_on_today(
    window: DeskWindow, workspace: Workspace
) -> None:
    presenter = TodayPresenter(workspace, Wording("en"))
    presenter.show_figures(presenter.figures_job()(Progress()))
    assert presenter.lately
    window.go("today")
    assert window.page is not None
    told = {each.text() for each in window.page.findChildren(QLabel)}
    assert {"Entered since yesterday", *presenter.lately} <= told
