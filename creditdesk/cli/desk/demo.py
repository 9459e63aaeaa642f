"""`demo`: a sample desk with a claim package and a review, ready to look at."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from creditdesk import private
from creditdesk.cli import window
from creditdesk.cli.desk.own_files import OwnFiles
from creditdesk.cli.session import OutFolder, Terminal, terminal, today
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.services.claims import ClaimLine
from creditdesk.workspace import Desk, open_desk

_PACKAGE, _REVIEW = "claim-package.pdf", "review.xlsx"


class SampleWithoutClaim(UserError):
    """A desk of that name is there, and it is not the sample."""

    message = N_(
        "{path} holds no claim, so it is not the sample desk. Rename it, or choose another folder with --out."
    )


def demo(
    context: typer.Context,
    *,
    out: OutFolder = Path("demo"),
    no_window: Annotated[bool, typer.Option("--no-window")] = False,
) -> None:
    """Build the sample desk, write a claim package and a review, and open the window on it."""
    from creditdesk.sample import desk as sample  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    out.mkdir(parents=True, exist_ok=True)
    own = OwnFiles(out)
    own.require((_PACKAGE, _REVIEW))
    path = out / "sample.creditdesk"
    if not path.exists():
        sample.build(path, today(), call.progress())
    with private.folder() as folder:
        desk = open_desk(path)
        try:
            told = _package(call, desk, folder / _PACKAGE)
            _review(call, desk, folder / _REVIEW)
        finally:
            desk.close()
        own.take(folder.iterdir())
    data = {"desk": path, "package": out / _PACKAGE, **told, "review": out / _REVIEW}
    call.answer(
        data,
        [
            call.words(
                N_(
                    "The sample desk, its claim package and its review are in {folder}."
                ),
                folder=out,
            )
        ],
    )
    if not no_window and not call.json and window.open_on:
        raise typer.Exit(window.open_on(path))


def _sample_claim(desk: Desk) -> ClaimLine:
    claims = desk.claims.all()
    if not claims:
        raise SampleWithoutClaim(path=desk.path)
    return claims[0]


def _package(call: Terminal, desk: Desk, path: Path) -> dict[str, object]:
    from creditdesk.reports import claim_package  # noqa: PLC0415 - heavy, and no other command waits for it

    claim = _sample_claim(desk)
    written = claim_package.write(
        desk.claims.package(claim.id, today()), path, call.language, call.progress()
    )
    return {"pages": written.pages, "complete": written.complete}


def _review(call: Terminal, desk: Desk, path: Path) -> None:
    from creditdesk.reports import annual_review  # noqa: PLC0415 - as above
    from creditdesk.reports.review_book import book_of  # noqa: PLC0415 - as above

    client, end = desk.clients.named(_sample_claim(desk).client), today()
    start = end - timedelta(days=364)
    book = book_of(desk, client, start, end, end, call.progress())
    book = annual_review.suggested(book, call.language)
    annual_review.write(book, path, call.language, call.progress())
