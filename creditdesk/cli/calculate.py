"""`calc`: a JSON file in, the answer with its working out."""

import json
import sys
from pathlib import Path

import typer

from creditdesk.cli.calc import answer
from creditdesk.cli.session import existing, terminal
from creditdesk.errors import UserError
from creditdesk.i18n import N_


class CaseUnreadable(UserError):
    """The file is not JSON."""

    message = N_("{name} is not JSON: {reason}.")


def calc(context: typer.Context, kind: str, file: str) -> None:
    """Apply the pure rules to figures given in a file, or `-`; no desk is needed."""
    call = terminal(context)
    text = _typed_in() if file == "-" else _read(Path(file))
    try:
        case = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CaseUnreadable(name=file, reason=error) from error
    found = answer(kind, case, call.language)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1))


def _read(path: Path) -> str:
    return existing(path).read_bytes().decode("utf-8-sig", "replace")


def _typed_in() -> str:
    if sys.stdin is None or sys.stdin.closed:
        return ""
    try:
        return sys.stdin.read()
    except UnicodeDecodeError:
        return ""
