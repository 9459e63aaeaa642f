"""Opening, protecting, restoring and closing a desk in the window."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from creditdesk import paths
from creditdesk.db import automatic
from creditdesk.disk import NoRoom
from creditdesk.preferences import PreferenceFile
from creditdesk.services.backups import SECOND_PLACE
from creditdesk.services.clients import ClientCard
from creditdesk.ui.window.foot import Foot
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.life import Life
from creditdesk.workspace import create_desk, open_desk

# The frame grows while it tells what it does, and no display is there to size it.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


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
    made.may_close = lambda _again: True
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


def with_second_place(desk_path: Path, place: Path) -> None:
    desk = open_desk(desk_path)
    desk.upkeep.set({SECOND_PLACE: str(place)})
    desk.close()


def test_closing_waits_for_the_second_place_without_holding_the_window(
    frame: Frame,
    tmp_path: Path,
    desk_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with_second_place(desk_path, stick)
    life(frame, tmp_path, desk_path).open(desk_path)
    answered = Event()
    put_into = automatic.put_into

    def slow(place: Path, made: Path) -> Path | None:
        answered.wait(60)
        return put_into(place, made)

    monkeypatch.setattr(automatic, "put_into", slow)
    frame.close()
    assert frame.isVisible()
    said = f"Copying the backup into the second place {stick}"
    qtbot.waitUntil(lambda: says(frame, said), timeout=60_000)
    frame.close()
    assert frame.isVisible()
    answered.set()
    qtbot.waitUntil(lambda: not frame.isVisible(), timeout=60_000)
    (copy,) = stick.iterdir()
    assert "-on-close-" in copy.name
    assert not desk_path.with_name("mine.creditdesk.lock").exists()


def test_a_second_place_that_never_answers_is_given_up_by_cancel(
    frame: Frame,
    tmp_path: Path,
    desk_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_second_place(desk_path, tmp_path / "network")
    life(frame, tmp_path, desk_path).open(desk_path)
    never = Event()
    monkeypatch.setattr(automatic, "put_into", lambda *_given: never.wait(60))
    frame.close()
    qtbot.waitUntil(
        lambda: says(frame, "Copying the backup into the second place"), timeout=60_000
    )
    foot = frame.findChild(Foot)
    assert foot is not None
    next(each for each in foot.findChildren(QPushButton) if each.text() == "Cancel").click()  # fmt: skip
    qtbot.waitUntil(lambda: not frame.isVisible(), timeout=60_000)
    never.set()
    (backup,) = (paths.data_folder() / "backups").glob("mine-*-on-close-*.creditdesk")
    assert backup.stat().st_size > 0


def test_a_second_place_that_takes_none_is_told_once_and_another_desk_opens_after_all(
    frame: Frame, tmp_path: Path, desk_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with_second_place(desk_path, tmp_path)
    opened = life(frame, tmp_path, desk_path)
    opened.open(desk_path)

    def full(*_given: object) -> None:
        raise NoRoom(place="D:")

    monkeypatch.setattr(automatic, "put_into", full)
    gone: list[str] = []
    opened.leave(lambda: gone.append("first"))
    qtbot.waitUntil(lambda: says(frame, "no room left on D:"), timeout=60_000)
    assert gone == []
    opened.leave(lambda: gone.append("second"))
    qtbot.waitUntil(lambda: gone == ["second"], timeout=60_000)
