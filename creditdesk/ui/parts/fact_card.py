"""A card of names and figures."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from creditdesk.ui.parts.controls import card
from creditdesk.ui.parts.text import NameLabel, label


def fact_card(
    title: str, facts: Iterable[tuple[str, str, str]]
) -> tuple[QFrame, QVBoxLayout]:
    """Name, figure and role of each line under a title, and the layout for what else belongs there."""
    frame, inside = card(margins=(20, 16, 20, 16))
    inside.addWidget(label(title, "section"))
    for name, value, role in facts:
        inside.addLayout(_line(name, value, role))
    return frame, inside


def _line(name: str, value: str, role: str) -> QHBoxLayout:
    """A name at the left; a value at the right that gives way, and is told whole by its hint."""
    shown = NameLabel(value, role)
    shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    line = QHBoxLayout()
    line.setSpacing(16)
    line.addWidget(label(name, "quiet"))
    line.addWidget(shown, 1)
    return line
