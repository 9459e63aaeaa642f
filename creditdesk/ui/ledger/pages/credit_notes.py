"""Credit notes without an invoice, drawn: the list, and below it the one that is looked at."""

from PySide6.QtCore import QItemSelection
from PySide6.QtWidgets import QComboBox, QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.ledger.credit_notes import TABLES, CreditNotesPresenter
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.workspace import Workspace

RAIL = "receivables"


class CreditNotesPage(Page):
    """Nothing counts until a person says so."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        self._all = button(say(N_("Set all certain ones")), self._ask_all)
        super().__init__(
            say(N_("Credit notes without an invoice")),
            say(N_("What the ledger doesn't say they belong to takes nothing off a debt until you do")),
            (self._all,),
        )  # fmt: skip
        self._shell = shell
        self._presenter = CreditNotesPresenter(workspace, say)
        self.list = TablePanel(
            self._presenter.lines,
            shell,
            empty=say(N_("Every credit note names its invoice.")),
            search=say(N_("Filter buyers, numbers…")),
        )
        self.list.view.selectionModel().selectionChanged.connect(self._choose)
        self.body.addWidget(self.list, 1)
        frame, inside = card()
        self.about = label(role="strong", wrap=True)
        self.invoice = QComboBox()
        self.invoice.setAccessibleName(say(N_("Invoice")))
        self.invoice.setMinimumWidth(320)
        self._set = button(say(N_("Set against it")), self._set_one, role="primary")
        inside.addWidget(self.about)
        inside.addLayout(row(self.invoice, self._set, None))
        self._frame = frame
        self.body.addWidget(frame)
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
        if chosen and isinstance(chosen[0], int):
            self._presenter.choose(chosen[0])

    def _set_one(self) -> None:
        chosen = self._presenter.chosen
        if chosen is not None and self.invoice.currentData():
            assigned = {chosen.id: str(self.invoice.currentData())}
            self._shell.run(self._presenter.setting(assigned), self._told)

    def _ask_all(self) -> None:
        say = self._shell.wording
        messages.ask(
            self,
            say,
            f"{say(N_('Set these credit notes against their invoices?'))}\n\n{self._presenter.all_certain}",
            say(N_("Set them")),
            self._set_all,
        )

    def _set_all(self) -> None:
        self._shell.run(self._presenter.setting(self._presenter.certain), self._told)

    def _told(self, count: int) -> None:
        text = N_("{count} credit notes are set against their invoices.")
        self._shell.tell(Message.of(text, count=count))

    def _draw(self, _nothing: None) -> None:
        presenter, say = self._presenter, self._shell.wording
        count = len(presenter.certain)
        self._all.setText(say(N_("Set all certain ones ({count})"), count=count))
        self._all.setVisible(count > 0)
        self._frame.setVisible(presenter.chosen is not None)
        self.about.setText(presenter.about)
        self.invoice.clear()
        for option in presenter.choices:
            self.invoice.addItem(option.words, option.value)
        self._set.setEnabled(self.invoice.count() > 0)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return CreditNotesPage(workspace, shell)
