"""`library`: what the firm knows beside its clients' books."""

from typing import Annotated

import typer

from creditdesk.cli.session import Number, Terminal, day, terminal, today
from creditdesk.domain.credit.outlooks import (
    ABOUT_TITLES,
    MOVE_TITLES,
    About,
    Move,
    NewOutlook,
    OutlookLine,
)
from creditdesk.i18n import N_

app = typer.Typer(no_args_is_help=True, help="Notes on countries and sectors.")


@app.command()
def outlooks(context: typer.Context) -> None:
    """List the notes on countries and sectors, the newest first."""
    call = terminal(context)
    with call.desk() as desk:
        found = desk.library.outlooks()
    call.answer([_json(each) for each in found], [_line(each, call) for each in found])


@app.command()
def outlook(  # noqa: PLR0913 - what a note is made of
    context: typer.Context,
    about: About,
    subject: str,
    title: str,
    *,
    source: Annotated[str, typer.Option(help="Where it was read.")],
    move: Annotated[Move, typer.Option(help="What became of the rating.")] = Move.NEWS,
    rating: Annotated[str, typer.Option(help="The rating now.")] = "",
    outlook_: Annotated[str, typer.Option("--outlook")] = "",
    text: Annotated[str, typer.Option(help="In more words.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="Today, unless given.")] = "",
) -> None:
    """Keep a note; a lowered rating warns of every buyer of that country or sector."""
    call = terminal(context)
    new = NewOutlook(
        about=about,
        subject=subject,
        title=title,
        source=source,
        as_of=day(as_of) if as_of else today(),
        move=move,
        rating=rating,
        outlook=outlook_,
        text=text,
    )
    with call.desk() as desk:
        made = desk.library.add_outlook(new, today())
    call.answer({"note": made}, [call.words(N_("Kept."))])


@app.command("void-outlook")
def void_outlook(
    context: typer.Context, note: Number, *, why: Annotated[str, typer.Option()]
) -> None:
    """Void a note that was a mistake; it stays in the list."""
    call = terminal(context)
    with call.desk() as desk:
        desk.library.void_outlook(note, why)
    call.answer({"voided": note}, [])


def _json(each: OutlookLine) -> dict[str, object]:
    return {
        "id": each.id,
        "about": each.about.value,
        "subject": each.subject,
        "title": each.title,
        "text": each.text,
        "move": each.move.value,
        "rating": each.rating,
        "outlook": each.outlook,
        "as_of": each.as_of.isoformat(),
        "source": each.source,
        "who": each.who,
        "voided": each.voided.why if each.voided else None,
    }


def _line(each: OutlookLine, call: Terminal) -> str:
    words = call.words
    rated = (words(MOVE_TITLES[each.move]), each.rating, each.outlook)
    parts = (
        str(each.id), each.as_of.isoformat(), words(ABOUT_TITLES[each.about]), each.subject, each.title,
        *(part for part in rated if part), each.source, words(N_("Void")) if each.voided else "",
    )  # fmt: skip
    return "  ".join(part for part in parts if part)
