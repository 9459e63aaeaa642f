"""Nothing moves under the mouse, and the window wears what the system wears."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from creditdesk.errors import UserError
from creditdesk.i18n import Message
from creditdesk.jobs import ImmediateRunner, Step
from creditdesk.preferences import Look, PreferenceFile
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.look_follower import LookFollower
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
TODAY = date(2025, 9, 10)


class Refused(UserError):
    message = (
        "A sentence long enough to stand on a line of its own, which says what to do."
    )


def opened(
    desk: Desk, qtbot: QtBot, tmp_path: Path, dressed: list[Look]
) -> tuple[Frame, DeskWindow, PreferenceFile]:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language="en")
    workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
    frame = Frame()
    qtbot.addWidget(frame)
    window = DeskWindow(frame, workspace, screens(), dressed.append)
    frame.show()
    return frame, window, preferences


def places(window: QWidget, *parts: QWidget) -> list[tuple[QPoint, int]]:
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    return [(part.mapTo(window, QPoint(0, 0)), part.height()) for part in parts]


def test_messages_progress_and_refusals_leave_the_page_where_it_is(
    filled: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window, _ = opened(filled, qtbot, tmp_path, [])
    window.go("buyers")
    page: Any = window.page
    parts = (page, page.panel.view, page.panel.filter)
    before = places(frame, *parts)
    window.tell(Message("Done."))
    assert window._foot._said.isVisible()
    assert places(frame, *parts) == before
    window.show_step(Step(Message("Working"), 1, 2))
    assert window._foot._bar.isVisible()
    assert places(frame, *parts) == before
    window.show_step(None)
    window.refuse(Refused())
    assert window._trouble.isVisible()
    assert window._trouble.said.text().startswith("A sentence")
    assert places(frame, *parts) == before
    window.go("claims")
    assert not window._trouble.isVisible()


def test_what_stands_against_a_field_leaves_the_fields_where_they_are(
    filled: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window, _ = opened(filled, qtbot, tmp_path, [])
    window.go("new_buyer")
    page: Any = window.page
    parts = [*page.form.inputs.values(), page.form.bar]
    before = places(frame, *parts)
    page.form.save()
    faults = [each for each in page.form._faults.values() if each.isVisible()]
    assert faults
    assert places(frame, *parts) == before
    window.guard(None)


def test_the_look_of_the_system_is_followed_while_the_setting_says_so(
    filled: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dressed: list[Look] = []
    frame, window, preferences = opened(filled, qtbot, tmp_path, dressed)
    window.go("buyers")
    first = window.page
    (follower,) = frame.findChildren(LookFollower)
    preferences.change(look="light")
    follower.follow(Qt.ColorScheme.Dark)
    assert dressed == []
    preferences.change(look="system")
    follower.follow(Qt.ColorScheme.Dark)
    assert dressed == ["system"]
    assert window.page is not first


def test_what_is_being_typed_survives_the_system_turning_dark(
    filled: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dressed: list[Look] = []
    frame, window, preferences = opened(filled, qtbot, tmp_path, dressed)
    preferences.change(look="system")
    window.go("buyers")
    first = window.page
    window.guard(lambda: True)
    (follower,) = frame.findChildren(LookFollower)
    follower.follow(Qt.ColorScheme.Dark)
    assert dressed == ["system"]
    assert window.page is first
    window.guard(None)
