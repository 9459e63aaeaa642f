"""A list on paper, before it is printed: the preview over the page it stands on, so that nothing there is lost."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from creditdesk.i18n import N_, Message
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.reports import list_paper
from creditdesk.reports.list_paper import PaperList
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.preview import Preview
from creditdesk.ui.parts.printing import ask_and_print
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.there import while_there

_SHARE = 0.92
"""How much of the window it takes."""


class ListDialog(QDialog):
    """Print, save as PDF, close."""

    def __init__(self, shell: Shell, listed: PaperList) -> None:
        super().__init__(shell.window)
        say = shell.wording
        self._shell = shell
        self._listed = listed
        self._copies = OwnFolder()
        self._path: Path | None = None
        self.preview = Preview(shell.runner, say)
        self.print_ = button(say(N_("Print…")), self.start_print, role="primary")
        self.save = button(say(N_("Save as PDF…")), self._ask)
        for each in (self.print_, self.save):
            each.setEnabled(False)
        inside = QVBoxLayout(self)
        inside.addWidget(self.preview, 1)
        inside.addLayout(
            row(None, button(say(N_("Close")), self.close), self.save, self.print_)
        )
        self.setWindowTitle(f"{listed.title} – CreditDesk")
        self.setAccessibleName(listed.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(shell.window.size() * _SHARE)
        self.destroyed.connect(self._copies.close)
        path = self._copies.file("list.pdf")
        writing = self._copies.during(self._writing(path))
        shell.run(writing, while_there(self, lambda _pages: self._show(path)))

    def start_print(self) -> None:
        """Ask for a printer."""
        if self._path:
            ask_and_print(self, self._shell, self._path, self._listed.title)

    def save_to(self, path: Path) -> None:
        """Write it there."""

        def told(_pages: int) -> None:
            self._shell.tell(Message.of(N_("The list is saved as {path}."), path=path))

        self._shell.run(self._writing(path), told)

    def _ask(self) -> None:
        title = self._shell.wording(N_("Save as PDF…"))
        name = messages.file_name(self._listed.title, ".pdf")
        messages.choose_target(self, title, name, self.save_to)

    def _show(self, path: Path) -> None:
        self._path = path
        self.preview.show_file(path)
        for each in (self.print_, self.save):
            each.setEnabled(True)
        self.print_.setFocus()

    def _writing(self, path: Path) -> Job[int]:
        listed, language = self._listed, self._shell.wording.language

        def job(progress: Progress) -> int:
            return list_paper.write(listed, path, language, progress)

        return job
