"""What the open window does by itself: hourly backups that disturb nobody, a look each month, a line on Today."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from creditdesk.db import backup
from creditdesk.db.errors import BackupFailed
from creditdesk.errors import Cancelled, UserError
from creditdesk.i18n import Message, words
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.services.backups import SECOND_PLACE
from creditdesk.services.clients import ClientCard
from creditdesk.ui.desk.backups_card import BackupsCard
from creditdesk.ui.watch.reminder_band import ReminderBand
from creditdesk.ui.window.chores import Chores
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace


class Told:
    """A window that remembers what it was told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.refused: list[str] = []
        self.shown = 0

    def tell(self, message: Message, tone: str = "done") -> None:
        assert tone == "warning"
        self.said.append(words("en").say(message))

    def refuse(self, error: UserError) -> None:
        self.refused.append(words("en").say(error.said))

    def show_backup(self) -> None:
        self.shown += 1


@pytest.fixture
def workspace(desk: Desk, tmp_path: Path) -> Workspace:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language="en")
    return Workspace(desk, ImmediateRunner(), preferences)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def chores(workspace: Workspace, told: Told, qtbot: QtBot) -> Iterator[Chores]:
    parent = QWidget()
    qtbot.addWidget(parent)
    workspace.desk.backups.looked(workspace.today(), 0)
    workspace.desk.upkeep.found_sound(workspace.today())
    made = Chores(parent, workspace, told, ImmediateRunner())
    yield made
    made.close()


def reasons(desk: Desk) -> list[str]:
    return [each.reason for each in desk.backups.stored()]


def test_an_hour_of_work_leaves_a_backup_and_an_idle_one_none(
    chores: Chores, desk: Desk, told: Told
) -> None:
    chores.hourly()
    assert reasons(desk) == []
    desk.clients.add(ClientCard(name="A"))
    chores.hourly()
    chores.hourly()
    assert reasons(desk) == ["hourly"]
    assert (told.shown, told.said) == (1, [])
    desk.clients.add(ClientCard(name="B"))
    chores.hourly()
    assert reasons(desk) == ["hourly", "hourly"]


def test_a_failing_backup_is_told_once_and_tried_again(
    chores: Chores, desk: Desk, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_database: object, target: Path) -> Path:
        raise BackupFailed(path=target, reason="no room")

    desk.clients.add(ClientCard(name="A"))
    with monkeypatch.context() as patch:
        patch.setattr(backup, "back_up", refused)
        for _ in range(3):
            chores.hourly()
    assert len(told.said) == 1
    assert "The hourly backup failed: " in told.said[0]
    assert "no room" in told.said[0]
    assert told.refused == []
    chores.hourly()
    assert reasons(desk) == ["hourly"]
    desk.clients.add(ClientCard(name="B"))
    monkeypatch.setattr(backup, "back_up", refused)
    chores.hourly()
    assert len(told.said) == 2, "after one that went well it is told again"


