"""The files taken in, drawn."""

from PySide6.QtWidgets import QWidget

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.presenters.imports import ImportsPresenter
from creditdesk.ui import messages
from creditdesk.ui.controls import button
from creditdesk.ui.page import Page
from creditdesk.ui.shell import Shell
from creditdesk.ui.table_view import TablePanel
from creditdesk.workspace import Workspace

RAIL = "receivables"


class ImportsPage(Page):
    """Every import, and the button that takes one back."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        wording = shell.wording
        super().__init__(
            wording(N_("Imports")),
            wording(
                N_(
                    "Every file taken in; a whole import can be taken back while nothing later depends on it"
                )
            ),
            (
                button(wording(N_("Take back…")), self._ask),
                button(wording(N_("Import a ledger…")), self.start_new, role="primary"),
            ),
        )
        self._shell = shell
        self._presenter = ImportsPresenter(workspace, wording)
        nothing = wording(N_("No file was taken in yet."))
        self._panel = TablePanel(
            self._presenter.table,
            wording,
            empty=nothing,
            search=wording(N_("Filter files, clients…")),
        )
        self.body.addWidget(self._panel, 1)
        self._disconnect = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self._presenter.reload()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self._panel.filter.setFocus()

    def start_new(self) -> None:
        """Ctrl+N."""
        self._shell.go("ledger_import")

    def _ask(self) -> None:
        wording = self._shell.wording
        chosen = self._panel.view.selected()
        line = self._presenter.table.get(chosen[0]) if chosen else None
        if line is None:
            self._shell.tell(Message(N_("Select the import to take back.")), "warning")
            return
        question = wording(
            N_("Take back import {number} ({file})? What it added goes, what it changed becomes as before."),
            number=line.id, file=line.file_name,
        )  # fmt: skip

        def undo() -> None:
            try:
                self._presenter.undo(line.id)
            except UserError as refused:
                self._shell.refuse(refused)
            else:
                self._shell.tell(
                    Message.of(N_("Import {number} was taken back."), number=line.id)
                )

        messages.ask(self, wording, question, wording(N_("Take it back")), undo)

    def _on_change(self, tables: frozenset[str]) -> None:
        if "import_batch" in tables:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return ImportsPage(workspace, shell)
