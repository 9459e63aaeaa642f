"""The keys of the window: what each does, and those no widget took itself."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.fields import DayInput
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.parts.text import label

KEYS = (
    ("Ctrl+K", N_("Find buyers, invoices, policies, claims…")),
    ("Ctrl+F", N_("Filter the list")),
    ("Ctrl+N", N_("Enter something new on this page")),
    ("Ctrl+S", N_("Save")),
    ("Ctrl+P", N_("Print what is shown")),
    ("Ctrl+L", N_("Lock")),
    ("Ctrl+Z", N_("Void what was just entered, for a minute")),
    ("Ctrl+C", N_("Copy the chosen rows for Excel")),
    ("Alt+1 … Alt+7", N_("The places at the left")),
    ("Ctrl+PgDn, Ctrl+PgUp", N_("The next tab, the one before")),
    ("PgDn, PgUp", N_("The next record of the list, the one before (with Alt: always)")),
    ("F1", N_("What the word or the page means, and how it is done")),
    ("?", N_("These keys")),
    ("F5", N_("Count everything anew")),
    ("F7", N_("Choose from a list or the calendar")),
    ("F8", N_("Choose the client")),
    ("Enter", N_("The next field; presses a button; opens a row; confirms")),
    ("Tab", N_("The next field or button, as the eye goes")),
    ("↓", N_("From the filter into the list")),
    ("Space", N_("Ticks, checks off and goes on")),
    ("Esc", N_("Back to the same row")),
    ("Backspace, Alt+Left", N_("Up again from the documents behind a figure")),
)  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COLUMNS = 2


class Keyed(QWidget):
    """The whole window's ground: keys come here that no widget took. `typed` answers whether it took one."""

    def __init__(self, typed: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        self._typed = typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, Down goes into the list, then what the window knows."""
        focus = QApplication.focusWidget()
        if event.key() in _ENTER and isinstance(focus, QAbstractButton):
            focus.click()
            return
        if event.key() == Qt.Key.Key_Down and isinstance(focus, QLineEdit) and _into_list(focus):  # fmt: skip
            return
        if not self._typed(event):
            super().keyPressEvent(event)


def choose() -> bool:
    """F7: open the list or calendar of the field one is in; False where it has none."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QComboBox):
        focus.showPopup()
        return True
    over = focus.parentWidget() if focus else None
    if isinstance(over, DayInput):
        over.open_calendar()
        return True
    return False


def show_keys(parent: QWidget, wording: Wording) -> None:
    """Every key and what it does."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(wording(N_("Keys")))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    half = -(-len(KEYS) // _COLUMNS)
    for place, (keys, does) in enumerate(KEYS):
        side, line = divmod(place, half)
        grid.addWidget(label(keys, "strong"), line, 2 * side)
        grid.addWidget(label(wording(does), "quiet"), line, 2 * side + 1)
    close = button(wording(N_("Close")), dialog.accept)
    inside = QVBoxLayout(dialog)
    inside.setContentsMargins(20, 16, 20, 16)
    inside.setSpacing(16)
    inside.addLayout(grid)
    inside.addLayout(row(None, close))
    close.setDefault(True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _into_list(field: QLineEdit) -> bool:
    """From a list's filter into its rows, the first one chosen where none is."""
    over = field.parentWidget()
    if not isinstance(over, TablePanel) or over.filter is not field:
        return False
    if not over.view.selected():
        over.view.selectRow(0)
    over.view.setFocus()
    return True
