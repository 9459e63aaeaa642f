"""Looking back on claims, drawn: the insurers' figures above, the claims below."""

from collections.abc import Hashable

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.claims.looking_back import TABLES, LookingBackPresenter
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label
from creditdesk.workspace import Workspace

RAIL = "claims"
_INSURERS = 190


class LookingBackPage(Page):
    """Two lists; a double click on a claim opens it."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        title = say(N_("Looking back on claims"))
        subtitle = say(N_("Days are the middle of all claims that got so far."))
        super().__init__(title, subtitle)
        self._shell = shell
        self._presenter = LookingBackPresenter(workspace, say)
        self.insurers = TablePanel(
            self._presenter.insurers, shell, empty=say(N_("No claims yet."))
        )
        self.insurers.setFixedHeight(theme.px(_INSURERS))
        self.again = label(role="warning", wrap=True)
        self.claims = TablePanel(
            self._presenter.claims,
            shell,
            opened=self._open,
            empty=say(N_("No claims yet.")),
            search=say(N_("Filter claims…")),
        )
        self.body.addWidget(self.insurers)
        self.body.addWidget(self.again)
        self.body.addWidget(self.claims, 1)
        self._disconnect = self._presenter.changed.connect(self._draw)
        self._disconnect_desk = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self.destroyed.connect(self._disconnect_desk)
        self._presenter.reload()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.claims.filter.setFocus()

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def _open(self, number: Hashable) -> None:
        found = self._presenter.claim_of(number)
        if found is not None:
            self._shell.go("claim_file", claim=found)

    def _draw(self, _nothing: None) -> None:
        self.again.setText("\n".join(self._presenter.again))
        self.again.setVisible(bool(self._presenter.again))

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.reload()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return LookingBackPage(workspace, shell)
