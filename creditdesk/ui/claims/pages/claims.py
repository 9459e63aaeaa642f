"""The claims, drawn."""

from collections.abc import Hashable

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.claims.claims import TABLES, ClaimsPresenter
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.workspace import Workspace

_EMPTY = N_(
    "No claims yet. When a buyer has not paid and the waiting period has passed, open a claim: "
    "the desk gathers its invoices, its checklist and its calculation."
)


class ClaimsPage(Page):
    """One row a claim; a double click opens it."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        wording = shell.wording
        super().__init__(
            wording(N_("Claims")),
            actions=(
                button(wording(N_("Lessons…")), lambda: shell.go("lessons")),
                button(wording(N_("Looking back…")), self.look_back),
                button(
                    wording(N_("New claim…")),
                    self.start_new,
                    role="primary",
                    hint="Ctrl+N",
                ),
            ),
        )
        self._shell = shell
        self._presenter = ClaimsPresenter(workspace, wording)
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            empty=wording(_EMPTY),
            search=wording(N_("Filter claims…")))  # fmt: skip
        self.body.addWidget(self.panel, 1)
        self._disconnect = self._presenter.changed.connect(self._draw)
        self._disconnect_desk = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self.destroyed.connect(self._disconnect_desk)
        self._presenter.reload()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def start_new(self) -> None:
        """Ctrl+N."""
        self._shell.go("new_claim")

    def look_back(self) -> None:
        """What claims went through."""
        self._shell.go("looking_back")

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def _open(self, key: Hashable) -> None:
        self._shell.go("claim_file", claim=key)

    def _draw(self, _nothing: None) -> None:
        self.retitle(self._shell.wording(N_("Claims")), self._presenter.said)
        self._shell.wait_at("claims", self._presenter.waiting)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return ClaimsPage(workspace, shell)
