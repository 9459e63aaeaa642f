"""An open desk: services, job runner, changed event, preferences."""

__all__ = [
    "Desk",
    "DeskLock",
    "DeskShut",
    "LogPutAside",
    "Workspace",
    "change_passphrase",
    "create_desk",
    "desk_differences",
    "is_of_another",
    "is_on_network",
    "is_protected",
    "needs_passphrase",
    "open_desk",
    "person",
    "repair_desk",
    "restore_desk",
]

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from creditdesk.db import automatic, backup, log, migrate, repair
from creditdesk.db.database import Database
from creditdesk.db.errors import (
    BackupOfAnother,
    DeskMissing,
    DeskReadOnly,
    DeskShut,
    LogPutAside,
    PassphraseNeeded,
    PassphraseWrong,
)
from creditdesk.db.lock import DeskLock, person
from creditdesk.db.sealing import is_protected
from creditdesk.db.touched import Scope, scopes
from creditdesk.db.whereabouts import is_on_network, remark
from creditdesk.disk import NoRoom
from creditdesk.domain.cover.limits import Reason
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress, Runner
from creditdesk.preferences import PreferenceFile

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from creditdesk.domain.duties.agenda import Agenda
    from creditdesk.services.backups import Backups
    from creditdesk.services.buyers import Buyers
    from creditdesk.services.claims import Claims
    from creditdesk.services.clients import Clients
    from creditdesk.services.credit import Credit
    from creditdesk.services.declarations import Declarations
    from creditdesk.services.forecast import Forecasts
    from creditdesk.services.insurers import Insurers
    from creditdesk.services.ledger import Imports, Ledger
    from creditdesk.services.letter_numbers import LetterNumbers
    from creditdesk.services.library import Library
    from creditdesk.services.particulars import Particulars
    from creditdesk.services.policies import Policies
    from creditdesk.services.premiums import Premiums
    from creditdesk.services.review import Reviews
    from creditdesk.services.tasks import Tasks
    from creditdesk.services.trips import BroughtBack, Side, Trips
    from creditdesk.services.upkeep import Upkeep, Verdict
    from creditdesk.services.watch import Watch

S = TypeVar("S")
T = TypeVar("T")


class _Service(Generic[S]):
    """A service of the desk, imported and made when it is first asked for: a command uses one or two of them."""

    def __init__(self, subject: str, name: str) -> None:
        self._subject = subject
        self._name = name

    def __set_name__(self, _owner: type, attribute: str) -> None:
        self._attribute = attribute

    def __get__(self, desk: "Desk", _owner: type) -> S:
        module = import_module(f"creditdesk.services.{self._subject}")
        made: S = getattr(module, self._name)(desk._database)  # noqa: SLF001 - a part of the desk
        # From now on the desk's own attribute is found first.
        setattr(desk, self._attribute, made)
        return made


_DUTIES_BEHIND = N_(
    "{client}: {count} deadlines are not what its books say. Count anew with F5."
)
_COVER_BEHIND = N_(
    "{client}: the cover kept for {count} buyers is not what its books say. Count anew with F5."
)


