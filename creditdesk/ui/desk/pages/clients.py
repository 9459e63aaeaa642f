"""The firm's clients, drawn."""

from collections.abc import Hashable
from functools import partial

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_, Message
from creditdesk.presenters.desk.clients import ClientsPresenter
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.voided_panel import VoidedPanel
from creditdesk.ui.parts.voiding import ask_void
from creditdesk.workspace import Workspace

RAIL = "settings"


class ClientsPage(Page):
    """Every client; a double click opens what is known of it."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        wording = shell.wording
        super().__init__(
            wording(N_("Clients")),
            wording(
                N_(
                    "The enterprises whose books the firm keeps; each is a policyholder with its own ledger"
                )
            ),
            (
                button(wording(N_("Away and home…")), self._open_trips),
                button(wording(N_("New client…")), self.start_new, role="primary"),
            ),
        )
        self._shell = shell
        self._presenter = ClientsPresenter(workspace, wording)
        self._panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            empty=wording(
                N_("No client yet. Make the first one, then import its ledger.")
            ),
            search=wording(N_("Filter clients…")),
            tools=(button(wording(N_("Void…")), self._ask_void),),
        )
        self.body.addWidget(self._panel, 1)
        self.body.addWidget(VoidedPanel(self._presenter.voided, shell))
        self.destroyed.connect(workspace.changed.connect(self._on_change))
        self._presenter.reload()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self._panel.filter.setFocus()

    def start_new(self) -> None:
        """Ctrl+N."""
        self._shell.go("client_form")

    def _open_trips(self) -> None:
        self._shell.go("trips")

    def _open(self, key: Hashable) -> None:
        self._shell.go("client_form", client=key)

    def _ask_void(self) -> None:
        chosen = self._panel.view.selected()
        line = self._presenter.table.get(chosen[0]) if chosen else None
        if line is None:
            self._shell.tell(Message(N_("Select the client to void.")), "warning")
            return
        question = self._shell.wording(
            N_("Was {client} entered by mistake?"), client=line.name
        )
        voiding = partial(self._presenter.voiding, line.id)
        ask_void(self, self._shell, question, voiding, self._voided)

    def _voided(self) -> None:
        self._presenter.leave_void()
        self._shell.show_clients()

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & {"client", "buyer", "policy", "claim"}:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return ClientsPage(workspace, shell)
