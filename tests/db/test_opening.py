"""Opening a desk file: what stands against it is said, and nothing is changed by trying."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlite

from creditdesk.db import connection as opening
from creditdesk.db import database, migrate
from creditdesk.db.errors import (
    DeskDamaged,
    DeskExists,
    DeskFromNewerVersion,
    DeskMissing,
    DeskReadOnly,
    DeskShut,
    DeskUnreachable,
    NotADesk,
    PassphraseNeeded,
    PassphraseNotNeeded,
    PassphraseWrong,
)
from creditdesk.db.refusals import in_words
from creditdesk.db.sealing import is_plain, is_protected
from creditdesk.disk import CannotWrite, NoRoom, place
from creditdesk.errors import UserError
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import create_desk, open_desk

Files = Any  # the fixture of conftest, which tests can't import
SECRET = "账房 secret' --"  # noqa: S105 - quotes and comments must not break the key
PAGE = 4096


def refused(path: Path, passphrase: str = "") -> UserError:
    """Why it does not open; the file is as it was."""
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        open_desk(path, passphrase)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    return caught.value


@pytest.mark.parametrize("passphrase", ["", SECRET])
def test_a_new_desk_is_one_file_that_opens_sound_and_empty(
    files: Files, passphrase: str
) -> None:
    path = files.folder / "desk.creditdesk"
    create_desk(path, passphrase)
    assert [each.name for each in files.folder.iterdir()] == [path.name]
    assert not is_plain(path)
    assert is_protected(path) is bool(passphrase)
    desk = open_desk(path, passphrase)
    assert desk.upkeep.check().problems == ()
    assert desk.upkeep.info().encrypted is bool(passphrase)
    assert desk.clients.all() == ()
    desk.close()


def test_an_encrypted_desk_holds_no_readable_name(files: Files) -> None:
    path = files.made(passphrase=SECRET)
    desk = open_desk(path, SECRET)
    desk.clients.add(ClientCard(name="Readable Trading Ltd"))
    desk.close()
    assert b"Readable Trading" not in path.read_bytes()
    again = open_desk(path, SECRET)
    assert [line.name for line in again.clients.all()] == ["Readable Trading Ltd"]
    again.close()


def test_making_a_desk_never_overwrites_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(b"a year's work")
    with pytest.raises(DeskExists):
        create_desk(path)
    assert path.read_bytes() == b"a year's work"


def test_a_desk_can_be_made_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    create_desk(tmp_path / "客户" / "二〇二六" / "desk.creditdesk")
    open_desk(tmp_path / "客户" / "二〇二六" / "desk.creditdesk").close()


def test_a_desk_can_t_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(CannotWrite):
        create_desk(tmp_path / "file" / "desk.creditdesk")


def test_half_a_desk_left_by_a_crash_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "desk.creditdesk.part").write_bytes(b"half")
    create_desk(tmp_path / "desk.creditdesk")
    assert [each.name for each in tmp_path.iterdir()] == ["desk.creditdesk"]


def test_a_wrong_passphrase_names_both_possibilities(files: Files) -> None:
    path = files.made(passphrase=SECRET)
    error = refused(path, "wrong")
    assert isinstance(error, PassphraseWrong)
    assert "passphrase is wrong, or the file is damaged" in str(error)


def test_a_protected_desk_asks_for_its_passphrase(files: Files) -> None:
    assert isinstance(refused(files.made(passphrase=SECRET)), PassphraseNeeded)


def test_a_plain_desk_given_a_passphrase_says_that_it_has_none(files: Files) -> None:
    error = refused(files.made(), "anything")
    assert isinstance(error, PassphraseNotNeeded)
    assert "not protected" in str(error)


def test_a_missing_desk_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(DeskMissing):
        open_desk(tmp_path / "nothing.creditdesk")
    with pytest.raises(DeskMissing):
        open_desk(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"x", id="one byte"),
        pytest.param(b"PK\x03\x04" + bytes(6000), id="a workbook"),
        pytest.param("买方,金额\n".encode() * 500, id="text"),
    ],
)
def test_a_file_of_another_kind_is_named_so(files: Files, content: bytes) -> None:
    path = files.folder / "x.creditdesk"
    path.write_bytes(content)
    assert isinstance(refused(path), NotADesk)


def test_a_database_of_another_program_is_no_desk(files: Files) -> None:
    path = files.folder / "x.creditdesk"
    path.touch()
    files.run(path, "CREATE TABLE bookmarks (url TEXT)")
    assert isinstance(refused(path), NotADesk)


@pytest.mark.parametrize("passphrase", ["", SECRET])
@pytest.mark.parametrize("kept", [0.02, 0.5, 0.9])
def test_a_desk_that_was_cut_off_is_damaged_in_words(
    files: Files, passphrase: str, kept: float
) -> None:
    path = files.made(passphrase=passphrase)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert isinstance(refused(path, passphrase), DeskDamaged)


@pytest.mark.parametrize("passphrase", ["", SECRET])
def test_garbage_in_the_middle_is_damage_in_words(
    files: Files, passphrase: str
) -> None:
    path = files.made(passphrase=passphrase)
    whole = bytearray(path.read_bytes())
    whole[PAGE : len(whole) // 2] = os.urandom(len(whole) // 2 - PAGE)
    path.write_bytes(whole)
    assert isinstance(refused(path, passphrase), DeskDamaged)


def test_a_head_before_garbage_looks_like_a_passphrase_and_both_are_said(
    files: Files,
) -> None:
    path = files.made()
    whole = path.read_bytes()
    path.write_bytes(whole[:16] + os.urandom(len(whole) - 16))
    error = refused(path)
    assert isinstance(error, PassphraseNeeded)
    assert "damaged at its beginning looks the same" in str(error)


def test_a_first_page_of_garbage_is_damage_and_not_a_passphrase(files: Files) -> None:
    path = files.made()
    whole = path.read_bytes()
    path.write_bytes(whole[:16] + os.urandom(PAGE - 16) + whole[PAGE:])
    assert isinstance(refused(path), DeskDamaged)


def test_damage_that_opening_does_not_meet_is_found_by_the_check(files: Files) -> None:
    path = files.made()
    open_desk(path).close()  # the first opening writes the id of the desk
    ((page,),) = files.asked(
        path, "SELECT rootpage FROM sqlite_master WHERE name = 'journal_entry'"
    )
    whole = bytearray(path.read_bytes())
    whole[PAGE * (page - 1) : PAGE * page] = os.urandom(PAGE)
    path.write_bytes(whole)
    desk = open_desk(path)
    said = desk.upkeep.check()
    desk.close()
    assert not said.ok
    assert all("damaged" in each.text for each in said.problems)


@pytest.mark.parametrize("passphrase", ["", SECRET])
def test_a_desk_of_a_newer_version_is_refused_by_name(
    files: Files, passphrase: str
) -> None:
    path = files.made(passphrase=passphrase)
    files.run(
        path, "UPDATE alembic_version SET version_num = '9999'", passphrase=passphrase
    )
    error = refused(path, passphrase)
    assert isinstance(error, DeskFromNewerVersion)
    assert "9999" in str(error)


def test_a_desk_that_may_not_be_written_says_so(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.made()
    desk = open_desk(path)
    connect = desk._database._connect

    def read_only() -> object:
        connection = connect()
        connection.execute("PRAGMA query_only = ON")
        return connection

    desk.close()
    monkeypatch.setattr(
        "creditdesk.db.database.Database._connect", lambda _: read_only()
    )
    shut = open_desk(path)
    with pytest.raises(DeskReadOnly):
        shut.clients.add(ClientCard(name="A"))
    shut.close()


def test_a_desk_in_a_folder_that_takes_nothing_is_read_and_not_written(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.made()
    desk = open_desk(path)
    desk.clients.add(ClientCard(name="A"))
    desk.close()
    before = path.read_bytes()
    monkeypatch.setattr(migrate, "may_write", lambda _: False)
    shut = open_desk(path)
    assert [line.name for line in shut.clients.all()] == ["A"]
    assert shut.move_to(date(2030, 1, 1)) == 0
    with pytest.raises(DeskReadOnly):
        shut.clients.add(ClientCard(name="B"))
    shut.close()
    assert path.read_bytes() == before


def test_a_damaged_desk_is_read_and_not_written(files: Files) -> None:
    path = files.made()
    desk = open_desk(path)
    desk.clients.add(ClientCard(name="A"))
    assert not desk.is_damaged()
    desk.close()
    ((page,),) = files.asked(path, "SELECT rootpage FROM sqlite_master WHERE name = 'invoice'")  # fmt: skip
    whole = bytearray(path.read_bytes())
    whole[PAGE * (page - 1) + 99] ^= 1
    path.write_bytes(whole)
    desk = open_desk(path)
    assert desk.is_damaged()
    desk.close()
    shut = open_desk(path, damaged=True)
    assert [line.name for line in shut.clients.all()] == ["A"]
    with pytest.raises(DeskShut, match="Restore the newest good backup"):
        shut.clients.add(ClientCard(name="B"))
    shut.close()
    assert path.read_bytes() == bytes(whole)
    # Nobody has to remember to look: the first write does.
    unseen = open_desk(path)
    with pytest.raises(DeskShut, match="Restore the newest good backup"):
        unseen.clients.add(ClientCard(name="B"))
    assert [line.name for line in unseen.clients.all()] == ["A"]
    unseen.close()
    assert path.read_bytes() == bytes(whole)


@pytest.mark.parametrize("said", ["disk I/O error", "unable to open database file"])
def test_a_desk_on_a_full_disk_is_read_and_the_disk_is_named(
    files: Files, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.made()
    desk = open_desk(path)
    desk.clients.add(ClientCard(name="A"))
    desk.close()
    before = path.read_bytes()
    connect = opening.connect

    def full(path: Path, passphrase: str, *, untouched: bool = False) -> Any:  # noqa: ANN401 - sqlcipher3 has no types
        if not untouched:
            with in_words(path):
                raise sqlite.OperationalError(said)
        return connect(path, passphrase, untouched=untouched)

    monkeypatch.setattr(database, "connect", full)
    with pytest.raises(DeskUnreachable):
        open_desk(path)
    monkeypatch.setattr("creditdesk.db.refusals.is_full", lambda _: True)
    shut = open_desk(path)
    assert [line.name for line in shut.clients.all()] == ["A"]
    with pytest.raises(NoRoom, match=f"left on {place(path)}"):
        shut.clients.add(ClientCard(name="B"))
    shut.close()
    assert path.read_bytes() == before
