"""`ledger`: take files in and back, and say what is owed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from creditdesk.catalog.headings import headings
from creditdesk.cli.session import Number, Terminal, day, existing, terminal
from creditdesk.domain.aging import AgingFigures
from creditdesk.domain.ledger import LedgerDraft
from creditdesk.errors import Problem, UserError
from creditdesk.i18n import N_, Message
from creditdesk.importers import chosen as columns_chosen
from creditdesk.importers import ledger as reader
from creditdesk.importers import profile, recognise
from creditdesk.importers.cells import Sheet
from creditdesk.importers.mapping import Mapping as ColumnMapping
from creditdesk.importers.sheet import open_sheet
from creditdesk.reports import aging_workbook
from creditdesk.reports import statement as statement_report
from creditdesk.services.ledger import AgingReport, BatchId, CurrencyTotals, TakenIn
from creditdesk.workspace import Desk

app = typer.Typer(no_args_is_help=True, help="The clients' ledgers.")
By = Literal["total", "buyer", "invoice"]
_SHOWN_PROBLEMS = 20


class MapUnreadable(UserError):
    """A mapping is not of the form field=header."""

    message = N_(
        "{text} names no column. Write it as field=header, for example doc_no=单据编号."
    )


class ProfileUnknown(UserError):
    """The client has no profile of this name."""

    message = N_("{client} has no profile {name}. It has: {known}.")


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
        opened = open_sheet(existing(file), call.progress(), sheet=sheet)
        chosen = _columns(maps or [])
        if profile_name:
            chosen = _profile(desk, number, client, profile_name).columns
        mapping = _mapping(desk, number, opened, chosen, day_first=day_first or None)
        draft = reader.read(opened, mapping, currency, call.progress())
        told = (
            desk.ledger.compare(number, draft)
            if dry_run
            else desk.ledger.take_in(number, draft)
        )
    if not told.took_any and (told.rejected or not told.skipped):
        nothing = NothingTaken(name=file.name, count=len(told.rejected))
        raise call.fall_short(nothing, _told(told, draft), _lines(call, told))
    call.answer(_told(told, draft), _lines(call, told))


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
        aging_workbook.write(
            report,
            out,
            call.language,
            call.progress(),
            by=aging_workbook.Level(by),
            of=client,
        )
    names = report.aging.names
    data: dict[str, object] = {
        "as_of": on,
        "by_currency": {
            code: _figures(sums, names)
            for code, sums in report.aging.by_currency.items()
        },
    }
    if by == "buyer":
        data["rows"] = _by_buyer(report)
    if by == "invoice":
        data["rows"] = _by_invoice(report)
    call.answer(data, _aging_lines(call, report))


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


def _told(told: TakenIn, draft: LedgerDraft) -> dict[str, object]:
    return {
        "batch": told.batch,
        "rows_read": told.rows_read,
        "invoices_added": told.invoices_added,
        "invoices_updated": told.invoices_updated,
        "invoices_unchanged": told.invoices_unchanged,
        "payments_added": told.payments_added,
        "payments_updated": told.payments_updated,
        "payments_unchanged": told.payments_unchanged,
        "buyers_added": told.buyers_added,
        "rejected": told.rejected,
        "skipped": [
            {"row": each.row, "reason": each.reason, "value": each.value}
            for each in told.skipped
        ],
        "totals": {code: _sums(sums) for code, sums in told.totals.items()},
        "ledger_before": {code: _sums(sums) for code, sums in told.before.items()},
        "ledger_after": {code: _sums(sums) for code, sums in told.after.items()},
        "notes": [each.reason for each in draft.notes],
        "file_totals": draft.file_totals,
        "columns": told.columns,
        "sheet": draft.source.sheet,
        "header_row": draft.source.header_row,
    }


def _sums(sums: CurrencyTotals) -> dict[str, object]:
    return {"count": sums.count, "amount": sums.amount, "open": sums.open}


def _lines(call: Terminal, told: TakenIn) -> list[str]:
    say = call.words
    lines = [
        say(
            N_(
                "{rows} rows read: {added} documents new, {updated} changed, "
                "{same} unchanged; {payments} payments new."
            ),
            rows=told.rows_read, added=told.invoices_added, updated=told.invoices_updated,
            same=told.invoices_unchanged, payments=told.payments_added,
        )
    ]  # fmt: skip
    lines += [
        say(N_("{currency}: {count} documents, {amount}, of it open {left}."),
            currency=code, count=sums.count, amount=sums.amount, left=sums.open)
        for code, sums in told.totals.items()
    ]  # fmt: skip
    lines += [
        _problem(call, each, N_("Row {row} refused, {column} “{value}”: {reason}"))
        for each in told.rejected[:_SHOWN_PROBLEMS]
    ]
    if len(told.rejected) > _SHOWN_PROBLEMS:
        lines.append(
            say(
                N_("…and {count} more refused rows."),
                count=len(told.rejected) - _SHOWN_PROBLEMS,
            )
        )
    lines += [
        _problem(call, each, N_("Row {row} skipped: {reason}"))
        for each in told.skipped[:_SHOWN_PROBLEMS]
    ]
    if told.batch:
        lines.append(
            say(N_("This is import {batch}; it can be taken back."), batch=told.batch)
        )
    return lines


def _problem(call: Terminal, problem: Problem, text: str) -> str:
    reason = call.words.say(problem.reason)
    return call.words(
        text, row=problem.row, column=problem.column, value=problem.value, reason=reason
    )


def _figures(sums: AgingFigures, names: tuple[str, ...]) -> dict[str, object]:
    return {
        "open_count": sums.open_count,
        "open_amount": sums.outstanding,
        **dict(zip(names, sums.columns, strict=True)),
        "unapplied": sums.unapplied,
        "balance": sums.balance,
    }


def _by_buyer(report: AgingReport) -> list[dict[str, object]]:
    names = report.aging.names
    rows = [
        {
            "buyer_code": report.buyers[buyer].code,
            "buyer": report.buyers[buyer].name,
            "currency": code,
            **_figures(sums, names),
        }
        for buyer, currencies in report.aging.by_buyer.items()
        for code, sums in currencies.items()
        if sums.outstanding or sums.unapplied
    ]
    return sorted(
        rows,
        key=lambda row: (
            str(row["buyer_code"]),
            str(row["buyer"]),
            str(row["currency"]),
        ),
    )


def _by_invoice(report: AgingReport) -> list[dict[str, object]]:
    return [
        {
            "buyer_code": report.buyers[row.buyer].code,
            "buyer": report.buyers[row.buyer].name,
            "number": row.id[1],
            "issued": row.issued,
            "due": row.due,
            "due_missing": row.due_missing,
            "currency": row.open.currency,
            "open": row.open,
            "days_overdue": row.days_overdue,
            "bucket": row.bucket,
        }
        for row in report.aging.rows
    ]


def _aging_lines(call: Terminal, report: AgingReport) -> list[str]:
    lines = []
    for code, sums in report.aging.by_currency.items():
        columns = "  ".join(
            f"{name}: {amount.plain}"
            for name, amount in zip(report.aging.names, sums.columns, strict=True)
        )
        lines.append(
            call.words(
                N_("{currency}: {count} open documents, {total} outstanding, {unapplied} unapplied."),
                currency=code, count=sums.open_count, total=sums.outstanding.plain, unapplied=sums.unapplied.plain,
            )
        )  # fmt: skip
        lines.append(columns)
    return lines or [call.words(N_("Nothing is open on this day."))]
