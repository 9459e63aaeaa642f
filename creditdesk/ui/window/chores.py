"""What the program does by itself while a desk is open.

A backup every hour, a look at all of them every month, a check of the desk every week; and everything written is
brought into the one file when nobody has written for half a minute.
"""

from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from creditdesk.errors import Cancelled, UserError
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Progress, Runner
from creditdesk.presenters.desk.backups import look
from creditdesk.services.backups import BackupsDamaged, Made, Reread
from creditdesk.services.upkeep import Verdict
from creditdesk.workspace import Workspace

_HOUR_MS = 3_600_000
_IDLE_MS = 30_000
_FIRST_LOOK_MS = 300_000
"""Not while the person waits for the first pages."""


class Teller(Protocol):
    """What of the window these chores need."""

    def tell(self, message: Message, tone: str = "done") -> None:
        """Say in the foot what happened."""

    def refuse(self, error: UserError) -> None:
        """Say as a bar above the page what is wrong."""

    def show_backup(self) -> None:
        """Say on the rail when the desk was last backed up."""


class DeskFoundUnsound(UserError):
    """The weekly check found something."""

    message = N_(
        "The weekly check of the desk found {count} problems, the first of them: {first} "
        "Settings, “Check the desk”, names them all."
    )


class Chores:
    """They have a worker of their own: nobody's import waits for a backup."""

    def __init__(
        self,
        parent: QObject,
        workspace: Workspace,
        window: Teller,
        runner: Runner,
    ) -> None:
        self._workspace = workspace
        self._window = window
        self._runner = runner
        self._written = False
        self._told = False
        self._closed = False
        self._disconnect = workspace.desk.changed.connect(self._on_change)
        self._hour = QTimer(parent, interval=_HOUR_MS)
        self._hour.timeout.connect(self.hourly)
        self._hour.start()
        self._first = QTimer(parent, interval=_FIRST_LOOK_MS, singleShot=True)
        self._first.timeout.connect(self.look)
        self._first.start()
        self._idle = QTimer(parent, interval=_IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self._settle)
        self._disconnect_idle = workspace.changed.connect(
            lambda _tables: self._idle.start()
        )

    def close(self) -> None:
        """No more of it; what runs is cancelled, or brought to its end where it can't be."""
        self._closed = True
        self._hour.stop()
        self._first.stop()
        self._idle.stop()
        self._disconnect()
        self._disconnect_idle()
        self._runner.close()

    def hourly(self) -> None:
        """A backup if something was written since the last one, and the look if it is time."""
        if self._written:
            self._written = False
            self._runner.start(self._back_up, done=self._made, failed=self._failed)
        self.look()

    def look(self) -> None:
        """Check the desk if a week has passed, and read all backups again if a month has."""
        desk = self._workspace.desk
        if desk.refusal:
            return
        if desk.upkeep.is_check_due(self._workspace.today()):
            self._runner.start(
                desk.check, done=self._checked, failed=self._failed_quietly
            )
        if self._workspace.desk.backups.is_look_due(self._workspace.today()):
            self._runner.start(self._look, done=self._looked, failed=self._failed)

    def _settle(self) -> None:
        desk = self._workspace.desk
        self._runner.start(
            lambda _progress: desk.settle(),
            done=lambda _done: None,
            failed=self._failed_quietly,
        )

    def _checked(self, found: Verdict) -> None:
        if self._closed:
            return
        if found.ok:
            self._workspace.desk.upkeep.found_sound(self._workspace.today())
        else:
            self._window.refuse(
                DeskFoundUnsound(count=len(found.problems), first=found.problems[0])
            )

    def _failed_quietly(self, error: BaseException) -> None:
        """What could not be done now is done another time; a bug stays one."""
        if not isinstance(error, UserError | Cancelled):
            raise error

    def _on_change(self, _tables: frozenset[str]) -> None:
        self._written = True

    def _back_up(self, progress: Progress) -> Made:
        return self._workspace.desk.backups.make("hourly", progress)

    def _look(self, progress: Progress) -> tuple[Reread, ...]:
        return look(self._workspace, progress)

    def _made(self, made: Made) -> None:
        if self._closed:
            return
        self._window.show_backup()
        if made.refused:
            self._say(N_("The second place took no backup: {reason}"), made.refused)
        else:
            self._told = False

    def _looked(self, read: tuple[Reread, ...]) -> None:
        bad = sum(not each.ok for each in read)
        if bad and not self._closed:
            self._window.refuse(BackupsDamaged(count=bad))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError | Cancelled):
            raise error
        if isinstance(error, UserError) and not self._closed:
            self._written = True
            self._say(N_("The hourly backup failed: {reason}"), error)

    def _say(self, sentence: str, refused: UserError) -> None:
        """Once, and again only after one that went well: not every hour."""
        if not self._told:
            self._told = True
            self._window.tell(Message.of(sentence, reason=refused.said), "warning")
