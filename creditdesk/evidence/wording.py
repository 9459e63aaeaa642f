"""Reads the words of a file's first pages, by which one tells whose it is; runs in a child process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pypdfium2 as pdfium

from creditdesk.domain.base.evidence import PDF
from creditdesk.evidence import recogniser, recognising
from creditdesk.evidence.laying import Laid

_PAGES: Final = 20
_LETTERS: Final = 100_000
_MARKUP: Final = (b"<", b"\xef\xbb\xbf<")
_SCALE: Final = 200 / 72
"""A page is drawn with 200 dots per inch to be read."""


def text_of(laid: Laid, path: Path, media: str) -> str:
    """The words of what was laid out of a file, of an XML file as it is; empty where they can't be read.

    Where the first page is a picture, Tesseract reads it if it is installed.
    """
    with path.open("rb") as file:
        head = file.read(4 * _LETTERS)
    if media != PDF and head.lstrip().startswith(_MARKUP):
        return head.decode("utf-8", errors="ignore")[:_LETTERS]
    pdfs = (path,) if media == PDF else tuple(_saved(laid, path))
    text = "\n".join(map(_of_pages, pdfs)).strip()
    if not text and pdfs and recogniser.reads_pictures():
        text = _recognised(pdfs[0])
    return text[:_LETTERS]


def _saved(laid: Laid, near: Path) -> Iterator[Path]:
    """What was laid out of a mail, a picture, an archive: each part as a file."""
    for number, part in enumerate(laid.parts[:_PAGES]):
        made = near.with_name(f"{near.name}-words-{number}.pdf")
        part.pdf.save(made)
        yield made


def _of_pages(path: Path) -> str:
    try:
        with pdfium.PdfDocument(path) as document:
            pages = (document[number] for number in range(min(_PAGES, len(document))))
            return "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    except (pdfium.PdfiumError, ValueError, OSError):
        return ""


def _recognised(path: Path) -> str:
    try:
        with pdfium.PdfDocument(path) as document:
            drawn = document[0].render(scale=_SCALE, grayscale=True).to_pil()
            picture = path.with_suffix(".png")
            drawn.save(picture)
    except (pdfium.PdfiumError, ValueError, OSError):
        return ""
    return recognising.words_of(picture)
