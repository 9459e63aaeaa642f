"""Automatic backups as files: whose they are, how they are called, which of them go."""

import filecmp
import glob
import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from creditdesk.db import backup
from creditdesk.db.database import Database
from creditdesk.db.errors import BackupFailed
from creditdesk.db.keeping import StoredBackup, kept
from creditdesk.errors import UserError
from creditdesk.models import Setting

DESK_ID = "desk_id"
SECOND_COPIED = "second_place_copied"
SECOND_UNWANTED = "second_place_unwanted"
LOOKED_ON = "backups_looked_on"
CHECKED_ON = "desk_checked_on"
OWN_SETTINGS = frozenset(
    {DESK_ID, SECOND_COPIED, SECOND_UNWANTED, LOOKED_ON, CHECKED_ON}
)
"""What the program keeps among the settings of a desk for itself."""

_NAMED = re.compile(
    r"(?P<stem>.+)-(?P<number>\d{5,})-(?P<at>\d{8}-\d{6})-(?P<reason>[a-z-]+)-(?P<id>[0-9a-f]{12})\.creditdesk"
)
_AT = "%Y%m%d-%H%M%S"
_LEFT = 3_600
"""Seconds after which nobody is still making a backup."""
_STEM_BYTES = 150
"""A file name has 255 bytes on most disks; the rest of ours takes under a hundred."""


def desk_id(database: Database) -> str:
    """What tells this desk from others of its name: random, kept in the desk, made where it has none yet."""
    with database.read() as session:
        row = session.get(Setting, DESK_ID)
        if row is not None:
            return row.value
    if database.refusal:
        return ""  # of a desk opened for reading alone nothing is backed up
    with database.write() as session:
        row = session.get(Setting, DESK_ID) or Setting(
            key=DESK_ID, value=secrets.token_hex(6)
        )
        session.add(row)
        return row.value


def id_in(path: Path, passphrase: str) -> str | None:
    """The id of a desk file nobody has open; None where it has none or doesn't open."""
    if not path.is_file():
        return None
    try:
        with backup._opened(path, passphrase) as connection:  # noqa: SLF001 - opened as a restore opens it
            row = connection.execute(
                "SELECT value FROM setting WHERE key = ?", (DESK_ID,)
            ).fetchone()
    except (UserError, sqlite.Error):
        # What can't be read has nothing to hand on: a damaged desk is what restoring is for.
        return None
    return str(row[0]) if row else None


def hand_on(path: Path, passphrase: str, own: str) -> None:
    """Give a restored desk the id of the one it replaced, where its backup is from before desks had one."""
    with backup._opened(path, passphrase) as connection:  # noqa: SLF001 - opened as a restore opens it
        connection.execute(
            "INSERT OR IGNORE INTO setting (key, value) VALUES (?, ?)", (DESK_ID, own)
        )


def automatic(
    database: Database, folder: Path, reason: str, at: datetime, *, above: int = 0
) -> Path:
    """A numbered and dated backup in a folder; of this desk's others those go that `kept` doesn't name.

    `above`: a number that this one has to be above, whatever the folder holds.
    """
    own, stem = desk_id(database), shown_stem(database.path)
    number = 1 + max([above, *(each.number for each in numbered(folder, own))])
    target = folder / f"{stem}-{number:05d}-{at:{_AT}}-{reason}-{own}.creditdesk"
    # Two commands that end in the same second must not write one file together.
    unnamed = target.with_name(f"{target.name}.{os.getpid()}")
    backup.back_up(database, unnamed)
    try:
        unnamed.replace(target)
    except OSError as error:
        raise BackupFailed(path=target, reason=error.strerror) from error
    _thin(target, own, stem)
    return target


def put_into(place: Path, made: Path) -> Path | None:
    """The same backup in a second place, by the same rule; None where the place is not there.

    Raises `BackupFailed` where it is and takes no copy.
    """
    target = place / made.name
    part = target.with_name(target.name + ".part")
    try:
        if not place.is_dir():
            return None
    except OSError:
        return None  # a network folder that doesn't answer
    try:
        shutil.copyfile(made, part)
        with part.open("r+b") as copy:
            os.fsync(copy.fileno())  # a stick is pulled out without asking
        if not filecmp.cmp(made, part, shallow=False):
            raise BackupFailed(path=target, reason="bytes differ")
        part.replace(target)
    except OSError as error:
        raise BackupFailed(path=target, reason=error.strerror) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    found = _NAMED.fullmatch(made.name)
    if found:
        _thin(target, found["id"], found["stem"])
    return target


def stored(folder: Path, own: str, stem: str) -> list[StoredBackup]:
    """The backups of a desk in a folder, newest first: its own by their number, then those of its name alone.

    Those are of versions before the number; whether they are this desk's or another's of the same name nobody can tell.
    """
    return [*numbered(folder, own), *_of_name(folder, stem)]


def numbered(folder: Path, own: str) -> list[StoredBackup]:
    """What was made of the desk with this id, whatever its name was then; newest first."""
    found = []
    for path in _files(folder):
        named = _NAMED.fullmatch(path.name)
        at = _moment(named["at"]) if named and named["id"] == own else None
        if named and at:
            found.append(
                StoredBackup(path, named["stem"], int(named["number"]), at, named["reason"])
            )  # fmt: skip
    return sorted(found, key=lambda each: (each.number, each.at), reverse=True)


def shown_stem(desk: Path) -> str:
    """The desk's name as its backups bear it: cut where a file name would become too long."""
    return desk.stem.encode()[:_STEM_BYTES].decode(errors="ignore")


def _of_name(folder: Path, stem: str) -> list[StoredBackup]:
    pattern = re.compile(re.escape(stem) + r"-(\d{8}-\d{6})-([a-z-]+)\.creditdesk")
    found = []
    for path in _files(folder):
        named = pattern.fullmatch(path.name)
        at = _moment(named[1]) if named else None
        if named and at:
            found.append(StoredBackup(path, stem, 0, at, named[2]))
    return sorted(found, key=lambda each: each.at, reverse=True)


def _files(folder: Path) -> list[Path]:
    try:
        return [each for each in folder.iterdir() if each.suffix == ".creditdesk"]
    except OSError:
        return []  # not there, or not to be read: nothing to list


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _AT)  # noqa: DTZ007 - local time, for people
    except ValueError:
        return None


def _thin(made: Path, own: str, stem: str) -> None:
    """Take away what isn't kept of the desk's own beside the one just made; a copy under another name is left alone."""
    for half in made.parent.glob(f"{glob.escape(stem)}-*-{own}.creditdesk.*"):
        # What a kill left half made; one that is being made is younger.
        with suppress(OSError):
            if time.time() - half.stat().st_mtime > _LEFT:
                half.unlink()
    mine = [each for each in numbered(made.parent, own) if each.stem == stem]
    stay = kept(mine) | {made}
    for each in mine:
        if each.path not in stay:
            # One that something holds open stays till the next time.
            with suppress(OSError):
                each.path.unlink(missing_ok=True)
