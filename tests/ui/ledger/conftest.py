"""The window over a desk with one client and nothing else."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from creditdesk.i18n import Language
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.services.clients import ClientCard
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace

TODAY = date(2026, 11, 23)
Open = Callable[[Language], DeskWindow]


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """Opens the window in a language."""
    desk.clients.add(ClientCard(name="明达电子"))
    frames: list[Frame] = []

    def opened(language: Language) -> DeskWindow:
        preferences = PreferenceFile(tmp_path / "preferences.json")
        preferences.change(language=language)
        workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
        frame = Frame()
        frames.append(frame)
        qtbot.addWidget(frame)
        made = DeskWindow(frame, workspace, screens(), lambda _look: None)
        frame.show()
        return made

    yield opened
    for frame in frames:
        frame.close()
