"""Locks on small files, which the system itself drops when their holder dies."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

_TRIES = 50
_SLOTS = 1024
"""On Windows a lock that many share is one byte of so many."""
_PLACE = 4096
"""Locked bytes stand behind the text, so that others can read who holds it."""


class LockFile:
    """A lock held by one, or shared by many, on a file that is gone when nobody holds it."""

    def __init__(self, path: Path, *, shared: bool) -> None:
        self.path = path
        self._shared = shared
        self._file: IO[bytes] | None = None

    def take(self) -> IO[bytes] | None:
        """Hold the lock and answer its file; None: somebody else holds it. Raises `OSError`."""
        for _ in range(_TRIES):
            file = self.path.open("a+b")
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
                self.path.unlink()
            return
        # Removed while it is held alone, so that nobody's newer lock is removed.
        if not self._shared or _locked(file, shared=False):
            self.path.unlink(missing_ok=True)
        file.close()

    def _is_current(self, file: IO[bytes]) -> bool:
        if sys.platform == "win32":
            # A file that is open there can't be removed, and some network drives number the same file anew.
            return True
        try:
            return os.path.samestat(os.fstat(file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False


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
