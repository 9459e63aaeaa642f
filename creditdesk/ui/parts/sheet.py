"""A page of a paper that the mouse draws places on."""

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from creditdesk.presenters.parts.strokes import Stroke

_CLICK: Final = 4


class DrawnOn(Protocol):
    """Who keeps the places."""

    @property
    def strokes(self) -> Sequence[Stroke]:
        """The places on the page that is seen."""

    def draw(self, stroke: Stroke) -> None:
        """A place was drawn."""

    def take_off(self, x: float, y: float) -> None:
        """A point of the page was clicked, in parts of its width and height."""


class Sheet(QWidget):
    """One page; the mouse draws on it. `cover`: the colour of its places, which let through what they cover."""

    def __init__(self, drawn_on: DrawnOn, cover: QColor) -> None:
        super().__init__()
        self._presenter = drawn_on
        self._cover = cover
        self._image: QImage | None = None
        self._from: QPointF | None = None
        self._to = QPointF()
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_image(self, image: QImage | None) -> None:
        """Another page; None where it can't be shown."""
        self._image = image
        size = image.deviceIndependentSize().toSize() if image else None
        if size is not None:
            self.setFixedSize(size)
        self.setEnabled(image is not None)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A place begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._to = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It grows."""
        if self._from is not None:
            self._to = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is drawn; a click takes off what it meets."""
        begun, self._from = self._from, None
        if begun is None:
            return
        drawn = QRectF(begun, event.position()).normalized()
        width, height = float(self.width()), float(self.height())
        if max(drawn.width(), drawn.height()) < _CLICK:
            self._presenter.take_off(begun.x() / width, begun.y() / height)
        else:
            stroke = Stroke(
                drawn.left() / width,
                drawn.top() / height,
                drawn.right() / width,
                drawn.bottom() / height,
            )
            self._presenter.draw(stroke)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page beneath its places."""
        painter = QPainter(self)
        if self._image is None:
            return
        painter.drawImage(QPointF(), self._image)
        width, height = self.width(), self.height()
        for each in self._presenter.strokes:
            left, top = each.left * width, each.top * height
            right, bottom = each.right * width, each.bottom * height
            painter.fillRect(
                QRectF(QPointF(left, top), QPointF(right, bottom)), self._cover
            )
        if self._from is not None:
            painter.setPen(QPen(QColor(200, 0, 0), 1.5))
            painter.drawRect(QRectF(self._from, self._to).normalized())
