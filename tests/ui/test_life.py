"""Opening, protecting, restoring and closing a desk in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from creditdesk import paths
from creditdesk.preferences import PreferenceFile
from creditdesk.services.clients import ClientCard
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.life import Life
from creditdesk.workspace import create_desk, open_desk


@pytest.fixture
def desk_path(tmp_path: Path) -> Path:
    path = tmp_path / "mine.creditdesk"
    create_desk(path)
    desk = open_desk(path)
    desk.clients.add(ClientCard(name="First client"))
    desk.close()
    return path


@pytest.fixture
def frame(qtbot: QtBot) -> Iterator[Frame]:
    made = Frame()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.may_close = lambda: True
    made.close()


def life(frame: Frame, tmp_path: Path, desk: Path | None) -> Life:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language="en")
    return Life(app, frame, preferences, desk)


def says(frame: Frame, text: str) -> bool:
    central = frame.centralWidget()
    assert central is not None
    shown: list[QLabel | QPushButton] = [*central.findChildren(QLabel)]
    shown += central.findChildren(QPushButton)
    return any(text in each.text() for each in shown)


def test_without_a_desk_there_are_three_choices(frame: Frame, tmp_path: Path) -> None:
    life(frame, tmp_path, None).begin()
    assert says(frame, "Welcome to CreditDesk")
    assert says(frame, "Make my own desk")


def test_a_first_look_stands_before_the_services(
    frame: Frame, tmp_path: Path, desk_path: Path, qtbot: QtBot
) -> None:
    shown = life(frame, tmp_path, desk_path)
    shown.begin()
    assert says(frame, "Today")
    assert says(frame, "mine.creditdesk")
    lock = desk_path.with_name("mine.creditdesk.lock")
    assert not lock.exists()
    qtbot.waitUntil(lock.exists, timeout=60_000)
    frame.close()
    assert not lock.exists()


def test_closing_leaves_a_backup_and_no_lock(
    frame: Frame, tmp_path: Path, desk_path: Path
) -> None:
    life(frame, tmp_path, desk_path).open(desk_path)
    assert desk_path.with_name("mine.creditdesk.lock").exists()
    frame.close()
    assert not desk_path.with_name("mine.creditdesk.lock").exists()
    (backup,) = (paths.data_folder() / "backups").glob("mine-*-on-close-*.creditdesk")
    assert backup.stat().st_size > 0


def test_an_hour_of_work_is_backed_up_while_the_window_stands(
    frame: Frame, tmp_path: Path, desk_path: Path, qtbot: QtBot
) -> None:
    opened = life(frame, tmp_path, desk_path)
    opened.open(desk_path)
    standing = opened._open
    assert standing is not None
    standing._desk.clients.add(ClientCard(name="Second client"))
    standing._chores.hourly()
    qtbot.waitUntil(lambda: says(frame, "Backup "), timeout=60_000)
    (backup,) = (paths.data_folder() / "backups").glob("mine-*-hourly-*.creditdesk")
    frame.close()
    copy = open_desk(backup)
    assert [line.name for line in copy.clients.all()] == [
        "First client",
        "Second client",
    ]
    copy.close()


def test_a_wrong_passphrase_says_both_possibilities_under_the_field(
    frame: Frame, tmp_path: Path
) -> None:
    path = tmp_path / "secret.creditdesk"
    create_desk(path, "right")
    opened = life(frame, tmp_path, path)
    opened.open(path)
    assert says(frame, "This desk is protected")
    opened.open(path, "wrong")
    assert says(frame, "the passphrase is wrong, or the file is damaged")
    opened.open(path, "right")
    assert says(frame, "Deadlines appear here")


def test_a_file_of_another_kind_is_refused_and_left_alone(
    frame: Frame, tmp_path: Path
) -> None:
    path = tmp_path / "letter.creditdesk"
    path.write_bytes(b"SQLite format 3\x00 but not really")
    life(frame, tmp_path, path).open(path)
    assert says(frame, "Welcome to CreditDesk")
    assert path.read_bytes() == b"SQLite format 3\x00 but not really"


def test_a_restored_backup_takes_the_place_and_the_desk_is_kept(
    frame: Frame, tmp_path: Path, desk_path: Path
) -> None:
    desk = open_desk(desk_path)
    copy = desk.upkeep.back_up(tmp_path / "copy.creditdesk")
    desk.clients.add(ClientCard(name="Second client"))
    desk.close()
    opened = life(frame, tmp_path, desk_path)
    opened.open(desk_path)
    assert opened._open is not None
    opened._open.restore(copy)
    frame.close()
    desk = open_desk(desk_path)
    assert [line.name for line in desk.clients.all()] == ["First client"]
    desk.close()
    (kept,) = tmp_path.glob("mine-replaced-*.creditdesk")
    desk = open_desk(kept)
    assert [line.name for line in desk.clients.all()] == [
        "First client",
        "Second client",
    ]
    desk.close()
