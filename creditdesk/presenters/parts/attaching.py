"""Taking a file from the person's disk: looked at, then read, and a refusal of the system said in words."""

from pathlib import Path

from creditdesk.domain.base.evidence import InspectedEvidence
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files import evidence
from creditdesk.jobs import Progress


class FileNotReadable(UserError):
    """The system doesn't give the file."""

    message = N_("{name} can't be read. Close the program that has it open, or copy it to this computer first.")  # fmt: skip


def take(
    path: Path, progress: Progress, *, megabytes: int
) -> tuple[InspectedEvidence, bytes]:
    """What is known of the file, and its bytes.

    Raises a `UserError` for one that is missing, locked or above so many megabytes.
    """
    try:
        looked = evidence.inspect(path, progress, most=megabytes * 1024 * 1024)
        return looked, path.read_bytes()
    except OSError as error:
        raise FileNotReadable(name=path.name) from error
