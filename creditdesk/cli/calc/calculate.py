"""`calc`: a JSON file in, the answer with its working out."""

import json
from typing import Annotated

import typer

from creditdesk.cli.calc.command import answer
from creditdesk.cli.case_files import json_of
from creditdesk.cli.session import terminal


def calc(
    context: typer.Context,
    kind: str,
    file: str,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Refusals as JSON too; may also stand first.")
    ] = False,
) -> None:
    """Apply the pure rules to figures given in a file, or `-`; no desk is needed."""
    call = terminal(context)
    call.json = call.json or as_json
    found = answer(kind, json_of(file), call.language)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    # Half a surrogate pair, echoed from the case, is written as JSON escapes it.
    typer.echo(text.encode(errors="backslashreplace").decode())
