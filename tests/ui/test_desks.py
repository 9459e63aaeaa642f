"""Several desks on one machine, the lock of the window, and a passphrase that is set, changed and removed in it."""

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from creditdesk import paths
from creditdesk.db.connection import connect
from creditdesk.db.errors import BackupOfAnother
from creditdesk.db.sealing import PAGE, is_protected
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.desk.passphrase import fault, strength
from creditdesk.presenters.desk.recent import nearby
from creditdesk.services.clients import ClientCard
from creditdesk.ui.desk.backups_card import BackupsCard
from creditdesk.ui.desk.passphrase_card import PassphraseCard
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.life import Life
from creditdesk.workspace import (
    change_passphrase,
    create_desk,
    open_desk,
    restore_desk,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
SECRET = "a good secret"  # noqa: S105 - of a desk that lives for a second


def made(path: Path, passphrase: str = "", client: str = "First client") -> Path:
    create_desk(path, passphrase)
    with closing(open_desk(path, passphrase)) as desk:
        desk.clients.add(ClientCard(name=client))
    return path


@pytest.fixture
def frame(qtbot: QtBot) -> Iterator[Frame]:
    window = Frame()
    qtbot.addWidget(window)
    window.show()
    yield window
    window.may_close = lambda _again: True
    window.close()


@pytest.fixture
def preferences(tmp_path: Path) -> PreferenceFile:
    found = PreferenceFile(tmp_path / "preferences.json")
    found.change(language="en")
    return found


@pytest.fixture
def life(frame: Frame, preferences: PreferenceFile) -> Life:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return Life(app, frame, preferences, None)


def within(frame: Frame) -> QWidget:
    central = frame.centralWidget()
    assert central is not None
    return central


def says(frame: Frame, text: str) -> bool:
    shown: list[QLabel | QPushButton] = [*within(frame).findChildren(QLabel)]
    shown += within(frame).findChildren(QPushButton)
    return any(text in each.text() for each in shown)


def pressed(where: QWidget, word: str) -> None:
    (found,) = (each for each in where.findChildren(QPushButton) if each.text() == word)
    found.click()


def open_dialogs() -> list[QDialog]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QDialog) and each.isVisible()
    ]


def asked() -> QDialog:
    """The question that stands open."""
    (box,) = open_dialogs()
    return box


def lock_by_key(frame: Frame) -> None:
    (shortcut,) = (
        each
        for each in frame.findChildren(QShortcut)
        if each.key().toString() == "Ctrl+L"
    )
    assert shortcut.isEnabled()
    shortcut.activated.emit()


def fields(where: QWidget) -> dict[str, QLineEdit]:
    return {each.accessibleName(): each for each in where.findChildren(QLineEdit)}


def test_a_locked_window_shows_nothing_until_the_passphrase_is_given(
    frame: Frame, life: Life, tmp_path: Path
) -> None:
    path = made(tmp_path / "mine.creditdesk", SECRET)
    life.open(path, SECRET)
    page = within(frame)
    frame.setWindowTitle("First client – CreditDesk")
    QApplication.clipboard().setText("CNY 57,602.00")
    dialog = QDialog(frame)
    dialog.open()
    lock_by_key(frame)
    assert within(frame) is not page
    assert not page.isVisible()
    assert not dialog.isVisible()
    assert QApplication.clipboard().text() == ""
    assert frame.windowTitle() == "CreditDesk"
    assert not says(frame, "First client")
    field = fields(within(frame))["Passphrase"]
    field.setText("another")
    pressed(within(frame), "Open")
    assert says(frame, "The passphrase is wrong.")
    assert not any(each.isEnabled() for each in frame.findChildren(QShortcut))
    field.setText(SECRET)
    pressed(within(frame), "Open")
    assert within(frame) is page
    assert page.isVisible()
    assert dialog.isVisible()
    assert frame.windowTitle() == "First client – CreditDesk"


def test_a_window_without_use_locks_itself_and_a_key_begins_the_minutes_anew(
    frame: Frame, life: Life, tmp_path: Path, qtbot: QtBot
) -> None:
    life.open(made(tmp_path / "mine.creditdesk", SECRET), SECRET)
    assert life._open is not None
    locking = life._open._locking
    assert locking._idle.remainingTime() > 14 * 60_000
    locking._idle.start(60_000)
    locking._idle.setInterval(400)
    locking._idle.start()
    qtbot.wait(200)
    left = locking._idle.remainingTime()
    QTest.keyClick(frame, Qt.Key.Key_Shift)
    assert locking._idle.remainingTime() > left
    qtbot.waitUntil(lambda: locking.is_locked, timeout=20_000)


def test_a_desk_without_passphrase_is_not_locked_and_says_why(
    frame: Frame, life: Life, tmp_path: Path
) -> None:
    life.open(made(tmp_path / "mine.creditdesk"))
    page = within(frame)
    lock_by_key(frame)
    assert within(frame) is page
    assert says(frame, "This desk has no passphrase.")


