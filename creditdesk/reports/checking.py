"""Reads a written PDF back; runs in a child process."""

from pathlib import Path

import pypdfium2 as pdfium


def pages_without(path: Path, texts: tuple[str, ...]) -> tuple[int, ...]:
    """The pages, from 1, that are not there or lack their text; a page pdfium can't show is not judged."""
    lacking: list[int] = []
    with pdfium.PdfDocument(path) as document:
        lacking.extend(range(len(document) + 1, len(texts) + 1))
        for number, text in enumerate(texts[: len(document)], start=1):
            try:
                found = document[number - 1].get_textpage().get_text_bounded()
            except (pdfium.PdfiumError, ValueError):
                continue
            if text not in found:
                lacking.append(number)
    return tuple(lacking)
