"""The declarations, drawn: the periods of the clients' policies, and each policy as a whole."""

from collections.abc import Hashable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.declarations.declarations import (
    TABLES,
    DeclarationsPresenter,
)
from creditdesk.services.declarations import Overview, PeriodLine
from creditdesk.ui.parts.controls import button, clear, empty, toggle
from creditdesk.ui.parts.page import Page, Tabs
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import as_written, label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "policies"


class DeclarationsPage(Page):
    """What is to be declared by when, what was, and where the two differ."""

    def __init__(self, workspace: Workspace, shell: Shell, policy: int | None) -> None:
        say = shell.wording
        self._next = button(
            say(N_("Declare what is due first")), self.start_new, role="primary"
        )
        self._next.setToolTip(as_written("Ctrl+N"))
        super().__init__(say(N_("Declarations")), "", (self._next,))
        self._shell = shell
        self._presenter = DeclarationsPresenter(workspace, say, policy)
        self._summary = QVBoxLayout()
        self._summary.setSpacing(2)
        self.body.addLayout(self._summary)
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            empty=say(N_("Nothing here waits to be declared.")),
            search=say(N_("Filter periods…")),
            tools=(toggle(say(N_("Only what waits")), self._keep_waiting),),
        )
        self.whole = TablePanel(
            self._presenter.whole,
            shell,
            name=say(N_("By policy")),
            opened=self._open_policy,
            empty=say(N_("No policies yet.")),
            search=say(N_("Filter policies…")),
        )
        self.tabs = Tabs()
        self.tabs.add(say(N_("Periods")), self.panel)
        self.tabs.add(say(N_("By policy")), self.whole)
        self.body.addWidget(self.tabs, 1)
        self._nothing: QWidget | None = None
        self.setFocusProxy(self.panel.view)
        self._disconnect = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self.recount()

    def recount(self) -> None:
        """F5: read what the ledgers say anew."""
        self._shell.run(self._presenter.reading(), while_there(self, self._show))

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def start_new(self) -> None:
        """Ctrl+N: the period that should be declared first."""
        line = self._presenter.next
        if line is not None:
            self._go(line)

    def _show(self, found: Overview) -> None:
        say, presenter = self._shell.wording, self._presenter
        presenter.show(found)
        self.retitle(say(N_("Declarations")), presenter.subtitle)
        self._next.setVisible(presenter.next is not None)
        clear(self._summary)
        for sentence in presenter.summary:
            self._summary.addWidget(label(sentence, "quiet", wrap=True))
        self._draw_empty()

    def _draw_empty(self) -> None:
        """Where nothing is asked, say why; the button leads to where that can be changed."""
        if self._nothing is not None:
            self._nothing.hide()
            self._nothing.deleteLater()
            self._nothing = None
        there = bool(self._presenter.table.whole)
        self.tabs.setVisible(there)
        if not there:
            word = self._shell.wording(N_("To the policies"))
            offer = button(word, self._to_policies, role="primary")
            self._nothing = empty(self._presenter.empty, offer)
            self.body.addWidget(self._nothing, 1)

    def _to_policies(self) -> None:
        self._shell.go("policies")

    def _keep_waiting(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.keep_waiting(only=on)

    def _open(self, key: Hashable) -> None:
        line = self._presenter.get(key)
        if line is not None:
            self._go(line)

    def _go(self, line: PeriodLine) -> None:
        self._shell.go(
            "declaration",
            policy=line.policy_id,
            kind=line.asked.kind.value,
            start=line.asked.period.start.isoformat(),
        )

    def _open_policy(self, key: Hashable) -> None:
        self._shell.go("premium", policy=key)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell, policy: int | None = None) -> QWidget:
    """The page."""
    return DeclarationsPage(workspace, shell, policy)
