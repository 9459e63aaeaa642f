"""What the person can read while the services are still loading: the list of Today, straight from the file."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from creditdesk import glance
from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.agenda import AHEAD, TaskList
from creditdesk.ui.parts.controls import button
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.watch.duty_kinds import DutyKinds
from creditdesk.ui.watch.duty_rows import draw_tasks
from creditdesk.ui.window.places import screens
from creditdesk.ui.window.rail import Rail
from creditdesk.ui.window.top_bar import TopBar

_IN_SIGHT = 12
"""More rows than a window shows at first."""


def show(frame: QMainWindow, desk: Path, today: date, wording: Wording) -> bool:
    """Fill the frame with a first look at a desk; False where there is nothing to look at yet.

    The same list with the same buttons, alive, takes its place within the second.
    """
    seen = glance.look(desk, today + AHEAD, _IN_SIGHT)
    if seen is None:
        return False
    rail = Rail(screens(), wording, _later, pictures=False)
    rail.mark("today")
    rail.show_desk(desk.name)
    bar = TopBar(wording, _later, _later, _later)
    bar.show_clients(seen.clients, None)
    bar.day.setText(wording.long_day(today))
    found = TaskList(seen.agenda, today, wording)
    calendar = button(wording(N_("Calendar")), _too_early)
    page = Page(wording(N_("Today")), found.summary, (calendar,))
    page.body.addWidget(DutyKinds(wording, _later))
    rows = QVBoxLayout()
    rows.setContentsMargins(0, 0, 4, 0)
    rows.setSpacing(16)
    draw_tasks(rows, found, wording, _later)
    inside = QWidget()
    inside.setLayout(rows)
    aside = QWidget()
    aside.setFixedWidth(360)
    across = QHBoxLayout()
    across.setSpacing(16)
    across.addWidget(scrolled(inside), 1)
    across.addWidget(aside)
    page.body.addLayout(across, 1)
    frame.setCentralWidget(_whole(rail, bar, page))
    return True


def _whole(rail: QWidget, bar: QWidget, page: QWidget) -> QWidget:
    whole = QWidget()
    whole.setProperty("role", "page")
    right = QVBoxLayout()
    right.setContentsMargins(0, 0, 0, 0)
    right.setSpacing(0)
    right.addWidget(bar)
    right.addWidget(page, 1)
    across = QHBoxLayout(whole)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    across.addWidget(rail)
    across.addLayout(right, 1)
    return whole


def _too_early() -> None:
    """Pressed a moment too early."""


def _later(_what: object) -> None:
    """Pressed a moment too early."""
