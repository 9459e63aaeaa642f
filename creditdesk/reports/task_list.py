"""What departments have to do, on paper: the list of a week by client and department, and slips of one claim."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from creditdesk.domain.duties.tasks import (
    DEPARTMENT_TITLES,
    ORIGIN_TITLES,
    Department,
    TaskLine,
    TaskOrigin,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.jobs import Progress
from creditdesk.outputs import beside
from creditdesk.paper.page import SMALL, Cell, Column, Row
from creditdesk.paper.pdf import Document
from creditdesk.reports import style
from creditdesk.reports.report import Ask, FileKind, Report, ReportAsked, Sources

WEEK = timedelta(days=7)
_BACK = N_("Enter the day of what is done, and hand this sheet back with its papers.")


class NoTasks(UserError):
    """A list of nothing."""

    message = N_("There is nothing to do by {until}, so there is no list to print.")


def write_week(
    tasks: Sequence[TaskLine],
    path: Path,
    language: Language,
    on: date,
    progress: Progress,
) -> int:
    """What is late, due within a week, or without a day, by client and department; the answer is its pages.

    Each department of each client begins on a page of its own: they are handed out. Raises `NoTasks`.
    """
    until = on + WEEK
    due = [each for each in tasks if each.is_open and (each.due_on or on) <= until]
    if not due:
        raise NoTasks(until=until)
    say = words(language)
    aside = say("Tasks to {until}", until=style.day(until))
    return _write(due, path, language, on, aside, progress)


def write_slips(
    tasks: Sequence[TaskLine],
    path: Path,
    language: Language,
    on: date,
    progress: Progress,
) -> int:
    """What is still to be done, one slip a department; the answer is its pages. Raises `NoTasks`."""
    still = [each for each in tasks if each.is_open]
    if not still:
        raise NoTasks(until=on)
    return _write(still, path, language, on, words(language)("Task slip"), progress)


def _write(  # noqa: PLR0913, PLR0917 - what, in which words, where
    tasks: Sequence[TaskLine],
    path: Path,
    language: Language,
    on: date,
    title: str,
    progress: Progress,
) -> int:
    say = words(language)
    document = Document(language, title)
    sheets = tuple(_sheets(tasks))
    for client, department, lines in progress.each(sheets, N_("Writing the tasks")):
        name = say(DEPARTMENT_TITLES[department])
        document.page()
        document.letterhead(client, style.day(on))
        document.space(24)
        document.text(f"{title}  {name}", size=18, bold=True)
        document.space(10)
        document.table(_columns(say), [_row(each, on, say) for each in lines])
        document.space(8)
        document.text(say(_BACK), size=SMALL)
        document.seals((say("Received by"), say("Done by")), say("Date"))
    with beside(path) as new:
        document.save(new, title)
    return document.pages


def _sheets(
    tasks: Sequence[TaskLine],
) -> Iterator[tuple[str, Department, tuple[TaskLine, ...]]]:
    clients = dict.fromkeys((each.client_id, each.client) for each in tasks)
    for client_id, client in sorted(clients, key=lambda each: each[1]):
        for department in Department:
            mine = tuple(
                each
                for each in tasks
                if each.client_id == client_id and each.department is department
            )
            if mine:
                yield client, department, mine


def _columns(say: Words) -> tuple[Column, ...]:
    return (
        Column(say("To do"), 5),
        Column(say("About"), 2.4),
        Column(say("Who"), 1.2),
        Column(say("Do by"), 1.3),
        Column(say("Done on"), 1.2),
    )


def _row(each: TaskLine, on: date, say: Words) -> Row:
    item = each.source if each.origin is TaskOrigin.ITEM else ""
    about = " ".join(part for part in (each.claim, item) if part)
    late = say("late") if each.is_late(on) else ""
    return Row(
        (
            Cell(each.text, say(ORIGIN_TITLES[each.origin])),
            Cell(about, each.buyer),
            Cell(each.owner),
            Cell(style.day(each.due_on), late),
            Cell(""),
        )
    )


def _make(desk: Sources, asked: ReportAsked, progress: Progress) -> None:
    tasks = desk.tasks.all(asked.client)
    write_week(tasks, asked.path, asked.language, asked.day, progress)


REPORT = Report(
    "task_list", N_("Tasks of the week by department"), (FileKind.PDF,), asks=(Ask.CLIENT, Ask.DAY), make=_make
)  # fmt: skip
