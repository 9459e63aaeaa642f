"""Labels that show names as they are: nothing a buyer is called is ever markup."""

import re
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from creditdesk.catalog.library import term_of
from creditdesk.ui.parts import theme

_FAULT_HIGH = 18
_CHIP_SIDES = 20
"""What a chip's ground takes beside its text."""

_KEYS = re.compile(r"((Ctrl|Shift|Alt|Meta)\+)+\w+")


def as_written(keys: str) -> str:
    """Keys as the system writes them, on macOS by its signs; words that name none stay as they are."""
    if not _KEYS.fullmatch(keys):
        return keys
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label in a role of the theme."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if meaning := meaning_of(text):
        made.setToolTip(meaning)
    return made


def meaning_of(words: str) -> str:
    """What a word of the field means, as a hint that breaks into lines; empty where it is none."""
    found = term_of(words) if words else None
    if found is None:
        return ""
    term, language = found
    name, meaning = term.name.in_language(language), term.meaning.in_language(language)
    return f"<p><b>{escape(name)}</b><br>{escape(meaning)}</p>"


def fault_line() -> QLabel:
    """What stands against a field: its line is kept free, so that nothing moves when it is said."""
    made = label(role="fault", wrap=True)
    policy = made.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    made.setSizePolicy(policy)
    made.setMinimumHeight(theme.px(_FAULT_HIGH))
    return made


def chip(text: str, tone: str = "plain") -> QLabel:
    """A small word on a tinted ground."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("chip", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


class Chip(QLabel):
    """A chip that gives way when there is no room; its whole text is the tooltip."""

    def __init__(self, text: str, tone: str = "plain") -> None:
        super().__init__(text)
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("chip", tone)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def minimumSizeHint(self) -> QSize:
        """A few characters are enough."""
        return QSize(_CHIP_SIDES + 24, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """The whole text."""
        width = self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(width + _CHIP_SIDES, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        room = event.size().width() - _CHIP_SIDES
        elide = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._whole, elide, room + 1))


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
