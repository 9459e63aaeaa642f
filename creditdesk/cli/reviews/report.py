"""`report`: the documents a desk can write, and writing one of them."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from creditdesk.cli.session import (
    Out,
    Replace,
    day,
    terminal,
    today,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.workspace import Desk

app = typer.Typer(no_args_is_help=True, help="The documents a desk can write.")


class ReportUnknown(UserError):
    """No report has this name."""

    message = N_("There is no report {id}. There are: {ids}.")


class ReportKindUnknown(UserError):
    """The ending of the file names no kind this report comes as."""

    message = N_("{name}: this report is written as {kinds}. Let the name end so.")


@app.command("list")
def list_(context: typer.Context) -> None:
    """List the reports, what each is written as, and what it asks for."""
    from creditdesk.reports import offered  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    call.answer(
        [
            {
                "id": each.id,
                "title": call.words(each.title),
                "kinds": [kind.value for kind in each.kinds],
                "asks": [ask.value for ask in each.asks],
            }
            for each in offered()
        ],
        [
            f"{each.id}  {call.words(each.title)}  ({', '.join(each.asks)})"
            for each in offered()
        ],
    )


@app.command()
def write(  # noqa: PLR0913 - what any report may ask for
    context: typer.Context,
    report: str,
    *,
    out: Out,
    replace: Replace = False,
    client: Annotated[str, typer.Option()] = "",
    buyer: Annotated[str, typer.Option()] = "",
    on: Annotated[str, typer.Option("--on")] = "",
    from_: Annotated[str, typer.Option("--from")] = "",
    to: Annotated[str, typer.Option("--to")] = "",
) -> None:
    """Write one of them; the ending of `--out` says as what."""
    from creditdesk.reports import offered  # noqa: PLC0415 - as above
    from creditdesk.reports.report import ReportAsked  # noqa: PLC0415 - as above

    call = terminal(context)
    found = next((each for each in offered() if each.id == report), None)
    if found is None or found.make is None:
        raise ReportUnknown(id=report, ids=tuple(each.id for each in offered()))
    call.output(out, replace=replace)
    if out.suffix.lstrip(".").lower() not in found.kinds:
        raise ReportKindUnknown(name=out.name, kinds=tuple(found.kinds))
    with call.desk() as desk:
        owner = desk.clients.named(client) if client else None
        found.make(
            desk,
            ReportAsked(
                path=out,
                language=call.language,
                today=today(),
                client=owner,
                buyer=_buyer(desk, owner, buyer),
                on=_day(on),
                start=_day(from_),
                end=_day(to),
            ),
            call.progress(),
        )
    call.answer({"file": out}, [call.words(N_("Written to {path}."), path=out)])


def _buyer(desk: Desk, client: int | None, name: str) -> int | None:
    if not name or client is None:
        return None
    return desk.buyers.named(client, name)


def _day(text: str) -> date | None:
    read: Callable[[str], date] = day
    return read(text) if text else None
