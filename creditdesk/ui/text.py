"""Labels that show names as they are: nothing a buyer is called is ever markup."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label in a role of the theme."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def chip(text: str, tone: str = "plain") -> QLabel:
    """A small word on a tinted ground."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("chip", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def set_role(widget: QWidget, role: str, name: str = "role") -> None:
    """Change the part a widget plays and redraw it so."""
    widget.setProperty(name, role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class NameLabel(QLabel):
    """A name that gives way when there is no room, with its whole text as the tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """A few characters are enough."""
        return QSize(40, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """The whole name."""
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 4
        return QSize(width, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(
            self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown
        )
