"""The copies of the desk: when they are made, where they lie, whether they can be read."""

__all__ = [
    "FOLDER",
    "SECOND_PLACE",
    "Backups",
    "BackupsDamaged",
    "Made",
    "Reminder",
    "Reread",
    "StoredBackup",
    "default_folder",
    "of_name",
    "verify_of_name",
]

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

from creditdesk.db import automatic, backup, soundness
from creditdesk.db.automatic import (
    FOLDER,
    LOOKED_ON,
    SECOND_COPIED,
    SECOND_PLACE,
    SECOND_UNWANTED,
)
from creditdesk.db.database import Database
from creditdesk.db.errors import PassphraseNeeded, PassphraseWrong
from creditdesk.db.keeping import StoredBackup
from creditdesk.errors import Cancelled, UserError
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress, left_alone
from creditdesk.models import Setting
from creditdesk.readings.queries import setting

_OLD = timedelta(hours=1)
_REMINDED_AFTER = timedelta(days=7)
_LOOKED_EVERY = timedelta(days=30)
_ASKING = Message(N_("Looking for the second place of the backups"))
_READING = N_("Reading the backups again")
_COPYING = N_("Copying the backup into the second place {place}")
OTHER_PASSPHRASE = Message(N_("opens with another passphrase"))
_SHUT = Message(
    N_("damaged: it doesn't open, though an older one opens with the desk's passphrase")
)


class BackupsDamaged(UserError):
    """Reading them again found something."""

    message = N_(
        "Backups that are damaged: {count}. Settings shows which. Make a new one, and have the disk looked at."
    )


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    `second`: its copy in the second place, None where none is set or it isn't there. `refused`: the second place is
    there, but took no copy; the backup itself stands.
    """

    path: Path
    second: Path | None
    refused: UserError | None


@dataclass(frozen=True, slots=True)
class Reread:
    """A backup that was read again. `reason` says what is wrong, or that another passphrase opens it, which is none."""

    backup: StoredBackup
    ok: bool
    reason: Message | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a person should know of the backups. `optional`: a mere advice, which can be put off for good."""

    said: Message
    optional: bool = False


