"""A PDF as one picture to send by chat: its pages below one another."""

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from creditdesk.outputs import beside
from creditdesk.reports.pages import one_at_a_time

_SCALE = 2.0
"""Points of the picture a point of the page: readable on a telephone."""


def write(pdf: Path, path: Path) -> int:
    """Draw the pages of `pdf` into the PNG at `path`; the answer is how many. Raises what `beside` raises."""
    with one_at_a_time():
        document = pdfium.PdfDocument(pdf)
        try:
            drawn = [page.render(scale=_SCALE).to_pil() for page in document]
        finally:
            document.close()
    wide, high = max(each.width for each in drawn), sum(each.height for each in drawn)
    whole = Image.new("RGB", (wide, high), "white")
    top = 0
    for each in drawn:
        whole.paste(each, (0, top))
        top += each.height
    with beside(path) as new:
        whole.save(new, "PNG", optimize=True)
    return len(drawn)
