"""Who has to do what by when, department by department, and what a claim gives each to do (rules.md 5.1)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.claim.claims import ChecklistRow, Supplier
from creditdesk.domain.duties.agenda import DutyLine
from creditdesk.i18n import N_, Bilingual

TaskId = NewType("TaskId", int)
Say = Callable[[Bilingual], str]
"""Words of a data file in one language: a task is kept as it was written."""


class Department(StrEnum):
    """Who does it: a department of the client, or the accounting firm."""

    FINANCE = "finance"
    SALES = "sales"
    LEGAL = "legal"
    LOGISTICS = "logistics"
    MANAGEMENT = "management"
    FIRM = "firm"


DEPARTMENT_TITLES: Mapping[Department, str] = {
    Department.FINANCE: N_("Finance"),
    Department.SALES: N_("Sales"),
    Department.LEGAL: N_("Legal department"),
    Department.LOGISTICS: N_("Logistics"),
    Department.MANAGEMENT: N_("Management"),
    Department.FIRM: N_("Accounting firm"),
}


class TaskOrigin(StrEnum):
    """What it comes from."""

    DUTY = "duty"
    ITEM = "item"
    ALERT = "alert"
    LESSON = "lesson"
    QUESTION = "question"
    OWN = "own"


ORIGIN_TITLES: Mapping[TaskOrigin, str] = {
    TaskOrigin.DUTY: N_("Duty of the policy"),
    TaskOrigin.ITEM: N_("Checklist"),
    TaskOrigin.ALERT: N_("Warning"),
    TaskOrigin.LESSON: N_("Lesson"),
    TaskOrigin.QUESTION: N_("Question of the insurer"),
    TaskOrigin.OWN: N_("Entered by hand"),
}
_ASKED_OF: Mapping[Supplier, Department] = {
    Supplier.FINANCE: Department.FINANCE,
    Supplier.SALES: Department.SALES,
    Supplier.LEGAL: Department.LEGAL,
    Supplier.LOGISTICS: Department.LOGISTICS,
    Supplier.BUYER: Department.SALES,
    Supplier.COURT: Department.LEGAL,
    Supplier.BANK: Department.FINANCE,
    Supplier.INSURER: Department.FINANCE,
    Supplier.CUSTOMS: Department.LOGISTICS,
    Supplier.GOVERNMENT: Department.LEGAL,
}
"""Who gets a paper from somebody outside."""
_DUTY_OF: Mapping[str, Department] = {
    "D13": Department.SALES,
    "D13a": Department.SALES,
    "D13b": Department.SALES,
    "D13c": Department.SALES,
    "D18": Department.SALES,
    "D19": Department.LEGAL,
    "D28": Department.LEGAL,
}
"""Duties that aren't finance's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """Something to do. `source`: the code of the item or duty it comes from; empty: none.

    `due_on` None: no day is set. `owner`: who does it, as people call them; empty: nobody was named.
    """

    client_id: int
    text: str
    department: Department
    claim_id: int | None = None
    buyer_id: int | None = None
    owner: str = ""
    due_on: date | None = None
    origin: TaskOrigin = TaskOrigin.OWN
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task in a list. `done_on` None: it is still to be done; `proof`: the kept paper that shows it was done."""

    id: TaskId
    client_id: int
    client: str
    claim_id: int | None
    claim: str
    buyer: str
    text: str
    department: Department
    owner: str
    due_on: date | None
    origin: TaskOrigin
    source: str
    done_on: date | None
    word: str
    proof: int | None
    who: str
    voided: Voided | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and self.voided is None

    def is_late(self, on: date) -> bool:
        """Whether its day has passed and it isn't done."""
        return self.is_open and self.due_on is not None and self.due_on < on


@dataclass(frozen=True, slots=True, kw_only=True)
class LateDone:
    """A duty that was done after its last legal day, of one buyer in one year, with how often.

    `buyer_id` None: it was about none. `by` and `done_on`: of the latest of them.
    """

    code: str
    title: Bilingual
    buyer_id: int | None
    buyer: str
    by: date
    done_on: date
    count: int

    @property
    def source(self) -> str:
        """What tells its lesson from others: taken once, it doesn't come again."""
        return f"{self.code}/{self.buyer_id or ''}/{self.by.year}"


@dataclass(frozen=True, slots=True)
class ClaimWork:
    """The claim that gives the work: whose, of which buyer, and the safe day for filing. `by` None: nothing tells."""

    client_id: int
    claim_id: int
    buyer_id: int
    by: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something a claim gives to do besides papers and duties: a question, a warning, a lesson. `source`: which one."""

    origin: TaskOrigin
    source: str
    text: str
    department: Department
    due_on: date | None = None


def proposed(
    work: ClaimWork,
    rows: Iterable[ChecklistRow],
    duties: Iterable[DutyLine],
    wanted: Iterable[Wanted],
    say: Say,
) -> Iterator[NewTask]:
    """A task for every mandatory paper that is missing, every open duty about the buyer, and what else is wanted."""
    for row in rows:
        if row.missing:
            yield _of_item(work, row, say)
    for duty in duties:
        yield _task(
            work,
            Wanted(
                TaskOrigin.DUTY,
                duty.code,
                say(duty.title),
                _DUTY_OF.get(duty.code, Department.FINANCE),
                duty.safe,
            ),
        )
    for each in wanted:
        yield _task(work, each)


def _of_item(work: ClaimWork, row: ChecklistRow, say: Say) -> NewTask:
    title = say(row.title)
    text = f"{title}: {row.note}" if row.note else title
    department = _ASKED_OF[row.suppliers[0]]
    return _task(work, Wanted(TaskOrigin.ITEM, row.code, text, department, work.by))


def _task(work: ClaimWork, wanted: Wanted) -> NewTask:
    return NewTask(
        client_id=work.client_id,
        claim_id=work.claim_id,
        buyer_id=work.buyer_id,
        text=wanted.text,
        department=wanted.department,
        due_on=wanted.due_on,
        origin=wanted.origin,
        source=wanted.source,
    )