class Backups:
    """Automatic backups of one desk."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def folder(self) -> Path:
        """Where they go: the person's choice, else the program's own folder."""
        chosen = self._setting(FOLDER)
        return Path(chosen) if chosen else backup.default_folder()

    def second_place(self) -> Path | None:
        """Where each is put once more; None where nobody chose a place."""
        chosen = self._setting(SECOND_PLACE)
        return Path(chosen) if chosen else None

    def stored(self) -> tuple[StoredBackup, ...]:
        """Those in the folder, newest first."""
        return self._in(self.folder())

    def in_second_place(self) -> tuple[StoredBackup, ...]:
        """Those in the second place, newest first; none where it is not there."""
        place = self.second_place()
        return self._in(place) if place else ()

    def last(self) -> StoredBackup | None:
        """The newest one; None where there is none."""
        return next(iter(self.stored()), None)

    def make(self, reason: str, progress: Progress | None = None) -> Made:
        """A checked copy now, and once more in the second place if it is there.

        Cancelled, the second place is left as it is, and the copy here is made all the same. Raises a `UserError`
        where the copy itself fails; what the second place refuses is in the answer.
        """
        progress = progress or Progress()
        place, above = self.second_place(), 0
        if place:
            own = automatic.desk_id(self._db)
            try:
                above = left_alone(
                    partial(automatic.newest_number, place, own), progress, _ASKING
                )
            except Cancelled:
                place = None
        made = automatic.automatic(self._db, self.folder(), reason, self._db.now(), above=above)  # fmt: skip
        try:
            second = self._put_into(place, made, progress) if place else None
        except UserError as refused:
            return Made(made, None, refused)
        except Cancelled:
            return Made(made, None, None)
        return Made(made, second, None)

    def _put_into(self, place: Path, made: Path, progress: Progress) -> Path | None:
        said = Message.of(_COPYING, place=place)
        second = left_alone(lambda: automatic.put_into(place, made), progress, said)
        if second:
            self._keep(SECOND_COPIED, f"{self._db.now().date()} {place}")
        return second

    def is_old(self) -> bool:
        """Whether none was made within the last hour; one of a time still to come is a wrong clock's."""
        last = self.last()
        return last is None or abs(self._db.now() - last.at) > _OLD

    def reminder(self, today: date) -> Reminder | None:
        """What there is to remind of: damaged backups, a second place without one for a week, or that there is none."""
        _, bad = self._last_look()
        if bad:
            return Reminder(BackupsDamaged(count=bad).said)
        place = self.second_place()
        if place is None:
            if self._setting(SECOND_UNWANTED):
                return None
            return Reminder(
                Message(
                    N_(
                        "All backups are in one place. Choose a second one for them, a USB stick or a network folder: "
                        "a stolen or broken computer takes along what is only on it."
                    )
                ),
                optional=True,
            )
        on = self.second_copied_on()
        if on is None:
            said = Message.of(
                N_(
                    "No backup has been put into the second place {place} yet. Connect it, or choose another one."
                ),
                place=place,
            )
        # A day that is still to come is a wrong clock's: nobody knows how old that copy is.
        elif timedelta(0) <= today - on <= _REMINDED_AFTER:
            return None
        else:
            said = Message.of(
                N_(
                    "The second place {place} got its last backup on {day}. Connect it, or choose another one."
                ),
                place=place,
                day=on,
            )
        return Reminder(said)

    def second_copied_on(self) -> date | None:
        """The day the second place last got a copy; None where this one never did."""
        day, _, place = self._setting(SECOND_COPIED).partition(" ")
        return date.fromisoformat(day) if day and place == str(self.second_place()) else None  # fmt: skip

    def put_off(self) -> None:
        """Nobody wants to be reminded that there is no second place."""
        self._keep(SECOND_UNWANTED, "yes")

    def verify(self, progress: Progress | None = None) -> tuple[Reread, ...]:
        """Read every backup again, here and in the second place, newest first: pages, references and digests."""
        found = (*self.stored(), *self.in_second_place())
        return _read_again([found], self._db.passphrase, progress or Progress())

    def is_look_due(self, today: date) -> bool:
        """Whether a month has passed since the program last read all of them by itself."""
        on, _ = self._last_look()
        return on is None or abs(today - on) >= _LOOKED_EVERY

    def looked(self, today: date, bad: int) -> None:
        """All of them were read; so many were not in order."""
        self._keep(LOOKED_ON, f"{today} {bad}")

    def _last_look(self) -> tuple[date | None, int]:
        day, _, bad = self._setting(LOOKED_ON).partition(" ")
        return (date.fromisoformat(day), int(bad)) if day else (None, 0)

    def _in(self, folder: Path) -> tuple[StoredBackup, ...]:
        own = automatic.desk_id(self._db)
        return tuple(automatic.stored(folder, own, automatic.shown_stem(self._db.path)))

    def _setting(self, key: str) -> str:
        with self._db.read() as session:
            return setting(session, key)

    def _keep(self, key: str, value: str) -> None:
        if self._setting(key) != value:
            with self._db.write() as session:
                session.merge(Setting(key=key, value=value))


def default_folder() -> Path:
    """The program's own folder for backups."""
    return backup.default_folder()


def of_name(desk: Path, folder: Path) -> tuple[StoredBackup, ...]:
    """The backups in a folder that bear the name of a desk, which may be damaged or gone."""
    found = automatic.of_name(folder, automatic.shown_stem(desk))
    return tuple(chain.from_iterable(found))


def verify_of_name(
    desk: Path, folder: Path, passphrase: str, progress: Progress
) -> tuple[Reread, ...]:
    """As `Backups.verify`, of a desk that doesn't open: by its name, in one folder."""
    found = automatic.of_name(folder, automatic.shown_stem(desk))
    return _read_again(found, passphrase, progress)


def _read_again(
    desks: Sequence[Sequence[StoredBackup]], passphrase: str, progress: Progress
) -> tuple[Reread, ...]:
    """Those of each desk, judged among themselves."""
    said: list[Reread] = []
    for found in desks:
        read = []
        for each in progress.each(found, _READING):
            problem = left_alone(partial(_read, each, passphrase), progress, Message(_READING))  # fmt: skip
            read.append((each, problem))
        said += _judged(read)
    return tuple(said)


def _read(stored: StoredBackup, passphrase: str) -> Message | None:
    try:
        return soundness.problem_of(stored.path, passphrase)
    except (PassphraseWrong, PassphraseNeeded):
        return OTHER_PASSPHRASE
    except UserError as error:
        return error.said


def _judged(
    read: list[tuple[StoredBackup, Message | None]],
) -> Iterator[Reread]:
    """A passphrase is changed once and for all that follow: one that is shut after one that opened is damaged."""
    opened = min(
        (each.number for each, problem in read if each.number and problem is None),
        default=None,
    )
    for each, problem in read:
        if problem is OTHER_PASSPHRASE and opened and each.number > opened:
            yield Reread(each, ok=False, reason=_SHUT)
        else:
            yield Reread(each, problem in {None, OTHER_PASSPHRASE}, problem)
