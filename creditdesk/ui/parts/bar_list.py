"""Bars one below the other, filled and hatched; each opens its rows by a click, or by arrows and Enter."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from creditdesk.presenters.parts.bars import BarLine
from creditdesk.ui.parts import theme

_LINE, _BAR, _EDGE = 24, 11, 6
_NAMES = 0.42
"""Of the width, at most, for the names."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class BarList(QWidget):
    """On one scale; the bar below the mouse or reached by keys is tinted. Without bars nothing is seen of it."""

    def __init__(self, title: str, opened: Callable[[Hashable], object]) -> None:
        super().__init__()
        self._title, self._opened = title, opened
        self._bars: Sequence[BarLine] = ()
        self._at, self._below = 0, -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As high as it has bars."""
        return QSize(300, theme.px(_LINE) * len(self._bars))

    def show_bars(self, bars: Sequence[BarLine]) -> None:
        """Draw these."""
        self._bars, self._below = bars, -1
        self._at = min(self._at, max(0, len(bars) - 1))
        self.setFixedHeight(theme.px(_LINE) * len(bars))
        self.setVisible(bool(bars))
        self._say()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a bar, Enter opens it."""
        key = Qt.Key(event.key())
        if key in _OPENS and self._bars:
            self._opened(self._bars[self._at].key)
        elif 0 <= self._at + _STEPS.get(key, len(self._bars)) < len(self._bars):
            self._at += _STEPS[key]
            self._say()
            self.update()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the bar below it."""
        at = self._line(event.position().y())
        if event.button() is Qt.MouseButton.LeftButton and at >= 0:
            self._at = at
            self._opened(self._bars[at].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The bar below the mouse is tinted."""
        self._tint(self._line(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """None is."""
        self._tint(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The chosen bar shows."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It shows no more."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """The whole name and the figure stand in the hint."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._line(event.pos().y())
            if at >= 0:
                QToolTip.showText(event.globalPos(), _words(self._bars[at]), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """From top to bottom: name, bar, figure."""
        painter, look = QPainter(self), theme.tokens()
        metrics, high = painter.fontMetrics(), theme.px(_LINE)
        widest = max((metrics.horizontalAdvance(each.name) for each in self._bars), default=0)  # fmt: skip
        names = min(widest + 16.0, self.width() * _NAMES)
        figures = max((metrics.horizontalAdvance(each.figure) for each in self._bars), default=0) + 10  # fmt: skip
        room = max(10.0, self.width() - names - figures - 2 * _EDGE)
        middle = Qt.AlignmentFlag.AlignVCenter
        for at, bar in enumerate(self._bars):
            y = at * high
            whole = QRectF(0, y, self.width(), high)
            if at == self._below or (at == self._at and self.hasFocus()):
                painter.fillRect(whole, QColor(look.accent_tint))
            if at == self._at and self.hasFocus():
                painter.setPen(QPen(QColor(look.accent), 1))
                painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(QColor(look.text))
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, int(names) - 12)  # fmt: skip
            painter.drawText(QRectF(_EDGE, y, names, high), middle, name)
            left, top = _EDGE + names, y + (high - _BAR) / 2
            wide, rest = bar.filled * room, bar.hatched * room
            painter.fillRect(QRectF(left, top, wide, _BAR), QColor(look.accent))
            hatching = QBrush(QColor(look.warning), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(QRectF(left + wide, top, rest, _BAR), hatching)
            if rest > 1:
                painter.setPen(QPen(QColor(look.warning), 1))
                painter.drawRect(QRectF(left + wide, top, rest - 1, _BAR - 1))
            painter.setPen(QColor(look.text))
            place = QRectF(self.width() - figures - _EDGE, y, figures, high)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | middle, bar.figure)

    def _line(self, y: float) -> int:
        at = int(y // theme.px(_LINE))
        return at if 0 <= at < len(self._bars) else -1

    def _tint(self, at: int) -> None:
        if at != self._below:
            self._below = at
            self.update()

    def _say(self) -> None:
        """Heard: the title and the chosen bar; described: all of them."""
        chosen = f": {_words(self._bars[self._at])}" if self._bars else ""
        self.setAccessibleName(f"{self._title}{chosen}")
        self.setAccessibleDescription("; ".join(map(_words, self._bars)))


def _words(bar: BarLine) -> str:
    return f"{bar.name} {bar.figure}"
