"""The work of reading an import's kept file once more and holding it against the desk."""

from dataclasses import dataclass
from pathlib import Path

from creditdesk import outputs, private
from creditdesk.intake import again
from creditdesk.intake.again import AsThen, ReadAgain
from creditdesk.intake.taking_in import owner_of, told_before
from creditdesk.jobs import Progress
from creditdesk.services.ledger import BatchId
from creditdesk.services.ledger.import_values import Comparison
from creditdesk.workspace import Desk


@dataclass(frozen=True, slots=True)
class ComparedAgain:
    """What the file says, and how that stands in the desk now."""

    read: ReadAgain
    comparison: Comparison


def read_again(
    desk: Desk, batch: BatchId, progress: Progress, *, password: str | None = None
) -> ReadAgain:
    """The kept file, read as it was read then. Raises `SourceNotKept` and what stands against reading it."""
    file = desk.imports.file(batch)
    content = desk.imports.content(batch)
    client = next(line for line in desk.clients.all() if line.id == file.line.client_id)
    then = AsThen(
        kind=file.line.kind,
        sheet=file.line.sheet,
        columns=dict(file.columns),
        as_of=file.as_of,
        profiles=told_before(desk.ledger, client.id).profiles,
    )
    owner = owner_of(client, desk.ledger)
    # The desk may be encrypted: its bytes lie outside only while they are read.
    with private.folder() as folder:
        path = folder / Path(file.line.file_name).name
        outputs.write(path, content)
        return again.read(path, then, owner, progress, password=password)


def compare_again(
    desk: Desk, batch: BatchId, progress: Progress, *, password: str | None = None
) -> ComparedAgain:
    """The kept file held against the desk as it is now; nothing is written."""
    found = read_again(desk, batch, progress, password=password)
    return ComparedAgain(found, desk.imports.compare(batch, found.draft, progress))
