"""`claim papers`, `arrange` and the like: how the papers of a claim are bound."""

from typing import Annotated

import typer

from creditdesk.cli.claims import answers
from creditdesk.cli.session import Number, Terminal, day, terminal, today
from creditdesk.i18n import N_
from creditdesk.services.claims import (
    Arranged,
    ClaimId,
    EvidenceId,
    EvidenceLine,
    PaperMark,
)

Pages = Annotated[str, typer.Option(help="The pages that are bound, 1-3,5; without it all.")]  # fmt: skip
Turn = Annotated[str, typer.Option(help="Clockwise degrees: 90 for all pages, 2:90,4-5:180 for some.")]  # fmt: skip
_AREA = "PAGE:X,Y,W,H, millimetres from the top left of the page as the paper shows it; adds to those there are."
_CLEAR = "Take off what was blackened before."
Evidence = Annotated[int, typer.Argument(metavar="EVIDENCE", min=1, max=2**63 - 1)]


def add_to(app: typer.Typer) -> None:
    """These commands among those of claims."""
    app.command()(papers)
    app.command()(arrange)
    app.command()(redact)
    app.command("also-proves")(also_proves)
    app.command("check-paper")(check_paper)
    app.command("seal-paper")(seal_paper)
    app.command()(detach)


def papers(context: typer.Context, claim: Number) -> None:
    """List the papers of a claim in the order in which they are bound."""
    call = terminal(context)
    with call.desk() as desk:
        lines = desk.claims.file(ClaimId(claim), today()).evidence
    call.answer(
        [answers.paper(line) for line in lines],
        [answers.paper_line(call, line) for line in lines],
    )


def arrange(  # noqa: PLR0913 - what can be changed of a paper
    context: typer.Context,
    claim: Number,
    evidence: Evidence,
    *,
    pages: Annotated[
        str | None, typer.Option(help="The pages that are bound, 1-3,5; empty: all.")
    ] = None,
    turn: Annotated[
        str | None, typer.Option(help="As for `claim attach`; empty: as they are.")
    ] = None,
    place: Annotated[
        int | None, typer.Option(help="Its place among the papers of its item, from 1.")
    ] = None,
) -> None:
    """Say which pages of a paper are bound, how they are turned, and in which place."""
    call = terminal(context)
    with call.desk() as desk:
        asked = Arranged(pages=pages, turns=turn, place=place)
        line = desk.claims.arrange(ClaimId(claim), EvidenceId(evidence), asked)
    _answer(call, line)


def redact(
    context: typer.Context,
    claim: Number,
    evidence: Evidence,
    *,
    area: Annotated[list[str] | None, typer.Option(help=_AREA)] = None,
    clear: Annotated[bool, typer.Option("--clear", help=_CLEAR)] = False,
) -> None:
    """Blacken places of a paper in the package: their page becomes a picture; the original stays on the desk."""
    call = terminal(context)
    if not area and not clear:
        raise typer.BadParameter(call.words(N_("Give --area, or --clear.")))
    with call.desk() as desk:
        lines = desk.claims.file(ClaimId(claim), today()).evidence
        before = [each.excerpt.areas for each in lines if each.id == evidence]
        areas = " ".join((area or []) if clear else before + (area or []))
        asked = Arranged(areas=areas)
        line = desk.claims.arrange(ClaimId(claim), EvidenceId(evidence), asked)
    _answer(call, line)


def also_proves(
    context: typer.Context, claim: Number, evidence: Evidence, item: str
) -> None:
    """Let a paper prove another item of the checklist too; it is bound once."""
    call = terminal(context)
    with call.desk() as desk:
        line = desk.claims.serve(ClaimId(claim), EvidenceId(evidence), item)
    _answer(call, line)


def check_paper(
    context: typer.Context,
    claim: Number,
    evidence: Evidence,
    *,
    on: Annotated[str | None, typer.Option(help="The day; without it today.")] = None,
    off: Annotated[bool, typer.Option("--off", help="Take the mark off.")] = False,
) -> None:
    """Mark a paper as held against its original."""
    _mark(context, claim, evidence, PaperMark.CHECKED, on=on, off=off)


def seal_paper(
    context: typer.Context,
    claim: Number,
    evidence: Evidence,
    *,
    on: Annotated[str | None, typer.Option(help="The day; without it today.")] = None,
    off: Annotated[bool, typer.Option("--off", help="Take the mark off.")] = False,
) -> None:
    """Mark the copy of a paper as sealed."""
    _mark(context, claim, evidence, PaperMark.SEALED, on=on, off=off)


def detach(context: typer.Context, claim: Number, evidence: Evidence) -> None:
    """Take a paper off the checklist; the desk keeps the file."""
    call = terminal(context)
    number = ClaimId(claim)
    with call.desk() as desk:
        desk.claims.detach(number, EvidenceId(evidence))
        lines = desk.claims.file(number, today()).evidence
    call.answer(
        [answers.paper(line) for line in lines],
        [answers.paper_line(call, line) for line in lines],
    )


def _mark(  # noqa: PLR0913 - what is known of a mark
    context: typer.Context,
    claim: int,
    evidence: int,
    what: PaperMark,
    *,
    on: str | None,
    off: bool,
) -> None:
    call = terminal(context)
    when = None if off else day(on) if on else today()
    with call.desk() as desk:
        line = desk.claims.mark_paper(ClaimId(claim), EvidenceId(evidence), what, when)
    _answer(call, line)


def _answer(call: Terminal, line: EvidenceLine) -> None:
    call.answer(answers.paper(line), [answers.paper_line(call, line)])
