"""Who has a desk: one window, any number of commands, or one that replaces the file and wants to be alone.

Both are locks on a small file beside the desk, which the system itself drops when their holder dies.
"""

import json
import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Self

from creditdesk.db.errors import DeskBusy, DeskInUse, DeskUnreachable

WAITED = 10.0
"""Seconds somebody waits for those who use the desk, or for the one who is replacing it."""
_TRIES = 50
_SLOTS = 1024
"""On Windows a lock that many share is one byte of so many."""
_PLACE = 4096
"""Locked bytes stand behind the text, so that others can read who holds it."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the desk open, on which machine, since when (local time)."""

    who: str
    host: str
    since: str


class _LockFile:
    """A lock held by one, or shared by many, on a file that is gone when nobody holds it."""

    def __init__(self, path: Path, *, shared: bool) -> None:
        self._path = path
        self._shared = shared
        self._file: IO[bytes] | None = None

    def take(self) -> IO[bytes] | None:
        """Hold the lock and answer its file; None: somebody else holds it. Raises `OSError`."""
        for _ in range(_TRIES):
            file = self._path.open("a+b")
            if not _locked(file, shared=self._shared):
                file.close()
                return None
            if self._is_current(file):
                self._file = file
                return file
            # Whoever held it let go and removed the file between our opening and locking it.
            file.close()
        return None

    def release(self) -> None:
        """Let others in; the last one removes the file."""
        if self._file is None:
            return
        file, self._file = self._file, None
        if sys.platform == "win32":
            file.close()
            with suppress(OSError):
                self._path.unlink()
            return
        # Removed while it is held alone, so that nobody's newer lock is removed.
        if not self._shared or _locked(file, shared=False):
            self._path.unlink(missing_ok=True)
        file.close()

    def _is_current(self, file: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False


class DeskLock:
    """Held while a window shows the desk. After a crash the next start simply takes it."""

    def __init__(self, desk: Path, who: str, since: str) -> None:
        self._path = desk.with_name(desk.name + ".lock")
        self._desk = desk
        self._holder = Holder(who, socket.gethostname(), since)
        self._lock = _LockFile(self._path, shared=False)

    def take(self) -> None:
        """Hold the lock; raises `DeskInUse` naming the holder."""
        file = _unless_unreachable(self._lock)
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
        left = _LockFile(path, shared=False)
        with suppress(OSError):
            left.take()
            left.release()


class Use:
    """Held by whoever has the desk open, window or command; shared with all others that have it open."""

    def __init__(self, desk: Path) -> None:
        self._lock = _LockFile(_use_file(desk), shared=True)
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

    Raises `DeskBusy` where others have it still after so many seconds, `DeskUnreachable` where its folder refuses.
    """
    lock = _LockFile(_use_file(desk), shared=False)
    try:
        taken = _waited_for(lock, wait)
    except OSError as error:
        raise DeskUnreachable(path=desk, reason=error.strerror) from error
    if not taken:
        raise DeskBusy(path=desk)
    try:
        yield
    finally:
        lock.release()


def _use_file(desk: Path) -> Path:
    return desk.with_name(desk.name + ".use")


def _waited_for(lock: _LockFile, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while lock.take() is None:
        if time.monotonic() >= until:
            return False
        time.sleep(0.02)
    return True


def _unless_unreachable(lock: _LockFile) -> IO[bytes] | None:
    try:
        return lock.take()
    except OSError as error:
        raise DeskUnreachable(path=lock._path, reason=error.strerror) from error  # noqa: SLF001 - a part of this module


def _locked(file: IO[bytes], *, shared: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            file.seek(_PLACE + (secrets.randbelow(_SLOTS) if shared else 0))
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1 if shared else _SLOTS)
            file.seek(0)
        else:
            import fcntl  # noqa: PLC0415 - exists on Unix only

            how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            fcntl.flock(file.fileno(), how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def person() -> str:
    """The name the system knows the person by."""
    try:
        return os.getlogin()
    except OSError:
        return os.environ.get("USER") or os.environ.get("USERNAME") or "?"
