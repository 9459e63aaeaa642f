"""Opens a desk in the frame: lock, services, worker, the window's parts, the first page."""

import gc
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QTimer

from creditdesk import paths
from creditdesk.errors import UserError
from creditdesk.jobs import JobRunner
from creditdesk.preferences import Look, PreferenceFile
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.window.chores import Chores
from creditdesk.ui.window.frame import Deliverer, Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.ui.window.single import Doorbell, bring_forward
from creditdesk.workspace import (
    Desk,
    DeskLock,
    Workspace,
    needs_passphrase,
    open_desk,
    person,
    restore_desk,
)


class Surroundings(Protocol):
    """What an open desk asks of the life of the window around it."""

    frame: Frame

    @property
    def wording(self) -> Wording:
        """The words of the language chosen."""

    @property
    def preferences(self) -> PreferenceFile:
        """The person's choices on this machine."""

    @property
    def deliverer(self) -> Deliverer:
        """Carries answers of jobs to the window's thread."""

    def dress(self, look: Look) -> None:
        """Dress everything anew."""

    def open(self, desk: Path, passphrase: str | None = None) -> None:
        """Open a desk in the frame."""


_DAY_LOOKED_AT_MS = 60_000
_SETTLED_MS = 3_000


class PassphraseAsked(Exception):
    """The desk needs a (better) passphrase."""

    def __init__(self, refusal: str) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class OpenDesk:
    """A desk open in the frame: its lock, its services, its worker, its window, its doorbell."""

    def __init__(
        self,
        life: Surroundings,
        path: Path,
        passphrase: str,
        lock: DeskLock,
        desk: Desk,
    ) -> None:
        self._life = life
        self._path = path
        self._passphrase = passphrase
        self._lock = lock
        self._desk = desk
        self._told = False
        deliver = life.deliverer.delivered.emit
        self._runner = JobRunner(deliver)
        workspace = Workspace(
            desk, self._runner, life.preferences, today=date.today, deliver=deliver
        )
        self._window = DeskWindow(life.frame, workspace, screens(), life.dress)
        self._window.restoring = self.restore
        self._bell = Doorbell(path, self._come_forward)
        life.frame.may_close = self._may_close
        self._window.go("today")
        self._window.keep_day()
        self._clock = QTimer(life.frame, interval=_DAY_LOOKED_AT_MS)
        self._clock.timeout.connect(self._window.keep_day)
        self._clock.start()
        self._chores = Chores(life.frame, workspace, self._window, JobRunner(deliver))
        QTimer.singleShot(_SETTLED_MS, life.frame, settle_memory)

    def close(self) -> None:
        """Let go of the file."""
        self._clock.stop()
        self._chores.close()
        self._runner.close()
        self._bell.close()
        self._desk.close()
        self._lock.release()

    def restore(self, copy: Path) -> None:
        """Put a backup in the desk's place, keep the desk under a dated name, open it anew."""
        self.close()
        try:
            restore_desk(self._path, copy, self._passphrase, datetime.now())  # noqa: DTZ005 - a file name in local time
        finally:
            # Whatever came of it, a desk stands at the path: the restored one or the one before.
            self._life.open(self._path, self._passphrase)

    def _may_close(self) -> bool:
        """Unsaved changes first, then a backup; one that fails is told, and the second try closes."""
        if not self._window.may_close():
            return False
        try:
            self._desk.backups.make("on-close")
        except UserError as refused:
            if not self._told:
                self._told = True
                self._window.refuse(refused)
                return False
        return True

    def _come_forward(self) -> None:
        frame = self._life.frame
        frame.showNormal()
        frame.raise_()
        frame.activateWindow()


def settle_memory() -> None:
    """What stands now stays: later searches for circles leave it out, and no page waits a tenth of a second for one."""
    gc.collect()
    gc.freeze()


def opened(life: Surroundings, path: Path, passphrase: str) -> OpenDesk:
    """The open desk in the frame; raises `PassphraseAsked` or a `UserError` in words."""
    lock = DeskLock(path, person(), f"{datetime.now():%Y-%m-%d %H:%M}")  # noqa: DTZ005 - local time, for people
    try:
        lock.take()
    except UserError:
        if bring_forward(path):
            life.frame.close()
        raise
    try:
        desk = open_desk(path, passphrase)
    except UserError as error:
        lock.release()
        if path.is_file() and needs_passphrase(error):
            said = life.wording.message(error.said) if passphrase else ""
            raise PassphraseAsked(said) from error
        raise
    return OpenDesk(life, path, passphrase, lock, desk)


def sample_desk() -> Path:
    """The sample desk, made where there is none yet."""
    from creditdesk.sample.desk import build  # noqa: PLC0415 - for those who choose it

    path = paths.data_folder() / "sample.creditdesk"
    if not path.exists():
        build(path)
    return path
