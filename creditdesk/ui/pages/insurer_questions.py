"""The questions to the insurer, drawn: the letter as it will be printed, in either language."""

from itertools import count
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from creditdesk.i18n import LANGUAGES, N_, Message
from creditdesk.presenters.claim_wording import language_options
from creditdesk.presenters.insurer_questions import InsurerQuestionsPresenter
from creditdesk.presenters.own_folder import OwnFolder
from creditdesk.ui import messages
from creditdesk.ui.controls import button, empty
from creditdesk.ui.page import Page
from creditdesk.ui.preview import Preview
from creditdesk.ui.printing import ask_and_print
from creditdesk.ui.shell import Shell
from creditdesk.ui.there import while_there
from creditdesk.workspace import Workspace


class InsurerQuestionsPage(Page):
    """From what is to be asked to a letter on paper."""

    def __init__(self, workspace: Workspace, shell: Shell, policy: int) -> None:
        say = shell.wording
        presenter = InsurerQuestionsPresenter(workspace, say, policy)
        self._presenter = presenter
        self._shell = shell
        there = presenter.count > 0
        self._language = QComboBox()
        self._language.setAccessibleName(say(N_("Language of the letter")))
        for code, words in language_options():
            self._language.addItem(words, code)
        self._language.setCurrentIndex(self._language.findData(presenter.language))
        self._language.activated.connect(self._choose_language)
        printing = button(say(N_("Print…")), self.start_print, role="primary", hint="Ctrl+P")  # fmt: skip
        saving = button(say(N_("Save as PDF…")), self.save)
        for each in (self._language, printing, saving):
            each.setEnabled(there)
        super().__init__(
            presenter.title, presenter.said, (self._language, saving, printing)
        )
        self._copies = OwnFolder()
        self.destroyed.connect(self._copies.close)
        self._drafts = count(1)
        self._written: Path | None = None
        self.preview = Preview(workspace.runner, say)
        self.preview.setVisible(there)
        self.body.addWidget(self.preview, 1)
        if not there:
            back = button(say(N_("Contract review")), self._to_review)
            sentence = N_(
                "Nothing is to be asked yet. Mark the questions of the contract review for the insurer."
            )
            self.body.addWidget(empty(say(sentence), back), 1)
        self.recount()

    def recount(self) -> None:
        """Write the letter anew to look at."""
        self._presenter.reload()
        if not self._presenter.count:
            return
        path = self._copies.file(f"{next(self._drafts)}.pdf")
        writing = self._copies.during(self._presenter.writing(path))
        self._shell.run(writing, while_there(self, self._show))

    def start_print(self) -> None:
        """Ctrl+P."""
        if self._written:
            ask_and_print(self, self._shell, self._written, self._presenter.title)

    def save(self) -> None:
        """Ask where the letter goes."""
        title = self._shell.wording(N_("Save the letter"))
        messages.choose_target(self, title, self._presenter.file_name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write it there."""
        self._shell.run(self._presenter.writing(path), self._told_saved)

    def _told_saved(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("The letter is saved as {path}."), path=path))

    def _show(self, path: Path) -> None:
        self._written = path
        self.preview.show_file(path)

    def _choose_language(self, _place: int) -> None:
        chosen = self._language.currentData()
        self._presenter.language = next(each for each in LANGUAGES if each == chosen)
        self.recount()

    def _to_review(self) -> None:
        self._shell.go("contract_review", policy=self._presenter.policy)


def build(workspace: Workspace, shell: Shell, policy: int = 0) -> QWidget:
    """The page."""
    return InsurerQuestionsPage(workspace, shell, policy)
