"""Content that may be larger than its place."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QLayout, QScrollArea, QWidget

_HEADINGS = {"section", "strong", "title"}


def scrolled(inside: QWidget) -> QScrollArea:
    """Content that may be higher than the window."""
    area = _Scrolled()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    return area


class _Scrolled(QScrollArea):
    """Heard by the first heading it holds, or the name of what it stands in."""

    def showEvent(self, event: QShowEvent) -> None:
        """What it holds is known by now."""
        super().showEvent(event)
        inside = self.widget()
        layout = inside.layout() if inside else None
        around: QWidget | None = self.parentWidget()
        while around is not None and not around.accessibleName():
            around = around.parentWidget()
        heading = _heading(layout) if layout else ""
        self.setAccessibleName(heading or (around.accessibleName() if around else ""))


def _heading(layout: QLayout) -> str:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item else (None, None)
        if isinstance(widget, QLabel) and widget.property("role") in _HEADINGS:
            return widget.text()
        inner = inner or (widget.layout() if widget else None)
        found = _heading(inner) if inner else ""
        if found:
            return found
    return ""
