"""Where what opens under a field has room."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

_GAP = 2


def beside(owner: QWidget, popup: QWidget) -> QPoint:
    """Below its owner, or above it, and not beyond the edge of the screen."""
    room = owner.screen().availableGeometry()
    place = owner.mapToGlobal(QPoint(0, owner.height() + _GAP))
    if place.y() + popup.height() > room.bottom():
        place.setY(owner.mapToGlobal(QPoint(0, -_GAP)).y() - popup.height())
    right = room.right() + 1 - popup.width()
    below = room.bottom() + 1 - popup.height()
    return QPoint(
        max(room.left(), min(place.x(), right)), max(room.top(), min(place.y(), below))
    )
