"""One window a desk: the second is told who and since when; a dead one is no obstacle."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest

from creditdesk import locks
from creditdesk.db import lock
from creditdesk.db.errors import DeskBusy, DeskInUse
from creditdesk.db.lock import Use, alone
from creditdesk.disk import CannotWrite, FolderGone
from creditdesk.workspace import DeskLock

HOLD = """
import sys, time
from pathlib import Path
from typing import IO
from creditdesk.workspace import DeskLock
lock = DeskLock(Path(sys.argv[1]), "王会计", "2026-11-23 08:15")
lock.take()
print("held", flush=True)
time.sleep(20)
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return tmp_path / "账.creditdesk"


def test_the_second_window_is_told_who_has_the_desk_and_since_when(desk: Path) -> None:
    held = DeskLock(desk, "王会计", "2026-11-23 08:15")
    with held, pytest.raises(DeskInUse) as caught:
        DeskLock(desk, "other", "now").take()
    assert caught.value.places == {
        "path": desk,
        "who": "王会计",
        "since": "2026-11-23 08:15",
        "host": socket.gethostname(),
    }


def test_the_lock_leaves_nothing_behind(desk: Path) -> None:
    for _ in range(3):
        lock = DeskLock(desk, "a", "now")
        lock.take()
        lock.release()
        lock.release()
    assert list(desk.parent.iterdir()) == []


def test_a_lock_file_that_is_not_held_is_simply_taken(desk: Path) -> None:
    desk.with_name(desk.name + ".lock").write_text("{half", encoding="utf-8")
    with DeskLock(desk, "a", "now"):
        pass


def test_a_lock_removed_between_opening_and_locking_is_not_mistaken_for_one(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = DeskLock(desk, "first", "now")
    first.take()
    locked = locks._locked
    calls: list[object] = []

    def raced(file: IO[bytes], *, shared: bool) -> bool:
        calls.append(file)
        if len(calls) == 1:
            first.release()
        return locked(file, shared=shared)

    second = DeskLock(desk, "second", "now")
    with monkeypatch.context() as patched:
        patched.setattr(locks, "_locked", raced)
        second.take()
    assert len(calls) == 2
    with pytest.raises(DeskInUse):
        DeskLock(desk, "third", "now").take()
    second.release()


def test_a_folder_that_takes_no_lock_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(FolderGone, match="nowhere"):
        DeskLock(tmp_path / "nowhere" / "desk.creditdesk", "a", "now").take()


def test_a_folder_one_may_only_read_needs_no_lock(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(locks.LockFile, "take", refused)
    with pytest.raises(CannotWrite):
        DeskLock(desk, "a", "now").take()
    monkeypatch.setattr(os, "access", lambda *_given: False)
    with DeskLock(desk, "a", "now"):
        assert not desk.with_name(f"{desk.name}.lock").exists()


@pytest.mark.slow
def test_the_lock_of_a_killed_program_is_simply_taken(desk: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", HOLD, str(desk)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(DeskInUse, match="王会计"):
            DeskLock(desk, "me", "now").take()
        other.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        other.wait()
    with DeskLock(desk, "me", "now"):
        pass


def test_many_use_a_desk_and_nobody_replaces_it_meanwhile(desk: Path) -> None:
    uses = [Use(desk) for _ in range(3)]
    for each in uses:
        each.take()
    with pytest.raises(DeskBusy), alone(desk, wait=0):
        pass
    for each in uses[:2]:
        each.release()
    with pytest.raises(DeskBusy), alone(desk, wait=0):
        pass
    uses[2].release()
    assert list(desk.parent.iterdir()) == []
    with alone(desk, wait=0):
        pass
    assert list(desk.parent.iterdir()) == []


def test_who_comes_while_a_desk_is_replaced_waits_for_it(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "WAITED", 0)
    with alone(desk), pytest.raises(DeskBusy):
        Use(desk).take()
    late = Use(desk)
    with ThreadPoolExecutor() as others:
        monkeypatch.setattr(lock, "WAITED", 60)
        with alone(desk):
            waiting = others.submit(late.take)
            time.sleep(0.1)
            assert not waiting.done()
        waiting.result(timeout=60)
    late.release()
    assert list(desk.parent.iterdir()) == []
