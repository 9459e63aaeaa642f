"""What a disk, a folder or a file refuses, in words that name the right one of them."""

import errno
import sys
from pathlib import Path

from creditdesk.errors import UserError
from creditdesk.i18n import N_


class NoRoom(UserError):
    """The disk, or the person's share of it, is full."""

    message = N_(
        "There is no room left on the disk of {place}. What was being written is not kept. "
        "Free some space and try again."
    )


class WriteProtected(UserError):
    """The disk is mounted for reading only."""

    message = N_(
        "The disk of {place} is write-protected. Choose a folder on another disk."
    )


class FolderGone(UserError):
    """The folder, or the disk it was on, is not there."""

    message = N_(
        "The folder {folder} is not there. Connect its disk, or choose another folder."
    )


class FolderRefuses(UserError):
    """The person may not write there."""

    message = N_("You may not write to the folder {folder}. Choose another folder.")


class CannotWrite(UserError):
    """The file itself refuses: another program has it, or it is write-protected."""

    message = N_(
        "{path} can't be written. Close the program that has it open, or choose another folder."
    )


class SystemRefused(UserError):
    """Anything else the system refuses."""

    message = N_(
        "The system refused {path}: {reason}. Choose another file or folder, or free some space."
    )


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No room: on the disk, of the person's share, or for a file of this size."""
_REFUSED = frozenset(
    {errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.EEXIST}
)


def refusal(error: OSError, path: Path) -> UserError:
    """The sentence for what happened while `path` was written."""
    if error.errno in FULL:
        return NoRoom(place=_place(path))
    if error.errno == errno.EROFS:
        return WriteProtected(place=_place(path))
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
    return SystemRefused(path=named, reason=error.strerror or type(error).__name__)


def _place(path: Path) -> Path:
    """The disk as its system calls it: a letter, or the folder that lies on it."""
    whole = path.absolute()
    return Path(whole.anchor) if sys.platform == "win32" else whole.parent
