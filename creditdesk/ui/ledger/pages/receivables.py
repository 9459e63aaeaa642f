"""Receivables, drawn."""

from collections.abc import Hashable
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.ledger.receivables import (
    TABLES,
    Figure,
    ReceivablesPresenter,
)
from creditdesk.ui.parts.controls import button, row, toggle
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.workspace import Workspace


class ReceivablesPage(Page):
    """Buyers with their aging; or every document."""

    def __init__(
        self, workspace: Workspace, shell: Shell, start: int | Figure | None
    ) -> None:
        wording = shell.wording
        self._receipts = button(
            wording(N_("Money received")), lambda: shell.go("receipts")
        )
        self._credits = button("", lambda: shell.go("credit_notes"))
        self._due_open = button("", lambda: shell.go("due_open"))
        super().__init__(
            wording(N_("Receivables")),
            actions=(
                self._due_open,
                self._credits,
                self._receipts,
                button(wording(N_("Expected")), lambda: shell.go("forecast")),
                button(wording(N_("Imports")), lambda: shell.go("imports")),
                button(wording(N_("Print…")), self.start_print, hint="Ctrl+P"),
                button(wording(N_("Export Excel")), self._export),
                button(wording(N_("Import a ledger…")), self.start_new, role="primary"),
            ),
        )
        self._shell = shell
        self._workspace = workspace
        self._presenter = ReceivablesPresenter(workspace, wording)
        self._above = False
        self._up = button(
            "",
            self._go_back,
            picture="ri.arrow-go-back-line",
            hint=wording(N_("Back to the figure (Backspace)")),
        )
        self._by = QComboBox()
        self._by.addItems(
            [
                wording(N_("By buyer")),
                wording(N_("By document")),
                wording(N_("Without documents")),
            ]
        )
        self._by.setAccessibleName(wording(N_("Show")))
        self._by.currentIndexChanged.connect(self._show_kind)
        self._day = QDateEdit(_qdate(self._presenter.as_of))
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("yyyy-MM-dd")
        self._day.setAccessibleName(wording(N_("As of")))
        self._day.dateChanged.connect(self._set_day)
        self._late = toggle(wording(N_("Overdue only")), lambda _on: self._keep())
        self._over = toggle(
            wording(N_("Over the limit only")), lambda _on: self._keep()
        )
        nothing = wording(
            N_("No receivables yet. Import the ledger your client's program exports.")
        )
        hint = wording(N_("Filter buyers, numbers…"))
        self._buyers = TablePanel(
            self._presenter.buyers,
            shell,
            name=wording(N_("By buyer")),
            opened=self._open_buyer,
            traced=self._trace,
            empty=nothing,
            search=hint,
            tools=(self._late, self._over),
            own_head=False,
        )
        self._documents = TablePanel(
            self._presenter.documents,
            shell,
            name=wording(N_("By document")),
            opened=self._open_document,
            empty=nothing,
            search=hint,
            tools=(self._late, self._over),
            own_head=False,
        )
        self._summaries = TablePanel(
            self._presenter.summaries,
            shell,
            name=wording(N_("Without documents")),
            opened=self._open_buyer,
            empty=wording(
                N_(
                    "No summary without documents was imported. What such a summary says would stand here, apart."
                )
            ),
            search=hint,
            tools=(self._late, self._over),
            own_head=False,
        )
        self._panels = (self._buyers, self._documents, self._summaries)
        filters = [panel.filter for panel in self._panels]
        counts = [panel.counted for panel in self._panels]
        self.body.addLayout(
            row(
                self._up,
                *filters,
                self._by,
                self._day,
                self._late,
                self._over,
                None,
                *counts,
            )
        )
        self.body.addWidget(self._buyers, 1)
        self.body.addWidget(self._documents, 1)
        self.body.addWidget(self._summaries, 1)
        self.destroyed.connect(self._presenter.changed.connect(self._lead))
        self._due_open.hide()
        self._disconnect = workspace.changed.connect(self._on_change)
        self.destroyed.connect(self._disconnect)
        self._up.hide()
        if isinstance(start, Figure):
            self._go_down(start)
        elif start is not None:
            self._presenter.show_buyer_documents(start)
            self._by.setCurrentIndex(1)
        self._show_kind(self._by.currentIndex())
        self.recount()

    def recount(self) -> None:
        """F5: age the ledger anew."""
        self.retitle(self._shell.wording(N_("Receivables")), self._presenter.subtitle)
        self._receipts.setText(self._presenter.receipts)
        self._credits.setText(self._presenter.credits)
        self._credits.setVisible(bool(self._presenter.credits))
        self._shell.run(self._presenter.job(), self._presenter.show)

    def _lead(self, _nothing: None) -> None:
        due_open = self._presenter.due_open
        self._due_open.setText(due_open)
        self._due_open.setAccessibleName(due_open)
        self._due_open.setVisible(bool(due_open))

    def go_up(self) -> bool:
        """Backspace, Alt+Left: from the documents of a figure to the list it stands in; whether there was one above."""
        figure = self._presenter.figure
        if figure is None or not self._above:
            return False
        self._leave_figure()
        self._by.setCurrentIndex(0)
        self._buyers.view.select((figure.buyer_id, figure.currency))
        self._buyers.view.setFocus()
        return True

    def _trace(self, key: Hashable, column: str) -> bool:
        if not self._presenter.trace(key, column):
            return False
        self._above = True
        if self._presenter.figure:
            self._go_down(self._presenter.figure)
        return True

    def _go_down(self, figure: Figure) -> None:
        self._presenter.show_figure(figure)
        words = self._presenter.figure_words
        self._up.setText(words)
        self._up.setAccessibleName(words)
        self._up.show()
        self._by.setCurrentIndex(1)
        self._documents.view.setFocus()

    def _leave_figure(self) -> None:
        self._above = False
        self._up.hide()
        self._presenter.show_figure(None)

    def _go_back(self) -> None:
        if not self.go_up():
            self._shell.back()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self._panels[self._by.currentIndex()].filter.setFocus()

    def start_new(self) -> None:
        """Ctrl+N: take a file in."""
        self._shell.go("ledger_import")

    def _show_kind(self, kind: int) -> None:
        if kind != 1 and self._presenter.figure:
            self._leave_figure()
        for place, panel in enumerate(self._panels):
            for part in (panel, panel.filter, panel.counted):
                part.setVisible(place == kind)
        self._over.setVisible(kind == 0)
        self._late.setVisible(kind < 2)
        if kind == 1 and not self._presenter.documents.count:
            self._presenter.documents.reload()

    def _set_day(self, day: QDate) -> None:
        self._presenter.set_day(date(day.year(), day.month(), day.day()))
        self.recount()

    def _keep(self) -> None:
        self._presenter.keep(
            overdue=self._late.isChecked(), over_limit=self._over.isChecked()
        )

    def _open_buyer(self, key: Hashable) -> None:
        assert isinstance(key, tuple)  # noqa: S101 - the key of a row of buyers
        self._shell.go("buyer_file", buyer=key[0])

    def _open_document(self, key: Hashable) -> None:
        line = self._presenter.documents.get(key)
        if line:
            self._shell.go("buyer_file", buyer=line.buyer_id)

    def start_print(self) -> None:
        """Ctrl+P: the list that is shown."""
        self._panels[self._by.currentIndex()].print_list()

    def _export(self) -> None:
        self._panels[self._by.currentIndex()].export()

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._presenter.documents.reload()
            self.recount()


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def build(
    workspace: Workspace,
    shell: Shell,
    buyer: int | None = None,
    invoice: int | None = None,
    column: str = "",
) -> QWidget:
    """The page; with a buyer or an invoice, its documents; with a column of the aging, those of the buyer's figure."""
    if invoice is not None:
        found = workspace.desk.ledger.invoices([invoice])
        buyer = found[0].buyer_id if found else buyer
    if buyer is not None and column:
        return ReceivablesPage(workspace, shell, Figure(buyer, "", column))
    return ReceivablesPage(workspace, shell, buyer)
