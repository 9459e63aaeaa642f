"""The command line, put together: groups, general options, refusals and exit statuses."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from creditdesk import __version__
from creditdesk.cli.lazy import group_of
from creditdesk.cli.session import Call, make_terminal, readable
from creditdesk.errors import UserError
from creditdesk.i18n import N_


class SystemRefused(UserError):
    """The disk, a folder or a file refuses."""

    message = N_(
        "The system refused {path}: {reason}. Choose another file or folder, or free some space."
    )


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
    desk_: Annotated[Path | None, typer.Option("--desk", help="The desk file.")] = None,
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
    """The exit status: 0 done, 1 refused in words, 2 wrong usage."""
    call = Call(make_terminal(None, None, as_json="--json" in arguments))
    try:
        app([readable(each) for each in arguments], obj=call, prog_name="creditdesk")
    except UserError as error:
        call.terminal.refuse(error)
        return 1
    except OSError as error:
        path = error.filename or call.terminal.desk_path
        call.terminal.refuse(SystemRefused(path=path, reason=error.strerror or error))
        return 1
    except SystemExit as finished:
        return (
            finished.code
            if isinstance(finished.code, int)
            else int(bool(finished.code))
        )
    return 0
