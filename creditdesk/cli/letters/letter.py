"""`letter`: the letters there are, and writing one of them."""

from typing import Annotated

import typer

from creditdesk.catalog.letters import letters
from creditdesk.cli.letters.rounds import Round, write_round
from creditdesk.cli.letters.writing import (
    Asked,
    Fields,
    LetterUnknown,
    write_of_claim,
    write_of_client,
)
from creditdesk.cli.policies.policy import settings
from creditdesk.cli.session import Out, OutFolder, Replace, day, terminal

app = typer.Typer(no_args_is_help=True, help="Letters to insurers and buyers.")


@app.command("list")
def list_(context: typer.Context) -> None:
    """List the letters: to whom, from which page, and what is typed for each."""
    call = terminal(context)
    found = letters().values()
    call.answer(
        [
            {
                "id": each.id,
                "title": each.name,
                "to": each.to.value,
                "from": each.start.value,
                "facts": each.source.value,
                "recorded_as": each.sent.record if each.sent else None,
                "fields": [field.key for field in each.fields],
            }
            for each in found
        ],
        [f"{each.id}  {each.name.in_language(call.language)}" for each in found],
    )


@app.command("round")
def round_(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    paper: str,
    *,
    out: OutFolder,
    replace: Replace = False,
    clients: Annotated[list[str] | None, typer.Option("--client", help="All clients, unless given.")] = None,
    in_one: Annotated[bool, typer.Option("--in-one", help="One PDF of all instead of a file each.")] = False,
    sent_on: Annotated[str, typer.Option("--sent-on", help="Record that they go out on this day.")] = "",
    fields: Fields = None,
) -> None:  # fmt: skip
    """Write a reminder, notice, balance confirmation, statement or monthly report to everybody it concerns."""
    asked = Round(
        paper=paper,
        folder=out,
        texts=settings(fields or []),
        clients=clients or (),
        sent=day(sent_on) if sent_on else None,
        in_one=in_one,
        replace=replace,
    )
    write_round(terminal(context), asked)


@app.command()
def write(  # noqa: PLR0913 - what any letter may be about
    context: typer.Context,
    letter: str,
    *,
    client: Annotated[str, typer.Option()] = "",
    out: Out,
    replace: Replace = False,
    buyer: Annotated[str, typer.Option()] = "",
    policy: Annotated[str, typer.Option(help="Its number; the one that runs, unless given.")] = "",
    claim: Annotated[int | None, typer.Option(help="The id of the claim it is about.", min=1, max=2**63 - 1)] = None,
    fields: Fields = None,
) -> None:  # fmt: skip
    """Write one of them, as .pdf, in the language of the answer."""
    call = terminal(context)
    if letter not in letters():
        raise LetterUnknown(id=letter, ids=tuple(letters()))
    call.output(out, replace=replace)
    paper = Asked(letters()[letter], out, fields or [])
    if claim is not None:
        write_of_claim(call, paper, claim)
    else:
        write_of_client(call, paper, client=client, buyer=buyer, policy=policy)
