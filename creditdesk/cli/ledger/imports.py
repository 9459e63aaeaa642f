"""`ledger batch`, `source`, `compare` and `control`: imports, their files, how those stand, and the control account."""

import os
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from creditdesk import outputs
from creditdesk.cli.ledger import import_answers as answers
from creditdesk.cli.ledger.taking_in import PASSWORD
from creditdesk.cli.session import (
    Number,
    Out,
    Replace,
    day,
    terminal,
    today,
)
from creditdesk.domain.base.money import Money, is_currency
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.ledger.control_reading import read_control
from creditdesk.presenters.ledger.reading_again import compare_again
from creditdesk.services.ledger import BatchId, BatchUndone


class FigureUnreadable(UserError):
    """Not of the form currency=amount."""

    message = N_("{text} is no figure. Write it as CNY=123456.78.")


def batch(context: typer.Context, number: Number) -> None:
    """Tell everything about one import: its file, rows, totals, changes, and what rests on it."""
    call = terminal(context)
    with call.desk() as desk:
        file = desk.imports.file(BatchId(number))
        changes = desk.imports.changes(desk.imports.change_ids(BatchId(number)))
        try:
            plan = desk.imports.undo_plan(BatchId(number))
        except BatchUndone:
            plan = None
    call.answer(
        answers.batch(file, changes, plan), answers.batch_lines(call, file, plan)
    )


def source(
    context: typer.Context, number: Number, *, out: Out, replace: Replace = False
) -> None:
    """Write the file of an import as it was read."""
    call = terminal(context)
    call.output(out, replace=replace)
    with call.desk() as desk:
        content = desk.imports.content(BatchId(number))
        digest = desk.imports.file(BatchId(number)).digest
    outputs.write(out, content)
    call.answer(
        {"file": out, "size": len(content), "sha256": digest},
        [call.words(N_("Written to {path}."), path=out)],
    )


def compare(context: typer.Context, number: Number) -> None:
    """Read the kept file of an import again and hold it against the ledger as it is now.

    The password of a protected file is taken from CREDITDESK_FILE_PASSWORD.
    """
    call = terminal(context)
    with call.desk() as desk:
        found = compare_again(
            desk,
            BatchId(number),
            call.progress(),
            password=os.environ.get(PASSWORD) or None,
        )
    call.answer(answers.compared(found), answers.compared_lines(call, found))


def control(
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    as_of: Annotated[str, typer.Option("--as-of")],
    figure: Annotated[
        list[str] | None,
        typer.Option(help="CNY=123456.78: what account 1122 shows; it is kept."),
    ] = None,
) -> None:
    """Hold the ledger's balance of a day against what the books show, and name the rows between."""
    call = terminal(context)
    on, figures = day(as_of), dict(map(_figure, figure or []))
    with call.desk() as desk:
        number = desk.clients.named(client)
        if figures:
            desk.imports.keep_figures(number, on, figures, today())
        account = read_control(desk, number, on, call.progress())
    call.answer(answers.control(account), answers.control_lines(call, account))


def _figure(text: str) -> tuple[str, Money]:
    code, equals, amount = text.partition("=")
    try:
        figure = Decimal(amount.replace(",", ""))
    except InvalidOperation:
        figure = Decimal("NaN")
    if not (is_currency(code.upper()) and equals and figure.is_finite()):
        raise FigureUnreadable(text=text)
    return code.upper(), Money(figure, code.upper()).refined()
