"""Reads a bound package back; runs in a child process.

Every page is looked at by its structure, and as a reader of another make shows it: every unusual one, and a sample of
ours and of the rest.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from creditdesk.evidence.opening import mapped
from creditdesk.evidence.sheets import DRAWING
from creditdesk.reports.binding import Bound

_MAPPED = 400 * 1024 * 1024
_SAMPLE = 20
_MOST_ODD = 200
"""Of a package of photographs every page is unusual; then so many of them are looked at."""


def is_whole(path: Path, bound: Bound) -> bool:
    """Whether each page is there with its number, draws what was put on it and has what that takes."""
    return _stands(path, bound) and _is_read(path, bound)


def _stands(path: Path, bound: Bound) -> bool:
    operators = bound.operators
    with mapped(path, _MAPPED) as pdf:
        if len(pdf.pages) != len(operators) or pdf.get_warnings():
            return False
        whole = all(
            _has(page.obj, bound=put is not None)
            for page, put in zip(pdf.pages, operators, strict=True)
        )
        drawn = (
            (pdf.pages[number - 1].obj.Contents, put)
            for number in _looked_at(bound)
            if (put := operators[number - 1]) is not None
        )
        return whole and all(found.read_bytes() == put for found, put in drawn)


def _has(page: pikepdf.Object, *, bound: bool) -> bool:
    """Of its drawings only the names are looked at: to read them all takes as long as to write them."""
    if not isinstance(page.get("/Contents"), pikepdf.Stream | pikepdf.Array):
        return False
    resources = page.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary) or "/Font" not in resources:
        return False
    return not bound or DRAWING in resources.get("/XObject", ())


def _is_read(path: Path, bound: Bound) -> bool:
    numbers = bound.numbers
    with pdfium.PdfDocument(path) as document:
        if len(document) != len(numbers):
            return False
        return all(
            numbers[number - 1] in text
            for number in _looked_at(bound)
            if (text := _text(document, number)) is not None
        )


def _looked_at(bound: Bound) -> Iterator[int]:
    ours = [at for at, put in enumerate(bound.operators, 1) if put is None]
    rest = [at for at, put in enumerate(bound.operators, 1) if put is not None]
    odd = sorted(bound.odd)
    some = {*_sample(ours, _SAMPLE), *_sample(rest, _SAMPLE), *_sample(odd, _MOST_ODD)}
    yield from sorted(some)


def _sample(pages: Sequence[int], most: int) -> Sequence[int]:
    """So many of them, evenly, and the last."""
    return [*pages[:: max(1, -(-len(pages) // most))], *pages[-1:]]


def _text(document: pdfium.PdfDocument, number: int) -> str | None:
    """What it reads there; None for a page it can't show, which is not judged."""
    try:
        page = document[number - 1]
        text = page.get_textpage()
        return str(text.get_text_bounded())
    except (pdfium.PdfiumError, ValueError):
        return None
