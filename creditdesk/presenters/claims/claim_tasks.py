"""The tasks of a claim, without Qt: what each department has to do, a new one, and that one was done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from creditdesk.domain.duties.tasks import (
    DEPARTMENT_TITLES,
    ORIGIN_TITLES,
    Department,
    NewTask,
    TaskId,
    TaskLine,
    TaskOrigin,
)
from creditdesk.events import Event
from creditdesk.i18n import N_
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.task_proposals import proposals
from creditdesk.presenters.parts.attaching import take
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form
from creditdesk.presenters.parts.table import Cell, Column, Table, Tone
from creditdesk.presenters.parts.voids import with_voids
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports import task_list
from creditdesk.services.claims import ClaimFile
from creditdesk.services.tasks import TaskDone
from creditdesk.services.tasks.values import TaskDoneInFuture, TaskProofMissing
from creditdesk.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTold:
    """A task as it is typed."""

    text: str = asked(N_("To do"))
    department: Department = asked(N_("Department"), titles=DEPARTMENT_TITLES)
    owner: str = asked(N_("Who"), default="")
    due_on: date | None = asked(N_("Do by"), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneTold:
    """That a task was done, as it is typed."""

    on: date = asked(N_("Done on"))
    word: str = asked(N_("What was done"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTold:
    """Who does a task and by when, as it is typed."""

    department: Department = asked(N_("Department"), titles=DEPARTMENT_TITLES)
    owner: str = asked(N_("Who"), default="")
    due_on: date | None = asked(N_("Do by"), default=None)


class TasksPresenter:
    """List, a new task, and that the chosen one was done; `paper` proves it."""

    def __init__(self, workspace: Workspace, file: ClaimFile, wording: Wording) -> None:
        self._workspace = workspace
        self._wording = wording
        self._number = file.line.number
        self._claim, self._client = file.line.id, file.line.client_id
        self._done = TaskDone(workspace.today())
        self.paper: Path | None = None
        self.changed: Event[None] = Event()
        self.table: Table[TaskLine] = Table(
            with_voids(
                self._columns(), lambda row: row.voided, wording, told_in="text"
            ),
            lambda row: row.id,
            sort="due",
        )
        self.form: Form = bound(
            TaskTold, wording, self._add, Around(today=workspace.today())
        )
        self._giving: TaskId | None = None
        self.give_form: Form = bound(
            GivenTold, wording, self._give, Around(today=workspace.today())
        )
        self.done_form: Form = bound(
            DoneTold,
            wording,
            self._take_done,
            Around(
                today=workspace.today(),
                values={"on": workspace.today().isoformat()},
                blame={TaskDoneInFuture: "on", TaskProofMissing: "word"},
            ),
        )
        self.reload()

    def reload(self) -> None:
        """Read the tasks again."""
        self.table.show(self._workspace.desk.tasks.of_claim(self._claim))
        self.changed.emit(None)

    @property
    def said(self) -> str:
        """How many are open, and how many of them late."""
        today, say = self._workspace.today(), self._wording
        still = [row for row in self.table.rows if row.is_open]
        if not still:
            return ""
        told = say.plural(N_("{count} task open"), N_("{count} tasks open"), len(still))
        late = sum(row.is_late(today) for row in still)
        return f"{told} · {say(N_('{count} late'), count=late)}" if late else told

    def taking(self) -> Callable[[Progress], int]:
        """The job: take what the claim gives to do; the answer is how many came."""
        desk, claim, today = self._workspace.desk, self._claim, self._workspace.today()
        language = self._wording.language

        def job(progress: Progress) -> int:
            new = proposals(desk, claim, today, language)
            return desk.do(lambda: desk.tasks.take(claim, new), progress)

        return job

    def may_finish(self, key: object) -> bool:
        """Whether this one is still to be done."""
        row = self.table.get(key)
        return row is not None and row.is_open

    def may_void(self, key: object) -> bool:
        """Whether this one stands."""
        row = self.table.get(key)
        return row is not None and not row.voided

    def begin_giving(self, key: object) -> None:
        """Put who does the chosen one, and by when, into its form."""
        row = self.table.get(key)
        assert row is not None  # noqa: S101 - the button is there only with one
        self._giving = row.id
        due = row.due_on.isoformat() if row.due_on else ""
        self.give_form.load(
            {"department": row.department.value, "owner": row.owner, "due_on": due}
        )

    def take_paper(self, path: Path | None) -> None:
        """The file that shows that it was done; None: none."""
        self.paper = path

    def finishing(self, key: object) -> Callable[[Progress], None]:
        """The job: keep the paper, and that the task was done."""
        desk, paper, told = self._workspace.desk, self.paper, self._done
        today, client = self._workspace.today(), self._client
        most = desk.upkeep.threshold("evidence_mb")
        row = self.table.get(key)

        def job(progress: Progress) -> None:
            taken = take(paper, progress, megabytes=most) if paper else None

            def change() -> None:
                kept = desk.watch.keep_paper(client, *taken) if taken else None
                if row is not None:
                    done = TaskDone(told.on, told.word, kept)
                    desk.tasks.finish(row.id, done, today)

            desk.do(change, progress)

        return job

    def finished(self) -> None:
        """It is kept: the form is empty again."""
        self.done_form.load({"on": self._workspace.today().isoformat()})

    def voiding(self, key: object, why: str) -> Callable[[Progress], None]:
        """The job: the task was a mistake. Raises where the reason is missing."""
        desk = self._workspace.desk

        def void() -> None:
            desk.tasks.void(TaskId(int(str(key))), why)

        return lambda progress: desk.do(void, progress)

    @property
    def file_name(self) -> str:
        """What the slips are called unless the person says otherwise."""
        say, today = self._wording, self._workspace.today()
        return f"{say(N_('Task slips'))} {self._number} {today.isoformat()}.pdf"

    def writing(self, path: Path) -> Callable[[Progress], Path]:
        """The job: write the slips of the departments."""
        rows, language = self.table.rows, self._wording.language
        today = self._workspace.today()

        def job(progress: Progress) -> Path:
            task_list.write_slips(rows, path, language, today, progress)
            return path

        return job

    def _add(self, told: TaskTold) -> None:
        self._workspace.desk.tasks.add(
            NewTask(
                client_id=self._client,
                claim_id=self._claim,
                text=told.text,
                department=told.department,
                owner=told.owner,
                due_on=told.due_on,
                origin=TaskOrigin.OWN,
            )
        )

    def _give(self, told: GivenTold) -> None:
        assert self._giving is not None  # noqa: S101 - the form is shown only with one
        self._workspace.desk.tasks.give(
            self._giving, told.department, told.owner, told.due_on
        )

    def _take_done(self, told: DoneTold) -> None:
        """Raises what the service would refuse, before any paper is kept."""
        if not told.word.strip() and self.paper is None:
            raise TaskProofMissing
        if told.on > self._workspace.today():
            raise TaskDoneInFuture(on=told.on)
        self._done = TaskDone(told.on, told.word)

    def _columns(self) -> list[Column[TaskLine]]:
        say = self._wording

        def due(row: TaskLine) -> Cell:
            late = row.is_late(self._workspace.today())
            return Cell(
                say.day(row.due_on) if row.due_on else "",
                Tone.DANGER if late else Tone.PLAIN,
            )

        def done(row: TaskLine) -> Cell:
            if row.done_on is None:
                return Cell("")
            return Cell(f"{say.day(row.done_on)} {row.word}".strip(), Tone.DONE)

        return [
            Column(key="text", title=N_("To do"), cell=lambda row: Cell(row.text, hint=say(ORIGIN_TITLES[row.origin])), order=lambda row: row.text, stretch=True),
            Column(key="department", title=N_("Department"), cell=lambda row: say(DEPARTMENT_TITLES[row.department]), order=lambda row: row.department, width=112),
            Column(key="owner", title=N_("Who"), cell=lambda row: row.owner, order=lambda row: row.owner, width=92),
            Column(key="due", title=N_("Do by"), cell=due, order=lambda row: (not row.is_open, row.due_on or date.max, row.id), value=lambda row: row.due_on, width=100),
            Column(key="done", title=N_("Done"), cell=done, order=lambda row: row.done_on or date.max, value=lambda row: row.done_on, width=150),
        ]  # fmt: skip
