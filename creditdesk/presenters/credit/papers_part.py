"""The papers of a buyer's file, without Qt: what was kept with its entries, opened or saved."""

from pathlib import Path

from creditdesk import outputs
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.opened_as import opened_as
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.presenters.parts.table import Column, Table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.credit import FilePaper
from creditdesk.workspace import Workspace


class PapersPart:
    """The list, the newest first."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._claims = workspace.desk.claims
        self._folder = OwnFolder()
        self.table: Table[FilePaper] = Table(
            _columns(wording), lambda row: row.digest, sort="on", descending=True
        )

    def show(self, papers: tuple[FilePaper, ...]) -> None:
        """What is kept."""
        self.table.show(papers)

    def may_open(self, key: object) -> bool:
        """Whether a viewer may be given it; others are saved."""
        paper = self.table.get(key)
        return paper is not None and opened_as(paper.media, paper.file_name) is not None

    def file_name(self, key: object) -> str:
        """What it is saved as unless the person says otherwise."""
        paper = self.table.get(key)
        return paper.file_name if paper else ""

    def opening(self, key: object) -> Job[Path]:
        """The job: a copy for the system's viewer, gone when the page closes."""
        paper = self.table.get(key)
        assert paper is not None  # noqa: S101 - asked for a row that is there
        name = opened_as(paper.media, paper.file_name)
        assert name is not None  # noqa: S101 - `may_open` was asked before

        def job(_progress: Progress) -> Path:
            copy = self._folder.file(f"{paper.digest[:8]}-{name}")
            outputs.write(copy, self._claims.evidence_content(paper.digest))
            return copy

        return self._folder.during(job)

    def saving(self, key: object, path: Path) -> Job[Path]:
        """The job: write it out as it was kept."""
        content = self._claims.evidence_content

        def job(_progress: Progress) -> Path:
            outputs.write(path, content(str(key)))
            return path

        return job

    def close(self) -> None:
        """Leave no copies behind."""
        self._folder.close()


def _columns(say: Wording) -> list[Column[FilePaper]]:
    return [
        Column(key="on", title=N_("Day"), cell=lambda row: say.day(row.on), order=lambda row: row.on, width=120),
        Column(key="what", title=N_("What it shows"), cell=lambda row: say.message(row.title), order=lambda row: say.message(row.title), width=320),
        Column(key="file", title=N_("File"), cell=lambda row: row.file_name, order=lambda row: row.file_name, stretch=True),
    ]  # fmt: skip
