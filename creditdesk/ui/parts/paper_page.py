"""A paper, drawn: its preview in either language, to be printed or saved; a page adds what stands beside it."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QComboBox, QWidget

from creditdesk.i18n import LANGUAGES, N_, Language, Message
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.claim_wording import language_options
from creditdesk.presenters.parts.own_folder import OwnFolder
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.preview import Preview
from creditdesk.ui.parts.printing import ask_and_print
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace


class ShownPaper(Protocol):
    """What a presenter of a letter or statement answers."""

    language: Language

    @property
    def title(self) -> str:
        """What it is, and about whom."""

    @property
    def said(self) -> str:
        """From whom, to whom, under which policy."""

    @property
    def file_name(self) -> str:
        """What it is called unless the person says otherwise."""

    @property
    def there(self) -> bool:
        """Whether there is anything to write."""

    def writing(self, path: Path) -> Callable[[Progress], Path]:
        """The job: write the letter."""


class PaperPage(Page):
    """The preview and its buttons. `role` is that of the print button."""

    def __init__(
        self,
        workspace: Workspace,
        shell: Shell,
        paper: ShownPaper,
        *,
        before: tuple[QWidget, ...] = (),
        role: str = "",
    ) -> None:
        say = shell.wording
        self._shell = shell
        self._paper = paper
        self._language = _languages(say(N_("Language of the letter")), paper.language)
        self._language.activated.connect(self._choose_language)
        self._buttons = (
            self._language,
            button(say(N_("Save as PDF…")), self.save),
            button(say(N_("Print…")), self.start_print, role=role, hint="Ctrl+P"),
        )
        super().__init__(paper.title, paper.said, actions=(*before, *self._buttons))
        self.offer(there=paper.there)
        self._copies = OwnFolder()
        self.destroyed.connect(self._copies.close)
        self._drafts = count(1)
        self.preview = Preview(workspace.runner, say)

    def offer(self, *, there: bool) -> None:
        """Offer to save and print where there is anything."""
        for each in self._buttons:
            each.setVisible(there)

    def recount(self) -> None:
        """Write the letter anew to look at."""
        if self._paper.there:
            self._write(self.preview.show_file)

    def is_taken(self) -> bool:
        """Whether what is typed beside the letter stands in it."""
        return True

    def start_print(self) -> None:
        """Ctrl+P."""
        if self._paper.there and self.is_taken():
            self._write(self._print)

    def save(self) -> None:
        """Ask where the letter goes."""
        if self._paper.there and self.is_taken():
            title = self._shell.wording(N_("Save the letter"))
            messages.choose_target(self, title, self._paper.file_name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write it there."""
        self._shell.run(self._paper.writing(path), self._told_saved)

    def _told_saved(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("The letter is saved as {path}."), path=path))

    def _write(self, done: Callable[[Path], object]) -> None:
        path = self._copies.file(f"{next(self._drafts)}.pdf")
        writing = self._copies.during(self._paper.writing(path))
        self._shell.run(writing, while_there(self, done))

    def _print(self, path: Path) -> None:
        self.preview.show_file(path)
        ask_and_print(self, self._shell, path, self._paper.title)

    def _choose_language(self, _place: int) -> None:
        chosen = self._language.currentData()
        self._paper.language = next(each for each in LANGUAGES if each == chosen)
        self.recount()


def _languages(name: str, chosen: Language) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    for code, words in language_options():
        made.addItem(words, code)
    made.setCurrentIndex(made.findData(chosen))
    return made
