"""The documents of a buyer, drawn: its aging, a line a currency, above the list."""

from collections.abc import Hashable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from creditdesk.i18n import N_
from creditdesk.presenters.credit.buyer_file import BuyerFilePresenter
from creditdesk.presenters.ledger.buyer_documents import AGING_HEADS, aging_line
from creditdesk.presenters.parts.table import Cell
from creditdesk.ui.parts.controls import card, clear
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label


class DocumentsTab(QWidget):
    """Aging above, documents below."""

    def __init__(self, presenter: BuyerFilePresenter, shell: Shell) -> None:
        super().__init__()
        self._presenter, self._shell = presenter, shell
        say = shell.wording
        frame, inside = card(margins=(16, 12, 16, 12))
        self._aging = QGridLayout()
        self._aging.setHorizontalSpacing(24)
        self._aging.setVerticalSpacing(6)
        inside.addLayout(self._aging)
        self.panel = TablePanel(
            presenter.documents,
            shell,
            opened=self._go_document,
            empty=say(N_("No documents yet. They come from the client's ledger.")),
            search=say(N_("Filter numbers…")),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(frame)
        layout.addWidget(self.panel, 1)
        self._disconnect = presenter.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def _draw(self, _nothing: None) -> None:
        say = self._shell.wording
        clear(self._aging)
        for column, head in enumerate(AGING_HEADS):
            self._aging.addWidget(_figure(Cell(say(head)), column, "small"), 0, column)
        figures = self._presenter.standing.figures.values()
        for line, each in enumerate(figures, 1):
            for column, cell in enumerate(aging_line(each, say)):
                self._aging.addWidget(_figure(cell, column), line, column)

    def _go_document(self, key: Hashable) -> None:
        self._shell.go("trace", invoice=key)


def _figure(cell: Cell, column: int, role: str = "") -> QWidget:
    tone = cell.tone.value if cell.tone.value in {"danger", "warning"} else ""
    made = label(cell.text, role or ("strong" if cell.bold else tone))
    if column:
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made
