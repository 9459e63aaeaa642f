"""What a disk, a folder or a file refuses, in words that name the right one of them."""

import errno
import shutil
import sys
import time
from pathlib import Path

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message


class DiskRefuses(UserError):
    """What a disk, a folder or a file refuses."""


class NoRoom(DiskRefuses):
    """The disk, or the person's share of it, is full."""

    message = N_(
        "There is no room left on {place}. What was being written is not kept. Free some space there and try again."
    )


class WriteProtected(DiskRefuses):
    """The disk is mounted for reading only."""

    message = N_(
        "The disk of {place} is write-protected. Choose a folder on another disk."
    )


class FolderGone(DiskRefuses):
    """The folder, or the disk it was on, is not there."""

    message = N_(
        "The folder {folder} is not there. Connect its disk, or choose another folder."
    )


class FolderRefuses(DiskRefuses):
    """The person may not write there."""

    message = N_("You may not write to the folder {folder}. Choose another folder.")


class CannotWrite(DiskRefuses):
    """The file itself refuses: another program has it, or it is write-protected."""

    message = N_(
        "{path} can't be written. Close the program that has it open, or choose another folder."
    )


class SystemRefused(DiskRefuses):
    """Anything else the system refuses."""

    message = N_(
        "The system refused {path}: {reason}. Choose another file or folder, or free some space."
    )


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No room: on the disk, of the person's share, or for a file of this size."""
_LEAST = 65_536
"""Bytes."""
_BUSY = frozenset({errno.EBUSY, errno.ETXTBSY})
_HELD = _BUSY | ({errno.EACCES, errno.EPERM} if sys.platform == "win32" else set())
"""What passes when another program lets go of a file; on Windows a file in use says that nobody may touch it."""
_PATIENCE, _PAUSE = 2.0, 0.05
"""Seconds: how long a scanner or a sync program may hold a file, and between two tries."""
_REFUSED = _BUSY | {
    errno.EACCES,
    errno.EPERM,
    errno.EISDIR,
    errno.ENOTDIR,
    errno.EEXIST,
}
_WHY = (
    (FULL, N_("there is no room left")),
    ({errno.EROFS}, N_("it is write-protected")),
    ({errno.EACCES, errno.EPERM}, N_("you may not")),
    ({errno.ENOENT}, N_("it is not there")),
    ({errno.EISDIR}, N_("it is a folder")),
    ({errno.ENOTDIR}, N_("a part of its path is no folder")),
    ({errno.EEXIST}, N_("it is there already")),
    ({errno.ENAMETOOLONG}, N_("its name is too long")),
    ({errno.EBUSY, errno.ETXTBSY}, N_("another program has it")),
    ({errno.ELOOP}, N_("its links lead in a circle")),
    ({errno.EMFILE, errno.ENFILE}, N_("too many files are open")),
    ({errno.EIO}, N_("the disk or the network failed")),
    (
        {
            errno.ENODEV,
            errno.ENXIO,
            errno.ENOTCONN,
            errno.ESTALE,
            errno.ETIMEDOUT,
            errno.ENETUNREACH,
            errno.EHOSTUNREACH,
            errno.EHOSTDOWN,
        },
        N_("its disk or network is not connected"),
    ),
)


def put_in_place(new: Path, path: Path) -> None:
    """Give a file its name, in place of what has it, in one step; waits two seconds for who holds either.

    Raises the `OSError` of the last try.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            new.replace(path)
        except OSError as error:
            if error.errno not in _HELD or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def refusal(error: OSError, path: Path) -> UserError:
    """The sentence for what happened while `path` was written."""
    if error.errno in FULL:
        return NoRoom(place=place(path))
    if error.errno == errno.EROFS:
        return WriteProtected(place=place(path))
    if error.errno == errno.ENOENT and not path.parent.is_dir():
        return FolderGone(folder=path.parent)
    if error.errno in _REFUSED:
        return CannotWrite(path=path)
    return refused(error, path)


def refused(error: OSError, path: Path) -> UserError:
    """The sentence where nobody knows whether a file was read or written; `path` where the system names none."""
    named = Path(error.filename) if isinstance(error.filename, str) else path
    if error.errno in FULL or error.errno == errno.EROFS:
        return refusal(error, named)
    return SystemRefused(path=named, reason=why(error))


def why(error: OSError) -> Message:
    """What the system refuses, in the person's words; its own are English, whatever was chosen."""
    for numbers, said in _WHY:
        if error.errno in numbers:
            return Message(said)
    return Message.of(N_("error {number} of the system"), number=error.errno)


def is_full(path: Path) -> bool:
    """Whether the disk has no room even for what SQLite keeps beside a file."""
    try:
        return shutil.disk_usage(path.absolute().parent).free < _LEAST
    except OSError:
        return False


def place(path: Path) -> str:
    """The disk as its system calls it: its letter (`D:`), where it is mounted, or on the system's own the folder."""
    whole = path.absolute()
    if sys.platform == "win32":
        return whole.drive
    mounted = next((each for each in whole.parents if each.is_mount()), whole.parent)
    return str(whole.parent if mounted == mounted.parent else mounted)
