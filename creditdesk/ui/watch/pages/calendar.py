"""The calendar of duties, drawn: a month at the left, the chosen day at the right."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from creditdesk.i18n import N_, Message
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.agenda import Task
from creditdesk.presenters.watch.calendar import CalendarPresenter, DayCell
from creditdesk.presenters.watch.closing import DoneTold
from creditdesk.ui.parts import messages, theme
from creditdesk.ui.parts.controls import button, card, clear, row, rule
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.page import Page
from creditdesk.ui.parts.scrolling import scrolled
from creditdesk.ui.parts.shell import Shell
from creditdesk.ui.parts.text import NameLabel, label
from creditdesk.ui.parts.there import while_there
from creditdesk.ui.watch.duty_kinds import DutyKinds
from creditdesk.ui.watch.duty_rows import ask_done
from creditdesk.workspace import Workspace

RAIL = "today"

_SIDE = 360
_SHOWN, _DAY = 3, 82
_TABLES = frozenset({"duty", "notice", "policy_value", "client"})
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))  # fmt: skip


class DayButton(QPushButton):
    """One day: its number and what is due on it."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.setProperty("role", "day")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(8, 6, 8, 4)
        self._inside.setSpacing(1)

    def show_day(self, cell: DayCell, *, today: bool, chosen: bool) -> None:
        """Draw it anew."""
        clear(self._inside)
        number = str(cell.day.day)
        words = f"{number} · {self._wording(N_('today'))}" if today else number
        self._add(label(words, "strong" if cell.inside else "small", wrap=True))
        # The line that says how many more takes the place of a duty: a day has room for so many lines.
        shown = _SHOWN if len(cell.tasks) <= _SHOWN else _SHOWN - 1
        for task in cell.tasks[:shown]:
            self._add(NameLabel(task.title, _tone(task)))
        if len(cell.tasks) > shown:
            more = self._wording(N_("{count} more"), count=len(cell.tasks) - shown)
            self._add(label(more, "small"))
        self._inside.addStretch(1)
        self.setProperty("resting", "true" if cell.resting else "false")
        self.setChecked(chosen)
        said = self._wording.plural(
            N_("{day}: {count} duty"),
            N_("{day}: {count} duties"),
            len(cell.tasks),
            day=cell.day,
        )
        self.setAccessibleName(said)
        self.setToolTip(said if cell.tasks else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def _add(self, made: QWidget) -> None:
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside.addWidget(made)


class CalendarPage(Page):
    """Months to turn, days to choose."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        say = shell.wording
        self._presenter = CalendarPresenter(workspace, say)
        super().__init__(
            say(N_("Calendar of duties")),
            actions=(
                button("‹", partial(self._presenter.turn, -1), hint=say(N_("The month before"))),
                button(say(N_("This month")), self._presenter.go_to_today),
                button("›", partial(self._presenter.turn, 1), hint=say(N_("The next month"))),
                button(say(N_("For my own calendar…")), self.export),
            ),
        )  # fmt: skip
        self._shell = shell
        self._days: list[DayButton] = []
        self.kinds = DutyKinds(say, self._presenter.show_kind)
        self.body.addWidget(self.kinds)
        self._day = QVBoxLayout()
        frame, inside = card(margins=(16, 12, 8, 12))
        listed = QWidget()
        listed.setLayout(self._day)
        self._day.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(scrolled(listed), 1)
        self.body.addWidget(Fold(self._month(), frame, _SIDE), 1)
        for disconnect in (
            self._presenter.changed.connect(self._draw),
            workspace.changed.connect(self._on_change),
        ):
            self.destroyed.connect(disconnect)
        self._draw(None)

    def recount(self) -> None:
        """F5."""
        self._presenter.reload()

    def export(self) -> None:
        """Ask where the file for another calendar goes."""
        say = self._shell.wording
        name = f"{say(N_('CreditDesk duties'))}.ics"
        messages.choose_target(self, say(N_("Save the calendar")), name, self.export_to)

    def export_to(self, path: Path) -> None:
        """Write it there."""

        def told(count: int) -> None:
            said = N_("{count} duties of the coming year are written to {path}.")
            self._shell.tell(Message.of(said, count=count, path=path))

        self._shell.run(self._presenter.exporting(path), told)

    def _month(self) -> QWidget:
        frame, inside = card(spacing=4, margins=(8, 8, 8, 8))
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        for column, word in enumerate(_WEEKDAYS):
            head = label(self._shell.wording(word), "quiet")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(head, 0, column)
            self._grid.setColumnStretch(column, 1)
        inside.addLayout(self._grid, 1)
        self._remark = label(role="small", wrap=True)
        inside.addWidget(self._remark)
        return frame

    def _draw(self, _nothing: None) -> None:
        presenter = self._presenter
        title = self._shell.wording(N_("Calendar of duties"))
        late = self._shell.wording.plural(
            N_("{count} duty is late since before this month"),
            N_("{count} duties are late since before this month"),
            presenter.late,
        )
        words = (presenter.title, late if presenter.late else "")
        self.retitle(title, " · ".join(each for each in words if each))
        self._remark.setText(presenter.remark)
        self._draw_days()
        self._draw_chosen()

    def _draw_days(self) -> None:
        presenter = self._presenter
        weeks = presenter.weeks
        cells = [cell for week in weeks for cell in week]
        while len(self._days) < len(cells):
            place = len(self._days)
            made = DayButton(self._shell.wording)
            made.clicked.connect(partial(self._choose, place))
            self._grid.addWidget(made, 1 + place // 7, place % 7)
            self._days.append(made)
        for line in range(6):
            there = line < len(weeks)
            self._grid.setRowStretch(1 + line, 1 if there else 0)
            self._grid.setRowMinimumHeight(1 + line, theme.px(_DAY) if there else 0)
        for place, made in enumerate(self._days):
            made.setVisible(place < len(cells))
            if place < len(cells):
                day = cells[place].day
                made.show_day(
                    cells[place],
                    today=day == presenter.today,
                    chosen=day == presenter.chosen,
                )

    def _choose(self, place: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        cells = [cell for week in self._presenter.weeks for cell in week]
        self._presenter.choose(cells[place].day)

    def _draw_chosen(self) -> None:
        clear(self._day)
        self._day.addWidget(label(self._presenter.chosen_title, "section"))
        if not self._presenter.tasks:
            nothing = self._shell.wording(N_("Nothing is due on this day."))
            self._day.addWidget(label(nothing, "quiet"))
        for index, task in enumerate(self._presenter.tasks):
            if index:
                self._day.addWidget(rule())
            self._draw_task(task)
        self._day.addStretch(1)

    def _draw_task(self, task: Task) -> None:
        self._day.addWidget(label(task.title, "strong", wrap=True))
        self._day.addWidget(label(task.subject, "quiet", wrap=True))
        self._day.addWidget(label(f"{task.rule}", "small", wrap=True))
        self._day.addWidget(label(task.consequence, "small", wrap=True))
        act = button(task.act, partial(self._act, task))
        self._day.addLayout(row(label(task.money, "strong"), None, act))

    def _act(self, task: Task) -> None:
        if task.place:
            self._shell.go(task.place, **task.where)
            return
        say = self._shell.wording
        then = partial(self._close, task)
        ask_done(self, say, task, self._presenter.today, then)

    def _close(self, task: Task, told: DoneTold) -> None:
        work = self._presenter.closing(task, told)
        self._shell.run(work, while_there(self, self._closed))

    def _closed(self, _nothing: None) -> None:
        self._shell.tell(Message(N_("The duty is marked as done.")))

    def _on_change(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self._presenter.reload()


def _tone(task: Task) -> str:
    return task.tone.value if task.tone.value in {"danger", "warning"} else "small"


def build(workspace: Workspace, shell: Shell) -> QWidget:
    """The page."""
    return CalendarPage(workspace, shell)
