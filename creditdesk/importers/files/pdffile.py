"""Finds the e-invoice inside a PDF (Factur-X, ZUGFeRD)."""

import io
from collections.abc import Iterator

import pikepdf

from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.importers.files.workbook import PasswordNeeded, PasswordWrong

_NAMES = (
    "factur-x.xml",
    "zugferd-invoice.xml",
    "xrechnung.xml",
    "cii.xml",
    "order-x.xml",
)


class PdfBroken(UserError):
    """No PDF that can be opened."""

    message = N_("{name} is a damaged PDF. Ask its sender for the file again.")


class PdfWithoutInvoice(UserError):
    """A picture of an invoice, without its data."""

    message = N_(
        "{name} is a PDF without an e-invoice inside, so its figures can't be read. "
        "Take the invoice in from the ledger, and attach the PDF to the claim as evidence."
    )


def attachments(
    name: str, content: bytes, password: str | None
) -> list[tuple[str, bytes]]:
    """The XML files inside by name, those with a known name first.

    Raises `PasswordNeeded`, `PasswordWrong`, `PdfBroken`, `PdfWithoutInvoice`.
    """
    try:
        with pikepdf.open(io.BytesIO(content), password=password or "") as pdf:
            found = dict(_files(pdf))
    except pikepdf.PasswordError as error:
        raise (PasswordWrong if password else PasswordNeeded)(name=name) from error
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
    ) as error:
        raise PdfBroken(name=name) from error
    if not found:
        raise PdfWithoutInvoice(name=name)
    return sorted(found.items(), key=lambda each: each[0].casefold() not in _NAMES)


def _files(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    """From the list of attachments, and from the associated files some programs name only there."""
    for named, file in pdf.attachments.items():
        if named.casefold().endswith(".xml"):
            yield named, file.get_file().read_bytes()
    associated = pdf.Root.get("/AF")
    for entry in associated if isinstance(associated, pikepdf.Array) else ():
        named = str(entry.get("/UF", entry.get("/F", "")))
        stream = entry.get("/EF", pikepdf.Dictionary()).get("/F")
        if named.casefold().endswith(".xml") and isinstance(stream, pikepdf.Stream):
            yield named, stream.read_bytes()
