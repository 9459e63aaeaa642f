"""Opens foreign PDFs; runs in a child process, for they may be damaged or hostile."""

import io
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pikepdf

from creditdesk.domain.base.evidence import EvidenceState, Refused
from creditdesk.i18n import N_, Message

MAX_PAGES: Final = 3000


_SMALL = 512 * 1024
"""Bytes of a piece that is mapped: a thousand of them take a third of the memory a reader has."""


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """A PDF that qpdf can work with; `repaired` when it was damaged and something was put right."""

    pdf: pikepdf.Pdf
    repaired: bool


def mapped(path: Path, most: int) -> pikepdf.Pdf:
    """The PDF, its file mapped into memory where it has no more bytes than these: that is read four times as fast.

    What is mapped counts against the limit of memory a reader has, so a large file is read as a stream.
    """
    if path.stat().st_size <= most:
        with suppress(OSError):
            return pikepdf.open(path, access_mode=pikepdf.AccessMode.mmap_only)
    return pikepdf.open(path)


def open_pdf(path: Path) -> OpenedPdf:
    """The PDF, put right where it was damaged; one whose user password is empty opens. Raises `Refused`."""
    try:
        pdf = mapped(path, _SMALL)
        pages = len(pdf.pages)
        repaired = bool(pdf.get_warnings())
    except pikepdf.PasswordError as error:
        raise Refused(
            Message(
                N_("it is protected by a password; save it without one and attach that")
            ),
            EvidenceState.NEEDS_PASSWORD,
        ) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, AttributeError, TypeError):
        pdf = _rescued(path)
        pages, repaired = len(pdf.pages), True
    if not 0 < pages <= MAX_PAGES:
        raise Refused(page_count(pages))
    return OpenedPdf(pdf, repaired)


def page_count(pages: int) -> Message:
    """Why so many can't be bound."""
    if pages:
        return Message.of(
            N_("it has {pages} pages, more than the {most} that can be bound"),
            pages=pages,
            most=MAX_PAGES,
        )
    return Message(N_("it has no pages"))


def _rescued(path: Path) -> pikepdf.Pdf:
    """What pdfium can still read of a file whose structure qpdf gives up on."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - only a hopeless file needs it

    try:
        source = pdfium.PdfDocument(path)
        copy = pdfium.PdfDocument.new()
        copy.import_pages(source)
        whole = io.BytesIO()
        copy.save(whole)
        return pikepdf.open(whole)
    except (pdfium.PdfiumError, pikepdf.PdfError, ValueError) as error:
        raise Refused(Message(N_("the PDF is damaged beyond repair"))) from error
