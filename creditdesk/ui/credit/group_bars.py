"""The groups of a score, drawn: a bar as long as the most a group can give, filled as far as it gave."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QProgressBar

from creditdesk.presenters.credit.score_part import GroupLine
from creditdesk.ui.parts.controls import clear
from creditdesk.ui.parts.text import label


def draw_groups(grid: QGridLayout, groups: Sequence[GroupLine], point: int) -> None:
    """Title, bar and points of each; a point is so many pixels long, so a group of 35 is longer than one of 15."""
    clear(grid)
    for line, group in enumerate(groups):
        bar = QProgressBar()
        bar.setRange(0, group.most)
        bar.setValue(group.points)
        bar.setTextVisible(False)
        bar.setFixedSize(group.most * point, 8)
        bar.setAccessibleName(group.title)
        grid.addWidget(label(group.title), line, 0)
        grid.addWidget(bar, line, 1, Qt.AlignmentFlag.AlignLeft)
        told = label(f"{group.points} / {group.most}", "strong")
        grid.addWidget(told, line, 2, Qt.AlignmentFlag.AlignRight)
