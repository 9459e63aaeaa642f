"""The backups in words: where, when, why, how large, and what reading them again found."""

from pathlib import Path

import pytest

from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.desk.backups import (
    BackupsPresenter,
    Compared,
    SecondPlaceTaken,
)
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Desk, Workspace


@pytest.fixture
def workspace(desk: Desk, tmp_path: Path) -> Workspace:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    return Workspace(desk, ImmediateRunner(), preferences)


@pytest.fixture
def shown(workspace: Workspace, tmp_path: Path) -> BackupsPresenter:
    made = BackupsPresenter(workspace, Wording("en"))
    made.set_folder(tmp_path / "safe")
    return made


def test_a_backup_made_by_hand_is_listed_with_day_size_and_reason(
    shown: BackupsPresenter, workspace: Workspace
) -> None:
    assert shown.lines == []
    made = shown.back_up(Progress()).path
    workspace.desk.backups.make("before-undo")
    shown.reload()
    undo, by_hand = shown.lines
    assert by_hand.path == made
    assert by_hand.when == "23 Nov 2026 09:00"
    assert (by_hand.why, undo.why) == ("by hand", "before taking an import back")
    assert by_hand.size == f"{made.stat().st_size / 1048576:.1f} MB"
    assert (by_hand.ok, by_hand.verdict) == (None, "")
    assert shown.differences(made)(Progress()) == Compared((), of_another=False)


def test_eight_are_shown_till_all_are_asked_for(shown: BackupsPresenter) -> None:
    for _ in range(9):
        shown.back_up(Progress())
    shown.reload()
    assert (len(shown.lines), shown.count) == (8, 9)
    shown.show_all()
    assert len(shown.lines) == 9


def test_reading_them_again_marks_each_and_names_the_bad(
    shown: BackupsPresenter, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "usb").mkdir()
    shown.set_second_place(tmp_path / "usb")
    made = [shown.back_up(Progress()) for _ in range(2)]
    shown.reload()
    assert shown.found == []
    shown.show_read(shown.verify(Progress()))
    assert shown.found == [(True, "4 backups read again: all in order.")]
    assert [line.verdict for line in shown.lines] == ["in order", "in order"]
    stick = made[0].second
    assert stick is not None
    stick.write_bytes(b"")
    shown.show_read(shown.verify(Progress()))
    assert shown.found == [(False, f"{stick}: not a desk of CreditDesk")]
    assert [line.ok for line in shown.lines] == [True, True]
    reminder = workspace.desk.backups.reminder(workspace.today())
    assert reminder is not None
    assert reminder.said.places == (("count", 1),)


def test_the_second_place_says_how_it_stands(
    shown: BackupsPresenter, tmp_path: Path
) -> None:
    assert shown.second_said.startswith("None.")
    with pytest.raises(SecondPlaceTaken):
        shown.set_second_place(tmp_path / "safe" / ".." / "safe")
    assert shown.second_place is None
    (tmp_path / "usb").mkdir()
    shown.set_second_place(tmp_path / "usb")
    assert shown.second_said == "No backup has been put there yet."
    shown.back_up(Progress())
    assert shown.second_said == "Last backup there: 23 Nov 2026"
    shown.set_second_place(None)
    assert shown.second_place is None
