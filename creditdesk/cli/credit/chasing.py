"""`buyer reminder`, `reminders` and `confirmations`: letters to buyers, one by one or to all of a client."""

from datetime import timedelta
from typing import Annotated, Literal

import typer

from creditdesk.catalog.letters import BALANCE_CONFIRMATION, REMINDERS, letters
from creditdesk.cli.letters.rounds import Round, write_round
from creditdesk.cli.letters.writing import Asked, Fields, write_of_client
from creditdesk.cli.policies.policy import settings
from creditdesk.cli.session import (
    Out,
    OutFolder,
    Replace,
    day,
    terminal,
    today,
)
from creditdesk.i18n import N_

_YEAR = timedelta(days=365)
_Client = Annotated[str, typer.Option()]
Tone = Literal["1", "2", "3", "final"]
_Tone = Annotated[Tone, typer.Option(help="1 friendly, 2 firm, 3 last but one, or the final demand.")]  # fmt: skip
_Interest = Annotated[
    Literal["none", "agreed", "statutory"],
    typer.Option(help="Interest that is demanded; agreed needs --rate."),
]
_Rate = Annotated[str, typer.Option(help="Per cent a year, of agreed interest.")]
_Until = Annotated[str, typer.Option(help="To be paid by; in seven days, unless given.")]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands to `buyer`."""
    app.command("reminder")(reminder)
    app.command("reminders")(reminders)
    app.command("confirmations")(confirmations)
    app.command("returns")(returns)


def reminder(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: _Client,
    buyer: Annotated[str, typer.Option()],
    tone: _Tone,
    out: Out,
    replace: Replace = False,
    interest: _Interest = "none",
    rate: _Rate = "",
    until: _Until = "",
    fields: Fields = None,
) -> None:
    """Write the reminder of everything late of a buyer, as .pdf, in the language of the answer."""
    call = terminal(context)
    call.output(out, replace=replace)
    asked = Asked(letters()[REMINDERS[tone]], out, [*_typed(interest, rate, until), *(fields or [])])  # fmt: skip
    write_of_client(call, asked, client=client, buyer=buyer, policy="")


def reminders(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: _Client,
    tone: _Tone,
    out: OutFolder,
    replace: Replace = False,
    interest: _Interest = "none",
    rate: _Rate = "",
    until: _Until = "",
    fields: Fields = None,
) -> None:
    """Write the reminder of every buyer of a client that is late, with a list of who got none and why."""
    texts = settings([*_typed(interest, rate, until), *(fields or [])])
    asked = Round(paper=REMINDERS[tone], folder=out, texts=texts, clients=(client,), replace=replace)  # fmt: skip
    write_round(terminal(context), asked)


def confirmations(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: _Client,
    out: OutFolder,
    replace: Replace = False,
    on: Annotated[str, typer.Option("--on", help="Today, unless given.")] = "",
    sent_on: Annotated[
        str, typer.Option("--sent-on", help="Record that they go out on this day.")
    ] = "",
) -> None:
    """Write the balance confirmation of every buyer of a client with an account, with a list."""
    texts = {"on": on} if on else {}
    sent = day(sent_on) if sent_on else None
    asked = Round(
        paper=BALANCE_CONFIRMATION,
        folder=out,
        texts=texts,
        clients=(client,),
        sent=sent,
        replace=replace,
    )
    write_round(terminal(context), asked)


def returns(
    context: typer.Context,
    *,
    client: _Client,
    since: Annotated[str, typer.Option(help="A year ago, unless given.")] = "",
) -> None:
    """Say how many balance confirmations came back, and from whom none did."""
    call = terminal(context)
    first = day(since) if since else today() - _YEAR
    with call.desk() as desk:
        owner = desk.clients.named(client)
        found = desk.watch.confirmations(owner, first)
        names = {int(each.id): each.name for each in desk.buyers.all(owner)}
    call.answer(
        {
            "since": found.since,
            "rate_pct": found.rate,
            "sent": [names[each] for each in found.sent],
            "agreed": [names[each] for each in found.agreed],
            "differing": [names[each] for each in found.differing],
            "waiting": [names[each] for each in found.waiting],
        },
        [
            call.words(
                N_("{back} of {sent} came back since {day}."),
                back=len(found.sent) - len(found.waiting),
                sent=len(found.sent),
                day=found.since,
            ),
            *(names[each] for each in found.waiting),
        ],
    )


def _typed(interest: str, rate: str, until: str) -> list[str]:
    given = {"interest": interest, "rate": rate, "until": until}
    return [f"{key}={value}" for key, value in given.items() if value]
