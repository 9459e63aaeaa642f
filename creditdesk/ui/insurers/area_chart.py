"""What was insured and what wasn't, through time: a filled area and a hatched one on top, told apart without colour."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from creditdesk.presenters.insurers.what_if_result import AreaChart
from creditdesk.ui.parts import theme

_HIGH = 168
_LEFT, _TOP, _FOOT, _RIGHT = 44, 20, 22, 8
_SCALE_GAP = 6


class AreaChartView(QWidget):
    """One chart; the figures of the day below the mouse stand in its hint."""

    def __init__(self, chart: AreaChart) -> None:
        super().__init__()
        self._chart = chart
        self.setAccessibleName(chart.said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_HIGH))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(360, theme.px(_HIGH))

    def event(self, event: QEvent) -> bool:
        """A hint says the figures of the nearest day."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place()
            at = (event.pos().x() - place.left()) / max(1.0, place.width())
            nearest = min(self._chart.points, key=lambda point: abs(point.across - at))
            QToolTip.showText(event.globalPos(), nearest.words, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scale, the areas, the days, and the worst one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_scale(painter)
        self._draw_areas(painter)
        self._draw_days(painter)
        self._draw_worst(painter)

    def _draw_scale(self, painter: QPainter) -> None:
        look, place = theme.tokens(), self._place()
        for level in self._chart.levels:
            y = self._y(level.place)
            painter.setPen(QPen(QColor(look.line), 1))
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
            painter.setPen(QColor(look.quiet))
            box = QRectF(0, y - 10, place.left() - _SCALE_GAP, 20)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, level.words)

    def _draw_areas(self, painter: QPainter) -> None:
        look = theme.tokens()
        points = self._chart.points
        insured = [QPointF(self._x(each.across), self._y(each.insured)) for each in points]  # fmt: skip
        whole = [QPointF(self._x(each.across), self._y(each.whole)) for each in points]
        ground = self._y(0)
        floor = [QPointF(insured[-1].x(), ground), QPointF(insured[0].x(), ground)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_pale(look.accent))
        painter.drawPolygon(QPolygonF([*insured, *floor]))
        painter.setBrush(QBrush(QColor(look.warning), Qt.BrushStyle.BDiagPattern))
        painter.drawPolygon(QPolygonF([*whole, *reversed(insured)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look.text), 1.4))
        painter.drawPolyline(QPolygonF(whole))
        painter.setPen(QPen(QColor(look.accent), 2))
        painter.drawPolyline(QPolygonF(insured))

    def _draw_days(self, painter: QPainter) -> None:
        painter.setPen(QColor(theme.tokens().quiet))
        foot = self.height() - _FOOT
        for day in self._chart.days:
            wide = painter.fontMetrics().horizontalAdvance(day.words) + 2
            x = self._x(day.place) - wide / 2
            x = min(max(self._place().left(), x), self._place().right() - wide)
            box = QRectF(x, foot + 3, wide, _FOOT - 3)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, day.words)

    def _draw_worst(self, painter: QPainter) -> None:
        worst = self._chart.worst
        if worst is None:
            return
        look, place = theme.tokens(), self._place()
        x = self._x(worst.place)
        painter.setPen(QPen(QColor(look.danger), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, place.top() - 4), QPointF(x, place.bottom()))
        wide = painter.fontMetrics().horizontalAdvance(worst.words) + 2
        start = min(max(place.left(), x - wide / 2), place.right() - wide)
        painter.setPen(QColor(look.danger))
        box = QRectF(start, 0, wide, place.top() - 4)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, worst.words)

    def _place(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _FOOT)  # fmt: skip

    def _x(self, share: float) -> float:
        return self._place().left() + share * self._place().width()

    def _y(self, share: float) -> float:
        return self._place().bottom() - share * self._place().height()


def _pale(colour: str) -> QColor:
    """The colour as an area, which what stands on it is read through."""
    made = QColor(colour)
    made.setAlphaF(0.3)
    return made
