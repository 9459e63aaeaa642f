"""Due dates that nobody knows, drawn: what waits at the left; at the right what settles it."""

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.due_open import TABLES, DueOpenPresenter
from creditdesk.presenters.parts.typed import FieldKind, understood
from creditdesk.services.ledger import TermsSettled
from creditdesk.ui.ledger.question_card import QuestionFrame
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import NameLabel, fault_line
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "receivables"


class DueOpenPage(Page):
    """By wording, many at once; or a date for the chosen documents."""

    def __init__(self, workspace: Workspace, shell: Shell, client: int | None) -> None:
        say = shell.wording
        super().__init__(say(N_("Due date open")))
        self._shell = shell
        self._presenter = DueOpenPresenter(workspace, say, client)
        self.lines = TablePanel(
            self._presenter.lines,
            shell,
            empty=say(N_("Every open invoice has its due date.")),
            search=say(N_("Filter wordings, buyers…")),
        )
        self.card = QuestionFrame(self._presenter.terms, say, abreast=1)
        self.card.keys_of(self)
        self.card.said.connect(self._settle)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self.lines)
        self._work = self._right()
        across.addWidget(self._work)
        across.setSizes([592, 518])
        across.setHandleWidth(12)
        across.setChildrenCollapsible(False)
        self.body.addWidget(across, 1)
        self.lines.view.selectionModel().selectionChanged.connect(self._choose)
        self.documents.view.selectionModel().selectionChanged.connect(self._count)
        self.destroyed.connect(self._presenter.changed.connect(self._draw))
        self.destroyed.connect(workspace.changed.connect(self._on_change))
        self._presenter.reload()

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.lines.filter.setFocus()

    def _right(self) -> QWidget:
        say = self._shell.wording
        self.documents = TablePanel(self._presenter.documents, self._shell, empty="")
        self._by_hand = NameLabel(role="section")
        self.day = QLineEdit()
        self.day.setPlaceholderText(say(N_("2026-01-31, or terms in words")))
        self.day.setAccessibleName(say(N_("Due date or terms")))
        self.day.setMinimumWidth(240)
        self.day.editingFinished.connect(self._write_out)
        self.day.returnPressed.connect(self._date)
        self._set = button(say(N_("Set the date")), self._date)
        self._fault = fault_line()
        right = QWidget()
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(12)
        below.addWidget(self.card)
        below.addWidget(self._by_hand)
        below.addWidget(self.documents, 1)
        below.addLayout(row(self.day, self._set, None))
        below.addWidget(self._fault)
        return right

    def _choose(self, _new: QItemSelection, _old: QItemSelection) -> None:
        chosen = self.lines.view.selected()
        if chosen:
            self._presenter.choose(chosen[0])

    def _settle(self, answered: bool) -> None:  # noqa: FBT001 - Qt's signal
        if answered:
            self._shell.run(
                self._presenter.settling(), while_there(self, self._settled)
            )

    def _settled(self, done: TermsSettled) -> None:
        self._shell.tell(self._presenter.told(done))

    def _write_out(self) -> None:
        """A day typed short, as it is understood; words are what they are."""
        if self.day.isModified():
            self.day.setText(understood(FieldKind.DATE, self.day.text(), self._shell.wording))  # fmt: skip

    def _date(self) -> None:
        self._write_out()
        chosen = self.documents.view.selected()
        try:
            work = self._presenter.dating(chosen, self.day.text())
        except UserError as refused:
            self._show_fault(self._shell.wording.message(refused.said))
            return
        self._show_fault("")
        self._shell.run(work, while_there(self, self._dated), self._refuse)

    def _dated(self, done: TermsSettled) -> None:
        self.day.clear()
        self._settled(done)

    def _refuse(self, refused: UserError) -> None:
        self._show_fault(self._shell.wording.message(refused.said))

    def _show_fault(self, said: str) -> None:
        self._fault.setText(said)
        self._fault.setVisible(bool(said))

    def _count(self, *_what: object) -> None:
        say = self._shell.wording
        count = len(self.documents.view.selected())
        text = say.plural(
            N_("Set it for {count} document"),
            N_("Set it for {count} documents"),
            count,
        )
        self._set.setText(text if count else say(N_("Choose documents first")))
        self._set.setEnabled(count > 0)

    def _draw(self, _nothing: None) -> None:
        say, presenter = self._shell.wording, self._presenter
        self.retitle(say(N_("Due date open")), presenter.subtitle)
        chosen = presenter.chosen
        self._work.setVisible(chosen is not None)
        self.card.draw(shown=True)
        self._show_fault("")
        if chosen is not None:
            text = N_(
                "Or a date or terms of their own, in parts too, for documents of {buyer}"
            )
            self._by_hand.setText(say(text, buyer=chosen.buyer))
        self._count()

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell, client: int | None = None) -> QWidget:
    """The page; with a client, what waits of it alone."""
    return DueOpenPage(workspace, shell, client)
