"""`insurer`: what insurers offer."""

from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cases.reading import Reader
from creditdesk.cli.calc.quotes import comparison, comparison_json
from creditdesk.cli.case_files import json_of
from creditdesk.cli.insurers import answers, contacts, kept
from creditdesk.cli.session import Replace, terminal
from creditdesk.i18n import N_

app = typer.Typer(
    no_args_is_help=True, help="Insurers: their files, and what they offer."
)
app.command("list")(kept.list_)
app.command()(kept.file)
app.command()(kept.record)
app.command()(kept.note)
app.command("void-note")(kept.void_note)
app.command()(kept.quote)
app.command()(kept.quotes)
app.command("void-quote")(kept.void_quote)
app.command()(contacts.waiting)
app.add_typer(contacts.app, name="contact")


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
    lines = answers.compared(found, call)
    if out:
        from creditdesk.reports import quote_comparison  # noqa: PLC0415 - heavy, and not every call writes

        quote_comparison.write(found, out, call.language)
        answer["file"] = str(out)
        lines.append(call.words(N_("Written to {path}."), path=out))
    call.answer(answer, lines)