def test_the_sample_never_takes_the_place_of_one_s_own_desk(
    frame: Frame, life: Life, tmp_path: Path, preferences: PreferenceFile
) -> None:
    mine = made(tmp_path / "mine.creditdesk")
    life.open(mine)
    assert life.frame.may_close(lambda: None)
    sample = made(paths.sample_desk(), client="Invented")
    life.leave(lambda: life.open(sample))
    assert says(frame, "sample.creditdesk")
    assert preferences.now.last_desk == str(mine)
    assert preferences.now.recent == (str(mine),)


def test_the_menu_leads_to_the_desks_used_lately(
    frame: Frame, life: Life, tmp_path: Path, qtbot: QtBot
) -> None:
    first = made(tmp_path / "first.creditdesk", client="Of the first")
    second = made(tmp_path / "second & more.creditdesk", client="Of the second")
    life.open(first)
    life.leave(lambda: life.open(second))
    (menu,) = (each for each in within(frame).findChildren(QMenu) if each.title() == "Desk")  # fmt: skip
    menu.aboutToShow.emit()
    (lately,) = (each for each in menu.findChildren(QMenu) if each.title() == "Used lately")  # fmt: skip
    assert [each.text() for each in lately.actions()] == [f"first – {tmp_path}"]
    lately.actions()[0].trigger()
    qtbot.waitUntil(lambda: says(frame, "first.creditdesk"), timeout=20_000)
    assert not second.with_name(second.name + ".lock").exists()


def test_a_last_desk_that_is_gone_is_said_and_found_where_it_was_moved(
    frame: Frame,
    life: Life,
    tmp_path: Path,
    preferences: PreferenceFile,
    qtbot: QtBot,
) -> None:
    made(paths.default_desk(), client="Another's")
    gone = tmp_path / "books" / "mine.creditdesk"
    preferences.used(gone)
    moved = made(tmp_path / "moved" / "mine.creditdesk", client="Moved client")
    life.begin()
    assert says(frame, "Used lately")
    assert says(frame, "not found")
    assert not says(frame, "Another's")
    assert nearby(gone) == moved
    pressed(within(frame), "Look for it…")
    pressed(asked(), "Open it")
    qtbot.waitUntil(lambda: says(frame, "mine.creditdesk"), timeout=20_000)
    assert preferences.now.recent == (str(moved),)


def test_a_desk_that_is_gone_can_be_taken_off_the_list(
    frame: Frame,
    life: Life,
    tmp_path: Path,
    preferences: PreferenceFile,
    qtbot: QtBot,
) -> None:
    preferences.used(tmp_path / "gone.creditdesk")
    life.begin()
    pressed(within(frame), "Take off the list")
    assert preferences.now.recent == ()
    assert preferences.now.last_desk == ""
    qtbot.waitUntil(lambda: not says(frame, "not found"), timeout=20_000)


def test_a_new_desk_gets_its_name_place_and_passphrase(
    frame: Frame, life: Life
) -> None:
    life.begin()
    page = within(frame)
    typed = fields(page)
    typed["Name of the desk"].setText("a/b")
    typed["Passphrase"].setText("short")
    typed["Passphrase again"].setText("short")
    pressed(page, "Make the desk")
    assert says(frame, "Give the desk a name")
    typed["Name of the desk"].setText("杭州事务所")
    pressed(page, "Make the desk")
    assert says(frame, "Fewer than 8 characters")
    path = paths.default_desk().with_name("杭州事务所.creditdesk")
    assert not path.exists()
    pressed(page, "Make the desk")
    assert is_protected(path)
    with closing(open_desk(path, "short")):
        pass


def test_a_new_desk_without_passphrase_is_made_where_that_is_meant(
    frame: Frame, life: Life
) -> None:
    life.begin()
    (tick,) = within(frame).findChildren(QCheckBox)
    tick.setChecked(False)
    pressed(within(frame), "Make the desk")
    assert not is_protected(paths.default_desk())


def card_of(frame: Frame, life: Life) -> PassphraseCard:
    assert life._open is not None
    life._open._window.go("settings")
    (card,) = within(frame).findChildren(PassphraseCard)
    return card


def test_a_passphrase_is_set_changed_and_removed_in_the_window(
    frame: Frame, life: Life, tmp_path: Path, qtbot: QtBot
) -> None:
    path = made(tmp_path / "mine.creditdesk")
    life.open(path)
    card = card_of(frame, life)
    fields(card)["New passphrase"].setText(SECRET)
    fields(card)["New passphrase again"].setText("typed otherwise")
    pressed(card, "Set a passphrase")
    assert says(frame, "The two passphrases differ.")
    fields(card)["New passphrase again"].setText(SECRET)
    pressed(card, "Set a passphrase")
    assert is_protected(path)
    card = card_of(frame, life)
    fields(card)["Passphrase now"].setText("wrong")
    pressed(card, "Remove the passphrase…")
    assert says(frame, "The passphrase now is not this one.")
    fields(card)["Passphrase now"].setText(SECRET)
    pressed(card, "Remove the passphrase…")
    pressed(asked(), "Remove it")
    qtbot.waitUntil(lambda: not is_protected(path), timeout=20_000)
    assert says(frame, "mine.creditdesk")


