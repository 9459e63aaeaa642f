"""`ledger dispute`, `settle-dispute`, `void-dispute`, `disputes`: what buyers contest of an invoice."""

from pathlib import Path
from typing import Annotated

import typer

from creditdesk.cli.ledger.bills import invoice_of
from creditdesk.cli.policies.policy import amount_typed
from creditdesk.cli.session import Number, Terminal, day, existing, terminal, today
from creditdesk.domain.base.money import Money
from creditdesk.i18n import N_
from creditdesk.importers.files import evidence
from creditdesk.services.ledger.disputes import (
    DisputeId,
    DisputeLine,
    NewDispute,
    Settlement,
)

_Client = Annotated[str, typer.Option()]
_Invoice = Annotated[str, typer.Option(help="The invoice that is contested.")]


def dispute(  # noqa: PLR0913 - what is said of a dispute
    context: typer.Context,
    *,
    client: _Client,
    buyer: _Client,
    invoice: _Invoice,
    amount: Annotated[str, typer.Option(help="In the invoice's currency, gross.")],
    on: Annotated[str, typer.Option("--on", help="Since when.")],
    nature: Annotated[str, typer.Option(help="What the buyer contests, in words.")],
) -> None:
    """Say that the buyer contests a part of an invoice: it is held until the dispute is settled."""
    call = terminal(context)
    with call.desk() as desk:
        found = invoice_of(desk, client, buyer, invoice)
        gross = Money(amount_typed(amount), found.amount.currency).refined()
        new = NewDispute(
            invoice_id=found.id, amount=gross, opened_on=day(on), nature=nature
        )
        made = desk.ledger.contest(new, today())
        lines = desk.ledger.disputes(found.id)
    _answer(call, next(each for each in lines if each.id == made), found.number)


def settle_dispute(  # noqa: PLR0913 - how it ended
    context: typer.Context,
    number: Number,
    *,
    on: Annotated[str, typer.Option("--on")],
    upheld: Annotated[str, typer.Option(help="What of it the buyer owes, gross.")],
    outcome: Annotated[str, typer.Option(help="In words, such as the award.")] = "",
    paper: Annotated[Path | None, typer.Option(help="The award, judgment or agreement.")] = None,
) -> None:  # fmt: skip
    """Say how a dispute ended: nothing of it is held any more, and what isn't owed is never insured."""
    call = terminal(context)
    path = existing(paper) if paper else None
    with call.desk() as desk:
        kept = None
        if path is not None:
            most = desk.upkeep.threshold("evidence_mb") * 1024 * 1024
            kept = evidence.inspect(path, call.progress(), most=most), path.read_bytes()
        end = Settlement(on=day(on), upheld=amount_typed(upheld), outcome=outcome)
        desk.ledger.settle_dispute(DisputeId(number), end, today(), kept)
    call.answer({"settled": number}, [call.words(N_("The dispute is settled."))])


def void_dispute(
    context: typer.Context,
    number: Number,
    *,
    why: Annotated[str, typer.Option(help="The reason, which stays with it.")],
) -> None:
    """Void a dispute that was entered by mistake."""
    call = terminal(context)
    with call.desk() as desk:
        desk.ledger.void_dispute(DisputeId(number), why)
    call.answer({"voided": number}, [call.words(N_("Voided."))])


def disputes(
    context: typer.Context, *, client: _Client, buyer: _Client, invoice: _Invoice
) -> None:
    """List what was contested of an invoice, voided entries too."""
    call = terminal(context)
    with call.desk() as desk:
        found = invoice_of(desk, client, buyer, invoice)
        lines = desk.ledger.disputes(found.id)
    call.answer(
        [_json(each, found.number) for each in lines],
        [_words(call, each, found.number) for each in lines],
    )


def _answer(call: Terminal, line: DisputeLine, number: str) -> None:
    call.answer(_json(line, number), [_words(call, line, number)])


def _json(line: DisputeLine, number: str) -> dict[str, object]:
    return {
        "id": line.id, "invoice": number, "on": line.opened_on, "amount": line.amount, "currency": line.amount.currency,
        "nature": line.nature, "settled_on": line.settled_on, "upheld": line.upheld, "outcome": line.outcome,
        "paper": line.document, "voided": line.voided.why if line.voided else None,
    }  # fmt: skip


def _words(call: Terminal, line: DisputeLine, number: str) -> str:
    text = N_("{invoice}: {amount} contested since {day}, {nature}")
    return call.words(text, invoice=number, amount=line.amount, day=line.opened_on, nature=line.nature)  # fmt: skip
