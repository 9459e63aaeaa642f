"""`ledger`: take files in and back, and say what is owed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from creditdesk.catalog.headings import headings
from creditdesk.cli import ledger_answers as answers
from creditdesk.cli.session import Number, Terminal, day, existing, terminal
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers import chosen as columns_chosen
from creditdesk.importers import ledger as reader
from creditdesk.importers import profile, recognise
from creditdesk.importers.cells import Sheet
from creditdesk.importers.mapping import Mapping as ColumnMapping
from creditdesk.importers.opening import open_file
from creditdesk.importers.structured import Structured
from creditdesk.services.ledger import AgingReport, BatchId
from creditdesk.workspace import Desk

app = typer.Typer(no_args_is_help=True, help="The clients' ledgers.")
By = Literal["total", "buyer", "invoice"]


class MapUnreadable(UserError):
    """A mapping is not of the form field=header."""

    message = N_(
        "{text} names no column. Write it as field=header, for example doc_no=单据编号."
    )


class ProfileUnknown(UserError):
    """The client has no profile of this name."""

    message = N_("{client} has no profile {name}. It has: {known}.")


class ColumnsUnneeded(UserError):
    """Columns, a sheet or an order of days were chosen for a file that has none."""

    message = N_(
        "{name} is a structured file ({what}) and says itself what everything means. "
        "Leave out --map, --profile, --sheet and --day-first."
    )


class NothingTaken(UserError):
    """Not one row of a file could be taken."""

    message = N_(
        "Nothing was taken from {name}: {count} rows were refused. The reasons stand with the rows."
    )


@app.command("import")
def import_(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    file: Path,
    *,
    client: Annotated[str, typer.Option()],
    sheet: Annotated[str | None, typer.Option()] = None,
    profile_name: Annotated[str | None, typer.Option("--profile")] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", help="field=header; with any, nothing is guessed."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    day_first: Annotated[bool, typer.Option("--day-first")] = False,
) -> None:
    """Take a file's invoices, credit notes and payments in."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(client)
        currency = next(
            line.currency for line in desk.clients.all() if line.id == number
        )
        opened = open_file(existing(file), call.progress(), sheet_name=sheet)
        chosen = _columns(maps or [])
        if profile_name:
            chosen = _profile(desk, number, client, profile_name).columns
        if isinstance(opened, Structured):
            if chosen or sheet or day_first:
                raise ColumnsUnneeded(name=file.name, what=opened.title)
            draft, controls = opened.draft, opened.controls
        else:
            mapping = _mapping(
                desk, number, opened, chosen, day_first=day_first or None
            )
            draft = reader.read(opened, mapping, currency, call.progress())
            controls = ()
        told = (
            desk.ledger.compare(number, draft)
            if dry_run
            else desk.ledger.take_in(number, draft, file)
        )
    if not told.took_any and (told.rejected or not told.skipped):
        nothing = NothingTaken(name=file.name, count=len(told.rejected))
        raise call.fall_short(
            nothing,
            answers.taken_in(told, draft, controls),
            answers.taken_in_lines(call, told, controls),
        )
    call.answer(
        answers.taken_in(told, draft, controls),
        answers.taken_in_lines(call, told, controls),
    )


@app.command()
def undo(context: typer.Context, batch: Number) -> None:
    """Take a whole import back."""
    call = terminal(context)
    with call.desk() as desk:
        desk.ledger.undo(BatchId(batch))
    call.answer(
        {"undone": batch},
        [call.words(N_("Import {batch} was taken back."), batch=batch)],
    )


@app.command()
def batches(
    context: typer.Context, client: Annotated[str | None, typer.Option()] = None
) -> None:
    """List the files taken in."""
    call = terminal(context)
    with call.desk() as desk:
        lines = desk.ledger.batches(desk.clients.named(client) if client else None)
    call.answer(
        [
            {
                "batch": line.id, "client": line.client, "file": line.file_name, "sheet": line.sheet,
                "taken_at": line.taken_at, "who": line.who, "counts": line.counts, "totals": line.totals,
                "undone_at": line.undone_at,
            }
            for line in lines
        ],
        [f"{line.id}  {line.taken_at:%Y-%m-%d %H:%M}  {line.client}  {line.file_name}" for line in lines],
    )  # fmt: skip


@app.command()
def aging(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    as_of: Annotated[str, typer.Option("--as-of")],
    by: Annotated[By, typer.Option("--by")] = "total",
    out: Annotated[
        Path | None, typer.Option(help="Also write it as a workbook.")
    ] = None,
) -> None:
    """Say what is owed on a day, sorted by how long it is overdue."""
    call = terminal(context)
    on = day(as_of)
    with call.desk() as desk:
        report = desk.ledger.aging(on, client_id=desk.clients.named(client))
    if out is not None:
        _write_aging(call, report, out, by, client)
    names = report.aging.names
    data: dict[str, object] = {
        "as_of": on,
        "by_currency": {
            code: answers.figures(sums, names)
            for code, sums in report.aging.by_currency.items()
        },
    }
    if by == "buyer":
        data["rows"] = answers.by_buyer(report)
    if by == "invoice":
        data["rows"] = answers.by_invoice(report)
    call.answer(data, answers.aging_lines(call, report))


@app.command()
def statement(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    from_: Annotated[str, typer.Option("--from")],
    to: Annotated[str, typer.Option("--to")],
    out: Annotated[Path, typer.Option()],
) -> None:
    """Write the statement of account with one buyer, as .xlsx or .pdf."""
    from creditdesk.reports import statement as statement_report  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    with call.desk() as desk:
        number = desk.buyers.named(desk.clients.named(client), buyer)
        found = desk.ledger.statement(number, day(from_), day(to))
    statement_report.write(found, out, call.language, call.progress())
    closing = {account.closing.currency: account.closing for account in found.accounts}
    call.answer(
        {"file": out, "closing": closing},
        [call.words(N_("Written to {path}."), path=out)],
    )


def _write_aging(
    call: Terminal, report: AgingReport, out: Path, by: By, client: str
) -> None:
    from creditdesk.reports import aging_workbook  # noqa: PLC0415 - heavy, and no other command waits for it

    aging_workbook.write(
        report,
        out,
        call.language,
        call.progress(),
        by=aging_workbook.Level(by),
        of=client,
    )


def _columns(maps: list[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in maps]
    for name, equals, header in pairs:
        if not (name and equals and header):
            raise MapUnreadable(text=f"{name}{equals}{header}")
    return {name.strip(): header for name, _, header in pairs}


def _profile(desk: Desk, client_id: int, client: str, name: str) -> profile.Profile:
    known = desk.ledger.profiles(client_id)
    if name not in known:
        names = tuple(known) or Message(N_("none yet"))
        raise ProfileUnknown(client=client, name=name, known=names)
    return profile.from_json(json.dumps(known[name]))


def _mapping(
    desk: Desk,
    client_id: int,
    sheet: Sheet,
    chosen: Mapping[str, str],
    *,
    day_first: bool | None,
) -> ColumnMapping:
    if chosen:
        return columns_chosen.mapped(sheet, chosen, day_first=day_first)
    kept = [
        profile.from_json(json.dumps(each))
        for each in desk.ledger.profiles(client_id).values()
    ]
    return recognise.guess(sheet, headings(), kept, day_first=day_first)
