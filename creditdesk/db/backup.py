"""Verified copies of the desk. A plain file copy of an open desk would be empty; only the backup call copies."""

import shutil
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from creditdesk import paths
from creditdesk.db.connection import APPLICATION_ID, connect, require_desk
from creditdesk.db.database import Database
from creditdesk.db.errors import (
    BackupFailed,
    BackupOntoDesk,
    DeskDamaged,
    DeskFromNewerVersion,
    DeskMissing,
    NotADesk,
    PassphraseNeeded,
    PassphraseWrong,
    RestoreUnprotected,
)
from creditdesk.db.lock import alone
from creditdesk.db.log import unused
from creditdesk.db.refusals import in_words
from creditdesk.db.schema import HEAD
from creditdesk.db.sealing import is_plain, is_protected, key_literal, unlock
from creditdesk.db.traces import log_of
from creditdesk.disk import put_in_place, refusal
from creditdesk.i18n import N_, Message
from creditdesk.outputs import require_writable


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows a table has here and in the backup."""

    table: str
    here: int
    there: int


def back_up(database: Database, target: Path) -> Path:
    """Copy the desk to `target`: under a temporary name first, opened, checked, counted, then renamed.

    Raises `BackupOntoDesk`, what `outputs.require_writable` raises, `BackupFailed`, and in words what the disk refuses.
    """
    beside = part_of(target)
    try:
        if target.exists() and target.samefile(database.path):
            raise BackupOntoDesk(path=target)
        require_writable(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        remove(beside)
        with database.raw() as source:
            # Inside one transaction the counts and the copy see the same state.
            source.execute("BEGIN")
            counts = _counts(source)
            plain = is_plain(database.path)
            _copy(source, beside, database.passphrase, plain=plain)
        _check(beside, database.passphrase, counts)
        put_in_place(beside, target)
    except sqlite.Error as error:
        raise BackupFailed(path=target, reason=error) from error
    except OSError as error:
        raise refusal(error, target) from error
    finally:
        with suppress(OSError):
            remove(beside)
    return target


def differences(
    desk: Path, passphrase: str, backup: Path, theirs: str
) -> tuple[Difference, ...]:
    """Tables whose number of rows differs between the desk and a backup of it.

    None for a desk that does not open any more: that is what backups are for.
    """
    with _opened(backup, theirs) as there, in_words(backup):
        require_desk(there, backup)
        counted = _counts(there)
    try:
        with _opened(desk, passphrase) as here, in_words(desk):
            ours = _counts(here)
    except (DeskDamaged, PassphraseWrong, PassphraseNeeded):
        return ()
    return tuple(
        Difference(table, ours.get(table, 0), counted.get(table, 0))
        for table in sorted(ours.keys() | counted.keys())
        if ours.get(table, 0) != counted.get(table, 0)
    )


def restore(
    desk: Path,
    backup: Path,
    passphrase: str,
    at: datetime,
    *,
    copy_passphrase: str | None = None,
) -> Path | None:
    """Put the backup in the desk's place and keep the desk under a dated name, which is returned.

    None: there was no desk. `passphrase` is the desk's, and becomes the restored one's where the desk has one;
    `copy_passphrase` the backup's, None: the same. The backup is opened, checked and copied first; then the desk gets
    a second name, and the copy takes its first one in a single step, so that a kill leaves one or the other.
    Raises `DeskBusy` while anybody has the desk open.
    """
    if not backup.is_file():
        raise DeskMissing(path=backup)
    if desk.exists() and desk.samefile(backup):
        raise BackupOntoDesk(path=backup)
    theirs = passphrase if copy_passphrase is None else copy_passphrase
    beside = part_of(desk)
    with alone(desk):
        try:
            key = _key_of_restored(desk, passphrase, _key(backup, theirs))
            with _opened(backup, theirs) as source, in_words(backup):
                require_desk(source, backup)
                require_known(source, backup)
                counts = _counts(source)
                remove(beside)
                copy = _seal if is_plain(backup) else _copy
                copy(source, beside, key)
            _check(beside, key, counts)
            kept = _second_name(desk, at)
            put_in_place(beside, desk)
        except OSError as error:
            raise refusal(error, desk) from error
        finally:
            with suppress(OSError):
                remove(beside)
    return kept


def change_passphrase(desk: Path, passphrase: str, new: str) -> None:
    """Give the desk another passphrase, or none; the old one opens it until the new one was seen to open all of it.

    Raises `DeskBusy` while anybody has the desk open, and what `connect` raises where `passphrase` isn't the desk's.
    """
    beside = part_of(desk)
    with alone(desk):
        try:
            remove(beside)
            with closing(connect(desk, passphrase)) as source, in_words(desk):
                require_desk(source, desk)
                source.execute("PRAGMA journal_mode = DELETE").fetchall()
                counts = _counts(source)
                _copy(source, beside, new)
            _check(beside, new, counts)
            put_in_place(beside, desk)
        except OSError as error:
            raise refusal(error, desk) from error
        finally:
            with suppress(OSError):
                remove(beside)


def seal(desk: Path) -> None:
    """Make a plain desk of an earlier version a sealed one. Nobody may have it open."""
    beside = part_of(desk)
    remove(beside)
    try:
        with closing(connect(desk)) as source, in_words(desk):
            require_desk(source, desk)
            source.execute("PRAGMA journal_mode = DELETE").fetchall()
            counts = _counts(source)
            _seal(source, beside, "")
        _check(beside, "", counts)
        put_in_place(beside, desk)
    except OSError as error:
        raise refusal(error, desk) from error
    finally:
        with suppress(OSError):
            remove(beside)


def part_of(target: Path) -> Path:
    """Where a file is made before it takes its name."""
    return target.with_name(target.name + ".part")


def _whole(part: Path) -> Path:
    """The name a person knows the file by that is made under another."""
    return part.with_suffix("")


def remove(path: Path) -> None:
    """Remove a file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal", ".use"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def make_folder(desk: Path) -> None:
    """The folder a desk is going to stand in."""
    try:
        desk.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(error, desk) from error


