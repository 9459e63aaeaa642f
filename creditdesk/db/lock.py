"""Who has a desk: one window, any number of commands, or one that replaces the file and wants to be alone.

Both are locks on a small file beside the desk, which the system itself drops when their holder dies.
"""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from creditdesk.db.errors import DeskBusy, DeskInUse
from creditdesk.disk import refusal
from creditdesk.locks import LockFile

WAITED = 10.0
"""Seconds somebody waits for those who use the desk, or for the one who is replacing it."""

NOBODY = "?"
"""Who did something where the system knows no name."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the desk open, on which machine, since when (local time)."""

    who: str
    host: str
    since: str


class DeskLock:
    """Held while a window shows the desk. After a crash the next start simply takes it."""

    def __init__(self, desk: Path, who: str, since: str) -> None:
        self._path = desk.with_name(desk.name + ".lock")
        self._desk = desk
        self._holder = Holder(who, socket.gethostname(), since)
        self._lock = LockFile(self._path, shared=False)

    def take(self) -> None:
        """Hold the lock; raises `DeskInUse` naming the holder.

        In a folder that takes no file nobody can write the desk, and nothing is held.
        """
        try:
            file = self._lock.take()
        except OSError as error:
            folder = self._desk.parent
            if folder.is_dir() and not os.access(folder, os.W_OK):
                return
            raise refusal(error, self._path) from error
        if file is None:
            raise DeskInUse(path=self._desk, **asdict(self._held()))
        file.truncate(0)
        file.write(json.dumps(asdict(self._holder)).encode())
        file.flush()

    def release(self) -> None:
        """Let the next window in."""
        self._lock.release()

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()

    def _held(self) -> Holder:
        try:
            return Holder(**json.loads(self._path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return Holder("?", "?", "?")


def clear_lock(desk: Path) -> None:
    """Remove the lock file of a window that was killed; one that is held stays."""
    path = desk.with_name(desk.name + ".lock")
    if path.exists():
        left = LockFile(path, shared=False)
        with suppress(OSError):
            left.take()
            left.release()


class Use:
    """Held by whoever has the desk open, window or command; shared with all others that have it open."""

    def __init__(self, desk: Path) -> None:
        self._lock = LockFile(_use_file(desk), shared=True)
        self._desk = desk

    def take(self) -> None:
        """Begin to use the desk; raises `DeskBusy` while its file is being replaced.

        Where no file can be made beside the desk nobody can replace it either, and nothing is held.
        """
        try:
            if not _waited_for(self._lock, WAITED):
                raise DeskBusy(path=self._desk)
        except OSError:
            return

    def release(self) -> None:
        """The desk is closed."""
        self._lock.release()


@contextmanager
def alone(desk: Path, wait: float = WAITED) -> Iterator[None]:
    """Nobody has the desk open, and nobody can open it: what its file is replaced under.

    Raises `DeskBusy` where others have it still after so many seconds, and in words what its folder refuses.
    """
    lock = LockFile(_use_file(desk), shared=False)
    try:
        taken = _waited_for(lock, wait)
    except OSError as error:
        raise refusal(error, desk) from error
    if not taken:
        raise DeskBusy(path=desk)
    try:
        yield
    finally:
        lock.release()


def _use_file(desk: Path) -> Path:
    return desk.with_name(desk.name + ".use")


def _waited_for(lock: LockFile, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while lock.take() is None:
        if time.monotonic() >= until:
            return False
        time.sleep(0.02)  # no system tells when another process lets a file go
    return True


def person() -> str:
    """The name the system knows the person by; `NOBODY` where it knows none."""
    try:
        return os.getlogin()
    except OSError:
        return os.environ.get("USER") or os.environ.get("USERNAME") or NOBODY
