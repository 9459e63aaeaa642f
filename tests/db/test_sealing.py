"""Nothing in a desk changes unnoticed, and a log that isn't the desk's own is never applied."""

import random
import shutil
from contextlib import closing
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from creditdesk import paths
from creditdesk.db import log as logs
from creditdesk.db import migrate
from creditdesk.db.connection import connect
from creditdesk.db.errors import (
    DeskBusy,
    DeskDamaged,
    DeskReadOnly,
    PassphraseNeeded,
    PassphraseWrong,
)
from creditdesk.db.sealing import PAGE, broken_pages, is_plain, is_protected
from creditdesk.db.traces import log_of
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Desk, create_desk, open_desk

Files = Any  # the fixture of conftest, which tests can't import
AT = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time
SECRET = "a good secret"  # noqa: S105 - of a desk that lives for a second


def opened(path: Path, passphrase: str = "") -> Desk:
    return open_desk(path, passphrase, now=lambda: AT)


def clients(path: Path, passphrase: str = "") -> list[str]:
    with closing(opened(path, passphrase)) as desk:
        return [line.name for line in desk.clients.all()]


def killed_after(path: Path, *names: str, passphrase: str = "") -> None:
    """The files as a power cut leaves them after these clients were added."""
    desk = opened(path, passphrase)
    for name in names:
        desk.clients.add(ClientCard(name=name))
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{path}{suffix}", f"{path}{suffix}.cut")
    desk.close()
    for suffix in ("", "-wal"):
        Path(f"{path}{suffix}.cut").replace(f"{path}{suffix}")


