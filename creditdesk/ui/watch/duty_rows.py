"""The rows of Today: grouped late, this week, later; each with its date, its money and its button."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.agenda import GROUP_TITLES, Group, Task, TaskList
from creditdesk.presenters.watch.besides import SHOWN, Beside
from creditdesk.presenters.watch.closing import DoneTold
from creditdesk.presenters.watch.today import Settle
from creditdesk.ui.parts.controls import at_least, button, card, clear, rule
from creditdesk.ui.parts.text import Chip, NameLabel, label
from creditdesk.ui.watch.done_dialog import DoneDialog

Act = Callable[[Task], object]
_TONES = {"danger": "danger", "warning": "warning"}


def draw_tasks(
    place: QVBoxLayout,
    found: TaskList,
    wording: Wording,
    act: Act,
    besides: Sequence[QWidget] = (),
) -> None:
    """Draw the list anew; the first row has the one primary button. `besides` stand before what is due later."""
    clear(place)
    first = found.tasks[:1]
    for group in Group:
        for each in besides if group is Group.LATER else ():
            place.addWidget(each)
        tasks = found.group(group)
        if tasks:
            title, count = wording(GROUP_TITLES[group]), found.waiting(group)
            place.addWidget(_group(title, count, tasks, first, act))
    if found.agenda.hidden:
        more = wording.plural(
            N_("{count} more with a later safe date is not shown."),
            N_("{count} more with later safe dates are not shown."),
            found.agenda.hidden,
        )
        place.addWidget(label(more, "small"))
    place.addStretch(1)


def settle_group(
    lines: Sequence[Settle], wording: Wording, opened: Callable[[int], object]
) -> QFrame:
    """What has no date because nobody knows it: one line a client, with the money behind it."""
    frame, inside = card(spacing=0, margins=(0, 0, 0, 0))
    inside.addLayout(_head(wording(N_("To settle")), len(lines)))
    for index, line in enumerate(lines):
        if index:
            inside.addWidget(rule())
        inside.addWidget(_settle_row(line, wording, opened))
    return frame


def besides_group(
    lines: Sequence[Beside],
    wording: Wording,
    opened: Callable[[Beside], object],
    most: int = SHOWN,
) -> QFrame:
    """What waits besides duties: one line each, the first few of them."""
    frame, inside = card(spacing=0, margins=(0, 0, 0, 0))
    inside.addLayout(_head(wording(N_("Lessons and follow-ups")), len(lines)))
    for index, line in enumerate(lines[:most]):
        if index:
            inside.addWidget(rule())
        inside.addWidget(_beside_row(line, wording, opened))
    if len(lines) > most:
        inside.addWidget(rule())
        more = wording(N_("and {count} more in the list"), count=len(lines) - most)
        said = label(more, "small")
        said.setContentsMargins(16, 6, 16, 8)
        inside.addWidget(said)
    return frame


def _beside_row(
    line: Beside, wording: Wording, opened: Callable[[Beside], object]
) -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(16, 8, 16, 10)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnMinimumWidth(0, 84)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(label(wording.short_day(line.by) if line.by else "—", "strong"), 0, 0, top)  # fmt: skip
    grid.addWidget(label(line.off, "danger" if line.late else "quiet"), 1, 0, top)
    grid.addWidget(label(line.title, "strong", wrap=True), 0, 1)
    grid.addWidget(label(line.subject, "quiet", wrap=True), 1, 1)
    made = button(wording(N_("Open")), lambda: opened(line))
    made.setAccessibleName(f"{wording(N_('Open'))}: {line.title}")
    grid.addWidget(at_least(made, 116), 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
    return row


def ask_done(
    parent: QWidget,
    wording: Wording,
    task: Task,
    today: date,
    then: Callable[[DoneTold], object],
) -> None:
    """Ask when a duty was done."""
    question = wording(
        N_("{title}, {subject}: when was this done?"),
        title=task.title,
        subject=task.subject,
    )
    DoneDialog(parent, wording, question, today, then).open()


def _group(
    title: str, count: int, tasks: Sequence[Task], first: Sequence[Task], act: Act
) -> QFrame:
    frame, inside = card(spacing=0, margins=(0, 0, 0, 0))
    inside.addLayout(_head(title, count))
    for index, task in enumerate(tasks):
        if index:
            inside.addWidget(rule())
        inside.addWidget(_row(task, act, pressing=task in first))
    return frame


def _head(title: str, count: int) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setContentsMargins(16, 12, 16, 8)
    head.addWidget(label(title, "section"))
    head.addSpacing(8)
    head.addWidget(label(str(count), "small"))
    head.addStretch(1)
    return head


def _settle_row(
    line: Settle, wording: Wording, opened: Callable[[int], object]
) -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(16, 8, 16, 10)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    grid.addWidget(label(line.title, "strong"), 0, 0)
    grid.addWidget(label(line.subject, "quiet", wrap=True), 1, 0)
    said = wording(
        N_("No deadline, letter or claim counts from a date that nobody knows.")
    )
    grid.addWidget(label(said, "small", wrap=True), 2, 0)
    middle = Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(
        label(line.money, "strong"), 0, 1, 3, 1, Qt.AlignmentFlag.AlignRight | middle
    )
    made = button(wording(N_("Settle")), lambda: opened(line.client_id))
    grid.addWidget(at_least(made, 116), 0, 2, 3, 1, middle)
    return row


def _title(words: str) -> NameLabel:
    made = NameLabel(words, "strong")
    # As wide as its words and no wider: the rule stands right behind it, and gives way first.
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
    return made


def _row(task: Task, act: Act, *, pressing: bool) -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(16, 8, 16, 10)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnMinimumWidth(0, 84)
    grid.setColumnStretch(1, 1)
    grid.addWidget(label(task.day, "strong"), 0, 0)
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(label(task.off, _TONES.get(task.tone, "quiet")), 1, 0, top)
    what = QHBoxLayout()
    what.setSpacing(8)
    what.addWidget(_title(task.title))
    what.addWidget(Chip(task.rule, _TONES.get(task.tone, "plain")))
    what.addStretch(1)
    grid.addLayout(what, 0, 1)
    grid.addWidget(label(task.subject, "quiet", wrap=True), 1, 1)
    grid.addWidget(label(task.consequence, "small", wrap=True), 2, 1)
    middle = Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(
        label(task.money, "strong"), 0, 2, 3, 1, Qt.AlignmentFlag.AlignRight | middle
    )
    made = button(task.act, lambda: act(task), role="primary" if pressing else "")
    grid.addWidget(at_least(made, 116), 0, 3, 3, 1, middle)
    return row
