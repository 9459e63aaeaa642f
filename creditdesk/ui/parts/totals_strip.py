"""The totals below a list, each under its column, one line a currency; it moves and widens with the columns."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from creditdesk.presenters.parts.list_out import total_rows
from creditdesk.presenters.parts.table import Face
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme
from creditdesk.ui.parts.list_view import ListView, row_height

_INSIDE = 10


class TotalsStrip(QWidget):
    """Hidden while there is nothing to add."""

    def __init__(self, face: Face, view: ListView, wording: Wording) -> None:
        super().__init__()
        self._face = face
        self._view = view
        self._wording = wording
        self.lines: list[tuple[str, ...]] = []
        view.arranged.connect(self.show_totals)
        self.show_totals()

    def show_totals(self) -> None:
        """Add anew."""
        face = self._face
        there = face.count and not face.loading
        self.lines = (
            total_rows(face, self._view.columns, self._wording) if there else []
        )
        self.setFixedHeight(row_height() * len(self.lines))
        self.setVisible(bool(self.lines))
        said = (" ".join(filter(None, line)) for line in self.lines)
        self.setAccessibleName(" ; ".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline, and each figure as far right as those above it."""
        look, high = theme.tokens(), row_height()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.head))
        painter.setPen(QColor(look.line))
        painter.drawLine(0, 0, self.width(), 0)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(look.text))
        for number, line in enumerate(self.lines):
            for place, text in zip(self._view.columns, line, strict=True):
                if text:
                    painter.drawText(
                        self._box(place, number * high, high, text),
                        int(self._side(place)),
                        text,
                    )

    def _box(self, place: int, top: int, high: int, text: str) -> QRect:
        """Where a text stands; the name of the currency may lie over the empty columns beside it."""
        view = self._view
        left, wide = view.columnViewportPosition(place), view.columnWidth(place)
        if not self._face.columns[place].right:
            wide = max(wide, self.fontMetrics().horizontalAdvance(text) + 3 * _INSIDE)
        return QRect(left + _INSIDE, top, wide - 2 * _INSIDE, high)

    def _side(self, place: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft
        if self._face.columns[place].right:
            side = Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter
