"""`ledger bank`, `receipts`, `match`, `unmatch`, `aside`: what banks say came in, and what it pays."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from creditdesk.cli.ledger import receipt_answers as answers
from creditdesk.cli.session import File, Number, existing, terminal
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.receipts import OpenItem
from creditdesk.errors import UserError
from creditdesk.i18n import LANGUAGES, N_, words
from creditdesk.importers.bank.statement import View
from creditdesk.intake import taking_in
from creditdesk.services.ledger.receipt_values import (
    Confirmation,
    LineId,
    LineState,
    LineUnknown,
    ReceiptLine,
)
from creditdesk.workspace import Desk


class AllocationUnreadable(UserError):
    """Not of the form number=amount."""

    message = N_(
        "{text} sets nothing against an invoice. Write it as number=amount, for example INV-1=1250.00."
    )


class InvoiceNotOpen(UserError):
    """The buyer has no such open invoice."""

    message = N_("{buyer} has no open invoice {number}. Open are: {numbers}.")


class NothingSure(UserError):
    """No suggestion a command may take without being told."""

    message = N_(
        "Nothing is certain about this receipt. Say whose it is with --buyer, and what it pays with --invoice."
    )


def bank(  # noqa: PLR0913 - the command's options
    context: typer.Context,
    file: File,
    *,
    client: Annotated[str, typer.Option()],
    sheet: Annotated[str | None, typer.Option()] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    day_first: Annotated[bool, typer.Option("--day-first")] = False,
    view: Annotated[
        View | None,
        typer.Option(
            help="Whose debit and credit it is, where the balance doesn't tell."
        ),
    ] = None,
) -> None:
    """Take the receipts of a bank's statement in; they wait until they are matched."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(client)
        card = next(line for line in desk.clients.all() if line.id == number)
        statement = taking_in.open_statement(
            existing(file), taking_in.owner_of(card, desk.ledger), call.progress(),
            sheet=sheet, day_first=day_first or None, view=view,
        )  # fmt: skip
        told = (
            desk.ledger.compare_statement(number, statement)
            if dry_run
            else desk.ledger.take_in_statement(number, statement, file)
        )
    call.answer(
        answers.taken(statement, told), answers.taken_lines(call, statement, told)
    )


def receipts(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    every: Annotated[
        bool, typer.Option("--all", help="Also those decided already.")
    ] = False,
) -> None:
    """List what waits, with what it may pay."""
    call = terminal(context)
    with call.desk() as desk:
        number = desk.clients.named(client)
        lines = desk.ledger.bank_lines(number)
        found = desk.ledger.suggestions(number)
        items = {item.id: item for item in desk.ledger.open_items(number)}
        names = {int(each.id): each.name for each in desk.buyers.all(number)}
    shown = [line for line in lines if every or line.state is LineState.OPEN]
    call.answer(
        [
            {
                **answers.line(line),
                "suggestions": [
                    answers.suggestion(each, items, names)
                    for each in found.get(line.id, ())
                ],
            }
            for line in shown
        ],
        [
            text
            for line in shown
            for text in answers.lines(call, line, found.get(line.id, ()), items, names)
        ],
    )


def match(
    context: typer.Context,
    line: Number,
    *,
    buyer: Annotated[str | None, typer.Option()] = None,
    invoice: Annotated[list[str] | None, typer.Option(help="number=amount")] = None,
    third_party: Annotated[
        str, typer.Option("--third-party", help="Why somebody else paid.")
    ] = "",
) -> None:
    """Set a receipt against invoices; without options as suggested, where that is certain."""
    call = terminal(context)
    with call.desk() as desk:
        number = LineId(line)
        found = _the_line(desk, number)
        said = _said(desk, found, buyer, invoice or [], third_party)
        desk.ledger.confirm(number, said)
        after = _the_line(desk, number)
    told = N_("The receipt of {amount} was set against {buyer}.")
    call.answer(
        answers.line(after), [call.words(told, amount=after.amount, buyer=after.buyer)]
    )


