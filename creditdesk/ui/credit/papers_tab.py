"""The papers of a buyer's file, drawn: opened by Enter, saved by a button."""

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.credit.papers_part import PapersPart
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.there import while_there


class PapersTab(QWidget):
    """The list; the buttons act on the chosen paper."""

    def __init__(self, presenter: PapersPart, shell: Shell) -> None:
        super().__init__()
        self._presenter, self._shell = presenter, shell
        say = shell.wording
        self.open = button(say(N_("Open")), self._open_chosen)
        self.save = button(say(N_("Save…")), self._save_chosen)
        self.panel = TablePanel(
            presenter.table,
            shell,
            opened=self._open,
            empty=say(N_("No papers yet. What is added to a notice, an event, an entry or a statement stands here.")),
            search=say(N_("Filter papers…")),
        )  # fmt: skip
        self.panel.view.selectionModel().selectionChanged.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row(self.open, self.save, None))
        layout.addWidget(self.panel, 1)
        self.destroyed.connect(presenter.close)
        self._choose()

    def _chosen(self) -> Hashable | None:
        return next(iter(self.panel.view.selected()), None)

    def _choose(self, *_what: object) -> None:
        key = self._chosen()
        self.open.setEnabled(key is not None and self._presenter.may_open(key))
        self.save.setEnabled(key is not None)

    def _open_chosen(self) -> None:
        self._open(self._chosen())

    def _open(self, key: Hashable | None) -> None:
        if self._presenter.may_open(key):
            self._shell.run(self._presenter.opening(key), messages.show_file)
        elif key is not None:
            self._save(key)

    def _save_chosen(self) -> None:
        key = self._chosen()
        if key is not None:
            self._save(key)

    def _save(self, key: Hashable) -> None:
        def chosen(path: Path) -> None:
            work = self._presenter.saving(key, path)
            self._shell.run(work, while_there(self, self._saved))

        title = self._shell.wording(N_("Save…"))
        messages.choose_target(self, title, self._presenter.file_name(key), chosen)

    def _saved(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("Written to {path}."), path=path))
