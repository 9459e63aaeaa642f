"""`claim package`, `workbook`, `zip`, `check`: what is sent to the insurer."""

import hashlib
import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from creditdesk.cli.claims import answers
from creditdesk.cli.session import Number, Out, Replace, existing, terminal, today
from creditdesk.domain.claim.manner import Manner
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.services.claims import ClaimId

ZIP_PASSPHRASE = "CREDITDESK_ZIP_PASSPHRASE"  # noqa: S105 - the variable's name


class PackageFaulty(UserError):
    """A finished file has something that must be mended before it is sent."""

    message = N_("{name} must be mended in {count} places before it is sent.")


Final = Annotated[
    bool,
    typer.Option(
        "--final",
        help="For the insurer: without the marks of a draft, complete or not.",
    ),
]
Mailbox = Annotated[
    int | None,
    typer.Option(
        "--mailbox-mb",
        min=1,
        metavar="MB",
        help="The largest file a mailbox takes: more comes in volumes, FILE-2.pdf and so on.",
    ),
]
Duplex = Annotated[
    bool,
    typer.Option(
        "--duplex", help="For both sides: each part begins on a right-hand page."
    ),
]
Grey = Annotated[bool, typer.Option("--grey", help="Without colours.")]
Copies = Annotated[
    bool,
    typer.Option("--copies", help="An area to seal each copy as true to the original."),
]
CrossSeal = Annotated[
    bool,
    typer.Option(
        "--cross-seal/--no-cross-seal",
        help="Marks for the seal across the pages of a copy of more than two.",
    ),
]
Ocr = Annotated[
    bool,
    typer.Option(
        "--ocr", help="Recognise the text of scans where OCRmyPDF is installed."
    ),
]


def add_to(app: typer.Typer) -> None:
    """These commands among those of claims."""
    app.command()(package)
    app.command()(workbook)
    app.command("zip")(zip_)
    app.command()(check)


def package(  # noqa: PLR0913 - how it is written
    context: typer.Context,
    claim: Number,
    *,
    out: Out,
    replace: Replace = False,
    lang: Annotated[Literal["zh", "en"] | None, typer.Option()] = None,
    final: Final = False,
    mailbox_mb: Mailbox = None,
    duplex: Duplex = False,
    grey: Grey = False,
    copies: Copies = False,
    cross_seal: CrossSeal = True,
    ocr: Ocr = False,
) -> None:
    """Write the package: one PDF with everything the insurer wants, or volumes of it."""
    from creditdesk.reports import claim_package  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    language = lang or call.language
    call.output(out, replace=replace)
    manner = Manner(
        duplex=duplex,
        grey=grey,
        originals=copies,
        cross_seal=cross_seal,
        recognise=ocr,
        megabytes=mailbox_mb,
    )
    with call.desk() as desk:
        packed = desk.claims.package(ClaimId(claim), today(), final=final)
        written = claim_package.write(
            packed, out, language, call.progress(), manner, over=replace
        )
        for each in written.volumes:
            desk.claims.record_package(
                ClaimId(claim),
                file_name=each.path.name,
                digest=hashlib.sha256(each.path.read_bytes()).hexdigest(),
                language=language,
                pages=each.pages,
                complete=written.complete,
            )
    call.answer(
        answers.written_package(written), answers.package_lines(call, out, written)
    )


def workbook(
    context: typer.Context,
    claim: Number,
    *,
    out: Out,
    replace: Replace = False,
    lang: Annotated[Literal["zh", "en"] | None, typer.Option()] = None,
) -> None:
    """Write the workbook beside the package: schedule, calculation, account."""
    from creditdesk.reports import claim_workbook  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    call.output(out, replace=replace)
    with call.desk() as desk:
        whole = desk.claims.package(ClaimId(claim), today())
        claim_workbook.write(whole, out, lang or call.language, call.progress())
    call.answer({"file": out}, [call.words(N_("Written to {path}."), path=out)])


def zip_(  # noqa: PLR0913 - how it is written
    context: typer.Context,
    claim: Number,
    *,
    out: Out,
    replace: Replace = False,
    lang: Annotated[Literal["zh", "en"] | None, typer.Option()] = None,
    final: Final = False,
    mailbox_mb: Mailbox = None,
    duplex: Duplex = False,
    grey: Grey = False,
    copies: Copies = False,
    cross_seal: CrossSeal = True,
    ocr: Ocr = False,
) -> None:
    """Write package, workbook and every attached file into a ZIP, encrypted where a passphrase is set."""
    from creditdesk.reports import claim_zip  # noqa: PLC0415 - heavy, and no other command waits for it

    call = terminal(context)
    call.output(out, replace=replace)
    passphrase = os.environ.get(ZIP_PASSPHRASE, "")
    manner = Manner(
        duplex=duplex,
        grey=grey,
        originals=copies,
        cross_seal=cross_seal,
        recognise=ocr,
        megabytes=mailbox_mb,
    )
    with call.desk() as desk:
        whole = desk.claims.package(ClaimId(claim), today(), final=final)
        written = claim_zip.write(
            whole,
            out,
            lang or call.language,
            call.progress(),
            passphrase,
            manner=manner,
        )
    call.answer(
        {**answers.written_package(written), "encrypted": bool(passphrase)},
        answers.package_lines(call, out, written),
    )


def check(context: typer.Context, file: Path) -> None:
    """Check a finished file: pages, stamps, links, bookmarks, fonts, what leads outside, scripts."""
    from creditdesk.reports import claim_check  # noqa: PLC0415 - no other command waits for it

    call = terminal(context)
    report = claim_check.examine(existing(file), call.progress())
    data, lines = answers.checked(report), answers.checked_lines(call, report)
    if not report.ok:
        faulty = PackageFaulty(name=file.name, count=len(report.problems))
        raise call.fall_short(faulty, data, lines)
    call.answer(data, lines)
