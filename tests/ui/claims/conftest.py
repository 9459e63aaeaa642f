"""The window over a client whose buyer owes three invoices, with a claim being prepared, on 10 September 2025."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from creditdesk.i18n import Language
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.services.claims import ClaimId
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)
Open = Callable[[Language], DeskWindow]


@pytest.fixture
def window(claim: ClaimId, desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """Opens the window in a language; there is a claim."""
    assert claim
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


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned page."""
    path = tmp_path / "合同.png"
    Image.new("RGB", (600, 800), "white").save(path)
    return path
