"""The questions of a review, drawn as a list by section: what each is about, and its state in words."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.policies.contract_review import QuestionLine, QuestionSection
from creditdesk.ui.parts.list_view import row_height
from creditdesk.ui.parts.theme import tokens

_STATE = 128


class QuestionList(QTableWidget):
    """Two columns; the arrow keys walk from question to question."""

    def __init__(self, name: str, chosen: Callable[[str], object]) -> None:
        super().__init__(0, 2)
        self._told = chosen
        self._codes: dict[int, str] = {}
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height())
        head = self.horizontalHeader()
        head.hide()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(1, _STATE)
        self.currentCellChanged.connect(self._moved)

    def show_sections(self, sections: Sequence[QuestionSection], chosen: str) -> None:
        """These questions, this one chosen."""
        with QSignalBlocker(self):
            self._codes.clear()
            self.clearSpans()
            self.setRowCount(sum(1 + len(each.lines) for each in sections))
            row = 0
            for section in sections:
                self._head(row, section.title)
                for place, line in enumerate(section.lines, row + 1):
                    self._line(place, line)
                row += 1 + len(section.lines)
            self._stand_on(chosen)

    def _head(self, row: int, title: str) -> None:
        item = QTableWidgetItem(title)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(QColor(tokens().text))
        self.setItem(row, 0, item)
        self.setSpan(row, 0, 1, 2)

    def _line(self, row: int, line: QuestionLine) -> None:
        colours = {
            Tone.DONE: tokens().done, Tone.WARNING: tokens().warning, Tone.DANGER: tokens().danger,
            Tone.FAINT: tokens().faint,
        }  # fmt: skip
        title, state = QTableWidgetItem(line.title), QTableWidgetItem(line.state)
        title.setToolTip(line.title)
        state.setForeground(QColor(colours.get(line.tone, tokens().quiet)))
        if line.tone is Tone.FAINT:
            title.setForeground(QColor(tokens().faint))
        self.setItem(row, 0, title)
        self.setItem(row, 1, state)
        self._codes[row] = line.code

    def _stand_on(self, code: str) -> None:
        row = next((row for row, each in self._codes.items() if each == code), None)
        if row is not None:
            self.setCurrentCell(row, 0)
            self.scrollTo(self.model().index(row, 0))

    def _moved(self, row: int, _column: int, _row: int, _before: int) -> None:
        if row in self._codes:
            self._told(self._codes[row])
