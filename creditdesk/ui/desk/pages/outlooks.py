"""Notes on countries and sectors, drawn: the list, and a form above it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.desk.outlooks import TABLES, OutlooksPresenter
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.entry_band import EntryBand
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.voiding import UNDONE, ask_void
from creditdesk.workspace import Workspace

RAIL = "buyers"


class OutlooksPage(Page):
    """A lowered rating warns of every buyer of that country or sector."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        new = button(say(N_("New note…")), self.start, role="primary")
        told = N_(
            "A lowered rating warns of every buyer there: by the country on its card, the sector in its log."
        )
        super().__init__(say(N_("Countries and sectors")), say(told), actions=(new,))
        self._shell = shell
        self.presenter = OutlooksPresenter(workspace, say)
        self.band = EntryBand(
            self.presenter.form,
            shell,
            title=say(N_("Note on a country or sector")),
            act=say(N_("Keep the note")),
            kept=self._kept,
        )
        self.void = button(say(N_("Void…")), self._ask_void)
        self.panel = TablePanel(
            self.presenter.table,
            shell,
            empty=say(N_("No note yet. What insurers and agencies write of countries and sectors stands here.")),
        )  # fmt: skip
        self.panel.view.selectionModel().selectionChanged.connect(self._chosen)
        self.body.addWidget(self.band)
        self.body.addLayout(row(None, self.void))
        self.body.addWidget(self.panel, 1)
        self._disconnect = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        shell.guard(self.band.is_dirty, self.band.save)
        self.recount()

    def start(self) -> None:
        """Open the form of a new note."""
        self.presenter.start()
        self.band.open()

    def recount(self) -> None:
        """F5."""
        self.presenter.reload()
        self._chosen()

    def _key(self) -> object:
        return next(iter(self.panel.view.selected()), None)

    def _chosen(self, *_what: object) -> None:
        self.void.setEnabled(self.presenter.may_void(self._key()))

    def _kept(self) -> None:
        why = self._shell.wording(UNDONE)
        undoing = partial(self.presenter.voiding, self.presenter.added, why)
        self._shell.offer_undo(Message(N_("The note is kept.")), undoing)

    def _ask_void(self) -> None:
        text = N_("Was this note a mistake? Its warning falls away; it stays here, struck out.")  # fmt: skip
        voiding = partial(self.presenter.voiding, self._key())
        ask_void(self, self._shell, self._shell.wording(text), voiding)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return OutlooksPage(workspace, shell)
