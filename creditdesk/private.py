"""Rooms for plain copies that are needed for a moment, in the one folder only this person can look into.

Each is held by a lock the system drops when its process dies, so that the next start knows which ones a kill left.
"""

import secrets
import shutil
import stat
import tempfile  # noqa: TID251 - told here where it is to lie
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from creditdesk import paths
from creditdesk.disk import FULL, refusal
from creditdesk.locks import LockFile

_HELD = ".held"


class Room:
    """A folder of one's own, until it is closed. Raises in words what the disk refuses."""

    def __init__(self) -> None:
        folder = paths.private_folder()
        self.path = folder / secrets.token_hex(8)
        self._lock = _lock_of(self.path)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.take()
            self.path.mkdir(mode=0o700)
        except OSError as error:
            self._lock.release()
            raise refusal(error, self.path) from error

    def close(self) -> None:
        """Remove it; what a viewer still holds open goes at the next start."""
        _remove(self.path)
        self._lock.release()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone when the block ends; raises `NoRoom` where its disk is full."""
    room = Room()
    try:
        yield room.path
    except OSError as error:
        if error.errno in FULL:
            raise refusal(error, room.path) from error
        raise
    finally:
        room.close()


@contextmanager
def temporary_files() -> Iterator[None]:
    """Meanwhile what libraries put into temporary files lies in a room. For a process that does one thing at a time."""
    before = tempfile.tempdir
    with folder() as room:
        tempfile.tempdir = str(room)
        try:
            yield
        finally:
            tempfile.tempdir = before


def clear() -> None:
    """Remove what killed programs left; rooms of those that run stay. A folder that can't be reached is no matter."""
    with suppress(OSError):
        for name in {each.with_suffix("") for each in paths.private_folder().iterdir()}:
            lock = _lock_of(name)
            if lock.take():
                _remove(name)
                lock.release()


def _remove(room: Path) -> None:
    with suppress(OSError):
        for copy in room.iterdir():
            # On Windows what is read-only can't be removed.
            copy.chmod(stat.S_IRWXU)
    shutil.rmtree(room, ignore_errors=True)


def _lock_of(room: Path) -> LockFile:
    return LockFile(room.with_name(room.name + _HELD), shared=False)