def require_known(connection: Any, path: Path) -> str:  # noqa: ANN401 - sqlcipher3 has no types
    """The schema step of a desk; raises `DeskFromNewerVersion` where this program doesn't know it."""
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    found = str(row[0]) if row else ""
    if found > HEAD:
        raise DeskFromNewerVersion(path=path, found=found, known=HEAD)
    return found


def _second_name(desk: Path, at: datetime) -> Path | None:
    """Give the desk that is about to be replaced a name of its own, while it keeps the one it has."""
    if not desk.exists():
        return None
    kept = unused(desk, f"{desk.stem}-replaced-{at:%Y%m%d-%H%M%S}", desk.suffix)
    # What still lies in the log of a damaged desk goes with it; left behind, it would be taken for the restored one's.
    if log_of(desk).exists():
        put_in_place(log_of(desk), log_of(kept))
    try:
        kept.hardlink_to(desk)
    except OSError:
        # Disks of cameras and sticks know one name a file only.
        shutil.copy2(desk, kept)
    return kept


def _key_of_restored(desk: Path, passphrase: str, theirs: str) -> str:
    """The passphrase of the desk where that opens it, else the backup's; the log of the desk is folded into it.

    Raises `RestoreUnprotected` rather than lay an unprotected copy in the place of a protected desk.
    """
    protected = is_protected(desk)
    if not desk.exists():
        return theirs
    try:
        with closing(connect(desk, passphrase if protected else "")) as connection, in_words(desk):  # fmt: skip
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except (DeskDamaged, NotADesk):
        return theirs
    except (PassphraseWrong, PassphraseNeeded) as error:
        if theirs:
            return theirs
        raise RestoreUnprotected(path=desk) from error
    return passphrase if protected else theirs


def _key(path: Path, passphrase: str) -> str:
    """The passphrase, for a file that needs one."""
    return passphrase if is_protected(path) else ""


def _opened(path: Path, passphrase: str) -> closing[Any]:
    return closing(connect(path, _key(path, passphrase)))


def _copy(source: Any, target: Path, passphrase: str, *, plain: bool = False) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    """A copy of an open sealed desk under a passphrase, or none; `plain`: of a plain one, plain."""
    target.touch(mode=0o600)
    with (
        in_words(_whole(target)),
        closing(sqlite.connect(str(target), isolation_level=None)) as copy,
    ):
        if not plain:
            unlock(copy, passphrase)
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def _seal(source: Any, target: Path, passphrase: str) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    """A sealed copy of a plain desk; the backup call doesn't work between the two."""
    target.touch(mode=0o600)
    with in_words(_whole(target)):
        source.execute(f"ATTACH ? AS sealed KEY {key_literal(passphrase)}", (str(target),))  # fmt: skip
        source.execute("SELECT sqlcipher_export('sealed')").fetchall()
        source.execute(f"PRAGMA sealed.application_id = {APPLICATION_ID}")
        source.execute("DETACH sealed")


def _check(copy: Path, passphrase: str, counts: dict[str, int]) -> None:
    with closing(connect(copy, passphrase)) as connection, in_words(copy):
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise BackupFailed(path=copy, reason=verdict)
        if _counts(connection) != counts:
            raise BackupFailed(
                path=copy, reason=Message(N_("its rows are not as many"))
            )


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
