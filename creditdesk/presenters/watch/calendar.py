"""The month of duties, without Qt: each on its safe date, with the days nobody works."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from creditdesk.domain.base.calendar import end_of_month, months_later
from creditdesk.domain.duties.agenda import Agenda
from creditdesk.domain.duties.duties import DutyKind
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.agenda import Task, TaskList
from creditdesk.presenters.watch.closing import DoneTold, closing
from creditdesk.reports import duty_calendar
from creditdesk.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the month's page. `resting`: nobody works; `inside`: of this month."""

    day: date
    inside: bool
    resting: bool
    tasks: tuple[Task, ...]


class CalendarPresenter:
    """One month, and the day chosen in it."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self.today = workspace.today()
        self.month = self.today.replace(day=1)
        self.chosen = self.today
        self.kind: DutyKind | None = None
        self.changed: Event[None] = Event()
        self._by_day: dict[date, tuple[Task, ...]] = {}
        self._work = workspace.desk.watch.calendar()
        self.reload()

    def reload(self) -> None:
        """Read the duties up to the end of the page."""
        last = self._days()[-1]
        found = TaskList(self._agenda(last), self.today, self._wording)
        by_day: defaultdict[date, list[Task]] = defaultdict(list)
        for task in found.tasks:
            by_day[task.duty.safe].append(task)
        self._by_day = {day: tuple(tasks) for day, tasks in by_day.items()}
        self.changed.emit(None)

    def show_kind(self, kind: DutyKind | None) -> None:
        """Only duties of this kind; None: all."""
        self.kind = kind
        self.reload()

    def turn(self, months: int) -> None:
        """So many months on, or back."""
        self.month = months_later(self.month, months)
        self.chosen = self.month
        self.reload()

    def go_to_today(self) -> None:
        """The month and the day it is."""
        self.month, self.chosen = self.today.replace(day=1), self.today
        self.reload()

    def choose(self, day: date) -> None:
        """Show what is due on this day."""
        self.chosen = day
        self.changed.emit(None)

    @property
    def title(self) -> str:
        """The month in words."""
        return self._wording.month(self.month)

    @property
    def chosen_title(self) -> str:
        """The chosen day in words."""
        return self._wording.long_day(self.chosen)

    @property
    def remark(self) -> str:
        """What the days of rest rest on."""
        if self._work.is_known(self.month):
            return self._wording(N_("Days of rest: China's holidays of this year."))
        return self._wording(
            N_(
                "That year's exchanged days are not known yet; weekends and holidays fixed by law are counted."
            )
        )

    @property
    def weeks(self) -> Sequence[Sequence[DayCell]]:
        """The page, Monday first."""
        days = self._days()
        return [
            [self._cell(day) for day in days[start : start + 7]]
            for start in range(0, len(days), 7)
        ]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What is due on the chosen day."""
        return self._by_day.get(self.chosen, ())

    @property
    def late(self) -> int:
        """How many things have a safe date before the page's first day."""
        first = self._days()[0]
        return sum(len(tasks) for day, tasks in self._by_day.items() if day < first)

    def exporting(self, path: Path) -> Callable[[Progress], int]:
        """The job: write the open duties of the coming year for a person's own calendar."""
        agenda = self._agenda(self.today + timedelta(days=366))
        language, now = self._wording.language, self.today

        def job(progress: Progress) -> int:
            return duty_calendar.write(agenda.lines, path, language, now, progress)

        return job

    def closing(self, task: Task, told: DoneTold) -> Callable[[Progress], None]:
        """The job: the person did it by another way."""
        return closing(self._workspace, task.duty.client_id, task.duty.ids, told)

    def _agenda(self, until: date) -> Agenda:
        return self._workspace.desk.watch.agenda(
            self._workspace.client, kind=self.kind, until=until
        )

    def _days(self) -> list[date]:
        """Whole weeks around the month."""
        first, last = self.month, end_of_month(self.month)
        start = first - timedelta(days=first.weekday())
        end = last + timedelta(days=6 - last.weekday())
        return [start + timedelta(days=n) for n in range((end - start).days + 1)]

    def _cell(self, day: date) -> DayCell:
        return DayCell(
            day,
            inside=day.month == self.month.month,
            resting=not self._work.is_working(day),
            tasks=self._by_day.get(day, ()),
        )
