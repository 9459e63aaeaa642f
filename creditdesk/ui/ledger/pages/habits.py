"""A client's ledger habits, drawn: what was answered once, and below it another answer."""

from PySide6.QtCore import QItemSelection
from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.ledger.habits import TABLES, HabitsPresenter
from creditdesk.ui.ledger.question_card import QuestionFrame
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "settings"


class HabitsPage(Page):
    """Nothing is asked twice; what was said can be said anew."""

    def __init__(self, workspace: Workspace, shell: Shell, client: int) -> None:
        say = shell.wording
        self._remove = button(say(N_("Take the answer back…")), self._ask)
        super().__init__(say(N_("Ledger habits")), actions=(self._remove,))
        self._shell = shell
        self._presenter = HabitsPresenter(workspace, say, client)
        self.list = TablePanel(
            self._presenter.table,
            shell,
            empty=say(N_("Nothing was asked about this client's files yet.")),
            search=say(N_("Filter wordings, buyers…")),
        )
        self.card = QuestionFrame(self._presenter.terms, say)
        self.card.keys_of(self)
        self.card.said.connect(self._settle)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.card)
        self.list.view.selectionModel().selectionChanged.connect(self._choose)
        self.destroyed.connect(self._presenter.changed.connect(self._draw))
        self.destroyed.connect(workspace.changed.connect(self._on_change))
        self._presenter.reload()

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.list.filter.setFocus()

    def _choose(self, _new: QItemSelection, _old: QItemSelection) -> None:
        chosen = self.list.view.selected()
        if chosen:
            self._presenter.choose(str(chosen[0]))

    def _settle(self, answered: bool) -> None:  # noqa: FBT001 - Qt's signal
        if answered:
            self._shell.run(self._presenter.settling(), while_there(self, self._told))

    def _told(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("Kept; what was counted by the answer has moved.")))

    def _ask(self) -> None:
        chosen = self._presenter.chosen
        if chosen is None:
            return
        say = self._shell.wording
        text = N_(
            "{what}: take the answer back? The next file asks again; due dates that were counted by it are open again."
        )
        messages.ask(self, say, say(text, what=chosen.what), say(N_("Take it back")), self._take_back)  # fmt: skip

    def _take_back(self) -> None:
        self._shell.run(self._presenter.removing(), while_there(self, self._taken_back))

    def _taken_back(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("The answer is taken back; the next file asks again.")))  # fmt: skip

    def _draw(self, _nothing: None) -> None:
        say = self._shell.wording
        said = N_("{client} · what was answered once about its files; the next ones are read by it")  # fmt: skip
        self.retitle(say(N_("Ledger habits")), say(said, client=self._presenter.client))
        self._remove.setEnabled(self._presenter.chosen is not None)
        self.card.draw(shown=True)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell, client: int) -> QWidget:
    """The page."""
    return HabitsPage(workspace, shell, client)
