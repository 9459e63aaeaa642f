"""Rows of a list are put in another order: dragged with the mouse, or moved by Alt+↑ and Alt+↓."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QTableView

from creditdesk.ui.parts import theme

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class RowDrag(QObject):
    """`moved` is told a row and the place it gets, both from 0; `may`: whether the rows stand in their own order."""

    def __init__(
        self,
        view: QTableView,
        moved: Callable[[int, int], object],
        may: Callable[[], bool],
    ) -> None:
        super().__init__(view)
        self._view, self._moved, self._may = view, moved, may
        self._row = -1
        self._begun = QPoint()
        self._line = QFrame(view.viewport())
        self._line.setFixedHeight(2)
        self._line.hide()
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mouse over the rows, and the keys."""
        if watched is self._view:
            return isinstance(event, QKeyEvent) and self._key(event)
        return isinstance(event, QMouseEvent) and self._mouse(event)

    def _mouse(self, event: QMouseEvent) -> bool:
        at = event.position().toPoint()
        if event.type() is QEvent.Type.MouseButtonPress:
            left = event.button() is Qt.MouseButton.LeftButton
            self._row = self._view.rowAt(at.y()) if left and self._may() else -1
            self._begun = at
            return False
        if event.type() is QEvent.Type.MouseMove:
            return self._row >= 0 and self._drag(at)
        released = event.type() is QEvent.Type.MouseButtonRelease
        return released and self._row >= 0 and self._drop(at)

    def _drag(self, at: QPoint) -> bool:
        far = (at - self._begun).manhattanLength() >= QApplication.startDragDistance()
        if self._line.isHidden() and not far:
            return False
        gap = self._gap(at)
        last = self._view.model().rowCount() - 1
        below = gap > last
        y = self._view.rowViewportPosition(min(gap, last))
        y += self._view.rowHeight(last) - 2 if below else 0
        self._line.setStyleSheet(f"background: {theme.tokens().accent}")
        self._line.setGeometry(0, y, self._view.viewport().width(), 2)
        self._line.show()
        return True

    def _drop(self, at: QPoint) -> bool:
        row, self._row = self._row, -1
        if self._line.isHidden():
            return False
        self._line.hide()
        gap = self._gap(at)
        place = gap - 1 if gap > row else gap
        if place != row:
            self._moved(row, place)
        return True

    def _gap(self, at: QPoint) -> int:
        """Before which row it would stand; the count of rows: after the last."""
        row = self._view.rowAt(at.y())
        if row < 0:
            return 0 if at.y() < 0 else self._view.model().rowCount()
        middle = self._view.rowViewportPosition(row) + self._view.rowHeight(row) / 2
        return row if at.y() < middle else row + 1

    def _key(self, event: QKeyEvent) -> bool:
        pressed = event.type() is QEvent.Type.KeyPress
        step = _STEPS.get(Qt.Key(event.key()))
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if not (pressed and step and alt and self._may()):
            return False
        row = self._view.currentIndex().row()
        place = row + step
        if row >= 0 and 0 <= place < self._view.model().rowCount():
            self._moved(row, place)
        return True