class Desk:
    """The services over one desk file, and the one way facts are written: with what follows from them."""

    clients: "_Service[Clients]" = _Service("clients", "Clients")
    buyers: "_Service[Buyers]" = _Service("buyers", "Buyers")
    ledger: "_Service[Ledger]" = _Service("ledger", "Ledger")
    imports: "_Service[Imports]" = _Service("ledger", "Imports")
    credit: "_Service[Credit]" = _Service("credit", "Credit")
    policies: "_Service[Policies]" = _Service("policies", "Policies")
    watch: "_Service[Watch]" = _Service("watch", "Watch")
    declarations: "_Service[Declarations]" = _Service("declarations", "Declarations")
    premiums: "_Service[Premiums]" = _Service("premiums", "Premiums")
    insurers: "_Service[Insurers]" = _Service("insurers", "Insurers")
    library: "_Service[Library]" = _Service("library", "Library")
    claims: "_Service[Claims]" = _Service("claims", "Claims")
    particulars: "_Service[Particulars]" = _Service("particulars", "Particulars")
    reviews: "_Service[Reviews]" = _Service("review", "Reviews")
    forecasts: "_Service[Forecasts]" = _Service("forecast", "Forecasts")
    tasks: "_Service[Tasks]" = _Service("tasks", "Tasks")
    letter_numbers: "_Service[LetterNumbers]" = _Service("letter_numbers", "LetterNumbers")  # fmt: skip
    trips: "_Service[Trips]" = _Service("trips", "Trips")
    upkeep: "_Service[Upkeep]" = _Service("upkeep", "Upkeep")
    backups: "_Service[Backups]" = _Service("backups", "Backups")

    def __init__(
        self, database: Database, *, log_put_aside: Path | None = None
    ) -> None:
        self._database = database
        self.log_put_aside = log_put_aside
        self.path = database.path
        self.passphrase = database.passphrase
        self.changed: Event[frozenset[str]] = database.changed
        database.follow = self._follow

    @property
    def day(self) -> date:
        """The day whose duties and cover the desk holds; it moves by `move_to` alone."""
        return self.upkeep.day()

    def do(self, change: Callable[[], T], progress: Progress | None = None) -> T:
        """Several writes as one: all of it is kept with what follows from it, or nothing; screens hear of it once.

        A single call of a service is such a change by itself. `progress` is told while cover is worked out.
        """
        with self._database.write(progress):
            return change()

    def move_to(self, day: date, progress: Progress | None = None) -> int:
        """Find the duties and cover of another day; the answer is how many rows changed, 0 where it is that day.

        A desk opened for reading alone stays on the day it is on.
        """
        return 0 if self.refusal or self.is_on(day) else self.recount(day, progress)

    @property
    def has_day(self) -> bool:
        """Whether the desk was ever on a day: a new one, and one of an earlier version, was not."""
        return self.upkeep.has_day()

    @property
    def refusal(self) -> UserError | None:
        """Why nothing can be written, where the desk was opened for reading alone."""
        return self._database.refusal

    @property
    def remark(self) -> UserError | None:
        """What has to be said of where the desk lies: on a network drive, in a folder that is carried elsewhere."""
        return remark(self.path)

    def settle(self) -> bool:
        """Bring everything written into the one file; False: others are at work, and it waits for the next time."""
        return self._database.refusal is not None or self._database.empty_log()

    def is_damaged(self) -> bool:
        """Whether pages of the file were changed outside this program; a quarter of a second for 60 MB."""
        return self._database.is_damaged()

    def is_on(self, day: date) -> bool:
        """Whether every client's duties and cover were found on this day; not so where finding them broke off."""
        return self.upkeep.is_moved_to(day)

    def recount(self, day: date, progress: Progress | None = None) -> int:
        """Count duties and cover of every client anew, as on a day; the answer is how many rows were not right."""
        progress = progress or Progress()
        self.upkeep.move_to(day)
        count = 0
        for client in progress.each(self.clients.all(), N_("Watching the dates")):
            with self._database.write():
                count += self._bring(Scope(client.id), day, progress)
        self.upkeep.moved_to(day)
        return count

    def as_on(self, day: date, question: Callable[[], T]) -> T:
        """The answer as it is on another day; the desk itself stays on its own."""
        if day == self.day:
            return question()
        with self._database.trial():
            for client in self.clients.all():
                self._bring(Scope(client.id), day, None)
            return question()

    def tried(
        self,
        scope: tuple[int, date],
        change: Callable[["Session"], object],
        question: Callable[["Session"], T],
        progress: Progress | None = None,
        *,
        waived: frozenset[Reason] = frozenset(),
    ) -> T:
        """The answer as it would be for a client on a day, had something changed; the desk itself stays as it is.

        `waived`: reasons the insurer is taken not to hold against a shipment.
        Raises the refusal of a desk opened for reading alone: a trial writes, too, before it takes everything back.
        """
        if self.refusal:
            raise self.refusal
        client, day = scope
        with self._database.trial() as session:
            change(session)
            session.flush()
            self._bring(Scope(client), day, progress, waived)
            return question(session)

    def agenda_of(self, client: int, day: date) -> "Agenda":
        """What was to be done for a client at the end of a day that is over, by all that is known now.

        Raises what `tried` raises.
        """
        from creditdesk.services.watch.then import forget_since, reopen_since  # noqa: PLC0415 - the models are heavy

        def read(session: "Session") -> "Agenda":
            reopen_since(session, client, day)
            return self.watch.agenda(client)

        return self.tried(
            (client, day), partial(forget_since, client_id=client, day=day), read
        )

    def bring_back(
        self,
        path: Path,
        passphrase: str,
        keep: Mapping[str, "Side"] | None = None,
        progress: Progress | None = None,
        *,
        dry_run: bool = False,
    ) -> "BroughtBack":
        """Take over what was done with clients that were taken out into this file; see `services/trips`.

        `keep`: answers to its questions, by their id. With `dry_run` it says what would be, and nothing is kept. The
        file itself stays as it is. Raises `DeskMissing`, what opening a desk raises, and what `Trips.begin` raises.
        """
        database = self._database
        if not path.is_file():
            raise DeskMissing(path=path)
        with _opened_apart(path, passphrase, database) as away:
            block = database.trial() if dry_run else database.write(progress)
            with away._database.read() as there, block as session:  # noqa: SLF001 - a desk like this one
                bringing = self.trips.begin(session, path, there, keep or {})
                bringing.part_buyers(self.buyers.unmerge)
                bringing.take_facts()
                bringing.join_buyers(self.buyers.merge)
                if not dry_run:
                    self._follow(
                        session, progress
                    )  # the duties that were closed are those of the facts
                bringing.close_duties()
                return bringing.end(keep or {})

    def check(self, progress: Progress | None = None) -> "Verdict":
        """Whether the file is sound, and every client's duties and cover are what its facts say."""
        found = self.upkeep.check(progress)
        if not found.ok:
            return found
        return replace(found, problems=(*found.problems, *self._behind()))

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def _follow(self, session: "Session", progress: Progress | None) -> None:
        """What every write ends with: the clients and buyers it touched are looked at again."""
        for scope in scopes(session):
            self._bring(scope, self.day, progress)

    def _bring(
        self,
        scope: Scope,
        day: date,
        progress: Progress | None,
        waived: frozenset[Reason] = frozenset(),
    ) -> int:
        covers = self.policies.follow(scope, day, progress, waived)
        return covers + self.watch.follow(scope, day, progress)

    def _behind(self) -> Iterator[Message]:
        for client in self.clients.all():
            for words, count in (
                (_DUTIES_BEHIND, self.watch.behind(client.id, self.day)),
                (_COVER_BEHIND, self.policies.behind(client.id, self.day)),
            ):
                if count:
                    yield Message.of(words, client=client.name, count=count)