def test_a_full_stick_is_told_once(
    chores: Chores,
    desk: Desk,
    told: Told,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.upkeep.set({SECOND_PLACE: str(tmp_path)})

    def full(_from: Path, _to: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    for name in "AB":
        desk.clients.add(ClientCard(name=name))
        chores.hourly()
    assert reasons(desk) == ["hourly", "hourly"]
    (said,) = told.said
    assert said.startswith("The second place took no backup: ")


def test_the_monthly_look_tells_what_is_damaged_and_then_rests(
    chores: Chores, desk: Desk, told: Told, workspace: Workspace
) -> None:
    made = desk.backups.make("on-close").path
    made.write_bytes(made.read_bytes()[:5000])
    chores.look()
    assert told.refused == [], "it was looked at today"
    desk.backups.looked(workspace.today() - timedelta(days=30), 0)
    chores.look()
    chores.look()
    (said,) = told.refused
    assert said.startswith("Backups that are damaged: 1.")
    assert not desk.backups.is_look_due(workspace.today())


def test_after_closing_nothing_is_shown_any_more(
    chores: Chores, desk: Desk, told: Told
) -> None:
    made = desk.backups.make("on-close")
    chores.close()
    chores._made(made)
    chores._failed(Cancelled())
    chores._failed(BackupFailed(path=made.path, reason="late"))
    assert (told.shown, told.said, told.refused) == (0, [], [])
    desk.clients.add(ClientCard(name="A"))
    assert not chores._written
    with pytest.raises(ZeroDivisionError):
        chores._failed(ZeroDivisionError())


@pytest.fixture
def window(workspace: Workspace, qtbot: QtBot) -> DeskWindow:
    frame = Frame()
    qtbot.addWidget(frame)
    frame.show()
    made = DeskWindow(frame, workspace, screens(), lambda _look: None)
    made._keeps = frame  # type: ignore[attr-defined]
    return made


def bands(window: DeskWindow) -> list[ReminderBand]:
    assert window.page is not None
    return [
        each for each in window.page.findChildren(ReminderBand) if not each.isHidden()
    ]


def press(within: ReminderBand | BackupsCard, text: str) -> None:
    found = [each for each in within.findChildren(QPushButton) if each.text() == text]
    found[0].click()


def test_today_advises_a_second_place_till_it_is_put_off(
    window: DeskWindow, desk: Desk
) -> None:
    window.go("today")
    assert bands(window) == [], "an empty desk has nothing to lose"
    desk.clients.add(ClientCard(name="A"))
    window.go("today")
    (band,) = bands(window)
    press(band, "Don't remind me")
    assert bands(window) == []
    window.go("today")
    assert bands(window) == []


def test_today_reminds_of_a_place_that_got_nothing_and_leads_to_the_settings(
    window: DeskWindow, desk: Desk, tmp_path: Path
) -> None:
    desk.upkeep.set({SECOND_PLACE: str(tmp_path / "usb")})
    window.go("today")
    (band,) = bands(window)
    assert "Don't remind me" not in {
        each.text() for each in band.findChildren(QPushButton)
    }
    press(band, "Settings")
    assert window.page is not None
    assert window.page.findChildren(BackupsCard)


def test_the_settings_back_up_read_again_and_offer_to_restore(
    window: DeskWindow, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "creditdesk.ui.desk.backups_card.messages.ask",
        lambda _parent, _wording, question, _yes, _then: asked.append(question),
    )
    window.go("settings")
    assert window.page is not None
    (card,) = window.page.findChildren(BackupsCard)
    (tmp_path / "usb").mkdir()
    card._set_second(tmp_path / "usb")
    (line,) = card._presenter.lines
    assert (tmp_path / "usb" / line.path.name).exists()
    press(card, "Read all again")
    assert card._presenter.found == [(True, "2 backups read again: all in order.")]
    press(card, "Restore…")
    (question,) = asked
    assert line.path.name in question
    press(card, "Stop")
    assert desk.backups.second_place() is None


def test_everything_written_is_brought_into_the_one_file_when_nobody_writes(
    chores: Chores, desk: Desk
) -> None:
    desk.clients.add(ClientCard(name="A"))
    log = desk.path.with_name(desk.path.name + "-wal")
    assert log.stat().st_size > 0
    assert chores._idle.isActive()
    chores._idle.timeout.emit()
    assert log.stat().st_size == 0


def test_the_desk_is_checked_every_week_and_what_is_wrong_is_said(
    chores: Chores, workspace: Workspace, told: Told
) -> None:
    desk, today = workspace.desk, workspace.today()
    assert not desk.upkeep.is_check_due(today + timedelta(days=6))
    assert desk.upkeep.is_check_due(today + timedelta(days=7))
    assert desk.upkeep.is_check_due(today - timedelta(days=7)), "a clock set back"
    workspace.today = lambda: today + timedelta(days=7)
    desk.backups.looked(workspace.today(), 0)
    chores.look()
    assert not desk.upkeep.is_check_due(workspace.today())
    desk.clients.add(ClientCard(name="A"))
    with desk._database.raw() as connection:
        connection.execute("UPDATE setting SET value = '[1, 1, \"x\"]' WHERE key = '.journal'")  # fmt: skip
    workspace.today = lambda: today + timedelta(days=14)
    desk.backups.looked(workspace.today(), 0)
    chores.look()
    (said,) = told.refused
    assert "found 1 problems, the first of them: The history was changed" in said
    assert desk.upkeep.is_check_due(workspace.today())
