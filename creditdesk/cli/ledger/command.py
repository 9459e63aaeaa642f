"""`ledger`: take files in and back, and say what is owed."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from creditdesk.cli.lazy import group_of
from creditdesk.cli.ledger import answers
from creditdesk.cli.session import (
    Number,
    Out,
    OutIfAny,
    Replace,
    Terminal,
    day,
    terminal,
)
from creditdesk.i18n import N_
from creditdesk.services.ledger import AgingReport, BatchId

_RECEIPTS, _IMPORTS = "creditdesk.cli.ledger.receipts", "creditdesk.cli.ledger.imports"
_MORE = {
    "import": "creditdesk.cli.ledger.taking_in:import_",
    **{name: f"{_RECEIPTS}:{name}" for name in ("bank", "receipts", "match", "aside", "unmatch")},
    "void-payment": f"{_RECEIPTS}:void_payment",
    "bill": "creditdesk.cli.ledger.bills:bill",
    "void-bill": "creditdesk.cli.ledger.bills:void_bill",
    "pass-bill": "creditdesk.cli.ledger.bills:pass_bill",
    "void-pass-bill": "creditdesk.cli.ledger.bills:void_pass_bill",
    "dispute": "creditdesk.cli.ledger.disputes:dispute",
    "settle-dispute": "creditdesk.cli.ledger.disputes:settle_dispute",
    "void-dispute": "creditdesk.cli.ledger.disputes:void_dispute",
    "disputes": "creditdesk.cli.ledger.disputes:disputes",
    **{name: f"{_IMPORTS}:{name}" for name in ("batch", "source", "compare", "control")},
}  # fmt: skip
app = typer.Typer(
    cls=group_of(_MORE), no_args_is_help=True, help="The clients' ledgers."
)
By = Literal["total", "buyer", "invoice"]


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
def aging(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    as_of: Annotated[str, typer.Option("--as-of")],
    by: Annotated[By, typer.Option("--by")] = "total",
    out: OutIfAny = None,
    replace: Replace = False,
) -> None:
    """Say what is owed on a day, sorted by how long it is overdue."""
    call = terminal(context)
    on = day(as_of)
    if out is not None:
        call.output(out, replace=replace)
    with call.desk() as desk:
        number = desk.clients.named(client)
        documents = by == "invoice" or out is not None
        whole = desk.ledger.aging(on, client_id=number) if documents else None
        report = whole or desk.ledger.balances(on, client_id=number)
        summaries = desk.ledger.aged_balances(number, day=on)
    if whole and out is not None:
        _write_aging(call, whole, out, by, client)
    names = report.aging.names
    data: dict[str, object] = {
        "as_of": on,
        "by_currency": {
            code: answers.figures(sums, names)
            for code, sums in report.aging.by_currency.items()
        },
        "aged_only": answers.aged_balances(summaries),
    }
    if by == "buyer":
        data["rows"] = answers.by_buyer(report)
    if whole and by == "invoice":
        data["rows"] = answers.by_invoice(whole)
    call.answer(data, answers.aging_lines(call, report))


@app.command()
def statement(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    from_: Annotated[str, typer.Option("--from")],
    to: Annotated[str, typer.Option("--to")],
    out: Out,
    replace: Replace = False,
) -> None:
    """Write the statement of account with one buyer, as .xlsx or .pdf."""
    from creditdesk.reports import statement as statement_report  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    call.output(out, replace=replace)
    with call.desk() as desk:
        number = desk.buyers.named(desk.clients.named(client), buyer)
        found = desk.ledger.statement(number, day(from_), day(to))
    statement_report.write(found, out, call.language, call.progress())
    closing = {account.closing.currency: account.closing for account in found.accounts}
    call.answer(
        {"file": out, "closing": closing},
        [call.words(N_("Written to {path}."), path=out)],
    )


@app.command()
def confirmation(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    on: Annotated[str, typer.Option("--on")],
    out: Out,
    replace: Replace = False,
) -> None:
    """Write the balance confirmation with its reply slip, as .pdf."""
    from creditdesk.reports import balance_letter  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    call.output(out, replace=replace)
    with call.desk() as desk:
        number = desk.buyers.named(desk.clients.named(client), buyer)
        draft = desk.ledger.confirmation(number, day(on))
    balance_letter.write(draft, out, call.language, call.progress())
    call.answer(
        {
            "file": out,
            "balance": {each.balance.currency: each.balance for each in draft.accounts},
        },
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
