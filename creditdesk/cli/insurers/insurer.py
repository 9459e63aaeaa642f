"""`insurer`: what insurers offer."""

from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cli.calc.quotes import comparison, comparison_json
from creditdesk.cli.case_files import json_of
from creditdesk.cli.reading import Reader
from creditdesk.cli.session import Replace, Terminal, terminal
from creditdesk.domain.insurers.quotes import Comparison
from creditdesk.i18n import N_, Message

app = typer.Typer(no_args_is_help=True, help="What insurers offer.")


@app.callback()
def insurer() -> None:
    """What insurers offer."""


@app.command()
def compare(
    context: typer.Context,
    file: str,
    *,
    out: Annotated[
        Path | None, typer.Option(help="The grid of one page to write, a PDF.")
    ] = None,
    replace: Replace = False,
) -> None:
    """Compare the quotes of a JSON file, or `-`: yearly cost, scores by criterion, solvency."""
    call = terminal(context)
    if out:
        call.output(out, replace=replace, reads=Path(file))
    found = comparison(Reader(json_of(file), "compare"))
    answer = comparison_json(found, call.language)
    lines = list(_lines(found, call))
    if out:
        from creditdesk.reports import quote_comparison  # noqa: PLC0415 - heavy, and not every call writes

        quote_comparison.write(found, out, call.language)
        answer["file"] = str(out)
        lines.append(call.words(N_("Written to {path}."), path=out))
    call.answer(answer, lines)


def _lines(found: Comparison, call: Terminal) -> list[str]:
    say = call.words
    nothing = Message(N_("not known"))
    return [
        say(
            N_("{name}: {cost}, {bps} bps, score {score}"),
            name=say.name(line.quote.name),
            cost=line.total_cost or nothing,
            bps=line.bps if line.bps is not None else nothing,
            score=line.score if line.score is not None else nothing,
        )
        for line in found.quotes
    ]
