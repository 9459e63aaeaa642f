"""`claim add-item` and the like: items of checklists that the firm asks for itself."""

from typing import Annotated

import typer

from creditdesk.cli.claims import answers
from creditdesk.cli.session import Number, Terminal, terminal, today
from creditdesk.domain.claim.claims import Cause, Supplier
from creditdesk.services.claims import AdditionLine, ClaimId, NewAddition

_CLAIM = "The claim it is for; without it all claims."


def add_to(app: typer.Typer) -> None:
    """These commands among those of claims."""
    app.command("add-item")(add_item)
    app.command("own-items")(own_items)
    app.command("take-items")(take_items)
    app.command("void-item")(void_item)


def add_item(  # noqa: PLR0913 - what is known of an item
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="What it is called.")],
    *,
    by: Annotated[list[Supplier], typer.Option(help="Who supplies it.")],
    why: Annotated[str, typer.Option(help="Why it is asked for.")] = "",
    english: Annotated[str, typer.Option(help="What it is called in English.")] = "",
    claim: Annotated[int | None, typer.Option(help=_CLAIM)] = None,
    cause: Annotated[Cause | None, typer.Option(help="For claims of this cause.")] = None,
    insurer: Annotated[str, typer.Option(help="For claims on this insurer.")] = "",
    if_any: Annotated[bool, typer.Option("--if-any", help="No claim is incomplete without it.")] = False,
) -> None:  # fmt: skip
    """Keep an item of our own: on one claim's checklist, or those of new claims of a cause or insurer."""
    call = terminal(context)
    new = NewAddition(
        title=title,
        suppliers=tuple(by),
        why=why,
        english=english,
        mandatory=not if_any,
        claim_id=claim,
        cause=cause,
        insurer=insurer,
    )
    with call.desk() as desk:
        number = desk.claims.add_item(new)
        lines = desk.claims.additions()
    _answer(call, next(line for line in lines if line.id == number))


def own_items(context: typer.Context) -> None:
    """List the items of our own; those withdrawn stand among them."""
    call = terminal(context)
    with call.desk() as desk:
        lines = desk.claims.additions()
    call.answer(
        [answers.own_item(call, line) for line in lines],
        [answers.own_item_line(call, line) for line in lines],
    )


def take_items(context: typer.Context, claim: Number) -> None:
    """Put the items of our own that apply to an open claim on its checklist."""
    call = terminal(context)
    number = ClaimId(claim)
    with call.desk() as desk:
        codes = desk.claims.take_items(number)
        rows = desk.claims.file(number, today()).checklist
    taken = [row for row in rows if row.code in codes]
    call.answer(
        answers.items(call, taken),
        [f"{row.code}  {row.title.in_language(call.language)}" for row in taken],
    )


def void_item(
    context: typer.Context,
    item: Number,
    *,
    reason: Annotated[str, typer.Option(help="Why it isn't asked for any more.")],
) -> None:
    """Withdraw an item of our own; what somebody has worked on stays on its claim."""
    call = terminal(context)
    with call.desk() as desk:
        desk.claims.void_item(item, reason)
        lines = desk.claims.additions()
    _answer(call, next(line for line in lines if line.id == item))


def _answer(call: Terminal, line: AdditionLine) -> None:
    call.answer(answers.own_item(call, line), [answers.own_item_line(call, line)])
