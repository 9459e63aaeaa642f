"""Automatic backups as files: each desk's own, whatever it is called, and never anybody else's."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from creditdesk.db import backup, migrate
from creditdesk.db.automatic import (
    FOLDER,
    SECOND_PLACE,
    automatic,
    desk_id,
    numbered,
    put_into,
    shown_stem,
    stored,
)
from creditdesk.db.connection import connect
from creditdesk.db.errors import BackupFailed
from creditdesk.disk import NoRoom
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, create_desk, open_desk, restore_desk

Files = Any  # the fixture of conftest, which tests can't import
AT = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies in no time: what is tested is which of them stay."""

    def copied(_database: object, target: Path) -> Path:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
        return target

    monkeypatch.setattr(backup, "back_up", copied)


@pytest.fixture
def desks(files: Files) -> Iterator[list[Desk]]:
    """Two desks of one name in two folders."""
    made = []
    for place in ("a", "b"):
        (files.folder / place).mkdir()
        made.append(open_desk(files.made(f"{place}/明达")))
    yield made
    for desk in made:
        desk.close()


def close(desk: Desk, folder: Path, at: datetime) -> Path:
    return automatic(desk._database, folder, "on-close", at)


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_a_desk_keeps_the_id_it_got_when_it_was_first_opened(
    desks: list[Desk],
) -> None:
    first, second = (desk_id(desk._database) for desk in desks)
    assert first != second
    assert len(first) == 12
    again = open_desk(desks[0].path)
    assert desk_id(again._database) == first
    assert again.upkeep.settings() == {}
    again.close()


def test_the_name_says_desk_number_time_and_reason(
    desks: list[Desk], tmp_path: Path
) -> None:
    own = desk_id(desks[0]._database)
    made = automatic(desks[0]._database, tmp_path / "k", "by-hand", AT)
    assert names(tmp_path / "k") == {
        f"明达-00001-20261123-090000-by-hand-{own}.creditdesk"
    }
    (found,) = numbered(tmp_path / "k", own)
    assert found.path == made
    assert (found.stem, found.number, found.at, found.reason) == ("明达", 1, AT, "by-hand")  # fmt: skip
    copy = open_desk(made)
    assert desk_id(copy._database) == own
    copy.close()


