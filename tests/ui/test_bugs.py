"""What reaches the window's hook: a bug leaves a report and a sentence, a refusal is said as what it is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creditdesk import paths
from creditdesk.disk import NoRoom
from creditdesk.preferences import PreferenceFile
from creditdesk.ui.parts import messages
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.life import Life


@pytest.fixture
def frame(qtbot: QtBot) -> Frame:
    made = Frame()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def told(
    frame: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Exception], str]:
    """What the person reads once an error reached the hook."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language="en")
    life = Life(app, frame, preferences, None)
    said: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _frame, text: said.append(text))

    def crashed(error: Exception) -> str:
        life.crashed(type(error), error, None)
        return said.pop()

    return crashed


def test_a_refusal_nobody_took_is_said_and_leaves_no_report(
    told: Callable[[Exception], str],
) -> None:
    said = told(NoRoom(place="D:\\"))
    assert said.startswith("There is no room left on D:\\.")
    assert not paths.log_folder().exists()


def test_a_bug_leaves_a_report_without_what_it_said(
    told: Callable[[Exception], str],
) -> None:
    said = told(KeyError("甲方机密"))
    (report,) = paths.log_folder().iterdir()
    assert str(report) in said
    assert "甲方机密" not in said + report.read_text(encoding="utf-8")
