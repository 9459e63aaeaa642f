"""The files taken in, drawn."""

from collections.abc import Hashable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.ledger.imports import ImportsPresenter
from creditdesk.services.ledger import BatchId
from creditdesk.ui.ledger.taking_back import take_back
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.workspace import Workspace

RAIL = "receivables"


class ImportsPage(Page):
    """Every import; a double click opens it, Delete takes it back."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        super().__init__(
            say(N_("Imports")),
            say(
                N_(
                    "Every file taken in; open one to see its rows, compare it with the ledger, or take it back"
                )
            ),
            (
                button(say(N_("Compare with account 1122…")), self._go_control),
                button(say(N_("Take back…")), self._take_back, hint="Del"),
                button(say(N_("Import a ledger…")), self.start_new, role="primary"),
            ),
        )
        self._shell = shell
        self._workspace = workspace
        self._presenter = ImportsPresenter(workspace, say)
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            empty=say(N_("No file was taken in yet.")),
            search=say(N_("Filter files, clients…")),
        )
        self.body.addWidget(self.panel, 1)
        QShortcut(QKeySequence.StandardKey.Delete, self.panel, self._take_back)
        self.destroyed.connect(workspace.changed.connect(self._on_change))
        self._presenter.reload()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def start_new(self) -> None:
        """Ctrl+N."""
        self._shell.go("ledger_import")

    def recount(self) -> None:
        """F5: read the list anew."""
        self._presenter.reload()

    def _open(self, key: Hashable) -> None:
        self._shell.go("import_file", batch=key)

    def _go_control(self) -> None:
        self._shell.go("control")

    def _take_back(self) -> None:
        chosen = self.panel.view.selected()
        line = self._presenter.table.get(chosen[0]) if chosen else None
        if line is None:
            self._shell.tell(Message(N_("Select the import to take back.")), "warning")
            return
        take_back(self, self._workspace, self._shell, BatchId(line.id))

    def _on_change(self, tables: frozenset[str]) -> None:
        if "import_batch" in tables:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return ImportsPage(workspace, shell)
