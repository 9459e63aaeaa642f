"""The window over a client whose invoices are declared by the month, on 10 September 2025."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from creditdesk.i18n import Language
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)
Open = Callable[[Language], DeskWindow]


@pytest.fixture
def window(filled: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """Opens the window in a language."""
    frames: list[Frame] = []

    def opened(language: Language) -> DeskWindow:
        preferences = PreferenceFile(tmp_path / "preferences.json")
        preferences.change(language=language)
        workspace = Workspace(filled, ImmediateRunner(), preferences, today=lambda: TODAY)  # fmt: skip
        frame = Frame()
        frames.append(frame)
        qtbot.addWidget(frame)
        made = DeskWindow(frame, workspace, screens(), lambda _look: None)
        frame.show()
        return made

    yield opened
    for frame in frames:
        frame.close()
