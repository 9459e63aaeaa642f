"""A client's quotes, drawn: compared above, every kept one below, and the form of a new one between them."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.insurers.quotes import TABLES, QuotesPresenter
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.ui.parts import messages, theme
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.fields import ChoiceInput
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.ui.parts.voiding import UNDONE, ask_void
from creditdesk.workspace import Workspace

RAIL = "policies"
_COMPARED = 190
_COLUMNS = 2


class QuotesPage(Page):
    """The comparison can be sorted by every criterion; a total alone chooses nothing."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        title = say(N_("Quotes"))
        self.grid = button(say(N_("Print the grid…")), self.write, role="primary")
        insurers = button(say(N_("Insurers…")), lambda: shell.go("insurers"))
        what_if = button(say(N_("What-if…")), lambda: shell.go("what_if"))
        super().__init__(title, actions=(insurers, what_if, self.grid))
        self._shell = shell
        self._presenter = QuotesPresenter(workspace, say)
        self.client = ChoiceInput(
            FormField(
                key="client",
                label=say(N_("Client")),
                kind=FieldKind.CHOICE,
                hint=say(N_("Choose the client")),
            ),
            say,
        )
        self.client.offer(self._presenter.clients)
        self.client.setMinimumWidth(240)
        self.client.typed.connect(self._presenter.choose)
        self.new = button(say(N_("Quote…")), self.start)
        self.void = button(say(N_("Void…")), self._ask_void)
        self.compared = TablePanel(
            self._presenter.table,
            shell,
            empty=say(N_("No quotes are kept for this client.")),
        )
        self.compared.setFixedHeight(theme.px(_COMPARED))
        self.said = label(role="small", wrap=True)
        self.band = EntryBand(
            self._presenter.form,
            shell,
            title=say(N_("A quote, with what isn't known left blank")),
            act=say(N_("Keep the quote")),
            kept=self._kept,
            columns=_COLUMNS,
        )
        self.kept = TablePanel(
            self._presenter.kept, shell, empty=say(N_("No quotes are kept for this client."))
        )  # fmt: skip
        self.kept.view.selectionModel().selectionChanged.connect(self._chosen)
        self.body.addLayout(row(self.client, self.new, None, self.void))
        self.body.addWidget(self.band)
        self.body.addWidget(self.compared)
        self.body.addWidget(self.said)
        self.body.addWidget(self.kept, 1)
        self._disconnect = self._presenter.changed.connect(self._draw)
        self._disconnect_desk = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self.destroyed.connect(self._disconnect_desk)
        self.band.turned.connect(self._make_room)
        shell.guard(self.band.is_dirty, self.band.save)
        self._presenter.reload()

    def start(self) -> None:
        """Open the form of a new quote."""
        self._presenter.start()
        self.band.open()

    def _make_room(self) -> None:
        """The form is long: while it is open it stands alone."""
        closed = self.band.isHidden()
        for part in (self.compared, self.said, self.kept):
            part.setVisible(closed)
        self.body.setStretchFactor(self.band, 0 if closed else 1)

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def start_print(self) -> None:
        """Ctrl+P: the grid, once there are quotes to compare."""
        if self.grid.isEnabled():
            self.write()

    def write(self) -> None:
        """Ask where the grid goes."""
        title = self._shell.wording(N_("Print the grid"))
        messages.choose_target(self, title, self._presenter.file_name(), self.write_to)

    def write_to(self, path: Path) -> None:
        """Write it there."""
        self._shell.run(self._presenter.writing(path), self._written)

    def _written(self, path: Path) -> None:
        self._shell.tell(Message.of(N_("Written to {path}."), path=path))

    def _kept(self) -> None:
        why = self._shell.wording(UNDONE)
        undoing = partial(self._presenter.voiding, self._presenter.added, why)
        self._shell.offer_undo(Message(N_("The quote is kept.")), undoing)

    def _key(self) -> object:
        return next(iter(self.kept.view.selected()), None)

    def _chosen(self, *_what: object) -> None:
        self.void.setEnabled(self._presenter.may_void(self._key()))

    def _ask_void(self) -> None:
        text = N_("Was this quote a mistake? It counts no more and stays here, struck out.")  # fmt: skip
        voiding = partial(self._presenter.voiding, self._key())
        ask_void(self, self._shell, self._shell.wording(text), voiding)

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        self.client.show_text(str(presenter.client or ""))
        self.new.setEnabled(presenter.client is not None)
        self.grid.setEnabled(presenter.found is not None)
        self.said.setText("\n".join(presenter.said))
        self._chosen()

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return QuotesPage(workspace, shell)
