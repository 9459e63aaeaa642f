"""A limit in time, drawn as steps: the higher the more is covered, with the state in words where nothing is."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from creditdesk.presenters.credit.limit_history import LimitStep
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts import theme

_HEIGHT = 132
_TOP = 22
_FOOT = 22
_GAP = 8


class LimitLine(QWidget):
    """The steps of one buyer's limit, and today."""

    def __init__(self, wording: Wording, today: date) -> None:
        super().__init__()
        self._wording = wording
        self._today = today
        self._steps: Sequence[LimitStep] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_HEIGHT))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, _HEIGHT)

    def show_steps(self, steps: Sequence[LimitStep]) -> None:
        """Draw these."""
        self._steps = steps
        said = (f"{self._wording.day(step.start)}: {step.words}" for step in steps)
        self.setAccessibleName("; ".join(said))
        self.setVisible(bool(steps))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The steps from left to right."""
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        free = 0.0
        for step in self._steps:
            free = self._draw_step(painter, step, free)
        self._draw_today(painter)

    def _x(self, day: date) -> float:
        first, last = self._steps[0].start, self._steps[-1].end
        return (day - first).days / max(1, (last - first).days) * (self.width() - 1)

    def _draw_step(self, painter: QPainter, step: LimitStep, free: float) -> float:
        """Draw one; `free` is where the words before it end, and the answer where its own do."""
        look = theme.tokens()
        left, right = self._x(step.start), self._x(step.end)
        ground = self.height() - _FOOT
        top = ground - step.share * (ground - _TOP - 4)
        if step.covered:
            painter.fillRect(
                QRectF(left, top, right - left, ground - top), QColor(look.accent_tint)
            )
        tone = look.accent if step.covered else look.warning
        painter.setPen(QPen(QColor(tone), 2))
        painter.drawLine(QPointF(left, top), QPointF(right, top))
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(QPointF(left, top), QPointF(left, ground))
        return self._draw_words(painter, step, QPointF(left, top), max(free, 0.0))

    def _draw_words(
        self, painter: QPainter, step: LimitStep, at: QPointF, free: float
    ) -> float:
        look, metrics = theme.tokens(), QFontMetrics(self.font())
        day = self._wording.day(step.start)
        room = self._x(step.end) - at.x()
        painter.setPen(QColor(look.text if step.covered else look.warning))
        words = metrics.elidedText(
            step.words, Qt.TextElideMode.ElideRight, int(max(0.0, room - _GAP))
        )
        painter.drawText(QPointF(at.x() + 2, at.y() - 6), words)
        if at.x() < free:
            return free
        painter.setPen(QColor(look.quiet))
        painter.drawText(QPointF(at.x() + 2, self.height() - 5.0), day)
        return at.x() + metrics.horizontalAdvance(day) + _GAP

    def _draw_today(self, painter: QPainter) -> None:
        if not self._steps[0].start <= self._today <= self._steps[-1].end:
            return
        x = self._x(self._today)
        painter.setPen(QPen(QColor(theme.tokens().danger), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - _FOOT))
