"""An open desk: services, job runner, changed event, preferences."""

__all__ = [
    "Desk",
    "DeskLock",
    "Workspace",
    "create_desk",
    "desk_differences",
    "is_protected",
    "needs_passphrase",
    "open_desk",
    "person",
    "restore_desk",
]

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from creditdesk.db import backup, migrate
from creditdesk.db.connection import is_plain
from creditdesk.db.database import Database
from creditdesk.db.errors import PassphraseNeeded, PassphraseWrong
from creditdesk.db.lock import DeskLock, person
from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.jobs import Runner
from creditdesk.preferences import PreferenceFile
from creditdesk.services.buyers import Buyers
from creditdesk.services.claims import Claims
from creditdesk.services.clients import Clients
from creditdesk.services.declarations import Declarations
from creditdesk.services.ledger import Imports, Ledger
from creditdesk.services.policies import Policies
from creditdesk.services.premiums import Premiums
from creditdesk.services.review import Reviews
from creditdesk.services.upkeep import Upkeep, default_backup_folder
from creditdesk.services.watch import Watch


class Desk:
    """The services over one desk file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.path = database.path
        self.passphrase = database.passphrase
        self.changed: Event[frozenset[str]] = database.changed
        self.clients = Clients(database)
        self.buyers = Buyers(database)
        self.ledger = Ledger(database)
        self.imports = Imports(database)
        self.policies = Policies(database)
        self.watch = Watch(database)
        self.declarations = Declarations(database)
        self.premiums = Premiums(database)
        self.claims = Claims(database)
        self.reviews = Reviews(database)
        self.upkeep = Upkeep(database)

    def close(self) -> None:
        """Release the file."""
        self._database.close()


def create_desk(path: Path, passphrase: str = "") -> None:
    """Make an empty desk file; raises rather than overwrite."""
    migrate.create(path, passphrase)


def open_desk(
    path: Path,
    passphrase: str = "",
    *,
    now: Callable[[], datetime] = datetime.now,
    who: str = "",
    backups: Path | None = None,
) -> Desk:
    """Open a desk, bringing an older one up to date behind a backup; raises in words what stands against it."""
    database = Database(path, passphrase, now=now, who=who or person())
    try:
        migrate.prepare(path, database, backups or default_backup_folder())
    except BaseException:
        database.close()
        raise
    return Desk(database)


def needs_passphrase(error: UserError) -> bool:
    """Whether another passphrase could open the desk that was refused."""
    return isinstance(error, PassphraseNeeded | PassphraseWrong)


def is_protected(path: Path) -> bool:
    """Whether opening this file takes a passphrase; a file that is not there takes none."""
    return path.is_file() and path.stat().st_size > 0 and not is_plain(path)


def restore_desk(path: Path, copy: Path, passphrase: str, at: datetime) -> Path | None:
    """Put a backup in the desk's place; the answer is where the replaced desk is kept, None where there was none.

    Raises `DeskInUse` while a window shows the desk.
    """
    backup.make_folder(path)
    with DeskLock(path, person(), f"{at:%Y-%m-%d %H:%M}"):
        return backup.restore(path, copy, passphrase, at)


def desk_differences(
    path: Path, copy: Path, passphrase: str
) -> tuple[backup.Difference, ...]:
    """How a backup differs from the desk."""
    return backup.differences(path, copy, passphrase)


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
