"""Backups: whole or not there, and a restored desk never costs the one it replaces."""

import errno
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from creditdesk.db import backup, lock
from creditdesk.db.errors import (
    BackupFailed,
    BackupOntoDesk,
    DeskBusy,
    DeskFromNewerVersion,
    DeskInUse,
    DeskMissing,
    DeskWithStrangers,
    NotADesk,
    PassphraseWrong,
    RestoreUnprotected,
)
from creditdesk.db.sealing import is_protected
from creditdesk.disk import CannotWrite, NoRoom, WriteProtected
from creditdesk.errors import UserError
from creditdesk.outputs import OutputIsNoFile
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import (
    Desk,
    DeskLock,
    desk_differences,
    open_desk,
    restore_desk,
)

Files = Any  # the fixture of conftest, which tests can't import
Counts = Callable[[Any], dict[str, int]]
AT = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time


@pytest.fixture(params=["", "secret"], ids=["plain", "encrypted"])
def opened(request: pytest.FixtureRequest, files: Files) -> Iterator[tuple[Desk, str]]:
    """A desk with one client, and its passphrase."""
    path = files.made(passphrase=request.param)
    desk = open_desk(path, request.param, backups=files.folder / "backups")
    desk.clients.add(ClientCard(name="First"))
    yield desk, request.param
    desk.close()


def clients(path: Path, passphrase: str = "") -> list[str]:
    desk = open_desk(path, passphrase)
    try:
        return [line.name for line in desk.clients.all()]
    finally:
        desk.close()


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_a_backup_holds_what_the_open_desk_holds(
    opened: tuple[Desk, str], tmp_path: Path
) -> None:
    desk, passphrase = opened
    target = tmp_path / "usb" / "备份.creditdesk"
    assert desk.upkeep.back_up(target) == target
    assert names(target.parent) == {target.name}
    assert clients(target, passphrase) == ["First"]


def test_an_encrypted_desk_has_encrypted_backups(files: Files) -> None:
    path = files.made("desk", "secret")
    desk = open_desk(path, "secret")
    desk.upkeep.back_up(files.folder / "copy.creditdesk")
    desk.close()
    with pytest.raises(PassphraseWrong):
        open_desk(files.folder / "copy.creditdesk", "other")


