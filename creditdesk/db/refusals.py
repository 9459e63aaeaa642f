"""What SQLite refuses, in words a bookkeeper understands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from creditdesk.db.errors import DeskBusy, DeskDamaged, DeskReadOnly, DeskUnreachable
from creditdesk.disk import FolderGone, NoRoom, is_full, place
from creditdesk.errors import UserError


def _unreachable(path: Path, reason: str) -> UserError:  # noqa: ARG001 - what SQLite says is no more than that
    """SQLite doesn't say what it was refused; a folder that is gone and a disk without room for its log are seen."""
    if not path.parent.is_dir():
        return FolderGone(folder=path.parent)
    if is_full(path):
        return NoRoom(place=place(path))
    return DeskUnreachable(path=path)


def _full(path: Path, reason: str) -> UserError:  # noqa: ARG001 - what SQLite says is no more than that
    return NoRoom(place=place(path))


_WORDS: tuple[tuple[str, Callable[..., UserError]], ...] = (
    ("is locked", DeskBusy),
    ("disk is full", _full),
    ("readonly database", DeskReadOnly),
    ("unable to open database file", _unreachable),
    ("disk I/O error", _unreachable),
    ("malformed", DeskDamaged),
    ("not a database", DeskDamaged),
)


def first_words(said: str) -> str:
    """Of what SQLite says of damage the first line that tells something; it names the rest over twenty more."""
    lines = [each for each in said.splitlines() if not each.startswith("***")]
    return lines[0] if lines else said


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what the file or the disk does to SQLite into a refusal; a mistake of the program stays what it is."""
    try:
        yield
    except sqlite.DatabaseError as error:
        refuse(path, str(error), error)
        raise


def refuse(path: Path, reason: str, error: Exception) -> None:
    """Raise the refusal that what SQLite said stands for; nothing happens where it stands for none."""
    for words, refusal in _WORDS:
        if words in reason:
            raise refusal(path=path, reason=reason) from error
