"""A file that proves what is being typed: read as soon as it is chosen, kept with the entry."""

from pathlib import Path

from creditdesk.domain.base.evidence import InspectedEvidence
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.attaching import take
from creditdesk.workspace import Desk


class PaperBeingRead(UserError):
    """The entry is kept before its paper was read."""

    message = N_("{name} is still being read. Keep the entry in a moment.")


class HeldPaper:
    """At most one file; None: the entry is kept without a paper."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._path: Path | None = None
        self._taken: tuple[InspectedEvidence, bytes] | None = None

    def choose(self, path: Path | None) -> None:
        """Hold a file, or none any more."""
        self._path, self._taken = path, None

    def reading(self) -> Job[None]:
        """The job: read the chosen file. Raises a `UserError` for one that can't be kept."""
        path = self._path
        most = self._desk.upkeep.threshold("evidence_mb")

        def job(progress: Progress) -> None:
            if path is None:
                return
            taken = take(path, progress, megabytes=most)
            if path == self._path:
                self._taken = taken

        return job

    @property
    def looked(self) -> InspectedEvidence | None:
        """What is known of the file, once it was read."""
        return self._taken[0] if self._taken else None

    def keep(self, client: int) -> int | None:
        """Its document, as part of the write that keeps the entry. Raises `PaperBeingRead`."""
        if self._path is None:
            return None
        if self._taken is None:
            raise PaperBeingRead(name=self._path.name)
        return self._desk.watch.keep_paper(client, *self._taken)
