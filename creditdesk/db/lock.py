"""One window a desk: a lock the system itself drops when the program dies."""

import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from creditdesk.db.errors import DeskInUse


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
        file = self._path.open("a+b")
        if not _try_lock(file):
            file.close()
            raise DeskInUse(path=self._desk, **asdict(self._held()))
        # The lock stands on the byte after the text, so that others can read who holds it.
        file.truncate(0)
        file.write(json.dumps(asdict(self._holder)).encode())
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let the next window in."""
        if self._file:
            self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)

    def _held(self) -> Holder:
        try:
            return Holder(**json.loads(self._path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return Holder("?", "?", "?")


def is_here(error: DeskInUse) -> bool:
    """Whether the holder runs on this machine."""
    return error.places["host"] == socket.gethostname()


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
