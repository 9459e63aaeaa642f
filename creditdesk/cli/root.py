"""The command line, put together: groups, general options, refusals and exit statuses."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer.main import get_command

from creditdesk import __version__, crash
from creditdesk.cli.lazy import group_of
from creditdesk.cli.session import Call, make_terminal, readable
from creditdesk.disk import refused
from creditdesk.errors import INTERRUPTED, Interrupted, UserError

_COMMANDS = {
    "report": "creditdesk.cli.reviews.report:app",
    "review": "creditdesk.cli.reviews.review:review",
    "demo": "creditdesk.cli.desk.demo:demo",
    "screens": "creditdesk.cli.desk.screens:screens",
    "calc": "creditdesk.cli.calc.calculate:calc",
    "desk": "creditdesk.cli.desk.desk:app",
    "client": "creditdesk.cli.desk.client:app",
    "ledger": "creditdesk.cli.ledger.command:app",
    "buyer": "creditdesk.cli.credit.buyer:app",
    "policy": "creditdesk.cli.policies.policy:app",
    "claim": "creditdesk.cli.claims.claim:app",
    "letter": "creditdesk.cli.letters.letter:app",
    "declaration": "creditdesk.cli.declarations.declaration:app",
    "task": "creditdesk.cli.tasks.task:app",
    "library": "creditdesk.cli.library.library:app",
    "insurer": "creditdesk.cli.insurers.insurer:app",
}
app = typer.Typer(
    name="creditdesk",
    cls=group_of(_COMMANDS),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        typer.echo(f"CreditDesk {__version__}")
        raise typer.Exit


@app.callback()
def general(
    context: typer.Context,
    *,
    desk_: Annotated[
        Path | None, typer.Option("--desk", help="The desk file.", readable=False)
    ] = None,
    lang: Annotated[Literal["zh", "en"] | None, typer.Option("--lang")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document on standard output.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """CreditDesk keeps trade credit insurance in order."""
    call = context.find_object(Call)
    if call:
        call.terminal = make_terminal(desk_, lang, as_json=as_json)


def run(arguments: Sequence[str]) -> int:
    """The exit status: 0 done, 1 refused in words or a bug, 2 wrong usage, 130 broken off by the person."""
    call = Call(make_terminal(None, None, as_json="--json" in arguments))
    try:
        status = _done(arguments, call)
    except BrokenPipeError:
        return _unheard()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the twin of the window's hook: a bug is kept, told, and ends the command
        call.terminal.broke(crash.keep(type(error), error, error.__traceback__))
        return 1
    if status == INTERRUPTED:
        call.terminal.refuse(Interrupted())
    return status


def _done(arguments: Sequence[str], call: Call) -> int:
    try:
        # Called by itself the app would put its own hook for bugs in place of ours.
        command = get_command(app)
        command.main([readable(each) for each in arguments], "creditdesk", obj=call)
    except UserError as error:
        call.terminal.refuse(error)
        return 1
    except BrokenPipeError:
        raise
    except OSError as error:
        call.terminal.refuse(refused(error, call.terminal.desk_path))
        return 1
    except SystemExit as finished:
        return (
            finished.code
            if isinstance(finished.code, int)
            else int(bool(finished.code))
        )
    return 0


def _unheard() -> int:
    """Whoever read the answer has had enough of it (`| head`): nothing more is said, at the end of Python neither."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return 1
