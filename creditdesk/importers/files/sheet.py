"""Opens a foreign table, whatever its kind, in a child process that can be ended."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from creditdesk import child, paths
from creditdesk.disk import why
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files import encoding as encodings
from creditdesk.importers.files import sheetxml, textfile, webpage, workbook
from creditdesk.importers.files.cells import Sheet, must_be_a_table
from creditdesk.jobs import Progress

T = TypeVar("T")
_LARGEST = 200 * 1024 * 1024
# A hostile file is small; a large ledger may take its time and its room.
_SMALL_MEGABYTES = 5
_SECONDS, _SECONDS_PER_MEGABYTE = 8.0, 1.5
_MEGABYTES, _MEGABYTES_PER_MEGABYTE = 500, 60


class FileMissing(UserError):
    """There is no such file."""

    message = N_("There is no file {name}. Check the name and the folder.")


class FileGone(UserError):
    """It was there and is no more."""

    message = N_(
        "{name} vanished while it was being read. Bring the file back and try again."
    )


class FileChanging(UserError):
    """Somebody wrote to it meanwhile."""

    message = N_(
        "{name} changed while it was being read. Wait until the other program has saved it and try again."
    )


class FileClosed(UserError):
    """The system doesn't let the program read it."""

    message = N_(
        "{name} can't be opened: {reason}. Close it in the other program, or copy it to this computer and try the copy."
    )


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


def in_child(
    reader: Callable[..., T], path: Path, *arguments: object, progress: Progress
) -> T:
    """What `reader(path, *arguments)` gives, in a child process with the time and memory a file of this size may take.

    The child alone touches the file: a drive that hangs keeps nobody from cancelling. Raises `UserError`s that say what
    is wrong with the file, also when it changes or vanishes while it is read.
    """
    found = child.run(
        _watched,
        reader,
        path,
        arguments,
        name=path.name,
        progress=progress,
        seconds=_SECONDS,
        megabytes=_MEGABYTES,
    )
    return cast("T", found)  # a reader handed on loses its type


def _watched(reader: Callable[..., T], path: Path, arguments: tuple[object, ...]) -> T:
    """What the reader gives of a file that stays as it is meanwhile."""
    before = None
    try:
        before = _stamp(path)
        if before is None:
            raise FileMissing(name=path.name)
        _allow(path.name, before.size)
        found = reader(path, *arguments)
        _must_be(before, path)
        if isinstance(found, Sheet):
            must_be_a_table(found)
    except FileNotFoundError as error:
        raise FileGone(name=path.name) from error
    except OSError as error:
        raise FileClosed(name=path.name, reason=why(error)) from error
    except UserError:
        # Half a file is refused for whatever is missing in it.
        if before is not None:
            _must_be(before, path)
        raise
    return found


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What tells whether a file was written meanwhile."""

    size: int
    changed: int


def _must_be(before: _Stamp, path: Path) -> None:
    """Raise `FileGone` and `FileChanging` when it is not as it was."""
    now = _stamp(path)
    if now is None:
        raise FileGone(name=path.name)
    if now != before:
        raise FileChanging(name=path.name)


def _stamp(path: Path) -> _Stamp | None:
    """None: there is no such file."""
    if not path.is_file():
        return None
    known = path.stat()
    return _Stamp(known.st_size, known.st_mtime_ns)


def _allow(name: str, size: int) -> None:
    if size > _LARGEST:
        raise FileTooLarge(name=name, megabytes=_LARGEST // 1024 // 1024)
    more = max(0.0, size / 1024 / 1024 - _SMALL_MEGABYTES)
    child.allow(
        _SECONDS + _SECONDS_PER_MEGABYTE * more,
        _MEGABYTES + int(_MEGABYTES_PER_MEGABYTE * more),
    )


def read(
    path: Path, sheet: str | None, encoding: str | None, password: str | None
) -> Sheet:
    """The named sheet, or the first visible one that looks like a table, read here and now: what runs in the child.

    `encoding` overrides the guess for text files. Raises `UserError`s that say what is wrong with the file.
    """
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if not content.strip(b"\0 \r\n\t"):
        raise FileEmpty(name=path.name)
    if workbook.is_workbook(content):
        return workbook.read(paths.named(path), digest, content, sheet, password)
    if sheetxml.is_sheet_xml(content):
        return sheetxml.read(paths.named(path), digest, content, sheet, encoding)
    if webpage.is_page(content):
        return webpage.read(paths.named(path), digest, content, encoding)
    text = encodings.is_text(content)
    if workbook.is_named_so(path.name) and not (
        text and encodings.is_plain_text(content)
    ):
        raise workbook.WorkbookDamaged(name=path.name)
    if not text:
        raise KindRefused(name=path.name)
    return textfile.read(paths.named(path), digest, content, encoding)
