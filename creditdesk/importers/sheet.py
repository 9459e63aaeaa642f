"""Opens a foreign table, whatever its kind, in a child process that can be ended."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from creditdesk import child
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers import encoding as encodings
from creditdesk.importers import textfile, workbook
from creditdesk.importers.cells import Sheet
from creditdesk.jobs import Progress

T = TypeVar("T")
_LARGEST = 200 * 1024 * 1024
# A hostile file is small; a large ledger may take its time.
_SECONDS, _SMALL_MEGABYTES, _SECONDS_PER_MEGABYTE = 8.0, 5, 1.5


class FileMissing(UserError):
    """There is no such file."""

    message = N_("There is no file {name}. Check the name and the folder.")


class FileTooLarge(UserError):
    """Larger than any ledger."""

    message = N_(
        "{name} is larger than {megabytes} MB. Save only the sheet with the invoices to a file of its own."
    )


class FileEmpty(UserError):
    """Nothing in it."""

    message = N_("{name} is empty. Export the ledger again.")


class KindRefused(UserError):
    """A file of a kind that holds no table the program reads."""

    message = N_(
        "{name} is neither a workbook nor a text table. "
        "Open it in the program it comes from and save it as .xlsx or .csv."
    )


def open_sheet(
    path: Path,
    progress: Progress,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    password: str | None = None,
) -> Sheet:
    """The named sheet, or the first visible one that looks like a table.

    `encoding` overrides the guess for text files. Raises `UserError`s that say what is wrong with the file.
    """
    return in_child(read, path, sheet, encoding, password, progress=progress)


def in_child(
    reader: Callable[..., T], path: Path, *arguments: object, progress: Progress
) -> T:
    """What `reader(path, *arguments)` gives, in a child process that has the time a file of this size may take."""
    if not path.is_file():
        raise FileMissing(name=path.name)
    size = path.stat().st_size
    if size > _LARGEST:
        raise FileTooLarge(name=path.name, megabytes=_LARGEST // 1024 // 1024)
    return child.run(
        reader,
        path,
        *arguments,
        name=path.name,
        progress=progress,
        seconds=_allowed_seconds(size),
    )


def _allowed_seconds(size: int) -> float:
    megabytes = size / 1024 / 1024
    return _SECONDS + _SECONDS_PER_MEGABYTE * max(0.0, megabytes - _SMALL_MEGABYTES)


def read(
    path: Path, sheet: str | None, encoding: str | None, password: str | None
) -> Sheet:
    """The sheet, read here and now: what runs in the child."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if not content.strip(b"\0 \r\n\t"):
        raise FileEmpty(name=path.name)
    if workbook.is_workbook(content):
        return workbook.read(path.name, digest, content, sheet, password)
    if not encodings.is_text(content):
        raise KindRefused(name=path.name)
    return textfile.read(path.name, digest, content, encoding)
