"""Reads the words of a file's first pages, by which one tells whose it is; runs in a child process."""

from pathlib import Path
from typing import Final

import pypdfium2 as pdfium

from creditdesk.domain.base.evidence import PDF

_PAGES: Final = 20
_LETTERS: Final = 100_000
_MARKUP: Final = (b"<", b"\xef\xbb\xbf<")


def text_of(path: Path, media: str) -> str:
    """The words of a PDF's first pages or of an XML file; empty for pictures, and where they can't be read."""
    if media == PDF:
        return _of_pages(path)[:_LETTERS]
    with path.open("rb") as file:
        head = file.read(4 * _LETTERS)
    if head.lstrip().startswith(_MARKUP):
        return head.decode("utf-8", errors="ignore")[:_LETTERS]
    return ""


def _of_pages(path: Path) -> str:
    try:
        with pdfium.PdfDocument(path) as document:
            pages = (document[number] for number in range(min(_PAGES, len(document))))
            return "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    except (pdfium.PdfiumError, ValueError, OSError):
        return ""
