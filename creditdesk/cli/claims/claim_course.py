"""`claim move`, `questions` and the like: what happens to a claim once it is filed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cli.claims import answers
from creditdesk.cli.policies.policy import amount_typed
from creditdesk.cli.session import Number, Terminal, day, existing, terminal, today
from creditdesk.domain.base.evidence import InspectedEvidence
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState, Decision
from creditdesk.domain.claim.closing import cycles
from creditdesk.domain.claim.narrative import draft
from creditdesk.importers.files import evidence
from creditdesk.services.claims import (
    ClaimId,
    GivenAnswer,
    NewQuestion,
    Ruling,
    StepTaken,
)
from creditdesk.services.policies import PolicyId
from creditdesk.workspace import Desk


def add_to(app: typer.Typer) -> None:
    """These commands among those of claims."""
    app.command()(narrative)
    app.command()(review)
    app.command()(cycle)
    app.command()(move)
    app.command("take-back")(take_back)
    app.command()(pay)
    app.command()(questions)
    app.command()(ask)
    app.command("answer")(answer_)
    app.command("void-question")(void_question)


def narrative(
    context: typer.Context,
    claim: Number,
    *,
    text: Annotated[str | None, typer.Option(help="Keep these words.")] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the draft as the narrative.")
    ] = False,
) -> None:
    """Show the narrative; where none is kept, a draft from what the desk knows."""
    call = terminal(context)
    number = ClaimId(claim)
    with call.desk() as desk:
        if text is not None:
            desk.claims.set_narrative(number, text)
        kept = desk.claims.file(number, today()).narrative
        sentences = draft(desk.claims.draft(number, today()))
        drafted = "\n".join(call.words.say(each) for each in sentences)
        if keep and text is None:
            desk.claims.set_narrative(number, drafted)
            kept = drafted
    call.answer(
        {"narrative": kept or None, "draft": drafted}, (kept or drafted).splitlines()
    )


def review(context: typer.Context, claim: Number) -> None:
    """Look back on a claim: how long each part took, which duty was late, what was cut and why."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.claims.file(ClaimId(claim), today()).line.number
        found = next(each for each in desk.claims.passed() if each.number == number)
    call.answer(answers.passed(found), answers.passed_lines(call, found))


def cycle(
    context: typer.Context, client: Annotated[str | None, typer.Option()] = None
) -> None:
    """Tell how long each insurer takes, how often it grants, and which reasons come again."""
    call = terminal(context)
    with call.desk() as desk:
        owner = desk.clients.named(client) if client else None
        found = cycles(desk.claims.passed(owner))
    call.answer(
        [answers.cycle(each) for each in found],
        [answers.cycle_line(call, each) for each in found],
    )


def move(  # noqa: PLR0913 - what is known of a step
    context: typer.Context,
    claim: Number,
    state: Annotated[ClaimState, typer.Argument(help="Where the claim goes.")],
    *,
    on: Annotated[str, typer.Option(help="The day it happened.")],
    paper: Annotated[
        Path | None, typer.Option(help="What proves it; kept with the step.")
    ] = None,
    decision: Annotated[Decision | None, typer.Option()] = None,
    reduced_pct: Annotated[
        str | None, typer.Option(help="By how much a claim was reduced, 20 for 20 %.")
    ] = None,
    paid: Annotated[str | None, typer.Option(help="What the insurer paid.")] = None,
    reason: Annotated[str, typer.Option()] = "",
) -> None:
    """Record the next step of a claim."""
    call = terminal(context)
    number = ClaimId(claim)
    with call.desk() as desk:
        line = desk.claims.file(number, today()).line
        policy = desk.policies.file(PolicyId(line.policy_id), today()).line
        pct = amount_typed(reduced_pct) if reduced_pct else None
        step = StepTaken(
            state=state,
            on=day(on),
            paid=Money(amount_typed(paid), policy.currency).rounded() if paid else None,
            ruling=Ruling(decision=decision, reduction_pct=pct) if decision else None,
            reason=reason,
        )
        taken = looked_at(desk, paper, call) if paper else None

        def advance() -> None:
            kept = desk.watch.keep_paper(line.client_id, *taken) if taken else None
            desk.claims.advance(number, replace(step, document=kept))

        desk.do(advance)
        file = desk.claims.file(number, today())
    call.answer(answers.file(file), answers.file_lines(call, file))


