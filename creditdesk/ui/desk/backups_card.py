"""The backups on the settings page: both places, the list, reading them again, restoring one."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.presenters.desk.backups import BackupLine, BackupsPresenter, Compared
from creditdesk.services.backups import Made
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear, row
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace, needs_passphrase

_KEPT = N_(
    "A checked copy is made when the window closes, every hour of work and before anything dangerous. "
    "All of the last two days stay, one a day for two weeks, one a week for ten weeks, one a month for a year, "
    "and one a year for ever."
)


class BackupsCard(QWidget):
    """A card of the settings page."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._presenter = BackupsPresenter(workspace, shell.wording)
        say = shell.wording
        frame, inside = card()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        inside.addWidget(label(say(N_("Backups")), "section"))
        inside.addWidget(label(say(_KEPT), "small", wrap=True))
        inside.addLayout(self._places())
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(12)
        self._list.setVerticalSpacing(2)
        for column in (2, 3):
            self._list.setColumnStretch(column, 1)
        inside.addSpacing(4)
        inside.addLayout(self._list)
        self._found = QVBoxLayout()
        inside.addLayout(self._found)
        inside.addLayout(
            row(
                button(say(N_("Back up now")), self._back_up),
                button(say(N_("Read all again")), self._verify),
                button(say(N_("Restore another file…")), self._choose_copy),
                None,
            )
        )
        self.destroyed.connect(self._presenter.changed.connect(self._draw))
        self._draw(None)

    def _places(self) -> QGridLayout:
        say = self._shell.wording
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self._folder, self._second = NameLabel(), NameLabel()
        self._second_said = label(role="small", wrap=True)
        self._no_more = button(say(N_("Stop")), self._no_second, role="flat")
        self._no_more.setToolTip(say(N_("Put no more backups into the second place")))
        grid.addWidget(label(say(N_("Folder")), "quiet"), 0, 0)
        grid.addWidget(self._folder, 0, 1)
        grid.addWidget(button(say(N_("Choose…")), self._choose_folder), 0, 3)
        grid.addWidget(label(say(N_("Second place")), "quiet"), 1, 0)
        grid.addWidget(self._second, 1, 1)
        grid.addWidget(self._no_more, 1, 2)
        choose = button(say(N_("Choose…")), self._choose_second)
        choose.setAccessibleName(say(N_("Second place for backups")))
        grid.addWidget(choose, 1, 3)
        grid.addWidget(self._second_said, 2, 1, 1, 3)
        return grid

    def _draw(self, _nothing: None) -> None:
        shown = self._presenter
        self._folder.setText(str(shown.folder))
        self._second.setText(str(shown.second_place or "—"))
        self._second_said.setText(shown.second_said)
        self._no_more.setVisible(shown.second_place is not None)
        clear(self._list)
        for place, line in enumerate(shown.lines):
            self._draw_line(place, line)
        clear(self._found)
        if not shown.count:
            first = N_("None yet: the first one is made when the window closes.")
            none = self._shell.wording(first)
            self._found.addWidget(label(none, "small"))
        elif not shown.all_shown and shown.count > len(shown.lines):
            more = self._shell.wording(N_("Show all {count}"), count=shown.count)
            self._found.addLayout(row(button(more, shown.show_all, role="flat"), None))
        for good, said in shown.found:
            sign = "✓ " if good else "⚠ "
            self._found.addWidget(
                label(sign + said, "done" if good else "danger", wrap=True)
            )

    def _draw_line(self, place: int, line: BackupLine) -> None:
        say = self._shell.wording
        cells = [label(line.when), label(line.size, "quiet"), NameLabel(line.why, "quiet")]  # fmt: skip
        for column, cell in enumerate(cells):
            cell.setToolTip(str(line.path))
            self._list.addWidget(cell, place, column)
        if line.ok is not None:
            tone = "done" if line.ok else "danger"
            sign = "✓ " if line.ok else "⚠ "
            self._list.addWidget(NameLabel(sign + line.verdict, tone), place, 3)
        restore = button(
            say(N_("Restore…")), partial(self._compare, line.path), role="flat"
        )
        restore.setAccessibleName(say(N_("Restore the backup of {when}"), when=line.when))  # fmt: skip
        self._list.addWidget(restore, place, 4)

    def _back_up(self) -> None:
        self._shell.run(self._presenter.back_up, while_there(self, self._made))

    def _made(self, made: Made) -> None:
        self._presenter.reload()
        self._shell.show_backup()
        if made.refused:
            self._shell.refuse(made.refused)
        elif made.second:
            self._shell.tell(
                Message.of(
                    N_("Backed up to {file}, and to the second place."),
                    file=made.path.name,
                )
            )
        else:
            self._shell.tell(
                Message.of(N_("Backed up to {file}."), file=made.path.name)
            )

    def _verify(self) -> None:
        self._shell.run(
            self._presenter.verify, while_there(self, self._presenter.show_read)
        )

    def _choose_folder(self) -> None:
        title = self._shell.wording(N_("Folder for backups"))
        messages.choose_folder(self, title, self._presenter.set_folder)

    def _choose_second(self) -> None:
        title = self._shell.wording(N_("Second place for backups"))
        messages.choose_folder(self, title, self._set_second)

    def _set_second(self, folder: Path) -> None:
        try:
            self._presenter.set_second_place(folder)
        except UserError as refused:
            self._shell.refuse(refused)
        else:
            # Whether the place takes a copy is known at once.
            self._back_up()

    def _no_second(self) -> None:
        self._presenter.set_second_place(None)

    def _choose_copy(self) -> None:
        title = self._shell.wording(N_("Restore a backup"))
        folder = self._presenter.folder
        messages.choose_file(self, title, "CreditDesk (*.creditdesk)", self._compare, folder)  # fmt: skip

    def _compare(self, copy: Path, theirs: str | None = None) -> None:
        self._shell.run(
            self._presenter.differences(copy, theirs),
            while_there(self, partial(self._ask_restore, copy, theirs)),
            while_there(self, partial(self._refused, copy)),
        )

    def _refused(self, copy: Path, refused: UserError) -> None:
        """A backup made under another passphrase asks for it."""
        if not needs_passphrase(refused):
            self._shell.refuse(refused)
            return
        say = self._shell.wording
        question = say(
            N_("{file} was made under another passphrase. Which one opens it?"),
            file=copy.name,
        )
        messages.ask_secret(
            self, say, question, say(N_("Open it")), partial(self._compare, copy)
        )

    def _ask_restore(self, copy: Path, theirs: str | None, found: Compared) -> None:
        wording = self._shell.wording
        said = [
            wording(
                N_(
                    "Put {file} in the place of this desk? The desk as it is now is kept under a dated name beside it."
                ),
                file=copy.name,
            ),
            "",
            *found.lines,
        ]
        if not found.lines:
            said.append(wording(N_("Both hold the same number of records.")))
        if found.of_another:
            said.insert(
                0, wording(N_("This is a backup of another desk, with other books."))
            )
        if theirs is not None:
            said.append(
                wording(N_("The restored desk has the passphrase of this desk."))
            )
        messages.ask(
            self,
            wording,
            "\n".join(said),
            wording(N_("Restore it")),
            partial(self._shell.restore, copy, theirs, of_another=found.of_another),
        )
