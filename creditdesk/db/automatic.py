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
from creditdesk.disk import put_in_place, refusal
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.models import Setting

FOLDER = "backup_folder"
SECOND_PLACE = "second_place"
"""Settings: a folder; empty: the program's own, and none."""
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
    number = 1 + max(above, newest_number(folder, own))
    target = folder / f"{stem}-{number:05d}-{at:{_AT}}-{reason}-{own}.creditdesk"
    # Two commands that end in the same second must not write one file together.
    unnamed = target.with_name(f"{target.name}.{os.getpid()}")
    backup.back_up(database, unnamed)
    try:
        put_in_place(unnamed, target)
    except OSError as error:
        raise refusal(error, target) from error
    _thin(target, own, stem)
    return target


def before_update(database: Database, folder: Path | None = None) -> Path:
    """The backup an update is made behind, where the desk's others go, and in the second place if that takes it.

    A place that takes none keeps nobody from the desk: then it lies in the program's own folder.
    """
    with database.raw() as connection:
        chosen = dict(
            connection.execute(
                "SELECT key, value FROM setting WHERE key IN (?, ?)", (FOLDER, SECOND_PLACE)
            )
        )  # fmt: skip
    own, at, why = backup.default_folder(), database.now(), "before-update"
    place = folder or Path(chosen.get(FOLDER) or own)
    try:
        made = automatic(database, place, why, at)
    except UserError:
        if place == own:
            raise
        made = automatic(database, own, why, at)
    if chosen.get(SECOND_PLACE):
        # What it doesn't take is reminded of after a week, as of any backup.
        with suppress(UserError):
            put_into(Path(chosen[SECOND_PLACE]), made)
    return made


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
            raise BackupFailed(path=target, reason=Message(N_("its bytes differ")))
        put_in_place(part, target)
    except OSError as error:
        raise refusal(error, target) from error
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


def of_name(folder: Path, stem: str) -> list[list[StoredBackup]]:
    """The backups of all desks that had this name, each desk's as `stored` gives them: for one that can't tell its id.

    Those from before the number come alone, last: nobody can tell whose they are.
    """
    named = (_NAMED.fullmatch(path.name) for path in _files(folder))
    ids = sorted({each["id"] for each in named if each and each["stem"] == stem})
    found = [*(numbered(folder, own) for own in ids), _of_name(folder, stem)]
    return [each for each in found if each]


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


def newest_number(folder: Path, own: str) -> int:
    """The number of the desk's newest backup in a folder; 0 where there is none."""
    return max((each.number for each in numbered(folder, own)), default=0)


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
