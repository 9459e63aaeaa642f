"""Whether a finished file may be sent: its own report, whoever made the file."""

from pathlib import Path

from creditdesk import child
from creditdesk.jobs import Progress
from creditdesk.reports.check_report import CheckReport, NotReadable

_SECONDS = 120
"""So long fifty pages may take."""


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