def take_back(
    context: typer.Context,
    claim: Number,
    *,
    reason: Annotated[str, typer.Option(help="Why the last step was a mistake.")],
) -> None:
    """Take the last step of a claim back: it was entered by mistake."""
    call = terminal(context)
    with call.desk() as desk:
        desk.claims.take_back_step(ClaimId(claim), reason)
        file = desk.claims.file(ClaimId(claim), today())
    call.answer(answers.file(file), answers.file_lines(call, file))


def pay(
    context: typer.Context,
    claim: Number,
    amount: str,
    *,
    on: Annotated[str, typer.Option(help="The day it came.")],
    note: Annotated[str, typer.Option()] = "",
) -> None:
    """Record a further part of the indemnity, in policy currency."""
    call = terminal(context)
    with call.desk() as desk:
        line = desk.claims.file(ClaimId(claim), today()).line
        policy = desk.policies.file(PolicyId(line.policy_id), today()).line
        paid = Money(amount_typed(amount), policy.currency).rounded()
        desk.claims.pay(ClaimId(claim), paid, day(on), note)
        file = desk.claims.file(ClaimId(claim), today())
    call.answer(answers.file(file), answers.file_lines(call, file))


def questions(context: typer.Context, claim: Number) -> None:
    """List what the insurer asked, and what was answered."""
    _questions(context, claim, lambda _desk: None)


def ask(  # noqa: PLR0913 - what is known of a question
    context: typer.Context,
    claim: Number,
    text: str,
    *,
    on: Annotated[str, typer.Option(help="The day the insurer asked.")],
    due: Annotated[
        str | None, typer.Option(help="By when it wants the answer.")
    ] = None,
    item: Annotated[str, typer.Option(help="The paper it wants, by its code.")] = "",
) -> None:
    """Record a question of the insurer."""
    new = NewQuestion(
        asked_on=day(on), text=text, item=item, due_on=day(due) if due else None
    )
    _questions(context, claim, lambda desk: desk.claims.ask(ClaimId(claim), new))


def answer_(  # noqa: PLR0913 - what is known of an answer
    context: typer.Context,
    claim: Number,
    question: int,
    *,
    on: Annotated[str, typer.Option(help="The day it was answered.")],
    text: Annotated[str, typer.Option()] = "",
    paper: Annotated[Path | None, typer.Option(help="What was handed in.")] = None,
) -> None:
    """Record the answer to a question of the insurer, in words or with a paper."""
    call = terminal(context)

    def answered(desk: Desk) -> None:
        client = desk.claims.file(ClaimId(claim), today()).line.client_id
        taken = looked_at(desk, paper, call) if paper else None

        def keep() -> None:
            kept = desk.watch.keep_paper(client, *taken) if taken else None
            given = GivenAnswer(on=day(on), text=text, document=kept)
            desk.claims.answer(ClaimId(claim), question, given)

        desk.do(keep)

    _questions(context, claim, answered)


def void_question(
    context: typer.Context,
    claim: Number,
    question: int,
    *,
    reason: Annotated[str, typer.Option(help="Why it was a mistake.")],
) -> None:
    """Say that a question was entered by mistake."""
    number = ClaimId(claim)
    _questions(
        context,
        claim,
        lambda desk: desk.claims.void_question(number, question, reason),
    )


def _questions(
    context: typer.Context, claim: int, change: Callable[[Desk], object]
) -> None:
    call = terminal(context)
    with call.desk() as desk:
        change(desk)
        lines = desk.claims.file(ClaimId(claim), today()).questions
    call.answer(
        [answers.question(each) for each in lines],
        [answers.question_line(call, each) for each in lines],
    )


def looked_at(
    desk: Desk, paper: Path, call: Terminal
) -> tuple[InspectedEvidence, bytes]:
    """The paper as it is kept; it is kept only together with what it proves."""
    most = desk.upkeep.threshold("evidence_mb") * 1024 * 1024
    looked = evidence.inspect(existing(paper), call.progress(), most=most)
    return looked, paper.read_bytes()