def aside(
    context: typer.Context, line: Number, *, why: Annotated[str, typer.Option()]
) -> None:
    """Say that a receipt is not from a customer."""
    call = terminal(context)
    with call.desk() as desk:
        desk.ledger.set_aside(LineId(line), why)
        after = _the_line(desk, LineId(line))
    told = N_("The receipt of {amount} was set aside.")
    call.answer(answers.line(after), [call.words(told, amount=after.amount)])


def unmatch(context: typer.Context, line: Number) -> None:
    """Open a receipt again that was set aside."""
    call = terminal(context)
    with call.desk() as desk:
        desk.ledger.take_back(LineId(line))
        after = _the_line(desk, LineId(line))
    told = N_("The receipt of {amount} is open again.")
    call.answer(answers.line(after), [call.words(told, amount=after.amount)])


def void_payment(
    context: typer.Context,
    line: Number,
    *,
    why: Annotated[str, typer.Option(help="Kept in the history with the payment.")],
) -> None:
    """Void a payment that was confirmed by mistake; its receipt waits again."""
    call = terminal(context)
    with call.desk() as desk:
        desk.ledger.void_payment(LineId(line), why)
        after = _the_line(desk, LineId(line))
    told = N_("The payment of {amount} is void; its receipt is open again.")
    call.answer(answers.line(after), [call.words(told, amount=after.amount)])


def _the_line(desk: Desk, number: LineId) -> ReceiptLine:
    for line in desk.ledger.bank_lines():
        if line.id == number:
            return line
    raise LineUnknown(line=number)


def _said(
    desk: Desk, line: ReceiptLine, buyer: str | None, invoices: list[str], word: str
) -> Confirmation:
    if buyer is None and not invoices:
        return _suggested(desk, line, word)
    items = desk.ledger.open_items(line.client_id)
    owner = (
        _owner(items, invoices[0])
        if buyer is None
        else int(desk.buyers.named(line.client_id, buyer))
    )
    mine = {
        name: item.id for item in items if item.buyer == owner for name in _names(item)
    }
    parts = []
    for each in invoices:
        number, amount = _pair(each)
        if number not in mine:
            raise InvoiceNotOpen(
                buyer=buyer or "",
                number=number,
                numbers=tuple(item.called for item in items if item.buyer == owner)
                or "–",
            )
        parts.append((mine[number], Money(amount, line.amount.currency)))
    return Confirmation(buyer_id=owner, parts=tuple(parts), word=word)


def _owner(items: Sequence[OpenItem], asked: str) -> int:
    """The one buyer that has this open invoice."""
    number, _ = _pair(asked)
    owners = {item.buyer for item in items if number in _names(item)}
    if len(owners) != 1:
        raise NothingSure
    return owners.pop()


def _names(item: OpenItem) -> set[str]:
    """What an invoice may be called here: as scripts know it, and as it is shown."""
    return {item.number, *(words(each).name(item.called) for each in LANGUAGES)}


def _suggested(desk: Desk, line: ReceiptLine, word: str) -> Confirmation:
    found = desk.ledger.suggestions(line.client_id).get(line.id, ())
    # A word about the third party answers the one question that made it uncertain.
    first = found[0] if found else None
    if first is None or not (first.certain or (first.third_party and word and not first.ambiguous)):  # fmt: skip
        raise NothingSure
    parts = tuple((part.item, part.amount) for part in first.parts)
    return Confirmation(buyer_id=first.buyer, parts=parts, word=word)


def _pair(text: str) -> tuple[str, Decimal]:
    number, equals, amount = text.rpartition("=")
    try:
        figure = Decimal(amount.replace(",", ""))
    except InvalidOperation:
        figure = Decimal("NaN")
    if not (number and equals and figure.is_finite()):
        raise AllocationUnreadable(text=text)
    return number.strip(), figure
