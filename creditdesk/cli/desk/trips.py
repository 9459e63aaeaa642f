"""`desk take-out`, `desk bring-back`, `desk away`, `desk give-up`: clients away from the office, and home again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from creditdesk import passphrases
from creditdesk.cli.session import (
    File,
    Replace,
    Terminal,
    existing,
    new_passphrase,
    terminal,
    today,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.desk.trips import (
    NOBODY_OUT,
    out_line,
    taken,
    told_lines,
)
from creditdesk.workspace import is_protected

if TYPE_CHECKING:
    from creditdesk.services.trips import BroughtBack, Conflict, Side, Told

_TAKEN = N_(
    "Took out {clients}: {documents} documents, {evidence} kept files, into {path}. Here they stay writable."
)


class KeepUnreadable(UserError):
    """An answer without its question or its side."""

    message = N_("{given} is no answer. Write --keep ID=here or --keep ID=there.")


def take_out(  # noqa: PLR0913 - what a command takes
    context: typer.Context,
    file: File,
    *,
    client: Annotated[list[str] | None, typer.Option(help="Its name; several times.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="All clients.")] = False,
    days: Annotated[int | None, typer.Option(min=1, help="In how many days they are expected back.")] = None,
    replace: Replace = False,
) -> None:  # fmt: skip
    """Take clients with their papers out into one encrypted file, to work on them elsewhere.

    Its passphrase is taken from CREDITDESK_AWAY_PASSPHRASE, or asked for.
    """
    call = terminal(context)
    call.output(file, replace=replace)
    with call.desk() as desk:
        known = {each.name: each.id for each in desk.clients.all()}
        chosen = known.values() if all_ else [desk.clients.named(name) for name in client or ()]  # fmt: skip
        back_by = today() + timedelta(days=days) if days else None
        passphrase = new_passphrase(call, passphrases.AWAY)
        out = desk.trips.take_out(file, list(chosen), passphrase, back_by, call.progress())  # fmt: skip
    call.answer(
        {
            "file": out.path, "clients": out.clients, "documents": out.documents, "evidence": out.evidence,
            "bytes": out.size, "back_by": back_by,
        },
        [call.words(_TAKEN, clients=out.clients, documents=out.documents, evidence=out.evidence, path=out.path)],
    )  # fmt: skip


def bring_back(
    context: typer.Context,
    file: File,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be, and keep nothing.")] = False,
    keep: Annotated[list[str] | None, typer.Option(help="ID=here or ID=there: whose word counts.")] = None,
) -> None:  # fmt: skip
    """Take over what was done with clients that were taken out; what both sides changed is asked.

    The passphrase of the file is taken from CREDITDESK_AWAY_PASSPHRASE, or asked for.
    """
    call = terminal(context)
    path = existing(file)
    answers = _answers(keep or ())
    passphrase = (
        call.passphrase_of(path, passphrases.AWAY) if is_protected(path) else ""
    )
    with call.desk() as desk:
        found = desk.bring_back(
            path, passphrase, answers, call.progress(), dry_run=dry_run
        )
    call.answer(_data(call, found), told_lines(found, call.words))


def away(context: typer.Context) -> None:
    """List the clients that are out: since when, with whom, and by when they are expected."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.trips.out()
    call.answer(
        [
            {
                "id": each.id, "clients": each.clients, "taken_at": each.taken_at, "who": each.who,
                "back_by": each.back_by,
            }
            for each in found
        ],
        [f"{each.id}  {out_line(each, call.words)}" for each in found] or [call.words(NOBODY_OUT)],
    )  # fmt: skip


def give_up(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="As `desk away` tells.")],
    why: Annotated[str, typer.Option(help="Why nothing of it comes back.")],
) -> None:
    """Expect a file no more that was lost or never made; found again it can still be brought back."""
    call = terminal(context)
    with call.desk() as desk:
        desk.trips.give_up(number, why)
    call.answer({"id": number}, [call.words(N_("Not expected any more."))])


def _answers(given: Iterable[str]) -> dict[str, "Side"]:
    from creditdesk.services.trips import Side  # noqa: PLC0415 - no other command waits for it

    found = {}
    for each in given:
        id_, _, side = each.partition("=")
        if not id_ or side not in {*Side}:
            raise KeepUnreadable(given=each)
        found[id_] = Side(side)
    return found


def _data(call: Terminal, found: "BroughtBack") -> dict[str, object]:
    return {
        "taken": taken(found),
        "conflicts": [_conflict(call, each) for each in found.conflicts],
        "renumbered": [{"from": old, "to": new} for old, new in found.renumbered],
        "already": found.already,
    }


def _conflict(call: Terminal, each: "Conflict") -> dict[str, object]:
    def said(told: "Told") -> dict[str, object]:
        return {"said": call.words.say(told.said), "who": told.who, "at": told.at}

    what = call.words.say(each.what)
    return {
        "id": each.id,
        "what": what,
        "here": said(each.here),
        "there": said(each.there),
    }


def register(app: typer.Typer) -> None:
    """Put them among the commands of `desk`."""
    app.command("take-out")(take_out)
    app.command("bring-back")(bring_back)
    app.command("away")(away)
    app.command("give-up")(give_up)
