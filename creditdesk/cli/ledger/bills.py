"""`ledger bill`, `pass-bill` and their voiding: a bill that was taken for an invoice."""

from typing import Annotated

import typer

from creditdesk.cli.ledger.receipts import InvoiceNotOpen
from creditdesk.cli.session import Number, day, terminal, today
from creditdesk.domain.ledger.bills import BillOutcome, BillWay
from creditdesk.i18n import LANGUAGES, N_, words
from creditdesk.presenters.ledger.document_words import number_words
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceLine, InvoiceQuestion
from creditdesk.workspace import Desk


def bill(  # noqa: PLR0913 - what is said of a bill
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    invoice: Annotated[str, typer.Option(help="The invoice the bill was taken for.")],
    outcome: Annotated[BillOutcome, typer.Option(case_sensitive=False)],
    on: Annotated[str, typer.Option("--on")],
    note: Annotated[str, typer.Option()] = "",
) -> None:
    """Say that a bill taken for an invoice was honoured or refused."""
    call = terminal(context)
    with call.desk() as desk:
        found = invoice_of(desk, client, buyer, invoice)
        made = desk.ledger.end_bill(found.id, outcome, day(on), today(), words=note)
        (line,) = desk.ledger.invoices([found.id])
    call.answer(
        {"id": made, "invoice": line.number, "open": line.open},
        [number_words(line, Wording(call.language))],
    )


def pass_bill(  # noqa: PLR0913 - what is said of a bill
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    buyer: Annotated[str, typer.Option()],
    invoice: Annotated[str, typer.Option(help="The invoice the bill was taken for.")],
    way: Annotated[BillWay, typer.Option(case_sensitive=False)],
    on: Annotated[str, typer.Option("--on")],
    to: Annotated[str, typer.Option("--to", help="Who holds it now.")] = "",
) -> None:
    """Say that a bill taken for an invoice was endorsed or discounted; the debt stays open until it is honoured."""
    call = terminal(context)
    with call.desk() as desk:
        found = invoice_of(desk, client, buyer, invoice)
        made = desk.ledger.pass_bill_on(found.id, way, day(on), today(), holder=to)
        (line,) = desk.ledger.invoices([found.id])
    call.answer(
        {"id": made, "invoice": line.number, "open": line.open},
        [number_words(line, Wording(call.language))],
    )


def void_pass_bill(
    context: typer.Context,
    number: Number,
    *,
    why: Annotated[str, typer.Option(help="The reason, which stays with it.")],
) -> None:
    """Void that a bill was passed on, said by mistake; the client holds it."""
    call = terminal(context)
    with call.desk() as desk:
        desk.ledger.void_bill_transfer(number, why)
    call.answer({"voided": number}, [call.words(N_("Voided."))])


def invoice_of(desk: Desk, client: str, buyer: str, invoice: str) -> InvoiceLine:
    """The invoice of this number. Raises `InvoiceNotOpen`."""
    owner = desk.clients.named(client)
    whose = desk.buyers.named(owner, buyer)
    asked = InvoiceQuestion(client_id=owner, buyer_id=whose)
    rows = desk.ledger.invoices(desk.ledger.invoice_ids(asked))
    for row in rows:
        names = {row.number, *(words(each).name(row.called) for each in LANGUAGES)}
        if row.kind == "invoice" and invoice in names:
            return row
    raise InvoiceNotOpen(buyer=buyer, number=invoice, numbers="–")


def void_bill(
    context: typer.Context,
    number: Number,
    *,
    why: Annotated[str, typer.Option(help="The reason, which stays with it.")],
) -> None:
    """Void what was said of a bill by mistake; the debt and the warnings are as before."""
    call = terminal(context)
    with call.desk() as desk:
        desk.ledger.void_bill_end(number, why)
    call.answer({"voided": number}, [call.words(N_("Voided."))])
