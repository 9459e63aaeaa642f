"""The log beside a desk: what a killed program left in it belongs to the desk, anything else is put aside.

SQLite applies whatever log lies beside a file. One of another desk, or of this one on an earlier day (brought back by a
sync program, or left when somebody copied an older file over the desk), would mix two states into one.
"""

import shutil
from contextlib import closing, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from creditdesk import private
from creditdesk.db import traces
from creditdesk.db.connection import connect
from creditdesk.db.errors import (
    DeskBusy,
    DeskDamaged,
    PassphraseNeeded,
    PassphraseWrong,
)
from creditdesk.db.refusals import in_words
from creditdesk.db.sealing import fits, is_log_of, is_plain
from creditdesk.db.traces import Written, log_of
from creditdesk.disk import put_in_place, refused
from creditdesk.errors import UserError

_TRIES = 5


def has_log(desk: Path) -> bool:
    """Whether something lies in the log of the desk."""
    log = log_of(desk)
    return log.is_file() and log.stat().st_size > 0


def put_foreign_aside(desk: Path, passphrase: str, at: datetime) -> Path | None:
    """Move a log that isn't this desk's out of the way; the answer is where it is kept, None: nothing was moved.

    Nobody may have the desk open. Raises `PassphraseWrong`, `PassphraseNeeded`: opened with another key, SQLite would
    bring the log into the file without looking at it.
    """
    if not has_log(desk):
        return None
    if not is_plain(desk) and not fits(desk, passphrase):
        raise PassphraseWrong(path=desk) if passphrase else PassphraseNeeded(path=desk)
    if is_own(desk, passphrase):
        return None
    kept = unused(desk, f"{desk.stem}-log-{at:%Y%m%d-%H%M%S}", ".wal")
    put_in_place(log_of(desk), kept)
    desk.with_name(desk.name + "-shm").unlink(missing_ok=True)
    return kept


def is_own(desk: Path, passphrase: str) -> bool:
    """Whether the log goes on where the file itself ends; what can't be judged counts as the desk's own.

    The newest write in the file is one the log begins with or goes past: never one before it, never one after it.
    """
    if not is_plain(desk) and not is_log_of(log_of(desk), desk, passphrase):
        return False
    with private.folder() as folder:
        copy = folder / desk.name
        shutil.copyfile(desk, copy)
        try:
            within = _written(copy, passphrase)
        except (UserError, ValueError):
            return True
        shutil.copyfile(log_of(desk), log_of(copy))
        try:
            beyond = _written(copy, passphrase)
        except DeskDamaged:
            return False
    return beyond.begun <= within.number <= beyond.number


def apart(desk: Path, passphrase: str, at: datetime) -> private.Room:
    """A room with one file of the desk's name that holds the desk and what lies in its log.

    For a desk that may not be written where it lies, so that its log can't be brought into it. One that isn't the
    desk's is left out. Raises `DeskBusy` while others write, and what `put_foreign_aside` raises.
    """
    room = private.Room()
    try:
        copy = room.path / desk.name
        _copy_whole(desk, copy)
        put_foreign_aside(copy, passphrase, at)
        connection = connect(copy, passphrase)
        with closing(connection), in_words(desk):
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except OSError as error:
        room.close()
        raise refused(error, desk) from error
    except BaseException:
        room.close()
        raise
    return room


def _copy_whole(desk: Path, copy: Path) -> None:
    """The desk and its log as they are at one moment: whoever works on it writes the one, then the other."""
    for _ in range(_TRIES):
        before = _state(desk)
        with suppress(FileNotFoundError):
            log_of(copy).unlink(missing_ok=True)
            shutil.copyfile(log_of(desk), log_of(copy))
        shutil.copyfile(desk, copy)
        if _state(desk) == before:
            return
    raise DeskBusy(path=desk)


def _state(desk: Path) -> list[tuple[int, int]]:
    there = [each.stat() for each in (desk, log_of(desk)) if each.exists()]
    return [(each.st_size, each.st_mtime_ns) for each in there]


def unused(beside: Path, stem: str, suffix: str) -> Path:
    """A name nothing has yet, beside a file."""
    names = (
        beside.with_name(f"{stem}{f'-{number}' if number else ''}{suffix}")
        for number in count()
    )
    return next(name for name in names if not name.exists())


def _written(copy: Path, passphrase: str) -> Written:
    connection = connect(copy, passphrase)
    try:
        return traces.written(connection.execute)
    finally:
        connection.close()
