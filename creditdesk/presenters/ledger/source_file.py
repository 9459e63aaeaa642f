"""The kept file of an import, taken out of the desk to be looked at."""

from pathlib import Path

from creditdesk import outputs
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.services.ledger import BatchId
from creditdesk.workspace import Desk

_OPENED = frozenset(
    {".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".xml", ".pdf"}
)
"""What the system's own program shows without running anything of it."""
_READ_ONLY = 0o400


class SourceFile:
    """A copy that goes with the page, or one where the person wants it."""

    def __init__(self, desk: Desk, batch: BatchId, file_name: str) -> None:
        self._desk = desk
        self._batch = batch
        self.file_name = file_name
        self._folder = OwnFolder()

    @property
    def may_open(self) -> bool:
        """Whether a file of this kind may be handed to the system's program; else it is saved only."""
        return Path(self.file_name).suffix.casefold() in _OPENED

    def opening(self) -> Job[Path]:
        """The work of laying a read-only copy aside. Raises `SourceNotKept`."""

        def job(_progress: Progress) -> Path:
            path = self._folder.file(Path(self.file_name).name)
            if not path.exists():
                outputs.write(path, self._desk.imports.content(self._batch))
                path.chmod(_READ_ONLY)
            return path

        return self._folder.during(job)

    def saving(self, path: Path) -> Job[Path]:
        """The work of saving the file elsewhere, whole or not at all. Raises `SourceNotKept`."""

        def job(_progress: Progress) -> Path:
            outputs.write(path, self._desk.imports.content(self._batch))
            return path

        return job