def test_a_backup_appears_under_its_name_only_when_it_was_checked(
    opened: tuple[Desk, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = opened
    target = tmp_path / "copy.creditdesk"
    seen = []
    check = backup._check

    def watched(copy: Path, passphrase: str, counts: dict[str, int]) -> None:
        seen.append((copy.name, target.exists()))
        check(copy, passphrase, {**counts, "client": counts["client"] + 1})

    monkeypatch.setattr(backup, "_check", watched)
    with pytest.raises(BackupFailed, match="its rows are not as many"):
        desk.upkeep.back_up(target)
    assert seen == [("copy.creditdesk.part", False)]
    assert not target.exists()
    assert not target.with_name("copy.creditdesk.part").exists()


def test_a_failed_backup_leaves_the_one_that_was_there(
    opened: tuple[Desk, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, passphrase = opened
    target = desk.upkeep.back_up(tmp_path / "copy.creditdesk")
    desk.clients.add(ClientCard(name="Second"))
    with monkeypatch.context() as patched:
        patched.setattr(backup, "_counts", _shrinking(backup._counts))
        with pytest.raises(BackupFailed):
            desk.upkeep.back_up(target)
    assert clients(target, passphrase) == ["First"]


def _shrinking(counts: Counts) -> Counts:
    calls = iter(range(9))
    return lambda connection: {**counts(connection), "call": next(calls)}


def test_a_desk_can_t_be_backed_up_onto_itself(opened: tuple[Desk, str]) -> None:
    desk, passphrase = opened
    with pytest.raises(BackupOntoDesk):
        desk.upkeep.back_up(desk.path.parent / "." / desk.path.name)
    assert [line.name for line in desk.clients.all()] == ["First"]
    desk.close()
    assert clients(desk.path, passphrase) == ["First"]


@pytest.mark.parametrize("target", ["", "file/copy.creditdesk", "x" * 300])
def test_a_place_that_takes_no_backup_is_told_in_words(
    opened: tuple[Desk, str], tmp_path: Path, target: str
) -> None:
    desk, _ = opened
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError):
        desk.upkeep.back_up(tmp_path / target)


def test_restoring_brings_the_old_state_back_and_keeps_the_new_one(
    opened: tuple[Desk, str], tmp_path: Path
) -> None:
    desk, passphrase = opened
    copy = desk.upkeep.back_up(tmp_path / "copy.creditdesk")
    desk.clients.add(ClientCard(name="Second"))
    desk.close()
    (difference,) = (
        each
        for each in desk_differences(desk.path, copy, passphrase)
        if each.table == "client"
    )
    assert (difference.here, difference.there) == (2, 1)
    kept = restore_desk(desk.path, copy, passphrase, AT)
    assert kept is not None
    assert clients(desk.path, passphrase) == ["First"]
    assert clients(kept, passphrase) == ["First", "Second"]
    assert clients(copy, passphrase) == ["First"]
    assert not any(name.endswith((".part", ".lock")) for name in names(tmp_path))


def test_two_restores_in_one_second_keep_both_desks(
    opened: tuple[Desk, str], tmp_path: Path
) -> None:
    desk, passphrase = opened
    copy = desk.upkeep.back_up(tmp_path / "copy.creditdesk")
    desk.clients.add(ClientCard(name="Second"))
    desk.close()
    first = restore_desk(desk.path, copy, passphrase, AT)
    second = restore_desk(desk.path, copy, passphrase, AT)
    assert first is not None
    assert second is not None
    assert first != second
    assert clients(first, passphrase) == ["First", "Second"]


def test_what_was_not_written_back_yet_goes_with_the_replaced_desk(
    files: Files, tmp_path: Path
) -> None:
    path = files.made()
    desk = open_desk(path)
    copy = desk.upkeep.back_up(tmp_path / "copy.creditdesk")
    desk.clients.add(ClientCard(name="In the log only"))
    for suffix in ("", "-wal"):
        (tmp_path / f"left{suffix}").write_bytes(Path(f"{path}{suffix}").read_bytes())
    desk.close()
    for suffix in ("", "-wal"):
        (tmp_path / f"left{suffix}").replace(f"{path}{suffix}")
    kept = restore_desk(path, copy, "", AT)
    assert kept is not None
    assert clients(path) == []
    assert clients(kept) == ["In the log only"]


@pytest.mark.parametrize("content", [b"", b"no desk", os.urandom(8192)])
def test_something_else_is_never_restored(
    opened: tuple[Desk, str], tmp_path: Path, content: bytes
) -> None:
    desk, passphrase = opened
    desk.close()
    other = tmp_path / "other"
    other.write_bytes(content)
    before = names(tmp_path)
    with pytest.raises(UserError):
        restore_desk(desk.path, other, passphrase, AT)
    assert names(tmp_path) == before
    assert clients(desk.path, passphrase) == ["First"]


def test_a_database_of_another_program_is_never_restored(files: Files) -> None:
    path = files.made()
    other = files.folder / "places.sqlite"
    other.touch()
    files.run(other, "CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(NotADesk):
        desk_differences(path, other, "")
    with pytest.raises(NotADesk):
        restore_desk(path, other, "", AT)
    with pytest.raises(DeskMissing):
        restore_desk(path, files.folder / "nothing", "", AT)


def test_a_damaged_desk_can_be_restored_and_is_kept(files: Files) -> None:
    path = files.made()
    desk = open_desk(path)
    copy = desk.upkeep.back_up(files.folder / "copy.creditdesk")
    desk.close()
    path.write_bytes(path.read_bytes()[:9000])
    assert desk_differences(path, copy, "") == ()
    kept = restore_desk(path, copy, "", AT)
    assert kept is not None
    assert kept.stat().st_size == 9000
    assert clients(path) == []


def test_a_desk_is_restored_where_there_is_none_yet(files: Files) -> None:
    copy = files.made("copy")
    assert restore_desk(files.folder / "new" / "desk.creditdesk", copy, "", AT) is None
    assert clients(files.folder / "new" / "desk.creditdesk") == []


def test_a_protected_backup_replaces_an_unprotected_desk(files: Files) -> None:
    path = files.made("desk")
    copy = files.made("copy", "secret")
    assert desk_differences(path, copy, "secret") == ()
    restore_desk(path, copy, "secret", AT)
    assert clients(path, "secret") == []


def test_a_desk_shown_in_a_window_is_not_replaced(files: Files) -> None:
    path, copy = files.made("desk"), files.made("copy")
    with DeskLock(path, "王会计", "2026-11-23 08:00"), pytest.raises(DeskInUse):
        restore_desk(path, copy, "", AT)
    assert restore_desk(path, copy, "", AT) is not None


def test_a_desk_somebody_works_on_is_not_replaced(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = files.made("desk"), files.made("copy")
    monkeypatch.setattr(lock, "WAITED", 0)
    desk = open_desk(path)
    monkeypatch.setattr(backup, "alone", partial(lock.alone, wait=0))
    with pytest.raises(DeskBusy):
        restore_desk(path, copy, "", AT)
    desk.close()
    assert restore_desk(path, copy, "", AT) is not None


def test_a_desk_is_never_restored_from_itself(files: Files) -> None:
    path = files.made()
    (files.folder / "link.creditdesk").symlink_to(path)
    for copy in (path, files.folder / "link.creditdesk"):
        with pytest.raises(BackupOntoDesk):
            restore_desk(path, copy, "", AT)
    assert clients(path) == []


def test_a_backup_of_a_newer_version_is_not_restored(files: Files) -> None:
    path, copy = files.made("desk"), files.made("copy")
    files.run(copy, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DeskFromNewerVersion):
        restore_desk(path, copy, "", AT)
    assert clients(path) == []


def test_a_backup_with_a_trigger_of_somebody_is_not_restored(files: Files) -> None:
    path, copy = files.made("desk"), files.made("copy")
    files.run(copy, "CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM buyer; END")  # fmt: skip
    with pytest.raises(DeskWithStrangers, match="trigger spy"):
        restore_desk(path, copy, "", AT)
    assert clients(path) == []


def test_an_unprotected_backup_gets_the_passphrase_of_the_desk_it_replaces(
    files: Files,
) -> None:
    path, copy = files.made("desk", "secret"), files.made("copy")
    with pytest.raises(RestoreUnprotected):
        restore_desk(path, copy, "wrong", AT, copy_passphrase="")
    assert restore_desk(path, copy, "secret", AT, copy_passphrase="") is not None
    assert is_protected(path)
    assert clients(path, "secret") == []


def test_a_backup_under_an_older_passphrase_gets_the_desk_s(files: Files) -> None:
    path, copy = files.made("desk", "newer"), files.made("copy", "older")
    restore_desk(path, copy, "newer", AT, copy_passphrase="older")  # noqa: S106 - of desks that live for a second
    assert clients(path, "newer") == []


@pytest.mark.parametrize("step", ["_copy", "_check", "_second_name", "replace"])
def test_a_restore_killed_between_its_steps_leaves_one_desk_or_the_other(
    opened: tuple[Desk, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    desk, passphrase = opened
    copy = desk.upkeep.back_up(tmp_path / "copy.creditdesk")
    desk.clients.add(ClientCard(name="Second"))
    desk.close()

    class Killed(BaseException):
        """The process ends; nothing after this is run."""

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Path if step == "replace" else backup, step, killed)
        patched.setattr(backup, "remove", lambda _: None)
        with pytest.raises(Killed):
            restore_desk(desk.path, copy, passphrase, AT)
    assert clients(desk.path, passphrase) == ["First", "Second"]
    left = names(tmp_path) - {"home", "backups", desk.path.name, copy.name}
    assert all(each.startswith(f"{desk.path.stem}-replaced-") for each in left)


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, NoRoom), (errno.EROFS, WriteProtected), (errno.EACCES, CannotWrite)],
)  # fmt: skip
def test_a_backup_the_disk_refuses_is_told_of_that_disk_and_not_kept(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type
) -> None:
    target = desk.upkeep.back_up(tmp_path / "stick" / "copy.creditdesk")
    before = target.read_bytes()
    desk.clients.add(ClientCard(name="Second"))

    def refused(_new: Path, _place: Path) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refused)
        with pytest.raises(kind, match="stick"):
            desk.upkeep.back_up(target)
    assert target.read_bytes() == before
    assert [each.name for each in target.parent.iterdir()] == [target.name]


def test_a_backup_goes_through_no_link(desk: Desk, tmp_path: Path) -> None:
    link, aim = tmp_path / "link.creditdesk", tmp_path / "aim"
    aim.write_bytes(b"aim")
    try:
        link.symlink_to(aim)
    except OSError:
        pytest.skip("this system lets nobody make a link")
    with pytest.raises(OutputIsNoFile):
        desk.upkeep.back_up(link)
    assert aim.read_bytes() == b"aim"