def test_a_desk_changed_outside_the_program_is_opened_for_reading_alone(
    frame: Frame, life: Life, tmp_path: Path, qtbot: QtBot
) -> None:
    path = made(tmp_path / "mine.creditdesk")
    with closing(connect(path)) as connection:
        asks = "SELECT rootpage FROM sqlite_master WHERE name = 'recovery'"
        (page,) = connection.execute(asks).fetchone()
    whole = bytearray(path.read_bytes())
    whole[PAGE * (page - 1) : PAGE * page] = os.urandom(PAGE)
    path.write_bytes(whole)
    life.open(path)
    qtbot.waitUntil(lambda: says(frame, "opened for reading only"), timeout=20_000)
    frame.close()
    assert path.read_bytes() == bytes(whole)


def test_a_log_that_is_not_the_desk_s_is_said_in_the_window(
    frame: Frame, life: Life, tmp_path: Path
) -> None:
    path = made(tmp_path / "mine.creditdesk")
    other = made(tmp_path / "other.creditdesk")
    with closing(open_desk(other)) as desk:
        desk.clients.add(ClientCard(name="Theirs"))
        log = Path(f"{other}-wal").read_bytes()
    Path(f"{path}-wal").write_bytes(log)
    life.open(path)
    assert says(frame, "A log that is not this desk's")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Weak"),
        ("1234567", "Weak"),
        ("aaaaaaaaaaaaaaaa", "Weak"),
        ("abcdefgh", "Fair"),
        ("correct horse battery", "Good"),
    ],
)
def test_the_strength_of_a_passphrase_is_said(typed: str, said: str) -> None:
    assert strength(typed).startswith(said)


def test_a_short_passphrase_is_asked_twice() -> None:
    short = fault("1234567", "1234567", "")
    assert short is not None
    assert short.startswith("Fewer than 8 characters")
    assert fault("1234567", "1234567", "1234567") is None
    assert fault("12345678", "12345678", "") is None


def backups_card(frame: Frame, life: Life) -> BackupsCard:
    assert life._open is not None
    life._open._window.go("settings")
    (card,) = within(frame).findChildren(BackupsCard)
    return card


def restored(frame: Frame, qtbot: QtBot, path: Path) -> None:
    qtbot.waitUntil(lambda: len(open_dialogs()) == 1, timeout=20_000)
    pressed(asked(), "Restore it")
    kept = path.parent
    qtbot.waitUntil(lambda: any(kept.glob("mine-replaced-*")), timeout=20_000)
    qtbot.waitUntil(lambda: says(frame, "mine.creditdesk"), timeout=20_000)


def test_a_backup_under_an_older_passphrase_asks_for_it_and_gets_the_desk_s(
    frame: Frame, life: Life, tmp_path: Path, qtbot: QtBot
) -> None:
    path = made(tmp_path / "mine.creditdesk", "the older secret")
    with closing(open_desk(path, "the older secret")) as desk:
        copy = desk.upkeep.back_up(tmp_path / "copy.creditdesk")
        desk.clients.add(ClientCard(name="Second client"))
    change_passphrase(path, "the older secret", SECRET, datetime(2026, 11, 29))  # noqa: DTZ001 - since when it is held, in local time
    life.open(path, SECRET)
    backups_card(frame, life)._compare(copy)
    qtbot.waitUntil(lambda: len(open_dialogs()) == 1, timeout=20_000)
    fields(asked())["Passphrase"].setText("the older secret")
    pressed(asked(), "Open it")
    restored(frame, qtbot, path)
    frame.close()
    with closing(open_desk(path, SECRET)) as desk:
        assert [line.name for line in desk.clients.all()] == ["First client"]


def test_a_backup_of_another_desk_is_said_to_be_one_and_restored_where_it_is_meant(
    frame: Frame, life: Life, tmp_path: Path, qtbot: QtBot
) -> None:
    path = made(tmp_path / "mine.creditdesk")
    other = made(tmp_path / "other.creditdesk", client="Theirs")
    with pytest.raises(BackupOfAnother):
        restore_desk(path, other, "", datetime(2026, 11, 29))  # noqa: DTZ001 - a file name in local time
    life.open(path)
    backups_card(frame, life)._compare(other)
    qtbot.waitUntil(lambda: len(open_dialogs()) == 1, timeout=20_000)
    box = asked()
    assert isinstance(box, QMessageBox)
    assert "This is a backup of another desk" in box.text()
    restored(frame, qtbot, path)
    frame.close()
    with closing(open_desk(path)) as desk:
        assert [line.name for line in desk.clients.all()] == ["Theirs"]
