"""Tasks: entered or taken from a claim, given to somebody, done with a word or a paper."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import standing_row, void, voided
from creditdesk.domain.duties.tasks import (
    Department,
    NewTask,
    TaskId,
    TaskLine,
    TaskOrigin,
)
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, Claim, Client, Task
from creditdesk.readings.queries import the_client
from creditdesk.services.tasks.values import (
    TaskDone,
    TaskDoneAlready,
    TaskDoneInFuture,
    TaskOfAnother,
    TaskProofMissing,
    TaskTextMissing,
)

_CALLED = N_("Task {number}")


class Tasks:
    """What departments of the clients have to do."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, new: NewTask) -> TaskId:
        """Keep something to do; the answer is its number. Raises `TaskTextMissing`, `TaskOfAnother`."""
        with self._db.write() as session:
            return self._add(session, new)

    def take(self, claim_id: int, proposals: Iterable[NewTask]) -> int:
        """Keep what a claim gives to do; what was taken before is left alone, a voided lesson too. How many came."""
        with self._db.write() as session:
            there = select(Task.origin, Task.source).where(Task.claim_id == claim_id)
            lessons = there.where(Task.origin == TaskOrigin.LESSON.value)
            known = {
                *map(tuple, session.execute(there)),
                *map(tuple, session.execute(lessons, execution_options=WITH_VOIDED)),
            }
            count = 0
            for new in proposals:
                if (new.origin.value, new.source) not in known:
                    known.add((new.origin.value, new.source))
                    self._add(session, new)
                    count += 1
            return count

    def learn(self, client_id: int, lessons: Iterable[NewTask]) -> int:
        """Keep lessons of a client; those taken before are left alone, voided ones too. The answer is how many came."""
        with self._db.write() as session:
            there = select(Task.claim_id, Task.origin, Task.source).where(
                Task.client_id == client_id
            )
            rows = session.execute(there, execution_options=WITH_VOIDED)
            known = {tuple(row) for row in rows}
            count = 0
            for new in lessons:
                key = (new.claim_id, new.origin.value, new.source)
                if key not in known:
                    known.add(key)
                    self._add(session, new)
                    count += 1
            return count

    def give(
        self, task: TaskId, department: Department, owner: str, due_on: date | None
    ) -> None:
        """Say who does it, and by when; None: no day is set. Raises `TaskDoneAlready`."""
        with self._db.write() as session:
            row = _the_open(session, task)
            before = _given(row)
            row.department = department.value
            row.owner, row.due_on = owner.strip(), due_on
            note(
                session, "changed", "task", row.id,
                client_id=row.client_id, before=before, after=_given(row),
            )  # fmt: skip

    def finish(self, task: TaskId, done: TaskDone, today: date) -> None:
        """It was done. Raises `TaskDoneInFuture`, `TaskProofMissing`, `TaskDoneAlready`."""
        if done.on > today:
            raise TaskDoneInFuture(on=done.on)
        if not done.word.strip() and done.document is None:
            raise TaskProofMissing
        with self._db.write() as session:
            row = _the_open(session, task)
            row.done_on, row.word, row.document_id = done.on, done.word.strip(), done.document  # fmt: skip
            note(
                session, "done", "task", row.id,
                client_id=row.client_id,
                after={"on": done.on.isoformat(), "word": row.word, "document": done.document},
            )  # fmt: skip

    def void(self, task: TaskId, why: str) -> None:
        """It was a mistake, or isn't done after all: it stays in the history and counts no more."""
        with self._db.write() as session:
            row = standing_row(session, Task, task, _CALLED)
            void(session, row, why, subject="task", number=task, client=row.client_id)

    def client_of(self, task: TaskId) -> int:
        """Whose task it is. Raises `RecordMissing`."""
        with self._db.read() as session:
            return _the_open(session, task).client_id

    def of_claim(self, claim_id: int) -> tuple[TaskLine, ...]:
        """Everything a claim gave to do, voided entries too: open ones first, by day."""
        return self._read(_lines().where(Task.claim_id == claim_id), voids=True)

    def all(self, client_id: int | None = None) -> tuple[TaskLine, ...]:
        """What stands for one client or all: open ones first, by day."""
        statement = _lines()
        if client_id is not None:
            statement = statement.where(Task.client_id == client_id)
        return self._read(statement)

    def _read(
        self,
        statement: "Select[Task, str, str | None, str | None]",
        *,
        voids: bool = False,
    ) -> tuple[TaskLine, ...]:
        with self._db.read() as session:
            rows = session.execute(
                statement, execution_options=WITH_VOIDED if voids else {}
            )
            return tuple(sorted((_line(*row) for row in rows), key=_order))

    def _add(self, session: Session, new: NewTask) -> TaskId:
        if not new.text.strip():
            raise TaskTextMissing
        the_client(session, new.client_id)
        row = Task(
            client_id=new.client_id,
            claim_id=new.claim_id,
            buyer_id=_buyer(session, new),
            text=new.text.strip(),
            department=new.department.value,
            owner=new.owner.strip(),
            due_on=new.due_on,
            origin=new.origin.value,
            source=new.source,
            recorded_at=self._db.now(),
            who=self._db.who,
        )
        session.add(row)
        session.flush()  # the journal names it
        note(
            session, "added", "task", row.id,
            client_id=row.client_id, after={"text": row.text, **_given(row)},
        )  # fmt: skip
        return TaskId(row.id)


def _buyer(session: Session, new: NewTask) -> int | None:
    """The buyer it is about: the claim's, where it is about a claim."""
    buyer = new.buyer_id
    if new.claim_id is not None:
        claim = session.get(Claim, new.claim_id)
        if claim is None or claim.client_id != new.client_id:
            raise TaskOfAnother
        buyer = claim.buyer_id
    if buyer is not None:
        owner = session.scalar(select(Buyer.client_id).where(Buyer.id == buyer))
        if owner != new.client_id:
            raise TaskOfAnother
    return buyer


def _given(row: Task) -> dict[str, str]:
    due = row.due_on.isoformat() if row.due_on else ""
    return {"department": row.department, "owner": row.owner, "due_on": due}


def _the_open(session: Session, task: TaskId) -> Task:
    row = session.get(Task, task)
    if row is None:
        raise RecordMissing(what=Message.of(_CALLED, number=task))
    if row.done_on is not None:
        raise TaskDoneAlready(task=task, on=row.done_on)
    return row


def _lines() -> "Select[Task, str, str | None, str | None]":
    return (
        select(Task, Client.name, Claim.number, Buyer.name)
        .join(Client, Client.id == Task.client_id)
        .outerjoin(Claim, Claim.id == Task.claim_id)
        .outerjoin(Buyer, Buyer.id == Task.buyer_id)
    )


def _line(row: Task, client: str, claim: str | None, buyer: str | None) -> TaskLine:
    return TaskLine(
        id=TaskId(row.id),
        client_id=row.client_id,
        client=client,
        claim_id=row.claim_id,
        claim=claim or "",
        buyer=buyer or "",
        text=row.text,
        department=Department(row.department),
        owner=row.owner,
        due_on=row.due_on,
        origin=TaskOrigin(row.origin),
        source=row.source,
        done_on=row.done_on,
        word=row.word,
        proof=row.document_id,
        who=row.who,
        voided=voided(row),
    )


def _order(line: TaskLine) -> tuple[bool, date, int]:
    return not line.is_open, line.due_on or date.max, line.id
