"""`task`: what departments have to do."""

from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cli.session import Number, day, existing, terminal, today
from creditdesk.cli.tasks import answers
from creditdesk.domain.duties.tasks import Department, NewTask, TaskId, TaskOrigin
from creditdesk.importers.files import evidence
from creditdesk.presenters.claims.task_proposals import lessons_of
from creditdesk.services.claims import ClaimId
from creditdesk.services.tasks import TaskDone

app = typer.Typer(no_args_is_help=True, help="What departments have to do.")
Given = Annotated[Department, typer.Option("--department")]


@app.command()
def add(  # noqa: PLR0913 - what is said of a task
    context: typer.Context,
    text: str,
    *,
    client: Annotated[str, typer.Option()],
    department: Given,
    claim: Annotated[int | None, typer.Option(help="The id of the claim it is about.", min=1, max=2**63 - 1)] = None,
    buyer: Annotated[str, typer.Option()] = "",
    owner: Annotated[str, typer.Option(help="Who does it.")] = "",
    due: Annotated[str, typer.Option(help="By which day.")] = "",
    origin: Annotated[TaskOrigin, typer.Option()] = TaskOrigin.OWN,
) -> None:  # fmt: skip
    """Enter something to do."""
    call = terminal(context)
    with call.desk() as desk:
        mine = desk.clients.named(client)
        if claim is not None:
            claim = desk.claims.file(ClaimId(claim), today()).line.id
        made = desk.tasks.add(
            NewTask(
                client_id=mine,
                claim_id=claim,
                buyer_id=desk.buyers.named(mine, buyer) if buyer else None,
                text=text,
                department=department,
                owner=owner,
                due_on=day(due) if due else None,
                origin=origin,
            )
        )
        line = next(each for each in desk.tasks.all(mine) if each.id == made)
    call.answer(answers.task(line), answers.lines(call, [line]))


@app.command("list")
def list_(
    context: typer.Context,
    client: Annotated[str, typer.Option(help="All clients, unless given.")] = "",
    *,
    all_: Annotated[bool, typer.Option("--all", help="Also what is done.")] = False,
    origin: Annotated[
        TaskOrigin | None, typer.Option(help="Only what comes from this: lessons, say.")
    ] = None,
) -> None:
    """List what is to be done, by day."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.tasks.all(desk.clients.named(client) if client else None)
    of_origin = [each for each in found if origin in (None, each.origin)]
    shown = [each for each in of_origin if all_ or each.is_open]
    call.answer([answers.task(each) for each in shown], answers.lines(call, shown))


@app.command()
def learn(context: typer.Context, *, client: Annotated[str, typer.Option()]) -> None:
    """Take the lessons that a client's cut claims and late duties teach; those taken before are left alone."""
    call = terminal(context)
    with call.desk() as desk:
        mine = desk.clients.named(client)
        found = list(lessons_of(desk, mine, today(), call.language))
        count = desk.tasks.learn(mine, found)
        lessons = [each for each in desk.tasks.all(mine) if each.origin is TaskOrigin.LESSON]  # fmt: skip
    call.answer(
        {"taken": count, "lessons": [answers.task(each) for each in lessons]},
        answers.lines(call, [each for each in lessons if each.is_open]),
    )


@app.command()
def give(
    context: typer.Context,
    task: Number,
    *,
    department: Given,
    owner: Annotated[str, typer.Option(help="Who does it.")] = "",
    due: Annotated[str, typer.Option(help="By which day.")] = "",
) -> None:
    """Say who does it, and by when."""
    call = terminal(context)
    with call.desk() as desk:
        until = day(due) if due else None
        desk.tasks.give(TaskId(task), department, owner, until)
        line = next(each for each in desk.tasks.all() if each.id == task)
    call.answer(answers.task(line), answers.lines(call, [line]))


@app.command()
def done(
    context: typer.Context,
    task: Number,
    *,
    on: Annotated[str, typer.Option(help="Today, unless given.")] = "",
    word: Annotated[str, typer.Option(help="What was done.")] = "",
    paper: Annotated[str, typer.Option(help="The file that shows it.")] = "",
) -> None:
    """Record that it was done, with a word or a paper."""
    call = terminal(context)
    with call.desk() as desk:
        looked = None
        if paper:
            path = existing(Path(paper))
            most = desk.upkeep.threshold("evidence_mb") * 1024 * 1024
            looked = evidence.inspect(path, call.progress(), most=most)

        def change() -> None:
            kept = None
            if looked is not None:
                mine = desk.tasks.client_of(TaskId(task))
                kept = desk.watch.keep_paper(mine, looked, path.read_bytes())
            told = TaskDone(day(on) if on else today(), word, kept)
            desk.tasks.finish(TaskId(task), told, today())

        desk.do(change)
        line = next(each for each in desk.tasks.all() if each.id == task)
    call.answer(answers.task(line), answers.lines(call, [line]))


@app.command()
def void(
    context: typer.Context, task: Number, *, why: Annotated[str, typer.Option()]
) -> None:
    """Void a task that was a mistake; it stays in the history."""
    call = terminal(context)
    with call.desk() as desk:
        desk.tasks.void(TaskId(task), why)
    call.answer({"voided": task}, [])
