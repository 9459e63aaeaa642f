"""A folder for what is shown and must not outlive the page: plain copies of a desk that may be encrypted."""

import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeVar

from creditdesk.errors import Cancelled
from creditdesk.jobs import Progress
from creditdesk.private import Room

T = TypeVar("T")


class OwnFolder:
    """Made with its first file, removed when closed, forgotten or left by the program; never under a job's hands."""

    def __init__(self) -> None:
        self._room: Room | None = None
        self._finish: weakref.finalize[..., OwnFolder] | None = None
        self._lock = Lock()
        self._jobs = 0
        self._closed = False

    def file(self, name: str) -> Path:
        """Where a file of this name may be written."""
        if self._room is None:
            self._room = Room()
            self._finish = weakref.finalize(self, self._room.close)
        return self._room.path / name

    def during(self, job: Callable[[Progress], T]) -> Callable[[Progress], T]:
        """The same job, during which the folder stays; cancelled where the folder is closed before it begins."""

        def held(progress: Progress) -> T:
            with self._lock:
                if self._closed:
                    raise Cancelled
                self._jobs += 1
            try:
                return job(progress)
            finally:
                with self._lock:
                    self._jobs -= 1
                    self._remove()

        return held

    def close(self) -> None:
        """Remove everything, once no job writes here any more."""
        with self._lock:
            self._closed = True
            self._remove()

    def _remove(self) -> None:
        if self._closed and not self._jobs and self._finish is not None:
            self._finish()
