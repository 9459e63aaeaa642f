"""Verified copies of the desk. A plain file copy of an open desk would be empty; only the backup call copies."""

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from creditdesk import paths
from creditdesk.db.connection import connect, is_plain, quoted, require_desk
from creditdesk.db.database import Database
from creditdesk.db.errors import (
    BackupFailed,
    BackupOntoDesk,
    DeskDamaged,
    DeskMissing,
    DeskUnreachable,
    PassphraseNeeded,
    PassphraseWrong,
)
from creditdesk.db.refusals import in_words


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows a table has here and in the backup."""

    table: str
    here: int
    there: int


def back_up(database: Database, target: Path) -> Path:
    """Copy the desk to `target`: under a temporary name first, opened, checked, counted, then renamed."""
    beside = target.with_name(target.name + ".part")
    try:
        if target.exists() and target.samefile(database.path):
            raise BackupOntoDesk(path=target)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with database.raw() as source:
            # Inside one transaction the counts and the copy see the same state.
            source.execute("BEGIN")
            counts = _counts(source)
            _copy(source, beside, database.passphrase)
        _check(beside, database.passphrase, counts)
        beside.replace(target)
    except (sqlite.Error, OSError) as error:
        raise BackupFailed(path=target, reason=error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return target


def differences(desk: Path, backup: Path, passphrase: str) -> tuple[Difference, ...]:
    """Tables whose number of rows differs between the desk and a backup of it.

    None for a desk that does not open any more: that is what backups are for.
    """
    with _opened(backup, passphrase) as there, in_words(backup):
        require_desk(there, backup)
        theirs = _counts(there)
    try:
        with _opened(desk, passphrase) as here, in_words(desk):
            ours = _counts(here)
    except (DeskDamaged, PassphraseWrong, PassphraseNeeded):
        return ()
    return tuple(
        Difference(table, ours.get(table, 0), theirs.get(table, 0))
        for table in sorted(ours.keys() | theirs.keys())
        if ours.get(table, 0) != theirs.get(table, 0)
    )


def restore(desk: Path, backup: Path, passphrase: str, at: datetime) -> Path | None:
    """Put the backup in the desk's place and keep the desk under a dated name, which is returned.

    None: there was no desk. The backup is opened and checked first. Nobody else may have the desk open.
    """
    if not backup.is_file():
        raise DeskMissing(path=backup)
    beside = desk.with_name(desk.name + ".part")
    try:
        beside.unlink(missing_ok=True)
        with _opened(backup, passphrase) as source, in_words(backup):
            require_desk(source, backup)
            counts = _counts(source)
            _copy(source, beside, _key(backup, passphrase))
        _check(beside, _key(backup, passphrase), counts)
        kept = _put_aside(desk, at)
        beside.replace(desk)
    except OSError as error:
        raise DeskUnreachable(path=desk, reason=error.strerror) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return kept


def make_folder(desk: Path) -> None:
    """The folder a desk is going to stand in."""
    try:
        desk.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeskUnreachable(path=desk, reason=error.strerror) from error


def _put_aside(desk: Path, at: datetime) -> Path | None:
    if not desk.exists():
        return None
    kept = _unused(f"{desk.stem}-replaced-{at:%Y%m%d-%H%M%S}", desk)
    # What still lies in the write-ahead file goes with its desk; left behind it
    # would be taken for the restored one's.
    for suffix in ("", "-wal", "-shm"):
        part = desk.with_name(desk.name + suffix)
        if part.exists():
            part.replace(kept.with_name(kept.name + suffix))
    return kept


def _unused(stem: str, desk: Path) -> Path:
    """A name nothing has yet, beside the desk."""
    names = (
        desk.with_name(f"{stem}{f'-{number}' if number else ''}{desk.suffix}")
        for number in count()
    )
    return next(name for name in names if not name.exists())


def _key(path: Path, passphrase: str) -> str:
    """The passphrase, for a file that needs one."""
    return "" if is_plain(path) else passphrase


def _opened(path: Path, passphrase: str) -> closing[Any]:
    return closing(connect(path, _key(path, passphrase)))


def _copy(source: Any, target: Path, passphrase: str) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    with (
        in_words(target),
        closing(sqlite.connect(str(target), isolation_level=None)) as copy,
    ):
        if passphrase:
            copy.execute("PRAGMA cipher_log_level = NONE")
            copy.execute(f"PRAGMA key = {quoted(passphrase)}")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def _check(copy: Path, passphrase: str, counts: dict[str, int]) -> None:
    with closing(connect(copy, passphrase)) as connection, in_words(copy):
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise BackupFailed(path=copy, reason=verdict)
        if _counts(connection) != counts:
            raise BackupFailed(path=copy, reason="row counts differ")


def _counts(connection: Any) -> dict[str, int]:  # noqa: ANN401 - sqlcipher3 has no types
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'"
    ).fetchall()
    count_rows = "SELECT count(*) FROM "
    return {
        name: connection.execute(f'{count_rows}"{name}"').fetchone()[0]
        for (name,) in names
    }


def default_folder() -> Path:
    """The program's own folder for backups."""
    return paths.data_folder() / "backups"
