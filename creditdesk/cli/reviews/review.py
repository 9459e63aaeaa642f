"""`review`: the yearly review workbook."""

from typing import Annotated

import typer

from creditdesk.cli.session import (
    Out,
    Replace,
    day,
    terminal,
    today,
)
from creditdesk.i18n import N_


def review(  # noqa: PLR0913 - the contract's options
    context: typer.Context,
    *,
    client: Annotated[str, typer.Option()],
    from_: Annotated[str, typer.Option("--from")],
    to: Annotated[str, typer.Option("--to")],
    out: Out,
    replace: Replace = False,
) -> None:
    """Write the review workbook of a client's year."""
    from creditdesk.reports import annual_review  # noqa: PLC0415 - heavy, and no other command waits for it
    from creditdesk.reports.review_book import book_of  # noqa: PLC0415 - as above

    call = terminal(context)
    call.output(out, replace=replace)
    with call.desk() as desk:
        mine = desk.clients.named(client)
        book = book_of(
            desk,
            mine,
            day(from_),
            day(to),
            today(),
            call.progress(),
        )
        book = annual_review.suggested(book, call.language)
        figures = annual_review.write(book, out, call.language, call.progress())
        desk.reviews.record(mine, book.start, book.end)
    call.answer(
        {
            "file": out,
            "kpis": [
                {
                    "code": each.code,
                    "title": call.words(each.title),
                    "value": each.value,
                    "good": each.good,
                }
                for each in figures
            ],
            "findings": book.findings,
        },
        [call.words(N_("Written to {path}."), path=out), *book.findings],
    )
