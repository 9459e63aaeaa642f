"""When a backup is made and where it goes, what is reminded of, and what reading it again finds."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from creditdesk.db import automatic, backup
from creditdesk.db.connection import connect
from creditdesk.disk import NoRoom
from creditdesk.errors import Cancelled
from creditdesk.i18n import words
from creditdesk.jobs import Progress
from creditdesk.services.backups import FOLDER, SECOND_PLACE, Reread
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, create_desk, open_desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2026, 11, 23)


class Clock:
    """The time on the wall, as the test wants it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def own(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A desk with a folder for backups of its own."""
    desk = _opened(tmp_path, clock, "")
    yield desk
    desk.close()


@pytest.fixture(params=["", "secret"], ids=["plain", "encrypted"])
def either(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> Iterator[Desk]:
    """The same, without and with a passphrase."""
    desk = _opened(tmp_path, clock, request.param)
    yield desk
    desk.close()


def _opened(folder: Path, clock: Clock, passphrase: str) -> Desk:
    path = folder / "明达.creditdesk"
    create_desk(path, passphrase)
    desk = open_desk(path, passphrase, now=clock)
    desk.upkeep.set({FOLDER: str(folder / "k")})
    return desk


def said(read: tuple[Reread, ...]) -> list[tuple[int, bool, str]]:
    return [
        (
            each.backup.number,
            each.ok,
            words("en").say(each.reason) if each.reason else "",
        )
        for each in read
    ]


def test_backups_go_where_the_person_chose(own: Desk, tmp_path: Path) -> None:
    assert own.backups.last() is None
    made = own.backups.make("by-hand")
    assert made.path.parent == tmp_path / "k"
    assert (made.second, made.refused) == (None, None)
    last = own.backups.last()
    assert last is not None
    assert last.path == made.path
    own.upkeep.set({FOLDER: ""})
    assert own.backups.folder() == backup.default_folder()


def test_a_backup_is_old_after_an_hour_and_one_of_tomorrow_too(
    own: Desk, clock: Clock
) -> None:
    assert own.backups.is_old()
    own.backups.make("on-close")
    clock.now += timedelta(minutes=60)
    assert not own.backups.is_old()
    clock.now += timedelta(seconds=1)
    assert own.backups.is_old()
    clock.now -= timedelta(days=1)
    assert own.backups.is_old(), "the last one is of tomorrow, by a clock that is wrong"


def test_what_the_program_keeps_for_itself_is_no_choice_of_the_person(
    own: Desk, tmp_path: Path
) -> None:
    own.upkeep.set({SECOND_PLACE: str(tmp_path)})
    own.backups.make("on-close")
    own.backups.looked(TODAY, 0)
    own.backups.put_off()
    assert dict(own.upkeep.settings()) == {
        FOLDER: str(tmp_path / "k"),
        SECOND_PLACE: str(tmp_path),
    }


def test_a_stick_that_is_there_gets_each_backup_and_one_that_is_not_fails_nothing(
    own: Desk, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    own.upkeep.set({SECOND_PLACE: str(stick)})
    first = own.backups.make("on-close")
    assert (first.second, first.refused) == (None, None)
    assert own.backups.in_second_place() == ()
    stick.mkdir()
    second = own.backups.make("on-close")
    assert second.second == stick / second.path.name
    assert [each.number for each in own.backups.in_second_place()] == [2]
    # A folder that is new goes on with the number of the stick.
    own.upkeep.set({FOLDER: str(tmp_path / "new")})
    assert own.backups.make("on-close").path.name.startswith("明达-00003-")


def test_the_stick_is_thinned_by_the_same_rule(
    own: Desk, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    own.upkeep.set({SECOND_PLACE: str(stick)})
    monkeypatch.setattr(backup, "back_up", lambda _database, target: target.touch())
    (tmp_path / "k").mkdir()
    for _ in range(40):
        own.backups.make("on-close")
        clock.now += timedelta(days=1)
    here = [each.number for each in own.backups.stored()]
    # From Monday 23 November on: 17 days, and the Sundays before them that still are the last of their week.
    assert here == [*range(40, 23, -1), 21, 14, 8, 7]
    assert [each.number for each in own.backups.in_second_place()] == here


def test_a_stick_that_takes_no_copy_is_told_and_the_backup_stands(
    own: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.upkeep.set({SECOND_PLACE: str(tmp_path)})

    def full(_from: Path, _to: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    made = own.backups.make("on-close")
    assert made.path.exists()
    assert made.second is None
    assert isinstance(made.refused, NoRoom)
    assert own.backups.second_copied_on() is None


def reminded(desk: Desk, today: date) -> str:
    found = desk.backups.reminder(today)
    return words("en").say(found.said) if found else ""


def test_a_second_place_that_got_nothing_for_a_week_is_reminded_of(
    own: Desk, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    own.upkeep.set({SECOND_PLACE: str(stick)})
    assert "No backup has been put into" in reminded(own, TODAY)
    stick.mkdir()
    own.backups.make("on-close")
    assert reminded(own, TODAY + timedelta(days=7)) == ""
    late = reminded(own, TODAY + timedelta(days=8))
    assert "got its last backup on 2026-11-23" in late
    # A clock that was wrong when the copy was made keeps nobody quiet.
    assert "got its last backup on" in reminded(own, TODAY - timedelta(days=1))
    own.upkeep.set({SECOND_PLACE: str(tmp_path)})
    assert "No backup has been put into" in reminded(own, TODAY)


def test_that_there_is_no_second_place_is_said_till_it_is_put_off(
    own: Desk, tmp_path: Path
) -> None:
    found = own.backups.reminder(TODAY)
    assert found is not None
    assert found.optional
    own.backups.put_off()
    assert own.backups.reminder(TODAY) is None
    own.upkeep.set({SECOND_PLACE: str(tmp_path / "usb")})
    found = own.backups.reminder(TODAY)
    assert found is not None
    assert not found.optional


def test_the_program_looks_once_a_month(own: Desk) -> None:
    assert own.backups.is_look_due(TODAY)
    own.backups.looked(TODAY, 0)
    assert not own.backups.is_look_due(TODAY + timedelta(days=29))
    assert own.backups.is_look_due(TODAY + timedelta(days=30))
    # Looked at in 2099: nobody waits till then.
    own.backups.looked(date(2099, 1, 1), 0)
    assert own.backups.is_look_due(TODAY)


def test_damaged_backups_are_reminded_of_till_a_look_finds_none(own: Desk) -> None:
    own.backups.put_off()
    own.backups.looked(TODAY, 2)
    assert "damaged: 2" in reminded(own, TODAY)
    own.backups.looked(TODAY, 0)
    assert reminded(own, TODAY) == ""


def test_sound_backups_are_in_order_here_and_on_the_stick(
    either: Desk, tmp_path: Path
) -> None:
    (tmp_path / "usb").mkdir()
    either.upkeep.set({SECOND_PLACE: str(tmp_path / "usb")})
    for _ in range(2):
        either.backups.make("on-close")
    told = either.backups.verify()
    assert said(told) == [(2, True, ""), (1, True, "")] * 2
    assert [each.backup.path.parent.name for each in told] == ["k", "k", "usb", "usb"]


@pytest.mark.parametrize(
    "harm", ["cut", "emptied", "scribbled", "page", "another", "gone"]
)
def test_a_harmed_backup_is_found_and_says_why(either: Desk, harm: str) -> None:
    either.clients.add(ClientCard(name="N", contact="x" * 60_000))
    paths = [either.backups.make("on-close").path for _ in range(3)]
    bad = paths[1]
    whole = bad.read_bytes()
    middle = len(whole) // 2 // 4096 * 4096
    if harm == "gone":
        bad.unlink()
        bad.symlink_to(bad.with_name("nowhere"))
    else:
        bad.write_bytes(
            {
                "cut": whole[:9000],
                "emptied": b"",
                "scribbled": b"\0" * 100 + whole[100:],
                "page": whole[:middle] + b"\xff" * 4096 + whole[middle + 4096 :],
                "another": b"SQLite format 3\0 but not really",
            }[harm]
        )
    told = said(either.backups.verify())
    assert [(number, ok) for number, ok, _ in told] == [(3, True), (2, False), (1, True)]  # fmt: skip
    assert told[1][2]
    assert "{" not in told[1][2]


def test_an_older_passphrase_is_told_as_such_and_a_shut_one_among_open_ones_is_bad(
    either: Desk, tmp_path: Path
) -> None:
    first = either.backups.make("on-close").path
    second = either.backups.make("on-close").path
    other = tmp_path / "other.creditdesk"
    create_desk(other, "another secret")
    shutil.copyfile(other, first)
    told = "opens with another passphrase"
    assert said(either.backups.verify()) == [(2, True, ""), (1, True, told)]
    # The passphrase was changed for good: what is made after one that opens must open.
    either.backups.make("on-close")
    shutil.copyfile(first, second)
    (newest, bad, oldest) = said(either.backups.verify())
    assert newest == (3, True, "")
    assert bad == (2, True, told)
    assert oldest == (1, True, told)
    first.unlink()
    fourth = either.backups.make("on-close").path
    shutil.copyfile(second, fourth)
    (newest, middle, oldest) = said(either.backups.verify())
    assert newest[:2] == (4, False)
    assert "an older one opens" in newest[2]
    assert middle == (3, True, "")
    assert oldest == (2, True, told)


def test_changed_bytes_and_altered_calculations_and_lost_rows_are_found(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    desk.claims.attach(claim, "C07", office.file(b"contract"), b"contract")
    desk.claims.keep(claim, date(2025, 9, 10))
    harm = (
        ("UPDATE file_content SET content = CAST('Contract' AS BLOB)",),
        ("DROP TRIGGER indemnity_record_no_update", "UPDATE indemnity_record SET result = replace(result, '1', '2')"),
        ("PRAGMA foreign_keys = OFF", "DELETE FROM client"),
        ("PRAGMA foreign_keys = OFF", "DROP TABLE indemnity_record"),
        ("PRAGMA application_id = 5",),
    )  # fmt: skip
    for statements in harm:
        made = desk.backups.make("on-close").path
        with closing(connect(made, desk.passphrase)) as connection:
            for statement in statements:
                connection.execute(statement)
    reasons = [(ok, reason) for _, ok, reason in reversed(said(desk.backups.verify()))]
    assert [ok for ok, _ in reasons] == [False] * 5
    assert reasons[0][1] == "the bytes of a kept file have changed"
    assert reasons[1][1] == "kept calculation 1 was altered"
    assert "that is not there" in reasons[2][1]
    assert "no such table: indemnity_record" in reasons[3][1]
    assert reasons[4][1] == "not a desk of CreditDesk"


def test_reading_them_again_can_be_cancelled(own: Desk) -> None:
    own.backups.make("on-close")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        own.backups.verify(progress)


def test_a_setting_of_the_program_leaves_no_trace_in_the_journal(own: Desk) -> None:
    own.backups.looked(TODAY, 0)
    with own._database.raw() as connection:
        rows = connection.execute("SELECT after FROM journal_entry").fetchall()
    assert [list(json.loads(row[0])) for row in rows] == [[FOLDER]]
    assert automatic.desk_id(own._database)
