"""The pictures of a credit file: days late by month, limits on one scale, what is open by age."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from creditdesk.presenters.credit.overview_part import Age, ChartBar, LimitMark
from creditdesk.ui.parts import theme

_HIGH, _TOP, _FOOT, _LEFT = 150, 18, 20, 30
_WIDE = 0.55
_SCALE_HIGH, _BAR = 64, 10


class PayChart(QWidget):
    """A column a month, the mean dashed, days late above; the words of a month stand in its hint."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[ChartBar] = ()
        self._mean: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HIGH)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(360, _HIGH)

    def show_bars(self, bars: Sequence[ChartBar], mean: float | None) -> None:
        """Draw these."""
        self._bars, self._mean = bars, mean
        self.setAccessibleName("; ".join(each.hint for each in bars if each.hint))
        self.setVisible(bool(bars))
        self.update()

    def event(self, event: QEvent) -> bool:
        """A hint says the figures of the month below the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = int((event.pos().x() - _LEFT) // self._step()) if self._bars else -1
            if 0 <= place < len(self._bars):
                QToolTip.showText(event.globalPos(), self._bars[place].hint, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Columns from left to right."""
        painter, look = QPainter(self), theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = self._range()
        for value in dict.fromkeys((low, 0.0, high)):
            y = self._y(value)
            painter.setPen(QPen(QColor(look.line), 1))
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width(), y))
            painter.setPen(QColor(look.quiet))
            box = QRectF(0, y - 9, _LEFT - 6, 18)
            words = f"{value:.0f}".replace("-", "\u2212")
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)  # fmt: skip
        for place, bar in enumerate(self._bars):
            self._draw(painter, place, bar)
        if self._mean is not None:
            painter.setPen(QPen(QColor(look.quiet), 1, Qt.PenStyle.DashLine))
            y = self._y(self._mean)
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width(), y))

    def _draw(self, painter: QPainter, place: int, bar: ChartBar) -> None:
        look, step = theme.tokens(), self._step()
        left, zero = _LEFT + place * step, self._y(0.0)
        painter.setPen(QColor(look.quiet))
        below = QRectF(left, self.height() - _FOOT + 2, step, _FOOT - 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, bar.label)
        if bar.value is None:
            return
        wide, y = step * _WIDE, self._y(bar.value)
        area = QRectF(left + (step - wide) / 2, min(y, zero), wide, abs(zero - y))
        painter.fillRect(area, QColor(look.warning if bar.late else look.accent))
        painter.setPen(QColor(look.warning if bar.late else look.text))
        above = QRectF(left, min(y, zero) - 17, step, 16)
        painter.drawText(above, Qt.AlignmentFlag.AlignHCenter, bar.words)

    def _range(self) -> tuple[float, float]:
        values = [each.value for each in self._bars if each.value is not None]
        return min(0.0, *values, 0.0), max(10.0, *values, 0.0)

    def _step(self) -> float:
        return (self.width() - _LEFT) / max(1, len(self._bars))

    def _y(self, value: float) -> float:
        low, high = self._range()
        floor = self.height() - _FOOT
        return floor - (value - low) / (high - low) * (floor - _TOP)


class LimitScale(QWidget):
    """The balance as a filled bar, limits and need as marks on it."""

    def __init__(self) -> None:
        super().__init__()
        self._filled = 0.0
        self._marks: Sequence[LimitMark] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_SCALE_HIGH))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(360, theme.px(_SCALE_HIGH))

    def show_marks(self, filled: float, marks: Sequence[LimitMark], words: str) -> None:
        """Draw these; `words` say what is filled."""
        self._filled, self._marks = filled, sorted(marks, key=lambda each: each.value)
        self.setAccessibleName("; ".join((words, *(each.words for each in marks))))
        self.setVisible(bool(filled or marks))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bar, and its marks above and below in turn."""
        painter, look = QPainter(self), theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        highest = max((self._filled, *(each.value for each in self._marks)), default=0)
        if highest <= 0:
            return
        scale, y = self.width() / (highest * 1.08), (self.height() - _BAR) / 2
        painter.fillRect(QRectF(0, y, self.width(), _BAR), QColor(look.chip))
        painter.fillRect(QRectF(0, y, max(0.0, self._filled) * scale, _BAR), QColor(look.accent))  # fmt: skip
        for place, mark in enumerate(self._marks):
            x, above = mark.value * scale, place % 2 == 0
            style = Qt.PenStyle.DashLine if mark.dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(look.text), 3 if mark.strong else 1, style))
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + _BAR + 4))
            wide = painter.fontMetrics().horizontalAdvance(mark.words) + 2
            left = min(max(0.0, x - wide / 2), self.width() - wide)
            painter.setPen(QColor(look.text if mark.strong else look.quiet))
            top = y - theme.px(23) if above else y + _BAR + 5
            painter.drawText(QRectF(left, top, wide, theme.px(18)), Qt.AlignmentFlag.AlignLeft, mark.words)  # fmt: skip


class AgeBar(QWidget):
    """What is open by age in one bar: not due first, then ever later."""

    def __init__(self, ages: Sequence[Age]) -> None:
        super().__init__()
        self._ages = ages
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(14)
        self.setAccessibleName("; ".join(each.words for each in ages))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Parts from left to right, a gap between."""
        painter, look, x = QPainter(self), theme.tokens(), 0.0
        for age in self._ages:
            wide = age.share * self.width()
            tone = QColor(look.warning if age.late else look.accent)
            painter.fillRect(QRectF(x, 1, max(1.0, wide - 1), 12), tone)
            x += wide
