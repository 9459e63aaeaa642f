"""Today's second view, drawn: all clients of the firm, and five figures that filter them."""

from collections.abc import Hashable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.watch.firm_overview import (
    ONLY_TITLES,
    TABLES,
    ClientState,
    FirmOverview,
    Only,
)
from creditdesk.ui.parts.controls import button, card, row
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import NameLabel, label
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace

RAIL = "today"


class FirmOverviewPage(Page):
    """Figures above, clients below; Enter opens a client's duties."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        actions = (
            button(say(N_("To do")), partial(shell.go, "today")),
            button(say(N_("Calendar")), partial(shell.go, "calendar")),
            button(say(N_("Print monthly reports…")), self.start_print, hint="Ctrl+P"),
        )  # fmt: skip
        super().__init__(say(N_("Clients at a glance")), actions=actions)
        self._shell, self._workspace = shell, workspace
        self._presenter = FirmOverview(workspace, say)
        self._shown: dict[Only, tuple[QLabel, QLabel, QPushButton]] = {}
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for only in Only:
            figures.addWidget(self._figure(only), 1)
        self.body.addLayout(figures)
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            empty=say(N_("No clients yet.")),
            search=say(N_("Filter clients…")),
        )
        self.body.addWidget(self.panel, 1)
        for disconnect in (
            self._presenter.changed.connect(self._draw),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        self._draw(None)
        self.recount()

    def recount(self) -> None:
        """F5."""
        self._shell.run(self._presenter.job(), while_there(self, self._show))

    def start_print(self) -> None:
        """Ctrl+P: the reports of the month."""
        self._shell.go("letter_round", letter="month")

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def _figure(self, only: Only) -> QWidget:
        say = self._shell.wording
        frame, inside = card(spacing=2)
        figure, names = label(role="section", wrap=True), NameLabel(role="small")
        narrow = button(say(N_("Only these")), partial(self._presenter.choose, only), role="flat")  # fmt: skip
        inside.addWidget(label(say(ONLY_TITLES[only]), "small", wrap=True))
        inside.addWidget(figure)
        inside.addWidget(names)
        inside.addLayout(row(narrow, None))
        self._shown[only] = (figure, names, narrow)
        return frame

    def _show(self, states: tuple[ClientState, ...]) -> None:
        self._presenter.show(states)

    def _draw(self, _nothing: None) -> None:
        say, presenter = self._shell.wording, self._presenter
        self.retitle(say(N_("Clients at a glance")), presenter.subtitle)
        for only, (figure, names, narrow) in self._shown.items():
            amount, behind = presenter.figure(only)
            figure.setText(amount)
            names.setText(behind)
            chosen = presenter.only is only
            narrow.setText(say(N_("All again")) if chosen else say(N_("Only these")))

    def _open(self, key: Hashable) -> None:
        if isinstance(key, int):
            self._workspace.choose(key)
        self._shell.go("today")

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return FirmOverviewPage(workspace, shell)
