"""What SQLite refuses, in words a bookkeeper understands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from creditdesk.db.errors import (
    DeskBusy,
    DeskDamaged,
    DeskReadOnly,
    DeskUnreachable,
    DiskFull,
)
from creditdesk.errors import UserError

_WORDS: tuple[tuple[str, type[UserError]], ...] = (
    ("is locked", DeskBusy),
    ("disk is full", DiskFull),
    ("readonly database", DeskReadOnly),
    ("unable to open database file", DeskUnreachable),
    ("disk I/O error", DeskUnreachable),
    ("malformed", DeskDamaged),
    ("not a database", DeskDamaged),
)


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
