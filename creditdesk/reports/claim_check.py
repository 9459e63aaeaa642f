"""Whether a finished file may be sent: its own report, whoever made the file."""

from dataclasses import dataclass
from pathlib import Path

from creditdesk import child
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress

_SECONDS = 120
"""So long fifty pages may take."""


class NotReadable(UserError):
    """Not a PDF a check could begin with."""

    message = N_(
        "{name} can't be checked: it is no PDF, damaged beyond repair, or protected by a password."
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, or worth knowing. `page` None: of the file as a whole."""

    page: int | None
    what: Message


@dataclass(frozen=True, slots=True)
class CheckReport:
    """`problems` must be mended before the file is sent; `notes` are for whoever wants to know."""

    pages: int
    problems: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Nothing must be mended."""
        return not self.problems


def examine(path: Path, progress: Progress) -> CheckReport:
    """Look at the whole file. Raises `NotReadable`."""
    try:
        return child.run(
            _check, path, path.name, name=path.name, progress=progress, seconds=_SECONDS
        )
    except child.FileUnreadable as error:
        raise NotReadable(name=path.name) from error


def _check(path: Path, name: str) -> CheckReport:
    # The readers are heavy and read foreign files: only the child loads them.
    from creditdesk.reports.validating import check  # noqa: PLC0415 - see above

    return check(path, name)
