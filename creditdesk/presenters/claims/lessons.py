"""Lessons from claims and late duties, without Qt: who sees to each by when, until it is done with a word."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.duties.tasks import (
    DEPARTMENT_TITLES,
    Department,
    NewTask,
    TaskId,
    TaskLine,
    TaskOrigin,
)
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Job, Progress
from creditdesk.presenters.claims.task_proposals import lessons_of
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form, Option
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.tasks import TaskDone
from creditdesk.services.tasks.values import TaskDoneInFuture, TaskProofMissing
from creditdesk.workspace import Workspace

TABLES = frozenset({"task", "client", "claim", "claim_step", "duty"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonTold:
    """A lesson as it is typed."""

    client: str = asked(N_("Client"), kind=FieldKind.CHOICE)
    text: str = asked(N_("What was learned"), kind=FieldKind.MULTILINE)  # fmt: skip
    department: Department = asked(N_("Department"), titles=DEPARTMENT_TITLES)
    owner: str = asked(N_("Who"), default="")
    due_on: date | None = asked(N_("Do by"), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTold:
    """Who sees to it and by when, as it is typed."""

    department: Department = asked(N_("Department"), titles=DEPARTMENT_TITLES)
    owner: str = asked(N_("Who"), default="")
    due_on: date | None = asked(N_("Do by"), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneTold:
    """That it was done, as it is typed."""

    on: date = asked(N_("Done on"), to_come=TaskDoneInFuture)
    word: str = asked(N_("What was done"))


class LessonsPresenter:
    """The lessons of the chosen client or of all: those still open, or every one."""

    def __init__(self, workspace: Workspace, wording: Wording) -> None:
        self._workspace, self._say = workspace, wording
        self.whole = False
        """Whether those done are shown, too."""
        self._chosen: TaskLine | None = None
        self.changed: Event[None] = Event()
        self.table: Table[TaskLine] = Table(
            self._columns(), lambda row: row.id, sort="due"
        )
        today = workspace.today()
        clients = [Option(str(each.id), each.name) for each in workspace.desk.clients.all()]  # fmt: skip
        own = {"client": str(workspace.client)} if workspace.client is not None else {}
        self.form: Form = bound(
            LessonTold, wording, self._add, Around(today=today, options={"client": clients}, values=own)
        )  # fmt: skip
        self.give_form: Form = bound(GivenTold, wording, self._give, Around(today=today))  # fmt: skip
        self.done_form: Form = bound(
            DoneTold,
            wording,
            self._finish,
            Around(today=today, values={"on": today.isoformat()}, blame={TaskProofMissing: "word"}),
        )  # fmt: skip

    def reload(self) -> None:
        """Read them again."""
        found = self._workspace.desk.tasks.all(self._workspace.client)
        self.table.show([each for each in found if each.origin is TaskOrigin.LESSON])
        self._narrow()

    def show_whole(self, *, on: bool) -> None:
        """Those that are done, too."""
        self.whole = on
        self._narrow()

    def _narrow(self) -> None:
        self.table.keep(lambda row: self.whole or row.is_open)
        self.changed.emit(None)

    @property
    def said(self) -> str:
        """How many are open, late, and without anybody who sees to them."""
        say, today = self._say, self._workspace.today()
        still = [row for row in self.table.rows if row.is_open]
        told = [say.plural(N_("{count} lesson open"), N_("{count} lessons open"), len(still))]  # fmt: skip
        late = sum(row.is_late(today) for row in still)
        if late:
            told.append(say(N_("{count} late"), count=late))
        nobody = sum(not row.owner for row in still)
        if nobody:
            told.append(say(N_("{count} without anybody who sees to it"), count=nobody))
        return " · ".join(told)

    def taking(self) -> Job[int]:
        """The job: take what claims and late duties of the chosen client, or of all, teach; how many came."""
        desk, today, language = self._workspace.desk, self._workspace.today(), self._say.language  # fmt: skip
        one = self._workspace.client
        clients = [one] if one is not None else [each.id for each in desk.clients.all()]

        def job(progress: Progress) -> int:
            found = [(each, list(lessons_of(desk, each, today, language))) for each in clients]  # fmt: skip
            return desk.do(
                lambda: sum(desk.tasks.learn(client, lessons) for client, lessons in found),
                progress,
            )  # fmt: skip

        return job

    def may_change(self, key: object) -> bool:
        """Whether this one is still open."""
        row = self.table.get(key)
        return row is not None and row.is_open

    def start_giving(self, key: object) -> None:
        """Put who sees to the chosen one, and by when, into its form."""
        self._chosen = row = self.table.get(key)
        if row is not None:
            due = row.due_on.isoformat() if row.due_on else ""
            self.give_form.load({"department": row.department.value, "owner": row.owner, "due_on": due})  # fmt: skip

    def start_done(self, key: object) -> None:
        """The chosen one is done."""
        self._chosen = self.table.get(key)
        self.done_form.load({"on": self._workspace.today().isoformat()})

    def voiding(self, key: object, why: str) -> Job[None]:
        """The job: it was a mistake, or teaches nothing. Raises where the reason is missing."""
        tasks, number = self._workspace.desk.tasks, TaskId(int(str(key)))
        return lambda _progress: tasks.void(number, why)

    def claim_of(self, key: object) -> int | None:
        """The claim a lesson comes from."""
        row = self.table.get(key)
        return row.claim_id if row else None

    def _add(self, told: LessonTold) -> None:
        self._workspace.desk.tasks.add(
            NewTask(
                client_id=int(told.client), text=told.text, department=told.department, owner=told.owner,
                due_on=told.due_on, origin=TaskOrigin.LESSON,
            )
        )  # fmt: skip

    def _give(self, told: GivenTold) -> None:
        if self._chosen is not None:
            self._workspace.desk.tasks.give(self._chosen.id, told.department, told.owner, told.due_on)  # fmt: skip

    def _finish(self, told: DoneTold) -> None:
        if self._chosen is not None:
            done = TaskDone(told.on, told.word)
            self._workspace.desk.tasks.finish(self._chosen.id, done, self._workspace.today())  # fmt: skip

    def _columns(self) -> list[Column[TaskLine]]:
        say = self._say

        def due(row: TaskLine) -> Cell:
            late = row.is_late(self._workspace.today())
            return Cell(say.day(row.due_on), Tone.DANGER if late else Tone.PLAIN)

        def done(row: TaskLine) -> Cell:
            if row.done_on is None:
                return Cell("")
            words = f"{say.day(row.done_on)} {row.word}"
            return Cell(words, Tone.DONE, words)

        def about(row: TaskLine) -> str:
            return row.claim or row.buyer

        return [
            Column(key="text", title=N_("Lesson"), cell=lambda row: Cell(row.text, hint=row.text), order=lambda row: row.text, stretch=True),
            Column(key="client", title=N_("Client"), cell=lambda row: Cell(row.client, hint=row.client), order=lambda row: row.client, width=150),
            Column(key="about", title=N_("Taught by"), cell=lambda row: Cell(about(row), hint=about(row)), order=about, width=120),
            Column(key="department", title=N_("Department"), cell=lambda row: say(DEPARTMENT_TITLES[row.department]), order=lambda row: row.department, width=116),
            Column(key="owner", title=N_("Who"), cell=lambda row: row.owner, order=lambda row: row.owner, width=80),
            Column(key="due", title=N_("Do by"), cell=due, order=lambda row: (not row.is_open, row.due_on or date.max, row.id), value=lambda row: row.due_on, width=96),
            Column(key="done", title=N_("Done"), cell=done, order=lambda row: row.done_on or date.max, value=lambda row: row.done_on, width=130),
        ]  # fmt: skip
