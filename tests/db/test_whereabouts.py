"""A desk on a network drive or in a synced folder: said, and one at a time."""

import sys
from pathlib import Path

import pytest

from creditdesk.cli import root
from creditdesk.db import database, whereabouts
from creditdesk.db.errors import DeskInUse
from creditdesk.db.whereabouts import InSyncedFolder, OnNetworkDrive
from creditdesk.workspace import Desk, DeskLock, create_desk, open_desk

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/firm /mnt/firm nfs4 rw 0 0
//server/share /mnt/our\\040share cifs rw 0 0
me@host: /mnt/firm/away fuse.sshfs rw 0 0
tmpfs /mnt/firm/here tmpfs rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mounts"
    file.write_text(MOUNTS)
    monkeypatch.setattr(whereabouts, "_MOUNTS", file)
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every desk lies on a network drive."""
    kind = [("/", "cifs")]
    monkeypatch.setattr(whereabouts, "_mounts", lambda: kind)
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ("/home/wang/desk.creditdesk", False),
        ("/mnt/firm/desk.creditdesk", True),
        ("/mnt/our share/a/desk.creditdesk", True),
        ("/mnt/firm/away/desk.creditdesk", True),
        ("/mnt/firm/here/desk.creditdesk", False),
        ("/mnt/firms/desk.creditdesk", False),
    ],
)
@pytest.mark.usefixtures("mounts")
def test_a_disk_of_another_machine_is_known(place: str, *, remote: bool) -> None:
    assert whereabouts.is_on_network(Path(place)) is remote


@pytest.mark.parametrize(
    ("place", "program"),
    [
        ("/Users/wang/Library/Mobile Documents/com~apple~CloudDocs/a.creditdesk", "iCloud"),
        ("/Users/wang/Library/CloudStorage/OneDrive-Firm/a.creditdesk", "OneDrive"),
        ("/Users/wang/Library/CloudStorage/Dropbox-Firm/a.creditdesk", "Dropbox"),
        ("/c/Users/wang/OneDrive - 某某代账/案台/a.creditdesk", "OneDrive"),
        ("/c/Users/wang/OneDrive/a.creditdesk", "OneDrive"),
        ("/d/我的坚果云/a.creditdesk", "坚果云"),
        ("/d/Nutstore Files/案台/a.creditdesk", "坚果云"),
        ("/d/Dropbox (Firm)/a.creditdesk", "Dropbox"),
        ("/d/onedrive 的旧备份/a.creditdesk", ""),
        ("/d/OneDrive.creditdesk", ""),
        ("/home/wang/案台/a.creditdesk", ""),
    ],
)  # fmt: skip
def test_a_folder_of_a_sync_program_is_known(place: str, program: str) -> None:
    assert whereabouts.synced_by(Path(place)) == program


def journal(desk: Desk) -> str:
    with desk._database.raw() as connection:
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    return str(mode)


@pytest.mark.usefixtures("network")
def test_a_desk_on_a_network_drive_has_no_log_that_memory_is_shared_for(
    tmp_path: Path,
) -> None:
    path = tmp_path / "desk.creditdesk"
    create_desk(path)
    desk = open_desk(path)
    try:
        assert isinstance(desk.remark, OnNetworkDrive)
        desk.upkeep.set({"firm_name": "某某代账"})
        assert journal(desk) == "delete"
        assert not path.with_name(path.name + "-wal").exists()
        assert not path.with_name(path.name + "-shm").exists()
    finally:
        desk.close()


def test_a_desk_that_was_moved_to_a_network_drive_loses_its_log_when_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.creditdesk"
    create_desk(path)
    desk = open_desk(path)
    desk.upkeep.set({"firm_name": "某某代账"})
    assert journal(desk) == "wal"
    assert desk.remark is None
    desk.close()
    monkeypatch.setattr(database, "is_on_network", lambda _path: True)
    desk = open_desk(path)
    try:
        assert desk.upkeep.settings()["firm_name"] == "某某代账"
        assert journal(desk) == "delete"
    finally:
        desk.close()


@pytest.mark.usefixtures("network")
def test_a_command_is_refused_while_a_window_has_a_desk_on_a_network_drive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "desk.creditdesk"
    create_desk(path)
    words = ["--desk", str(path), "--lang", "en", "client", "list"]
    with DeskLock(path, "王会计", "2026-11-23 08:15"):
        assert root.run(words) != 0
    assert "王会计" in capsys.readouterr().err
    assert root.run(words) == 0
    assert "network drive" in capsys.readouterr().err
    assert not path.with_name(path.name + ".lock").exists()


@pytest.mark.usefixtures("network")
def test_a_command_holds_the_desk_on_a_network_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.creditdesk"
    create_desk(path)
    refused = []

    def asked(_desk: Desk) -> object:
        with pytest.raises(DeskInUse) as error:
            DeskLock(path, "second", "now").take()
        refused.append(error.value)
        return None

    monkeypatch.setattr(Desk, "remark", property(asked))
    root.run(["--desk", str(path), "client", "list"])
    assert len(refused) == 1


def test_a_desk_in_a_synced_folder_is_named_with_its_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "我的坚果云" / "desk.creditdesk"
    create_desk(path)
    desk = open_desk(path)
    try:
        assert isinstance(desk.remark, InSyncedFolder)
        assert journal(desk) == "wal"
    finally:
        desk.close()
    assert root.run(["--desk", str(path), "--lang", "en", "client", "list"]) == 0
    assert "坚果云" in capsys.readouterr().err
