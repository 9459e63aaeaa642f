"""A folder for what is shown and must not outlive the page: plain copies of a desk that may be encrypted."""

import shutil
import weakref
from pathlib import Path
from tempfile import mkdtemp


class OwnFolder:
    """Made with its first file, removed when closed, forgotten or left by the program."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._finish: weakref.finalize[..., OwnFolder] | None = None

    def file(self, name: str) -> Path:
        """Where a file of this name may be written."""
        if self._path is None:
            self._path = Path(mkdtemp(prefix="creditdesk-"))
            # A viewer may still hold a copy; the system then removes the rest later.
            self._finish = weakref.finalize(
                self, shutil.rmtree, self._path, ignore_errors=True
            )
        return self._path / name

    def close(self) -> None:
        """Remove everything."""
        if self._finish is not None:
            self._finish()
        self._path = self._finish = None
