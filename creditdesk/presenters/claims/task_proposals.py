"""What a claim gives each department to do: papers, duties, the insurer's questions, warnings, lessons."""

from collections.abc import Iterator
from datetime import date, timedelta

from creditdesk.domain.claim.closing import Passed
from creditdesk.domain.credit.warnings import Effect
from creditdesk.domain.duties.tasks import (
    ClaimWork,
    Department,
    NewTask,
    TaskOrigin,
    Wanted,
    proposed,
)
from creditdesk.i18n import N_, Language, Words, words
from creditdesk.services.claims import ClaimFile, ClaimId
from creditdesk.workspace import Desk

_YEAR = timedelta(days=365)


def proposals(
    desk: Desk, claim: ClaimId, today: date, language: Language
) -> tuple[NewTask, ...]:
    """What is missing, due, asked, warned of and learned; duties and warnings are those about its buyer."""
    file = desk.claims.file(claim, today)
    line, say = file.line, words(language)
    by = line.file_by.safe if line.file_by and file.filed_on is None else None
    work = ClaimWork(line.client_id, line.id, line.buyer_id, by)
    duties = (
        each
        for each in desk.watch.open_duties(line.client_id)
        if each.buyer_id == line.buyer_id and each.policy_id == line.policy_id
    )
    wanted = (*_asked(file), *_warned(desk, file, today, say), *_learned(desk, file, say))  # fmt: skip
    return tuple(
        proposed(
            work,
            file.checklist,
            duties,
            wanted,
            lambda title: title.in_language(language),
        )
    )


def lessons_of(
    desk: Desk, client: int, today: date, language: Language
) -> Iterator[NewTask]:
    """What a client's claims and the duties done late in the last year teach; none is due on a day yet."""
    say = words(language)
    claims = {each.number: each for each in desk.claims.all(client)}
    for passed in desk.claims.passed(client):
        line = claims[passed.number]
        for each in _lessons(passed, say):
            yield NewTask(
                client_id=client, claim_id=line.id, buyer_id=line.buyer_id, text=each.text,
                department=each.department, origin=each.origin, source=each.source,
            )  # fmt: skip
    for late in desk.watch.late_done(client, today - _YEAR):
        text = N_("“{duty}” was done late, last on {done} instead of by {day}: agree who watches over it from now on")  # fmt: skip
        yield NewTask(
            client_id=client, buyer_id=late.buyer_id, department=Department.FIRM, origin=TaskOrigin.LESSON,
            text=say(text, duty=late.title, done=late.done_on, day=late.by), source=late.source,
        )  # fmt: skip


def _asked(file: ClaimFile) -> Iterator[Wanted]:
    """Questions of the insurer that wait."""
    for each in file.questions:
        if each.answered_on is None and each.voided is None:
            yield Wanted(TaskOrigin.QUESTION, f"Q{each.id}", each.text, Department.FINANCE, each.due_on)  # fmt: skip


def _warned(desk: Desk, file: ClaimFile, today: date, say: Words) -> Iterator[Wanted]:
    """Warnings about the buyer that ask for an act: sales stop, finance tells the insurer."""
    line = file.line
    for each in desk.credit.warnings(line.client_id, today):
        level = each.warned.level
        if each.buyer_id != line.buyer_id or level.effect is Effect.NOTE:
            continue
        stops = level.effect is Effect.STOP
        text = N_("{warning}: stop deliveries") if stops else N_("{warning}: tell the insurer")  # fmt: skip
        yield Wanted(
            TaskOrigin.ALERT,
            each.warned.kind.code,
            say(text, warning=each.warned.kind.title),
            Department.SALES if stops else Department.FINANCE,
            today,
        )


def _learned(desk: Desk, file: ClaimFile, say: Words) -> Iterator[Wanted]:
    """What the insurer cut and which duty was late: somebody sees to it that it does not come again."""
    for each in desk.claims.passed(file.line.client_id):
        if each.number == file.line.number:
            yield from _lessons(each, say)


def _lessons(passed: Passed, say: Words) -> Iterator[Wanted]:
    for number, duty in enumerate(passed.late, 1):
        text = N_("“{duty}” was due on {day} and late: agree who watches over it from now on")  # fmt: skip
        told = say(text, duty=duty.title, day=duty.by)
        yield Wanted(TaskOrigin.LESSON, f"L{number}", told, Department.FIRM)
    for number, reason in enumerate(passed.reasons if passed.was_cut else (), 1):
        text = N_("The insurer paid less: {reason} Agree what prevents it from now on")
        yield Wanted(TaskOrigin.LESSON, f"R{number}", say(text, reason=reason), Department.MANAGEMENT)  # fmt: skip
