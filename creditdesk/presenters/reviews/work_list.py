"""What the firm did for which client in a month, without Qt: the record a bill rests on."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from pathlib import Path

from creditdesk.domain.base.calendar import end_of_month, months_later
from creditdesk.domain.review.work import WorkRow
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.parts.bars import BarLine
from creditdesk.presenters.parts.form import Option
from creditdesk.presenters.parts.table import Cell, Column, Table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import work_list
from creditdesk.workspace import Workspace

_MONTHS = 24
"""Months to choose from, the running one first."""


class WorkListPresenter:
    """One month of one client or all: rows by day, and how much it was for each client."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace, self._say = workspace, wording
        self.month: date = workspace.today().replace(day=1)
        self.client: int | None = workspace.client
        self.rows: tuple[WorkRow, ...] | None = None
        """Of the month, of all clients; None: not read yet."""
        self.changed: Event[None] = Event()
        self.table: Table[tuple[int, WorkRow]] = Table(
            self._columns(), lambda row: row[0], sort="on", footer=self._footer
        )

    @property
    def months(self) -> tuple[Option, ...]:
        """The last two years."""
        first = self._workspace.today().replace(day=1)
        days = [months_later(first, -back) for back in range(_MONTHS)]
        return tuple(Option(day.isoformat(), self._say.month(day)) for day in days)

    @property
    def clients(self) -> tuple[Option, ...]:
        """All of them, and all together."""
        lines = self._workspace.desk.clients.all()
        every = Option("", self._say(N_("All clients")))
        return (every, *(Option(str(each.id), each.name) for each in lines))

    @property
    def period(self) -> tuple[date, date]:
        """Both ends included; the running month ends today."""
        return self.month, min(end_of_month(self.month), self._workspace.today())

    def job(self) -> Callable[[Progress], tuple[WorkRow, ...]]:
        """The work of reading the month."""
        reviews, period = self._workspace.desk.reviews, self.period
        return lambda _progress: reviews.work(*period)

    def show(self, rows: tuple[WorkRow, ...]) -> None:
        """It is there."""
        self.rows = rows
        self.table.show(list(enumerate(rows)))
        self._narrow()

    def set_month(self, text: str) -> None:
        """Another month, by its first day; it is read anew by `job`."""
        self.month = date.fromisoformat(text)

    def step(self, by: int) -> bool:
        """So many months on or back; whether there is such a month to choose."""
        there = months_later(self.month, by)
        known = {each.value for each in self.months}
        if there.isoformat() not in known:
            return False
        self.month = there
        return True

    def choose(self, client: Hashable) -> None:
        """Only this client's rows; empty: all."""
        self.client = int(str(client)) if str(client or "") else None
        self._narrow()

    @property
    def subtitle(self) -> str:
        """What exactly is shown."""
        start, end = self.period
        return self._say(N_("From the journal, {start} to {end}; hours are entered in the workbook"), start=start, end=end)  # fmt: skip

    @property
    def bars(self) -> tuple[BarLine, ...]:
        """Entries of each client in the month, the most first."""
        counts: dict[str, int] = {}
        for row in self.rows or ():
            counts[row.client] = counts.get(row.client, 0) + row.count
        numbers = {each.name: each.id for each in self._workspace.desk.clients.all()}
        longest = max(counts.values(), default=1)
        ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        return tuple(
            BarLine(numbers.get(name, ""), name, count / longest, 0.0, f"{count:,}")
            for name, count in ordered
        )

    def writing(self, path: Path) -> Job[Path]:
        """The job: the workbook of what is shown, with room for the hours."""
        rows = [row for _, row in sorted(self.table.rows)]
        period, language = self.period, self._say.language

        def job(_progress: Progress) -> Path:
            work_list.write(rows, period, path, language)
            return path

        return job

    @property
    def file_name(self) -> str:
        """What the file is called unless the person says otherwise."""
        name = f"{self._say(work_list.TITLE)} {self.month.isoformat()[:7]}"
        return f"{' '.join(filter(None, (name, self._name())))}.xlsx"

    def _name(self) -> str:
        lines = self._workspace.desk.clients.all()
        return next((each.name for each in lines if each.id == self.client), "")

    def _narrow(self) -> None:
        name = self._name()
        self.table.keep(lambda row: not name or row[1].client == name)
        self.changed.emit(None)

    def _footer(self, rows: Sequence[tuple[int, WorkRow]]) -> Sequence[str]:
        if not rows:
            return []
        text = N_("clients: {clients} · days with work: {days} · entries: {entries}")
        return [
            self._say(
                text, entries=f"{sum(row.count for _, row in rows):,}", days=len({row.on for _, row in rows}),
                clients=len({row.client for _, row in rows}),
            )
        ]  # fmt: skip

    def _columns(self) -> list[Column[tuple[int, WorkRow]]]:
        say = self._say

        def done(row: tuple[int, WorkRow]) -> str:
            return say.plural(*row[1].words, row[1].count)

        return [
            Column(key="on", title=N_("Day"), cell=lambda row: say.day(row[1].on), order=lambda row: (row[1].on, row[0]), value=lambda row: row[1].on, width=110),
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row[1].client, hint=row[1].client), order=lambda row: row[1].client, width=200),
            Column(key="done", title=N_("What was done"), cell=lambda row: Cell(done(row), hint=done(row)), order=done, stretch=True),
            Column(key="count", title=N_("Entries"), cell=lambda row: str(row[1].count), order=lambda row: row[1].count, value=lambda row: row[1].count, right=True, width=80),
            Column(key="who", title=N_("By"), cell=lambda row: row[1].who, order=lambda row: row[1].who, width=110),
        ]  # fmt: skip
