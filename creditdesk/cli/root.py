"""The command line, put together: groups, general options, refusals and exit statuses."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from creditdesk import __version__
from creditdesk.cli.calc import calculate
from creditdesk.cli.claims import claim
from creditdesk.cli.credit import buyer
from creditdesk.cli.declarations import declaration
from creditdesk.cli.desk import client, demo, desk, screens
from creditdesk.cli.ledger import command as ledger
from creditdesk.cli.ledger import imports, receipts
from creditdesk.cli.policies import policy, premium
from creditdesk.cli.reviews import report, review
from creditdesk.cli.session import Call, make_terminal, readable
from creditdesk.errors import UserError
from creditdesk.i18n import N_


class SystemRefused(UserError):
    """The disk, a folder or a file refuses."""

    message = N_(
        "The system refused {path}: {reason}. Choose another file or folder, or free some space."
    )


app = typer.Typer(
    name="creditdesk",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(desk.app, name="desk")
app.add_typer(client.app, name="client")
receipts.register(ledger.app)
imports.register(ledger.app)
app.add_typer(ledger.app, name="ledger")
app.add_typer(buyer.app, name="buyer")
app.add_typer(policy.app, name="policy")
app.add_typer(claim.app, name="claim")
app.add_typer(declaration.app, name="declaration")
app.add_typer(report.app, name="report")
policy.app.command()(premium.premium)
app.command()(review.review)
app.command()(demo.demo)
app.command()(screens.screens)
app.command("calc")(calculate.calc)


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
