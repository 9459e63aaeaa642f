"""A small table to fill in: one line a row, choices where a column has them."""

import json
from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.pasted import cells_of
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.controls import button, row
from creditdesk.ui.parts.fields import Input

_LINE = 36
_MOST = 8


class TableInput(Input):
    """Its text is the rows as a JSON list of objects, empty cells left out."""

    def __init__(self, field: FormField, wording: Wording) -> None:
        self.grid = QTableWidget(0, len(field.columns))
        place = QWidget()
        super().__init__(place, field.label)
        self._columns = field.columns
        self.grid.setAccessibleName(field.label)
        self.grid.setHorizontalHeaderLabels([each.label for each in field.columns])
        self.grid.horizontalHeader().setSectionResizeMode(
            QHeaderView.ResizeMode.Stretch
        )
        self.grid.verticalHeader().setVisible(False)
        self.grid.verticalHeader().setDefaultSectionSize(theme.px(_LINE))
        self.grid.itemChanged.connect(self._changed)
        within = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence.StandardKey.Paste, self.grid, self.paste, context=within)
        layout = QVBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.grid)
        add = button(wording(N_("Add a row")), self.add_row)
        out = button(wording(N_("Take the row out")), self.remove_row)
        layout.addLayout(row(add, out, None))
        self.setFocusProxy(self.grid)
        self._fit()

    def text(self) -> str:
        """The rows."""
        rows = [self._row(line) for line in range(self.grid.rowCount())]
        kept = [cells for cells in rows if cells]
        return json.dumps(kept, ensure_ascii=False) if kept else ""

    def show_text(self, text: str) -> None:
        """Show these rows."""
        if text == self.text() and self.grid.rowCount():
            return
        with QSignalBlocker(self.grid):
            self.grid.setRowCount(0)
            for cells in json.loads(text, parse_float=str) if text else []:
                self._append({key: str(value) for key, value in cells.items()})
        if not text:
            self._append({})
        self._fit()

    def add_row(self) -> None:
        """One more, and the cursor on it."""
        self._append({})
        self._fit()
        self.grid.setCurrentCell(self.grid.rowCount() - 1, 0)
        self.grid.setFocus()

    def remove_row(self) -> None:
        """The row with the cursor goes."""
        self.grid.removeRow(self.grid.currentRow())
        self._fit()
        self._changed()

    def paste(self) -> None:
        """Cells copied in a spreadsheet, from the cursor on; rows are added for those that have no place yet."""
        first, left = max(0, self.grid.currentRow()), max(0, self.grid.currentColumn())
        for down, cells in enumerate(cells_of(QGuiApplication.clipboard().text())):
            if first + down >= self.grid.rowCount():
                self._append({})
            for place, text in enumerate(cells[: len(self._columns) - left], left):
                self._put(first + down, place, text.strip())
        self._fit()
        self._changed()

    def _put(self, line: int, place: int, text: str) -> None:
        """A choice is found by its words; words it doesn't offer leave it as it is."""
        box, item = self.grid.cellWidget(line, place), self.grid.item(line, place)
        if isinstance(box, QComboBox):
            found = box.findText(text, Qt.MatchFlag.MatchFixedString)
            box.setCurrentIndex(found if found >= 0 else box.currentIndex())
        elif item is not None:
            with QSignalBlocker(self.grid):
                item.setText(text)

    def _append(self, cells: Mapping[str, str]) -> None:
        line = self.grid.rowCount()
        self.grid.insertRow(line)
        for place, column in enumerate(self._columns):
            value = cells.get(column.key, "")
            if column.options:
                self.grid.setCellWidget(line, place, self._choice(column, value))
            else:
                self.grid.setItem(line, place, QTableWidgetItem(value))

    def _choice(self, column: FormField, value: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(column.label)
        box.addItem("—", "")
        for option in column.options:
            box.addItem(option.words, option.value)
        box.setCurrentIndex(max(0, box.findData(value.lower() if value in {"True", "False"} else value)))  # fmt: skip
        box.activated.connect(self._changed)
        return box

    def _row(self, line: int) -> dict[str, str]:
        cells = {}
        for place, column in enumerate(self._columns):
            text = self._cell(line, place)
            if text:
                cells[column.key] = text
        return cells

    def _cell(self, line: int, place: int) -> str:
        box = self.grid.cellWidget(line, place)
        if isinstance(box, QComboBox):
            return str(box.currentData() or "")
        item = self.grid.item(line, place)
        return item.text().strip() if item else ""

    def _changed(self, *_what: object) -> None:
        self.typed.emit(self.text())

    def _fit(self) -> None:
        """As high as its rows, up to some."""
        lines = min(max(self.grid.rowCount(), 1), _MOST)
        self.grid.setFixedHeight(theme.px(lines * _LINE + 42))
