"""The entries of a list that were mistakes, below it; hidden while there are none."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from creditdesk.domain.base.voiding import VoidedEntry
from creditdesk.i18n import N_
from creditdesk.presenters.parts.table import Table
from creditdesk.ui.parts.list_view import row_height
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label

_LINES = 3


class VoidedPanel(QWidget):
    """A head and the list."""

    def __init__(self, entries: Table[VoidedEntry], shell: Shell) -> None:
        super().__init__()
        self._entries = entries
        self.panel = TablePanel(entries, shell)
        self.panel.setFixedHeight((_LINES + 2) * row_height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(shell.wording(N_("Void")), "section"))
        layout.addWidget(self.panel)
        self._disconnect = entries.changed.connect(self._draw)
        self.destroyed.connect(self._disconnect)
        self._draw(None)

    def _draw(self, _nothing: None) -> None:
        self.setVisible(self._entries.count > 0)