@pytest.mark.usefixtures("quick")
def test_thirty_closings_of_two_desks_of_one_name_touch_nothing_of_one_another(
    desks: list[Desk], tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    for closing in range(30):
        for desk in desks:
            close(desk, folder, AT + closing * MINUTE)
    for desk in desks:
        assert len(numbered(folder, desk_id(desk._database))) == 30
    # A hundred days of the first, and the second's are all still there.
    for day in range(100):
        close(desks[0], folder, AT + day * DAY)
    assert len(numbered(folder, desk_id(desks[1]._database))) == 30


@pytest.mark.usefixtures("quick")
def test_thirty_five_closings_in_two_hours_leave_the_weeks_before(
    desks: list[Desk], tmp_path: Path
) -> None:
    folder, desk = tmp_path / "k", desks[0]
    before = [close(desk, folder, AT + day * DAY) for day in range(14)]
    today = [close(desk, folder, AT + 14 * DAY + 3 * each * MINUTE) for each in range(35)]  # fmt: skip
    assert names(folder) == {each.name for each in (*before, *today)}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("year", [2099, 1970])
def test_a_wrong_clock_makes_no_backup_vanish(
    desks: list[Desk], tmp_path: Path, year: int
) -> None:
    folder, desk = tmp_path / "k", desks[0]
    before = [close(desk, folder, AT + day * DAY) for day in range(10)]
    wrong = close(desk, folder, datetime(year, 1, 1, 9, 0))  # noqa: DTZ001 - as above
    assert wrong.exists()
    after = [close(desk, folder, AT + (10 + day) * DAY) for day in range(5)]
    assert {each.name for each in (*before, wrong, *after)} == names(folder)
    assert numbered(folder, desk_id(desk._database))[0].path == after[-1]


@pytest.mark.usefixtures("quick")
def test_what_is_of_others_is_never_taken_away(
    desks: list[Desk], tmp_path: Path
) -> None:
    folder = tmp_path / "k"
    folder.mkdir()
    own = desk_id(desks[0]._database)
    others = {
        "明达-20260101-090000-on-close.creditdesk",
        "明达-20200101-090000-before-update.creditdesk",
        "明达-00001-20200101-090000-on-close-0123456789ab.creditdesk",
        f"明达-00002-20200101-090000-on-close-{own}.creditdesk.part",
        f"别名-00003-20200101-090000-on-close-{own}.creditdesk",
        f"明达-00004-20201301-090000-on-close-{own}.creditdesk",
        "明达.creditdesk",
        "账.xlsx",
    }
    for name in others:
        (folder / name).touch()
    for day in range(60):
        close(desks[0], folder, AT + day * DAY)
    assert others <= names(folder)
    listed = [each.path.name for each in stored(folder, own, "明达")]
    assert listed[-2:] == [
        "明达-20260101-090000-on-close.creditdesk",
        "明达-20200101-090000-before-update.creditdesk",
    ]
    assert f"别名-00003-20200101-090000-on-close-{own}.creditdesk" in listed
    # The number goes on from the highest there is, so nothing is named twice.
    assert listed[0].startswith("明达-00063-")


@pytest.mark.usefixtures("quick")
def test_what_was_just_made_stays_whatever_its_number(
    desks: list[Desk], tmp_path: Path
) -> None:
    folder, place = tmp_path / "k", tmp_path / "usb"
    for day in range(40):
        close(desks[0], folder, AT + day * DAY)
    made = close(desks[0], tmp_path / "new", AT)
    place.mkdir()
    for each in folder.iterdir():
        shutil.copy(each, place)
    second = put_into(place, made)
    assert made.name.startswith("明达-00001-")
    assert second is not None
    assert second.exists()
    above = automatic(desks[0]._database, tmp_path / "new", "on-close", AT, above=40)
    assert above.name.startswith("明达-00041-")


def test_the_second_place_gets_the_same_bytes_or_nothing(
    desks: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = close(desks[0], tmp_path / "k", AT)
    assert put_into(tmp_path / "usb", made) is None
    assert not (tmp_path / "usb").exists(), "a stick that is not there is not made up"
    (tmp_path / "usb").mkdir()
    second = put_into(tmp_path / "usb", made)
    assert second == tmp_path / "usb" / made.name
    assert second.read_bytes() == made.read_bytes()
    second.unlink()
    monkeypatch.setattr(shutil, "copyfile", lambda _from, to: to.write_bytes(b"half"))
    with pytest.raises(BackupFailed, match="bytes differ"):
        put_into(tmp_path / "usb", made)
    assert names(tmp_path / "usb") == set()


def test_a_full_stick_is_told_in_words_and_keeps_no_half_file(
    desks: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = close(desks[0], tmp_path / "k", AT)
    (tmp_path / "usb").mkdir()

    def full(_from: Path, to: Path) -> None:
        to.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(NoRoom, match="usb"):
        put_into(tmp_path / "usb", made)
    assert names(tmp_path / "usb") == set()


def test_a_very_long_name_is_cut_for_its_backups(files: Files) -> None:
    path = files.folder / f"{'明' * 75}.creditdesk"
    shutil.copyfile(files.made("short"), path)
    desk = open_desk(path)
    made = close(desk, files.folder / "k", AT)
    assert len(os.fsencode(made.name)) < 255
    assert numbered(files.folder / "k", desk_id(desk._database))[0].stem == "明" * 50
    assert shown_stem(path) == "明" * 50
    desk.close()


def test_a_desk_whose_name_has_brackets_finds_its_own_backups(files: Files) -> None:
    desk = open_desk(files.made("客户 [2026]"))
    own = desk_id(desk._database)
    made = close(desk, files.folder / "k", AT)
    old = files.folder / "k" / "客户 [2026]-20260101-090000-on-close.creditdesk"
    old.touch()
    listed = stored(files.folder / "k", own, desk.path.stem)
    assert [each.path for each in listed] == [made, old]
    desk.close()


def test_a_desk_from_before_ids_that_is_restored_goes_on_with_the_id(
    files: Files,
) -> None:
    path = files.folder / "desk.creditdesk"
    create_desk(path)
    old = shutil.copyfile(path, files.folder / "old.creditdesk")
    desk = open_desk(path)
    own = desk_id(desk._database)
    desk.clients.add(ClientCard(name="First"))
    desk.close()
    restore_desk(path, old, "", AT)
    desk = open_desk(path)
    assert desk_id(desk._database) == own
    assert desk.clients.all() == ()
    desk.close()


def test_an_older_desk_gets_its_id_before_the_backup_that_precedes_its_update(
    files: Files,
) -> None:
    path = files.folder / "desk.creditdesk"
    migrate.fill(path, "", "0006")
    open_desk(path, backups=files.folder / "k").close()
    (made,) = (files.folder / "k").iterdir()
    (own,) = files.asked(path, "SELECT value FROM setting WHERE key = 'desk_id'")
    assert made.name.startswith("desk-00001-")
    assert made.name.endswith(f"-before-update-{own[0]}.creditdesk")


def test_the_backup_before_an_update_lies_where_the_others_do_and_in_the_second_place(
    files: Files,
) -> None:
    path, chosen, stick = (files.folder / each for each in ("desk.creditdesk", "chosen", "stick"))  # fmt: skip
    stick.mkdir()
    migrate.fill(path, "", "0006")
    _choose(path, {FOLDER: chosen, SECOND_PLACE: stick})
    open_desk(path).close()
    (made,) = chosen.iterdir()
    assert "-before-update-" in made.name
    assert (stick / made.name).read_bytes() == made.read_bytes()
    assert not backup.default_folder().exists()


def test_a_chosen_folder_that_takes_none_and_a_stick_that_is_out_keep_nobody_from_the_desk(
    files: Files,
) -> None:
    path = files.folder / "desk.creditdesk"
    file = files.folder / "file"
    file.write_text("no folder", encoding="utf-8")
    migrate.fill(path, "", "0006")
    _choose(path, {FOLDER: file / "k", SECOND_PLACE: file / "gone"})
    open_desk(path).close()
    (made,) = backup.default_folder().iterdir()
    assert "-before-update-" in made.name


def _choose(desk: Path, places: dict[str, Path]) -> None:
    connection = connect(desk)
    for key, place in places.items():
        connection.execute("INSERT INTO setting VALUES (?, ?)", (key, str(place)))
    connection.close()