@contextmanager
def _opened_apart(path: Path, passphrase: str, database: Database) -> Iterator[Desk]:
    """A desk in a copy of its own, which may be brought up to date without touching the file."""
    room = log.apart(path, passphrase, database.now())
    try:
        copy = room.path / path.name
        desk = open_desk(
            copy, passphrase, now=database.now, who=database.who, backups=room.path
        )
        try:
            yield desk
        finally:
            desk.close()
    finally:
        room.close()


def create_desk(path: Path, passphrase: str = "") -> None:
    """Make an empty desk file; raises rather than overwrite."""
    migrate.create(path, passphrase)


def open_desk(  # noqa: PLR0913 - what a test gives, the program takes from the system
    path: Path,
    passphrase: str = "",
    *,
    now: Callable[[], datetime] = datetime.now,
    who: str = "",
    backups: Path | None = None,
    damaged: bool = False,
) -> Desk:
    """Open a desk, bringing an older one up to date behind a backup; raises in words what stands against it.

    One that may not be written where it lies, whose disk is full, or that is known to be `damaged`, is opened for
    reading alone.
    """
    aside = migrate.settle(path, passphrase, now())
    refusal: UserError | None = None
    if damaged:
        refusal = DeskShut(path=path)
    elif not migrate.may_write(path):
        refusal = DeskReadOnly(path=path)

    def opened(refusal: UserError | None) -> Desk:
        # What lies in a log is seen by those alone who may write beside it: others read both in a copy.
        shut_log = refusal and not damaged and log.has_log(path)
        apart = log.apart(path, passphrase, now()) if shut_log else None
        database = Database(
            path, passphrase, now=now, who=who or person(), refusal=refusal, apart=apart
        )
        try:
            migrate.prepare(path, database, backups)
            automatic.desk_id(database)
        except BaseException:
            database.close()
            raise
        return Desk(database, log_put_aside=aside)

    try:
        return opened(refusal)
    except (NoRoom, DeskShut) as reason:
        if refusal:
            raise
        return opened(reason)


