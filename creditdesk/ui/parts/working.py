"""A figure's working, drawn: each line with what it is, the amount, why, and where the rule comes from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from creditdesk.presenters.parts.working import FigureLine
from creditdesk.ui.parts.controls import rule
from creditdesk.ui.parts.text import label


def draw_working(place: QVBoxLayout, lines: Sequence[FigureLine]) -> None:
    """One line below the other, with hairlines between."""
    for index, line in enumerate(lines):
        if index:
            place.addWidget(rule())
        place.addLayout(_line(line))


def _line(line: FigureLine) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 6, 0, 6)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    role = "strong" if line.strong else ""
    grid.addWidget(label(line.label, role, wrap=True), 0, 0)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    grid.addWidget(label(line.amount, role), 0, 1, right)
    if line.detail:
        grid.addWidget(label(line.detail, "small", wrap=True), 1, 0, 1, 2)
    if line.source:
        grid.addWidget(label(line.source, "small", wrap=True), 2, 0, 1, 2)
    return grid
