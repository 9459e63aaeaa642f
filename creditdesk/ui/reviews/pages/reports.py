"""The reports there are, drawn: the list at the left, what the chosen one asks for at the right."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.reviews.reports import ReportsPresenter
from creditdesk.reports.report import FileKind
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, clear
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.form_view import FormView
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import label
from creditdesk.workspace import Workspace

RAIL = "reviews"
_LIST_WIDTH = 260
_FORM_WIDTH = 720
_KEY = Qt.ItemDataRole.UserRole


class ReportsPage(Page):
    """From what a report asks for to its file."""

    def __init__(self, workspace: Workspace, shell: Shell, report: str) -> None:
        say = shell.wording
        super().__init__(
            say(N_("Reports")),
            say(N_("Every document that a client, a buyer or a period is enough for")),
        )
        self._shell = shell
        self._presenter = ReportsPresenter(workspace, say)
        self.list = QListWidget()
        self.list.setAccessibleName(say(N_("Reports")))
        for key, title in self._presenter.names:
            item = QListWidgetItem(title)
            item.setData(_KEY, key)
            self.list.addItem(item)
        frame, self._side = card(spacing=16, margins=(20, 16, 20, 16))
        frame.setMaximumWidth(_FORM_WIDTH)
        asked = QWidget()
        across = QHBoxLayout(asked)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(frame, 2)
        across.addStretch(1)
        self.body.addWidget(Fold(asked, self.list, _LIST_WIDTH, first=True), 1)
        self._presenter.changed.connect(self._draw)
        self.list.currentItemChanged.connect(self._choose)
        keys = [key for key, _ in self._presenter.names]
        self.list.setCurrentRow(keys.index(report) if report in keys else 0)
        self._draw(None)
        self.setFocusProxy(self.list)

    def save(self, kind: FileKind) -> None:
        """Ask where the file goes, once all it asks for can be read."""
        if not self._presenter.is_told():
            self.form.focus_fault()
            return
        title = self._shell.wording(N_("Save the report"))
        messages.choose_target(self, title, self._presenter.file_name(kind), self.save_to)  # fmt: skip

    def save_to(self, path: Path) -> None:
        """Write it there."""
        self._shell.run(self._presenter.writing(path), self._saved)

    def _saved(self, said: Message) -> None:
        self._shell.tell(said)

    def _choose(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None:
            self._presenter.choose(str(item.data(_KEY)))

    def _draw(self, _nothing: None) -> None:
        clear(self._side)
        self._side.addWidget(label(self._shell.wording(self._presenter.chosen.title), "section"))  # fmt: skip
        self.form = FormView(self._presenter.form, self._shell, question=True)
        self._side.addWidget(self.form)
        buttons = QHBoxLayout()
        for place, (kind, words) in enumerate(self._presenter.kinds):
            role = "primary" if place == 0 else ""
            buttons.addWidget(button(words, partial(self.save, kind), role=role))
        buttons.addStretch(1)
        self._side.addLayout(buttons)
        self._side.addStretch(1)


def build(workspace: Workspace, shell: Shell, report: str = "") -> QWidget:
    """The page; `report`: the one to look at first."""
    return ReportsPage(workspace, shell, report)
