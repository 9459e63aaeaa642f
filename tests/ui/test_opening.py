"""What comes from outside: an opened desk, a second start, drops of other programs, a machine without a printer."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creditdesk.errors import UserError
from creditdesk.i18n import words
from creditdesk.ui.parts import printing
from creditdesk.ui.window import opening
from creditdesk.ui.window.frame import Frame


def app() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


def opened(path: str) -> QFileOpenEvent:
    return QFileOpenEvent(path)


@pytest.mark.usefixtures("qtbot")
def test_a_desk_opened_before_the_window_stands_is_the_first_one() -> None:
    calls = opening.Calls(app())
    assert QApplication.sendEvent(app(), opened("/tmp/代账 100%/我的.creditdesk"))  # noqa: S108
    assert calls.first == Path("/tmp/代账 100%/我的.creditdesk")  # noqa: S108
    app().removeEventFilter(calls)


@pytest.mark.usefixtures("qtbot")
def test_a_desk_opened_later_is_heard_and_other_files_are_not() -> None:
    calls = opening.Calls(app())
    heard: list[Path] = []
    calls.heard = heard.append
    for path in ("/a/one.creditdesk", "/a/ledger.xlsx", "/a/two.CREDITDESK"):
        QApplication.sendEvent(app(), opened(path))
    assert heard == [Path("/a/one.creditdesk"), Path("/a/two.CREDITDESK")]
    assert calls.first is None
    assert not calls.eventFilter(QObject(), QEvent(QEvent.Type.User))
    app().removeEventFilter(calls)


@pytest.mark.qt_log_ignore("This plugin does not support raise")
@pytest.mark.parametrize("state", [Qt.WindowState.WindowMaximized, Qt.WindowState.WindowNoState])  # fmt: skip
def test_a_window_comes_forward_as_large_as_it_was(
    qtbot: QtBot, state: Qt.WindowState
) -> None:
    frame = Frame()
    qtbot.addWidget(frame)
    frame.setWindowState(state | Qt.WindowState.WindowMinimized)
    frame.come_forward()
    assert frame.windowState() & ~Qt.WindowState.WindowActive == state
    assert frame.isVisible()


class _Shell:
    """Where a refusal is said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def refuse(self, error: UserError) -> None:
        self.said.append(words("zh").say(error.said))


@pytest.mark.usefixtures("qtbot")
def test_a_machine_without_a_printer_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    shell = _Shell()
    printing.ask_and_print(Frame(), shell, tmp_path / "a.pdf", "a")  # type: ignore[arg-type]
    assert shell.said == [
        "本机没有打印机。请在系统设置中添加，或保存 PDF 后在别处打印。"
    ]
