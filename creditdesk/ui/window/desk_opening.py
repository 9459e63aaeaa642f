"""Opens a desk in the frame: lock, services, worker, the window's parts, the first page."""

import gc
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from creditdesk import paths
from creditdesk.errors import Cancelled, UserError
from creditdesk.jobs import JobRunner, Progress
from creditdesk.preferences import Look, PreferenceFile
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.backups import Made
from creditdesk.ui.parts import dropped
from creditdesk.ui.window.chores import Chores
from creditdesk.ui.window.doors import Doors
from creditdesk.ui.window.frame import Deliverer, Frame
from creditdesk.ui.window.locking import Locking
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.ui.window.single import Doorbell, bring_forward
from creditdesk.workspace import (
    Desk,
    DeskLock,
    LogPutAside,
    Workspace,
    change_passphrase,
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

    def open(
        self,
        desk: Path,
        passphrase: str | None = None,
        *,
        damaged: bool = False,
        trouble: UserError | None = None,
    ) -> None:
        """Open a desk in the frame; `trouble` is said in it."""

    def leave(self, act: Callable[[], object]) -> None:
        """Close the desk with its backup, then do this."""

    def begin_anew(self) -> None:
        """Show the start page."""


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
        self._closed = False
        self._backed_up = False
        self._backing_up: Progress | None = None
        self._locking = Locking(life.frame, path, passphrase, lambda: life.wording)
        self._locking.after(life.preferences.now.lock_minutes)
        deliver = self._deliver
        self._runner = JobRunner(deliver)
        workspace = Workspace(
            desk, self._runner, life.preferences, today=date.today, deliver=deliver
        )
        self._window = DeskWindow(life.frame, workspace, screens(), life.dress)
        self._window.doors = Doors(
            restore=self.restore,
            protect=self.protect,
            switch=lambda desk: life.leave(lambda: life.open(desk)),
            begin=lambda: life.leave(life.begin_anew),
            lock=self._locking.lock,
            lock_after=self._locking.after,
            recent=self._others,
        )
        self._bell = Doorbell(path, self._come_forward)
        life.frame.may_close = self._may_close
        self._window.go("today")
        self._clock = QTimer(life.frame, interval=_DAY_LOOKED_AT_MS)
        self._clock.timeout.connect(self._window.keep_day)
        self._clock.start()
        self._last_runner = JobRunner(deliver)
        self._chores = Chores(life.frame, workspace, self._window, JobRunner(deliver))
        QTimer.singleShot(_SETTLED_MS, life.frame, settle_memory)
        if desk.log_put_aside:
            self._window.refuse(LogPutAside(kept=desk.log_put_aside))
        elif remark := desk.remark:
            self._window.refuse(remark)
        if not desk.refusal:
            self._look_through()

    @property
    def refusal(self) -> UserError | None:
        """Why nothing can be written in it, where that is so."""
        return self._desk.refusal

    def show_other(self, desk: Path) -> None:
        """A desk was opened from outside: this one comes forward, another takes its place once changes are settled."""
        self._come_forward()
        if not (desk.is_file() and desk.samefile(self._path)):
            self._window.leave_desk(lambda: self._window.doors.switch(desk))

    def tell(self, trouble: UserError) -> None:
        """Say what went wrong before, in the window that stands now."""
        self._window.refuse(trouble)

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        self._locking.end()
        self._clock.stop()
        self._chores.close()
        self._runner.close()
        self._last_runner.close()
        self._bell.close()
        dropped.let_go()
        self._desk.close()
        self._lock.release()

    def restore(
        self,
        copy: Path,
        theirs: str | None = None,
        of_another: bool = False,  # noqa: FBT001, FBT002 - a door takes values
    ) -> None:
        """Put a backup in the desk's place, keep the desk under a dated name, open it anew."""
        act = partial(
            restore_desk, self._path, copy, self._passphrase, datetime.now(), copy_passphrase=theirs, of_another=of_another,  # noqa: DTZ005, E501 - a file name in local time
        )  # fmt: skip
        self._replace(act, self._passphrase)

    def protect(self, passphrase: str) -> None:
        """Give the desk another passphrase, or none, and open it anew."""
        self._replace(
            lambda: change_passphrase(self._path, self._passphrase, passphrase, datetime.now()),  # noqa: DTZ005 - since when it is held, in local time
            passphrase,
        )  # fmt: skip

    def _replace(self, act: Callable[[], object], passphrase: str) -> None:
        """Do what no open window may see. Whatever comes of it, a desk stands at the path and is opened."""
        self.close()
        try:
            act()
        except UserError as refused:
            self._life.open(self._path, self._passphrase, trouble=refused)
        else:
            self._life.open(self._path, passphrase)

    def _deliver(self, act: Callable[[], None]) -> None:
        """Carry an answer to the window; what is still under way when the desk is closed finds nobody."""
        self._life.deliverer.delivered.emit(lambda: None if self._closed else act())

    def _others(self) -> tuple[Path, ...]:
        known = (Path(each) for each in self._life.preferences.now.recent)
        return tuple(each for each in known if each != self._path and each.is_file())

    def _look_through(self) -> None:
        """Before anything is written: a desk that was changed outside the program is opened for reading alone."""

        def found(damaged: bool) -> None:  # noqa: FBT001 - the answer of a job
            if damaged:
                self.close()
                self._life.open(self._path, self._passphrase, damaged=True)
            else:
                self._window.keep_day()

        self._runner.start(
            lambda _progress: self._desk.is_damaged(),
            done=found,
            failed=_unless_refused,
        )

    def _may_close(self, again: Callable[[], object]) -> bool:
        """Unsaved changes first, then a backup; one that fails is told, and the second try closes.

        A second place may be slow, or never answer: it is waited for by a job that can be cancelled, and then closing
        is tried `again`.
        """
        if self._backing_up or not self._window.may_close():
            return False
        if self._desk.refusal or self._backed_up:
            return True
        if self._desk.backups.second_place() and not _is_system_ending():
            self._back_up(again)
            return False
        return self._is_made(self._backed_up_at_once)

    def _backed_up_at_once(self) -> Made:
        """Here alone: when the system ends it waits for nobody's second place."""
        here = Progress()
        here.cancel()
        return self._desk.backups.make("on-close", here)

    def _back_up(self, again: Callable[[], object]) -> None:
        def made(answer: Callable[[], Made]) -> None:
            self._backing_up = None
            self._window.show_step(None)
            if self._is_made(answer):
                self._backed_up = True
                again()
                self._backed_up = False

        def failed(error: BaseException) -> None:
            made(partial(_raise, error))

        self._backing_up = self._last_runner.start(
            lambda progress: self._desk.backups.make("on-close", progress),
            done=lambda found: made(lambda: found),
            failed=failed,
            step=lambda step: self._window.show_step(step, self._cancel_backup),
        )

    def _cancel_backup(self) -> None:
        if self._backing_up:
            self._backing_up.cancel()

    def _is_made(self, answer: Callable[[], Made]) -> bool:
        """Whether nothing has to be told before closing: what failed is told once."""
        try:
            refused = answer().refused
        except UserError as error:
            refused = error
        if refused is None or self._told:
            return True
        self._told = True
        self._window.refuse(refused)
        return False

    def _come_forward(self) -> None:
        self._life.frame.come_forward()


def _is_system_ending() -> bool:
    app = QApplication.instance()
    return isinstance(app, QApplication) and app.isSavingSession()


def _raise(error: BaseException) -> NoReturn:
    raise error


def _unless_refused(error: BaseException) -> None:
    """A quiet job that could not be done now is done another time; a bug stays one."""
    if not isinstance(error, UserError | Cancelled):
        raise error


def settle_memory() -> None:
    """What stands now stays: later searches for circles leave it out, and no page waits a tenth of a second for one."""
    gc.collect()
    gc.freeze()


def opened(
    life: Surroundings, path: Path, passphrase: str, *, damaged: bool = False
) -> OpenDesk:
    """The open desk in the frame; raises `PassphraseAsked` or a `UserError` in words."""
    lock = DeskLock(path, person(), f"{datetime.now():%Y-%m-%d %H:%M}")  # noqa: DTZ005 - local time, for people
    try:
        lock.take()
    except UserError:
        if bring_forward(path):
            life.frame.close()
        raise
    try:
        desk = open_desk(path, passphrase, damaged=damaged)
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

    path = paths.sample_desk()
    if not path.exists():
        build(path)
    return path
