"""Verified copies of the desk. A plain file copy of an open desk would be empty; only the backup call copies."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from creditdesk.db.connection import connect, quoted, require_desk
from creditdesk.db.database import Database
from creditdesk.db.errors import BackupFailed, DeskMissing

KEPT = 30


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows a table has here and in the backup."""

    table: str
    here: int
    there: int


def back_up(database: Database, target: Path) -> Path:
    """Copy the desk to `target`: under a temporary name first, opened, checked, counted, then renamed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + ".part")
    beside.unlink(missing_ok=True)
    try:
        with closing(database.raw()) as source:
            # Inside one transaction the counts and the copy see the same state.
            source.execute("BEGIN")
            counts = _counts(source)
            _copy(source, beside, database.passphrase)
        _check(beside, database.passphrase, counts)
        beside.replace(target)
    except (sqlite.Error, OSError) as error:
        raise BackupFailed(path=target, reason=error) from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def automatic(database: Database, folder: Path, reason: str, at: datetime) -> Path:
    """A dated backup in the folder of backups; the newest thirty of this desk are kept."""
    stem = database.path.stem
    target = folder / f"{stem}-{at:%Y%m%d-%H%M%S}-{reason}.creditdesk"
    made = back_up(database, target)
    for old in backups(folder, stem)[KEPT:]:
        old.unlink(missing_ok=True)
    return made


def backups(folder: Path, stem: str) -> list[Path]:
    """The backups of a desk, newest first."""
    return sorted(folder.glob(f"{stem}-*.creditdesk"), reverse=True)


def differences(desk: Path, backup: Path, passphrase: str) -> tuple[Difference, ...]:
    """Tables whose number of rows differs between the desk and a backup of it."""
    with (
        closing(connect(desk, passphrase)) as here,
        closing(connect(backup, passphrase)) as there,
    ):
        ours, theirs = _counts(here), _counts(there)
    return tuple(
        Difference(table, ours.get(table, 0), theirs.get(table, 0))
        for table in sorted(ours.keys() | theirs.keys())
        if ours.get(table, 0) != theirs.get(table, 0)
    )


def restore(desk: Path, backup: Path, passphrase: str, at: datetime) -> Path:
    """Put the backup in the desk's place and keep the desk under a dated name, which is returned.

    The backup is opened and checked first. Nobody else may have the desk open.
    """
    if not backup.exists():
        raise DeskMissing(path=backup)
    beside = desk.with_name(desk.name + ".part")
    beside.unlink(missing_ok=True)
    with closing(connect(backup, passphrase)) as source:
        require_desk(source, backup)
        counts = _counts(source)
        _copy(source, beside, passphrase)
    _check(beside, passphrase, counts)
    kept = desk.with_name(f"{desk.stem}-replaced-{at:%Y%m%d-%H%M%S}{desk.suffix}")
    # What still lies in the write-ahead file goes with its desk; left behind it
    # would be taken for the restored one's.
    for suffix in ("", "-wal", "-shm"):
        part = desk.with_name(desk.name + suffix)
        if part.exists():
            part.replace(kept.with_name(kept.name + suffix))
    beside.replace(desk)
    return kept


def _copy(source: Any, target: Path, passphrase: str) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    copy = sqlite.connect(str(target), isolation_level=None)
    with closing(copy):
        if passphrase:
            copy.execute("PRAGMA cipher_log_level = NONE")
            copy.execute(f"PRAGMA key = {quoted(passphrase)}")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def _check(copy: Path, passphrase: str, counts: dict[str, int]) -> None:
    with closing(connect(copy, passphrase)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise BackupFailed(path=copy, reason=verdict)
        if _counts(connection) != counts:
            raise BackupFailed(path=copy, reason="row counts differ")


def _counts(connection: Any) -> dict[str, int]:  # noqa: ANN401 - sqlcipher3 has no types
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'"
    ).fetchall()
    count = "SELECT count(*) FROM "
    return {
        name: connection.execute(f'{count}"{name}"').fetchone()[0] for (name,) in names
    }
