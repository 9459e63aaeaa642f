"""Opens a desk in the frame: lock, services, worker, the window's parts, the first page."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from creditdesk import paths
from creditdesk.errors import UserError
from creditdesk.jobs import JobRunner
from creditdesk.ui.main_window import DeskWindow
from creditdesk.ui.shell import screens
from creditdesk.ui.single import Doorbell, bring_forward
from creditdesk.workspace import (
    DeskLock,
    Workspace,
    needs_passphrase,
    open_desk,
    person,
)

if TYPE_CHECKING:
    from creditdesk.ui.life import Life


class PassphraseAsked(Exception):
    """The desk needs a (better) passphrase."""

    def __init__(self, refusal: str) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def opened(life: "Life", path: Path, passphrase: str) -> DeskWindow:
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
    runner = JobRunner(life.deliverer.delivered.emit)
    workspace = Workspace(
        desk,
        runner,
        life.preferences,
        today=date.today,
        deliver=life.deliverer.delivered.emit,
    )
    window = DeskWindow(life.frame, workspace, screens(), life.dress)
    life.frame.may_close = window.may_close
    bell = Doorbell(path, lambda: _forward(life))
    bell.setParent(life.frame)
    life.at_end(lock.release)
    life.at_end(desk.close)
    life.at_end(_last_backup(desk.upkeep.back_up_now))
    life.at_end(runner.close)
    window.go("today")
    return window


def sample_desk() -> Path:
    """The sample desk, made where there is none yet."""
    from creditdesk.sample.desk import build  # noqa: PLC0415 - for those who choose it

    path = paths.data_folder() / "sample.creditdesk"
    if not path.exists():
        build(path)
    return path


def _forward(life: "Life") -> None:
    life.frame.showNormal()
    life.frame.raise_()
    life.frame.activateWindow()


def _last_backup(back_up: Callable[[str], Path]) -> Callable[[], object]:
    def act() -> None:
        back_up("on-close")

    return act
