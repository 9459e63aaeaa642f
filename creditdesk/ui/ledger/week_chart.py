"""Money expected by week, drawn as bars with the band each may fall into."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from creditdesk.presenters.ledger.forecast import WeekBar
from creditdesk.ui.parts import theme

_HEIGHT = 170
_TOP, _FOOT = 10, 22
_WIDE = 0.62
"""How much of its place a bar takes."""


class WeekChart(QWidget):
    """One bar a week; the words of a bar stand in its hint."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[WeekBar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(600, _HEIGHT)

    def show_bars(self, bars: Sequence[WeekBar]) -> None:
        """Draw these."""
        self._bars = bars
        self.setAccessibleName("; ".join(each.words for each in bars))
        self.setVisible(bool(bars))
        self.update()

    def event(self, event: QEvent) -> bool:
        """A hint says the figures of the week below the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = int(event.pos().x() // self._step()) if self._bars else -1
            if 0 <= place < len(self._bars):
                QToolTip.showText(event.globalPos(), self._bars[place].words, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars from left to right, each with its band."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, ground = theme.tokens(), self.height() - _FOOT
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(QPointF(0, ground), QPointF(self.width(), ground))
        for place, bar in enumerate(self._bars):
            middle = (place + 0.5) * self._step()
            wide = self._step() * _WIDE
            top = self._y(bar.share)
            painter.fillRect(
                QRectF(middle - wide / 2, top, wide, ground - top), QColor(look.accent)
            )
            painter.setPen(QPen(QColor(look.text), 1.4))
            low, high = self._y(bar.low), self._y(bar.high)
            painter.drawLine(QPointF(middle, low), QPointF(middle, high))
            for y in (low, high):
                painter.drawLine(QPointF(middle - 4, y), QPointF(middle + 4, y))
            painter.setPen(QColor(look.quiet))
            box = QRectF(middle - self._step() / 2, ground + 3, self._step(), _FOOT - 3)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, bar.day)

    def _step(self) -> float:
        return self.width() / max(1, len(self._bars))

    def _y(self, share: float) -> float:
        ground = self.height() - _FOOT
        return ground - share * (ground - _TOP)
