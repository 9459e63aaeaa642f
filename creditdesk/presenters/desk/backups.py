"""The backups of the desk, without Qt: where they lie, which there are, what reading them again found."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from creditdesk.errors import UserError
from creditdesk.events import Event
from creditdesk.i18n import N_, Message
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.backups import FOLDER, SECOND_PLACE, Made, Reread, StoredBackup
from creditdesk.workspace import Workspace, desk_differences, is_of_another

_WHY = {
    "on-close": N_("on closing"),
    "hourly": N_("while working"),
    "after-command": N_("after a command"),
    "by-hand": N_("by hand"),
    "before-undo": N_("before taking an import back"),
    "before-update": N_("before an update of the program"),
}
_FRESH_DAYS = 3
"""A weekend without work needs no backup."""
SHOWN = 8
"""How many are shown till all are asked for."""


class SecondPlaceTaken(UserError):
    """The folder chosen is the first place."""

    message = N_(
        "{path} holds the backups already. Choose a folder on another disk, a USB stick or in the network."
    )


@dataclass(frozen=True, slots=True)
class BackupLine:
    """A backup in words. `ok` None: not read again yet; `verdict` says what that found."""

    path: Path
    when: str
    size: str
    why: str
    ok: bool | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A backup beside the desk: what differs, in words, and whether it is another desk's."""

    lines: tuple[str, ...]
    of_another: bool


class BackupsPresenter:
    """What is shown of the backups."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self._backups = workspace.desk.backups
        self._read: Mapping[Path, Reread] = {}
        self.all_shown = False
        self.changed: Event[None] = Event()
        self._load()

    def _load(self) -> None:
        self.folder = self._backups.folder()
        self.second_place = self._backups.second_place()
        self._stored = self._backups.stored()

    def reload(self) -> None:
        """Look into the folder anew."""
        self._load()
        self.changed.emit(None)

    @property
    def count(self) -> int:
        """How many there are in the folder."""
        return len(self._stored)

    @property
    def lines(self) -> list[BackupLine]:
        """The newest ones, or all."""
        shown = self._stored if self.all_shown else self._stored[:SHOWN]
        return [self._line(each) for each in shown]

    def show_all(self) -> None:
        """All from now on."""
        self.all_shown = True
        self.changed.emit(None)

    @property
    def second_said(self) -> str:
        """How it stands with the second place."""
        say, place = self._wording, self.second_place
        if place is None:
            return say(N_("None. On a stick or in the network a copy outlives this computer."))  # fmt: skip
        on = self._backups.second_copied_on()
        if on is None:
            return say(N_("No backup has been put there yet."))
        return say(N_("Last backup there: {day}"), day=on)

    @property
    def found(self) -> list[tuple[bool, str]]:
        """What reading all of them again found, in lines with whether it is good; none before."""
        if not self._read:
            return []
        bad = [each for each in self._read.values() if not each.ok]
        if not bad:
            said = self._wording.plural(
                N_("{count} backup read again: in order."),
                N_("{count} backups read again: all in order."),
                len(self._read),
            )
            return [(True, said)]
        return [(False, f"{each.backup.path}: {self._verdict(each)}") for each in bad]

    def set_folder(self, folder: Path) -> None:
        """Put automatic backups there from now on."""
        self._workspace.desk.upkeep.set({FOLDER: str(folder)})
        self.reload()

    def set_second_place(self, folder: Path | None) -> None:
        """Put each there once more, or nowhere; raises `SecondPlaceTaken`."""
        if folder and folder.resolve() == self.folder.resolve():
            raise SecondPlaceTaken(path=folder)
        self._workspace.desk.upkeep.set({SECOND_PLACE: str(folder) if folder else ""})
        self.reload()

    def back_up(self, progress: Progress) -> Made:
        """The job: a verified copy now."""
        progress.step(Message(N_("Copying and checking the desk")))
        return self._backups.make("by-hand", progress)

    def verify(self, progress: Progress) -> tuple[Reread, ...]:
        """The job: read all of them again."""
        return look(self._workspace, progress)

    def show_read(self, read: tuple[Reread, ...]) -> None:
        """They were read."""
        self._read = {each.backup.path: each for each in read}
        self.changed.emit(None)

    def differences(self, copy: Path, theirs: str | None = None) -> Job[Compared]:
        """The work of comparing a backup with the desk. `theirs`: the backup's passphrase, None: the desk's."""
        path, passphrase = self._workspace.desk.path, self._workspace.desk.passphrase
        key = passphrase if theirs is None else theirs

        def job(progress: Progress) -> Compared:
            progress.step(Message(N_("Comparing the backup with the desk")))
            found = desk_differences(path, copy, passphrase, copy_passphrase=key)
            return Compared(
                tuple(f"{one.table}: {one.here:,} → {one.there:,}" for one in found),
                is_of_another(path, passphrase, copy, key),
            )

        return job

    def _line(self, stored: StoredBackup) -> BackupLine:
        say, read = self._wording, self._read.get(stored.path)
        return BackupLine(
            path=stored.path,
            when=say.moment(stored.at),
            size=_size(stored.path),
            why=say(_WHY.get(stored.reason, stored.reason)),
            ok=read.ok if read else None,
            verdict=self._verdict(read) if read else "",
        )

    def _verdict(self, read: Reread) -> str:
        return (
            self._wording.message(read.reason)
            if read.reason
            else self._wording(N_("in order"))
        )


def look(workspace: Workspace, progress: Progress) -> tuple[Reread, ...]:
    """Read all backups again and keep when that was and how many were bad."""
    backups = workspace.desk.backups
    read = backups.verify(progress)
    backups.looked(workspace.today(), sum(not each.ok for each in read))
    return read


def _size(path: Path) -> str:
    try:
        return f"{path.stat().st_size / 1024 / 1024:,.1f} MB"
    except OSError:
        return ""  # taken away meanwhile


@dataclass(frozen=True, slots=True)
class BackupState:
    """When the desk was last backed up, and where; `old`: longer ago than a day of work may be lost."""

    said: str
    where: str
    old: bool


def backup_state(workspace: Workspace, say: Wording) -> BackupState:
    """The state that always stands in the window."""
    backups = workspace.desk.backups
    made, second = backups.last(), backups.second_place()
    where = say(N_("Backups lie in {folder}."), folder=backups.folder())
    if second is not None:
        on = backups.second_copied_on()
        told = N_("Second place: {place}, last on {day}.") if on else N_("Second place: {place}, nothing there yet.")  # fmt: skip
        where = f"{where}\n{say(told, place=second, day=on)}"
    if made is None:
        return BackupState(say(N_("No backup yet")), where, old=False)
    days = (workspace.today() - made.at.date()).days
    if days > _FRESH_DAYS:
        return BackupState(say.plural(N_("Last backup {count} day ago"), N_("Last backup {count} days ago"), days), where, old=True)  # fmt: skip
    return BackupState(say(N_("Backup {when} ✓"), when=made.at), where, old=False)
