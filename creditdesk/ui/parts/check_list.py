"""A list to tick rows in: a box, then the columns. Space ticks, the keyboard walks."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from creditdesk.ui.parts.list_view import row_height

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CheckList(QTableWidget):
    """Rows of words with a box before each. The first column takes the room that is left, the last is a figure."""

    def __init__(
        self, heads: Sequence[str], ticked: Callable[[int, bool], object], name: str
    ) -> None:
        super().__init__(0, len(heads))
        self._ticked = ticked
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height())
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        last = len(heads) - 1
        for place in range(len(heads)):
            mode = QHeaderView.ResizeMode
            head.setSectionResizeMode(
                place, mode.ResizeToContents if place else mode.Stretch
            )
            title = QTableWidgetItem(heads[place])
            title.setTextAlignment(_RIGHT if place == last else _LEFT)
            self.setHorizontalHeaderItem(place, title)
        self.itemChanged.connect(self._changed)

    def show_rows(self, rows: Sequence[Sequence[str]], ticks: Sequence[bool]) -> None:
        """These rows, with these ticks."""
        with QSignalBlocker(self):
            self.setRowCount(len(rows))
            for line, (row, on) in enumerate(zip(rows, ticks, strict=True)):
                for place, text in enumerate(row):
                    item = QTableWidgetItem(text)
                    item.setTextAlignment(_RIGHT if place == len(row) - 1 else _LEFT)
                    self.setItem(line, place, item)
                box = self._box(line)
                box.setFlags(box.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                box.setCheckState(_state(on=on))
        self.viewport().update()

    def set_all(self, *, on: bool) -> None:
        """Tick every row, or none."""
        for line in range(self.rowCount()):
            self._box(line).setCheckState(_state(on=on))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the row wherever in it the cursor stands."""
        line = self.currentRow()
        if event.key() == Qt.Key.Key_Space and line >= 0:
            box = self._box(line)
            on = box.checkState() is Qt.CheckState.Checked
            box.setCheckState(_state(on=not on))
            return
        super().keyPressEvent(event)

    def _box(self, line: int) -> QTableWidgetItem:
        box = self.item(line, 0)
        assert box is not None  # noqa: S101 - every row has been filled
        return box

    def _changed(self, item: QTableWidgetItem) -> None:
        if item.column() == 0:
            self._ticked(item.row(), item.checkState() is Qt.CheckState.Checked)


def _state(*, on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