def needs_passphrase(error: UserError) -> bool:
    """Whether another passphrase could open the desk that was refused."""
    return isinstance(error, PassphraseNeeded | PassphraseWrong)


def restore_desk(  # noqa: PLR0913 - two files, their passphrases, and what was agreed to
    path: Path,
    copy: Path,
    passphrase: str,
    at: datetime,
    *,
    copy_passphrase: str | None = None,
    of_another: bool = False,
) -> Path | None:
    """Put a backup in the desk's place; the answer is where the replaced desk is kept, None where there was none.

    `passphrase` is the desk's, `copy_passphrase` the backup's; None: the same. A backup from before desks had an id
    takes over that of the desk it replaces, and with it the backups made since; one of another desk is taken only where
    that is meant (`of_another`). Raises `DeskInUse` while a window shows the desk, `DeskBusy` while a command works on
    it, `DeskWithStrangers` for a backup that isn't only ours, `BackupOfAnother`.
    """
    backup.make_folder(path)
    theirs = passphrase if copy_passphrase is None else copy_passphrase
    with DeskLock(path, person(), f"{at:%Y-%m-%d %H:%M}"):
        migrate.look_through(copy, theirs)
        own = automatic.id_in(path, passphrase)
        if not of_another and is_of_another(path, passphrase, copy, theirs):
            raise BackupOfAnother(path=copy, desk=path)
        replaced = backup.restore(path, copy, passphrase, at, copy_passphrase=theirs)
        if own:
            automatic.hand_on(path, passphrase or theirs, own)
        return replaced


def is_of_another(path: Path, passphrase: str, copy: Path, theirs: str) -> bool:
    """Whether the copy is of another desk; what can't be told, as from before desks had an id, counts as this one's."""
    own, other = automatic.id_in(path, passphrase), automatic.id_in(copy, theirs)
    return bool(own and other and own != other)


def change_passphrase(path: Path, passphrase: str, new: str, at: datetime) -> None:
    """Give the desk another passphrase; an empty one removes it. Backups made before keep the one they have.

    Raises `DeskInUse` while a window shows the desk, `DeskBusy` while a command works on it, `PassphraseWrong`.
    """
    migrate.settle(path, passphrase, at)
    with DeskLock(path, person(), f"{at:%Y-%m-%d %H:%M}"):
        backup.change_passphrase(path, passphrase, new)


def repair_desk(
    path: Path, passphrase: str, at: datetime
) -> tuple[Path | None, tuple[str, ...]]:
    """A new desk beside this one without what the program never made, and what that was; None: there is nothing."""
    return repair.take_out(path, passphrase, at)


def desk_differences(
    path: Path, copy: Path, passphrase: str, *, copy_passphrase: str | None = None
) -> tuple[backup.Difference, ...]:
    """How a backup differs from the desk; passphrases as in `restore_desk`."""
    theirs = passphrase if copy_passphrase is None else copy_passphrase
    return backup.differences(path, passphrase, copy, theirs)


def _at_once(act: Callable[[], None]) -> None:
    act()


@dataclass(slots=True)
class Workspace:
    """What a screen needs: the desk, who runs its jobs, what day it is, and the person's preferences.

    `client` is the one chosen in the switcher; None is all. `deliver` brings what a job
    wrote to the screens' own thread.
    """

    desk: Desk
    runner: Runner
    preferences: PreferenceFile
    today: Callable[[], date] = date.today
    deliver: Callable[[Callable[[], None]], object] = _at_once
    client: int | None = None
    client_chosen: Event[int | None] = field(default_factory=Event)
    changed: Event[frozenset[str]] = field(default_factory=Event)

    def __post_init__(self) -> None:
        """Tell the screens what was written, on their own thread."""
        self.desk.changed.connect(self._tell)

    def _tell(self, tables: frozenset[str]) -> None:
        self.deliver(lambda: self.changed.emit(tables))

    def choose(self, client: int | None) -> None:
        """Look at one client, or at all."""
        self.client = client
        self.client_chosen.emit(client)
