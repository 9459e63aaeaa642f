"""The list of credit files, drawn."""

from collections.abc import Hashable

from PySide6.QtWidgets import QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.credit.buyers import TABLES, BuyerRow, BuyersPresenter
from creditdesk.ui.parts.controls import button, toggle
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import as_written
from creditdesk.ui.parts.there import while_there
from creditdesk.workspace import Workspace


class BuyersPage(Page):
    """Every buyer of the clients chosen."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        wording = shell.wording
        new = button(wording(N_("New buyer…")), self.start_new, role="primary")
        new.setToolTip(as_written("Ctrl+N"))
        self._doubles = button("", lambda: shell.go("buyer_doubles"))
        self._workspace = workspace
        self._portfolio = button(wording(N_("Portfolio…")), self._go_portfolio)
        # A portfolio is one client's: of all clients together nobody decides anything.
        self._portfolio.setVisible(workspace.client is not None)
        self._doubles.hide()
        super().__init__(
            wording(N_("Credit files")),
            actions=(
                self._doubles,
                self._portfolio,
                button(wording(N_("Limits…")), lambda: shell.go("limits")),
                button(
                    wording(N_("Letters to all…")), lambda: shell.go("letter_round")
                ),
                button(
                    wording(N_("Import a ledger…")), lambda: shell.go("ledger_import")
                ),
                new,
            ),
        )
        self._shell = shell
        self._presenter = BuyersPresenter(workspace, wording)
        self.panel = TablePanel(
            self._presenter.table,
            shell,
            opened=self._open,
            traced=self._trace,
            empty=wording(
                N_(
                    "A credit file belongs to each buyer. Import a client's ledger and they appear here, or enter one."
                )
            ),
            search=wording(N_("Filter buyers, codes…")),
            tools=(toggle(wording(N_("Overdue only")), self._keep_late),),
        )
        self.body.addWidget(self.panel, 1)
        self._disconnect = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self.setFocusProxy(self.panel.view)
        self.recount()

    def recount(self) -> None:
        """F5: read the list anew."""
        self.retitle(self._shell.wording(N_("Credit files")), self._presenter.subtitle)
        self._shell.run(self._presenter.job(), while_there(self, self._show))

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.panel.filter.setFocus()

    def start_new(self) -> None:
        """Ctrl+N: a buyer the ledger does not know yet."""
        self._shell.go("new_buyer")

    def _show(self, rows: tuple[BuyerRow, ...]) -> None:
        self._presenter.show(rows)
        show = while_there(self, self._show_doubles)
        self._shell.run(self._presenter.doubles_job(), show)

    def _show_doubles(self, count: int) -> None:
        said = self._presenter.doubles_words(count)
        self._doubles.setText(said)
        self._doubles.setAccessibleName(said)
        self._doubles.setVisible(count > 0)

    def _go_portfolio(self) -> None:
        self._shell.go("portfolio", client=self._workspace.client)

    def _trace(self, key: Hashable, column: str) -> bool:
        """Down to the documents of a figure."""
        aged = {"owed": "total", "late": "late"}.get(column)
        if aged:
            self._shell.go("receivables", buyer=key, column=aged)
        return bool(aged)

    def _open(self, key: Hashable) -> None:
        self._shell.go("buyer_file", buyer=key)

    def _keep_late(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.keep_late(only=on)

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.recount()


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return BuyersPage(workspace, shell)