@pytest.mark.parametrize("passphrase", ["", SECRET])
def test_every_changed_byte_is_found_and_its_page_named(
    files: Files, passphrase: str
) -> None:
    path = files.made(passphrase=passphrase)
    whole = path.read_bytes()
    dice = random.Random(11)  # noqa: S311 - places, not secrets
    assert broken_pages(path, passphrase) == ()
    for _ in range(6 if passphrase else 40):
        place = dice.randrange(16, len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        assert broken_pages(path, passphrase) == (place // PAGE + 1,)


def test_a_changed_value_is_found_by_the_check_wherever_it_stands(files: Files) -> None:
    path = files.made()
    desk = opened(path)
    for number in range(200):
        desk.clients.add(ClientCard(name=f"client {number}"))
    desk.close()
    whole, shut = path.read_bytes(), 0
    for page in range(4, len(whole) // PAGE, 9):
        changed = bytearray(whole)
        changed[PAGE * page + 300] ^= 4
        path.write_bytes(changed)
        try:
            with closing(open_desk(path)) as desk:
                said = desk.check().problems
        except DeskDamaged:
            # Where the tables themselves are described, there is nothing to open.
            shut += 1
            continue
        (named,) = (each for each in said if "outside this program" in each.text)
        assert ("page", page + 1) in named.places
    assert shut <= 2


def test_a_plain_desk_of_an_earlier_version_is_sealed_with_all_it_holds(
    files: Files,
) -> None:
    path = files.made()
    with closing(opened(path)) as desk:
        desk.clients.add(ClientCard(name="First"))
    old = files.folder / "old.creditdesk"
    with closing(connect(path)) as connection:
        connection.execute("ATTACH ? AS plain KEY ''", (str(old),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        (number,) = connection.execute("PRAGMA application_id").fetchone()
        connection.execute(f"PRAGMA plain.application_id = {number}")
        connection.execute("DETACH plain")
    assert is_plain(old)
    assert clients(old) == ["First"]
    assert not is_plain(old)
    assert not is_protected(old)
    with closing(open_desk(old)) as desk:
        assert desk.check().problems == ()
    names = sorted(each.name for each in files.folder.glob("*.*"))
    assert names == ["desk.creditdesk", "old.creditdesk"]


@pytest.mark.parametrize("passphrase", ["", SECRET])
def test_what_a_power_cut_left_in_the_log_is_not_lost(
    files: Files, passphrase: str
) -> None:
    path = files.made(passphrase=passphrase)
    killed_after(path, "in the log only", "this too", passphrase=passphrase)
    assert Path(f"{path}-wal").stat().st_size > 0
    with closing(opened(path, passphrase)) as desk:
        assert desk.log_put_aside is None
        assert [line.name for line in desk.clients.all()] == ["in the log only", "this too"]  # fmt: skip
    assert {each.name for each in files.folder.iterdir()} == {path.name, "home"}
    assert list((files.folder / "home").rglob("*.creditdesk*")) == []


@pytest.mark.parametrize("passphrase", ["", SECRET])
def test_a_log_of_another_desk_is_put_aside(files: Files, passphrase: str) -> None:
    path = files.folder / "mine.creditdesk"
    shutil.copyfile(files.made("made", passphrase), path)
    with closing(opened(path, passphrase)) as desk:
        desk.clients.add(ClientCard(name="mine"))
        other = desk.upkeep.back_up(files.folder / "other.creditdesk")
    killed_after(other, "theirs", passphrase=passphrase)
    Path(f"{other}-wal").replace(f"{path}-wal")
    with closing(opened(path, passphrase)) as desk:
        assert desk.log_put_aside == files.folder / "mine-log-20261123-090000.wal"
        assert [line.name for line in desk.clients.all()] == ["mine"]
        assert desk.check().problems == ()


def test_a_log_of_an_earlier_day_of_the_same_desk_is_put_aside(files: Files) -> None:
    path = files.made()
    killed_after(path, "early")
    stale = Path(f"{path}-wal").read_bytes()
    assert clients(path) == ["early"]
    with closing(opened(path)) as desk:
        desk.clients.add(ClientCard(name="later"))
    Path(f"{path}-wal").write_bytes(stale)
    with closing(opened(path)) as desk:
        assert desk.log_put_aside is not None
        assert desk.log_put_aside.read_bytes() == stale
        assert [line.name for line in desk.clients.all()] == ["early", "later"]
        assert desk.check().problems == ()


def test_a_log_of_today_beside_an_older_copy_of_the_desk_is_put_aside(
    files: Files,
) -> None:
    path = files.made()
    with closing(opened(path)) as desk:
        desk.clients.add(ClientCard(name="old"))
    old = path.read_bytes()
    with closing(opened(path)) as desk:
        desk.clients.add(ClientCard(name="since then"))
    killed_after(path, "today")
    path.write_bytes(old)
    with closing(opened(path)) as desk:
        assert desk.log_put_aside is not None
        assert [line.name for line in desk.clients.all()] == ["old"]
        assert desk.check().problems == ()


@pytest.mark.parametrize("junk", [b"", b"x" * 10, b"\0" * 40_000, bytes(range(256)) * 90])  # fmt: skip
def test_a_log_of_garbage_does_no_harm(files: Files, junk: bytes) -> None:
    path = files.made()
    with closing(opened(path)) as desk:
        desk.clients.add(ClientCard(name="mine"))
    Path(f"{path}-wal").write_bytes(junk)
    assert clients(path) == ["mine"]
    with closing(open_desk(path)) as desk:
        assert desk.check().problems == ()


@pytest.mark.parametrize("given", ["", "another"])
def test_a_wrong_passphrase_touches_no_log(files: Files, given: str) -> None:
    path, other = files.made(passphrase=SECRET), files.made("other", SECRET)
    killed_after(path, "in the log only", passphrase=SECRET)
    killed_after(other, "theirs", passphrase=SECRET)
    own = Path(f"{path}-wal").read_bytes()
    for log in (Path(f"{other}-wal").read_bytes(), own):
        Path(f"{path}-wal").write_bytes(log)
        with pytest.raises((PassphraseWrong, PassphraseNeeded)):
            open_desk(path, given)
        assert Path(f"{path}-wal").read_bytes() == log
    assert clients(path, SECRET) == ["in the log only"]


def test_the_log_of_a_desk_somebody_has_open_is_theirs(files: Files) -> None:
    path = files.made()
    desk = opened(path)
    desk.clients.add(ClientCard(name="first"))
    assert Path(f"{path}-wal").stat().st_size > 0
    assert clients(path) == ["first"]
    desk.clients.add(ClientCard(name="second"))
    desk.close()
    assert clients(path) == ["first", "second"]


def test_what_a_command_wrote_is_in_the_one_file_while_a_window_has_it_open(
    files: Files,
) -> None:
    path = files.made()
    window = opened(path)
    window.clients.add(ClientCard(name="of the window"))
    with closing(opened(path)) as command:
        command.clients.add(ClientCard(name="of the command"))
    shutil.copyfile(path, files.folder / "carried.creditdesk")
    assert clients(files.folder / "carried.creditdesk") == ["of the command", "of the window"]  # fmt: skip
    window.close()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE journal_entry SET who = 'somebody' WHERE id = 2",
        "UPDATE journal_entry SET at = '2020-01-01 00:00:00' WHERE id = 1",
        "DELETE FROM journal_entry WHERE id = 1",
        "DELETE FROM journal_entry WHERE id = (SELECT max(id) FROM journal_entry)",
        "DELETE FROM journal_entry",
        "DELETE FROM setting WHERE key = '.journal'",
        "UPDATE setting SET value = 'x' WHERE key = '.journal'",
        "INSERT INTO journal_entry (id, at, who, what, subject) VALUES (-1, '2020-01-01 00:00:00', 'x', 'x', 'x')",
    ],
)
def test_a_changed_history_is_found_also_after_later_work(
    files: Files, harm: str
) -> None:
    path = files.made()
    with closing(opened(path)) as desk:
        for name in ("A", "B", "C"):
            desk.clients.add(ClientCard(name=name))
        assert desk.check().problems == ()
    guards = ("journal_entry_no_update", "journal_entry_no_delete")
    sql = "SELECT sql FROM sqlite_master WHERE name = '{}'"
    saved = [files.asked(path, sql.format(each))[0][0] for each in guards]
    files.run(path, *(f"DROP TRIGGER {each}" for each in guards), harm, *saved)
    for _ in range(2):
        with closing(opened(path)) as desk:
            said = [each.text for each in desk.check().problems]
            assert any(text.startswith("The history was changed") for text in said)
            desk.clients.add(ClientCard(name=f"D{date(2026, 1, 1) if _ else ''}"))


def test_a_log_in_a_folder_that_takes_nothing_is_read_and_left_as_it_is(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.made()
    killed_after(path, "A", "B")
    before = _bytes_in(files.folder)
    assert before[f"{path.name}-wal"]
    monkeypatch.setattr(migrate, "may_write", lambda _: False)
    shut = opened(path)
    assert {line.name for line in shut.clients.all()} == {"A", "B"}
    assert shut.upkeep.info().path == path
    assert shut.check().ok
    with pytest.raises(DeskReadOnly):
        shut.clients.add(ClientCard(name="C"))
    shut.close()
    assert _bytes_in(files.folder) == before
    assert list(paths.private_folder().iterdir()) == []


def test_a_log_of_another_desk_in_such_a_folder_is_left_out(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = files.made(), files.folder / "other.creditdesk"
    create_desk(other)
    killed_after(other, "Stranger")
    log_of(path).write_bytes(log_of(other).read_bytes())
    monkeypatch.setattr(migrate, "may_write", lambda _: False)
    shut = opened(path)
    assert shut.clients.all() == ()
    shut.close()
    assert log_of(path).read_bytes() == log_of(other).read_bytes()


def test_a_desk_somebody_writes_all_the_while_is_not_read_by_halves(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.made()
    killed_after(path, "A")
    monkeypatch.setattr(migrate, "may_write", lambda _: False)
    numbers = count()
    monkeypatch.setattr(logs, "_state", lambda _: [(next(numbers), 0)])
    with pytest.raises(DeskBusy):
        opened(path)
    assert list(paths.private_folder().iterdir()) == []


def _bytes_in(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
