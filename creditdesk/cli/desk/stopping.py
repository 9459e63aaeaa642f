"""`client stop-list`: to whom nothing may be shipped on a day."""

from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cli.session import OutIfAny, Replace, day, terminal, today
from creditdesk.i18n import N_


def register(app: typer.Typer) -> None:
    """Add the command to `client`."""
    app.command("stop-list")(stop_list)


def stop_list(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Today, unless given.")
    ] = None,
    out: OutIfAny = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Also draw it, as .png to send by chat.", readable=False)
    ] = None,
    replace: Replace = False,
) -> None:  # fmt: skip
    """Say to whom nothing may be shipped, why, and what lifts it."""
    from creditdesk.reports import stop_list as paper  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    when = day(as_of) if as_of else today()
    for path in filter(None, (out, picture)):
        call.output(path, replace=replace)
    with call.desk() as desk:
        found = desk.policies.stop_list(desk.clients.named(client), when)
    if out is not None:
        paper.write((found,), out, call.language, call.progress())
    if picture is not None:
        paper.write_picture((found,), picture, call.language, call.progress())
    call.answer(
        {
            "on": found.on,
            "asked": found.asked,
            "buyers": [
                {
                    "buyer": each.name,
                    "code": each.code,
                    "unknown": each.is_open,
                    "reasons": [
                        {"said": said, "lifted_by": lifted}
                        for said, lifted in each.reasons
                    ],
                }
                for each in found.buyers
            ],
            "file": out,
            "picture": picture,
        },
        [
            *(
                f"{each.name}  {call.words.say(said)}"
                for each in found.buyers
                for said, _ in each.reasons
            ),
            *(
                call.words(N_("Written to {path}."), path=path)
                for path in (out, picture)
                if path
            ),
        ],
    )
