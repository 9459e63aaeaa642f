"""One window a desk: a lock the system itself drops when the program dies."""

import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Self

from creditdesk.db.errors import DeskInUse, DeskUnreachable


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
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Hold the lock; raises `DeskInUse` naming the holder."""
        file = self._opened()
        while not self._is_current(file):
            # Whoever held it let go and removed the file between our opening and locking it.
            file.close()
            file = self._opened()
        # The lock stands on the byte after the text, so that others can read who holds it.
        file.truncate(0)
        file.write(json.dumps(asdict(self._holder)).encode())
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let the next window in."""
        if self._file is None:
            return
        if sys.platform == "win32":
            self._file.close()
            with suppress(OSError):
                self._path.unlink()
        else:
            # Removed while it is held, so that nobody's newer lock is removed.
            self._path.unlink(missing_ok=True)
            self._file.close()
        self._file = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()

    def _opened(self) -> IO[bytes]:
        try:
            file = self._path.open("a+b")
        except OSError as error:
            raise DeskUnreachable(path=self._path, reason=error.strerror) from error
        if not _try_lock(file):
            file.close()
            raise DeskInUse(path=self._desk, **asdict(self._held()))
        return file

    def _is_current(self, file: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False

    def _held(self) -> Holder:
        try:
            return Holder(**json.loads(self._path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return Holder("?", "?", "?")


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            file.seek(4096)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl  # noqa: PLC0415 - exists on Unix only

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def person() -> str:
    """The name the system knows the person by."""
    try:
        return os.getlogin()
    except OSError:
        return os.environ.get("USER") or os.environ.get("USERNAME") or "?"
