"""Files written for a person: made where only the person can look, checked, and only then put in their place.

A file takes the place of a plain file or of nothing: never of the desk, an input, a link, a folder or a device.
"""

import errno
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from creditdesk import disk, private
from creditdesk.disk import CannotWrite, FolderGone, FolderRefuses
from creditdesk.errors import UserError
from creditdesk.i18n import N_

OWNER_ONLY = 0o600
_BESIDE_A_DESK = ("", "-wal", "-shm", "-journal", ".lock", ".use", ".part")
"""What the names of a desk and of the files that belong to it end in."""
_UNFINISHED = ".creditdesk-part"
_LEFT_BEHIND = 60
"""Seconds after which nobody writes an unfinished file any more."""


class OutputThere(UserError):
    """Nothing is replaced unasked."""

    message = N_(
        "{path} is there already. Add --replace to replace it, or give another name."
    )


class OutputIsDesk(UserError):
    """The file would stand where a desk stands."""

    message = N_(
        "{path} is a desk, or belongs to one. Nothing may take its place: give another name."
    )


class OutputIsInput(UserError):
    """The file would stand where the command reads."""

    message = N_("{path} is what is read here. Give the file to write another name.")


class OutputIsNoFile(UserError):
    """Writing would reach something else than a file of that name."""

    message = N_(
        "{path} is a link, a folder or a device, not a plain file. Give another name."
    )


class DocumentDamaged(UserError):
    """What was written doesn't read back as it should."""

    message = N_(
        "{path} was not written correctly and was thrown away. Check the free space of the disk and try again."
    )


def require_free(
    path: Path, desk: Path, *, replace: bool, reads: Path | None = None
) -> None:
    """Before a command begins: its file may be written; `reads` is the file the command reads.

    Raises what `require_writable` raises, `OutputIsDesk`, `OutputIsInput`, and `OutputThere` without `replace`.
    """
    if belongs_to(path, desk):
        raise OutputIsDesk(path=path)
    if reads is not None and _same(path, reads):
        raise OutputIsInput(path=path)
    require_writable(path)
    if not replace and path.exists():
        raise OutputThere(path=path)


def require_writable(path: Path) -> None:
    """Raise `OutputIsNoFile`, `OutputIsDesk` for a desk that is open, `CannotWrite`, `FolderGone`, `FolderRefuses`."""
    if os.path.lexists(path):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise OutputIsNoFile(path=path)
        if _is_in_use(path):
            raise OutputIsDesk(path=path)
        try:
            path.open("r+b").close()
        except OSError as error:
            raise disk.refusal(error, path) from error
    there = [each for each in path.absolute().parents if os.path.lexists(each)]
    if not there:
        raise FolderGone(folder=path.parent)
    if not there[0].is_dir():
        raise CannotWrite(path=path)
    if not os.access(there[0], os.W_OK | os.X_OK):
        raise FolderRefuses(folder=there[0])


def belongs_to(path: Path, desk: Path) -> bool:
    """Whether it is the desk, or one of the files SQLite and the program keep beside it."""
    return any(_same(path, desk.with_name(desk.name + end)) for end in _BESIDE_A_DESK)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A file to write; it takes the place of `path` when the block ends well, and is gone otherwise.

    Raises what `require_writable` raises, and in words what the disk refuses.
    """
    require_writable(path)
    with private.folder() as folder:
        new = folder / path.name
        try:
            yield new
        except OSError as error:
            raise disk.refusal(error, folder) from error
        _put(new, path)


def write(path: Path, content: bytes) -> None:
    """Write these bytes, whole or not at all; raises what `beside` raises."""
    with beside(path) as new:
        new.write_bytes(content)


def _put(new: Path, path: Path) -> None:
    try:
        _keep(new)
    except OSError as error:
        raise disk.refusal(error, new.parent) from error
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Something else may have got the name while the file was made.
        require_writable(path)
        _move(new, path)
    except OSError as error:
        raise disk.refusal(error, path) from error


def _keep(new: Path) -> None:
    """Nobody else may read it, and what the disk could not take is known now."""
    new.chmod(OWNER_ONLY)
    with new.open("r+b") as file:
        os.fsync(file.fileno())


def _move(new: Path, path: Path) -> None:
    _clear(path.parent)
    try:
        disk.put_in_place(new, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _carry(new, path)


def _carry(new: Path, path: Path) -> None:
    """To another disk a file is copied: beside its place first, so that its name never holds a half of it."""
    part = path.with_name(f".{path.name}{_UNFINISHED}")
    try:
        part.unlink(missing_ok=True)
        part.touch(OWNER_ONLY, exist_ok=False)
        shutil.copyfile(new, part)
        _keep(part)
        disk.put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Remove what a kill left unfinished here."""
    for part in folder.glob(f".*{_UNFINISHED}"):
        if time.time() - part.lstat().st_mtime > _LEFT_BEHIND:
            part.unlink(missing_ok=True)


def _is_in_use(path: Path) -> bool:
    """Whether this is a desk somebody has open, or one of the files beside it."""
    desks = (path.name.removesuffix(end) for end in _BESIDE_A_DESK)
    return any(path.with_name(f"{name}.use").exists() for name in desks if name)


def _same(one: Path, other: Path) -> bool:
    """Whether two names lead to one file; of files that are not there yet the names decide."""
    try:
        return one.samefile(other)
    except OSError:
        # Unlike `Path.resolve` this bears links that lead to one another.
        return os.path.realpath(one).casefold() == os.path.realpath(other).casefold()
