"""What comes from outside: an opened desk, a second start, drops of other programs, a machine without a printer."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent, QFont, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from creditdesk import RELEASES, __version__
from creditdesk.errors import UserError
from creditdesk.i18n import Message, words
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import messages, printing, theme
from creditdesk.ui.parts.dropped import (
    NotToBeTaken,
    files_of,
    holds_files,
    let_go,
    names_of,
)
from creditdesk.ui.parts.text import as_written
from creditdesk.ui.window import opening
from creditdesk.ui.window.desk_menu import desk_menu
from creditdesk.ui.window.doors import Doors
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


def descriptor(*names: str) -> bytes:
    """As Outlook tells the names of what is drawn out of it (FILEGROUPDESCRIPTORW)."""
    entries = (bytes(72) + name.encode("utf-16-le").ljust(520, b"\0") for name in names)
    return struct.pack("<I", len(names)) + b"".join(entries)


def of_outlook(contents: dict[str, bytes]) -> QMimeData:
    data = QMimeData()
    data.setData('application/x-qt-windows-mime;value="FileGroupDescriptorW"', descriptor(*contents))  # fmt: skip
    for place, content in enumerate(contents.values()):
        data.setData(f'application/x-qt-windows-mime;value="FileContents";index={place}', content)  # fmt: skip
    return data


def test_what_hangs_at_a_mail_of_outlook_is_taken_with_its_name() -> None:
    dropped = of_outlook({"送货单 100%.pdf": b"%PDF-1", "发票.xlsx": b"PK"})
    assert holds_files(dropped)
    paths = files_of(dropped)
    assert [path.name for path in paths] == ["送货单 100%.pdf", "发票.xlsx"]
    assert [path.read_bytes() for path in paths] == [b"%PDF-1", b"PK"]
    assert paths[0].parent.parent.name == "for-a-moment"
    let_go()
    assert not paths[0].parent.exists()


def test_a_name_of_another_program_leads_nowhere_else() -> None:
    told = descriptor("..\\..\\start.bat", "/etc/passwd", "", "a.pdf", "a.pdf")
    assert names_of(told) == ("_.._start.bat", "_etc_passwd", "3", "a.pdf", "5-a.pdf")
    assert names_of(told[:700]) == ("_.._start.bat",)
    assert names_of(b"") == ()


def test_a_whole_mail_that_can_not_be_read_is_said() -> None:
    with pytest.raises(NotToBeTaken):
        files_of(of_outlook({"邮件.msg": b""}))
    let_go()


def test_a_promise_of_mail_is_welcome_and_told_why_it_is_not_taken() -> None:
    data = QMimeData()
    data.setData('application/x-qt-mime-type-name;value="com.apple.pasteboard.promised-file-url"', b"x")  # fmt: skip
    assert holds_files(data)
    with pytest.raises(NotToBeTaken):
        files_of(data)


def test_files_of_a_folder_are_taken_where_they_lie(tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "明细 50%.xlsx")), QUrl("https://example.org/a.pdf")])  # fmt: skip
    assert files_of(data) == [tmp_path / "明细 50%.xlsx"]


def test_text_is_no_file() -> None:
    data = QMimeData()
    data.setText("a.pdf")
    assert not holds_files(data)


def test_keys_are_written_as_the_system_writes_them() -> None:
    native = QKeySequence.SequenceFormat.NativeText
    assert as_written("Ctrl+N") == QKeySequence("Ctrl+N").toString(native)
    assert as_written("Nothing to press") == "Nothing to press"
    assert as_written("") == ""


def test_newer_versions_are_shown_in_the_browser_when_somebody_asks(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []

    def shown(address: str) -> bool:
        pages.append(address)
        return len(pages) == 1

    monkeypatch.setattr(messages, "show_page", shown)
    shell = MenuShell()
    qtbot.addWidget(shell.window)
    menu = desk_menu(shell, shell.window)
    (action,) = (each for each in menu.actions() if __version__ in each.text())
    assert pages == []
    action.trigger()
    assert (pages, shell.said) == ([RELEASES], [])
    action.trigger()
    assert shell.said == [f"新版本见 {RELEASES}。"]


class MenuShell:
    """What the menu asks of the window."""

    def __init__(self) -> None:
        self.wording = Wording("zh")
        self.doors = Doors()
        self.window = QMainWindow()
        self.said: list[str] = []

    def leave_desk(self, act: Callable[[], object]) -> None:
        act()

    def lock(self) -> None:
        return

    def go(self, place: str, **where: object) -> None:
        raise AssertionError(place, where)

    def show_keys(self) -> None:
        return

    def tell(self, message: Message) -> None:
        self.said.append(self.wording.message(message))


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.usefixtures("qtbot")
def test_words_are_as_large_as_the_person_has_the_system_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, usual = app().font(), QFont(app().font())
    usual.setPixelSize(theme._USUAL)
    app().setFont(usual)
    monkeypatch.setattr(theme, "text_scale", lambda: 1.5)
    theme.apply(app(), "light")
    assert "* { font-size: 20px; }" in app().styleSheet()
    assert 'QLabel[role="title"] { font-size: 30px;' in app().styleSheet()
    monkeypatch.undo()
    theme.apply(app(), "light")
    assert "* { font-size: 13px; }" in app().styleSheet()
    app().setFont(before)
    theme.apply(app(), "light")
