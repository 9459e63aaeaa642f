"""Makes pictures of the pages on which places are blackened; runs in a child process.

Nothing of such a page stays but the picture: neither its text, fields, notes and drawings nor what the file has beside
its pages. A paper whose places can't be blackened isn't bound.
"""

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import sqrt
from typing import Final

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageDraw

from creditdesk.domain.base.areas import Area
from creditdesk.domain.base.evidence import EvidenceState, Refused
from creditdesk.domain.claim.excerpts import Excerpt
from creditdesk.evidence.cutting import HANGS_ON, LEADS_ELSEWHERE, leave_inside, let_go
from creditdesk.evidence.laying import Laid, Part
from creditdesk.evidence.pictures import picture_stream
from creditdesk.evidence.quieting import draw_fields
from creditdesk.evidence.sheets import unit_of
from creditdesk.i18n import N_, Message

DPI: Final = 200
_INCH = Decimal("25.4")
_POINTS = 72
_MOST_DOTS = 40_000_000
"""A page of a metre and more is drawn coarser than this many dots would be."""
_ONE = N_("1 place on page {page} blackened")
_SEVERAL = N_("{count} places on page {page} blackened")


def blacken(laid: Laid, excerpt: Excerpt) -> None:
    """The pages with places to blacken become pictures with these in black. What has none stays as it is.

    Where that fails nothing is bound, and `reason` says why.
    """
    areas = _by_page(excerpt)
    if not areas or not laid.parts:
        return
    try:
        _blacken(laid, areas)
    except (Refused, pdfium.PdfiumError, pikepdf.PdfError, ValueError) as error:
        _refuse(laid, error)
        return
    shown = frozenset(excerpt.numbers(laid.pages))
    told = [
        Message.of(_SEVERAL if len(mine) > 1 else _ONE, count=len(mine), page=page)
        for page, mine in areas.items()
        if page in shown
    ]
    laid.remarks[:0] = told
    leave_inside(laid, N_("files in it are left out, for places are blackened: {names}"))  # fmt: skip


def _refuse(laid: Laid, error: Exception) -> None:
    failed = N_("its places could not be blackened: {reason}")
    reason = (
        error.reason
        if isinstance(error, Refused)
        else Message.of(failed, reason=str(error))
    )
    for part in laid.parts:
        part.pdf.close()
    laid.parts.clear()
    laid.inside.clear()
    laid.remarks.clear()
    laid.reason, laid.state = reason, EvidenceState.UNREADABLE


def _by_page(excerpt: Excerpt) -> dict[int, list[Area]]:
    found: dict[int, list[Area]] = defaultdict(list)
    for area in excerpt.blackened:
        found[area.page].append(area)
    return found


def _blacken(laid: Laid, areas: Mapping[int, Sequence[Area]]) -> None:
    beyond = [page for page in areas if page > laid.pages]
    if beyond:
        told = N_("places on page {page} are to be blackened, which it doesn't have")
        raise Refused(Message.of(told, page=beyond[0]))
    before = 0
    for number, part in enumerate(laid.parts):
        count = len(part.pdf.pages)
        mine = {
            page - before - 1: each
            for page, each in areas.items()
            if before < page <= before + count
        }
        if mine:
            laid.parts[number] = _blackened(part, mine)
        before += count


def _blackened(part: Part, areas: Mapping[int, Sequence[Area]]) -> Part:
    """`areas` by the number of the page in this part, from 0."""
    pdf = part.pdf
    draw_fields(pdf)
    seen = io.BytesIO()
    pdf.save(seen)
    with pdfium.PdfDocument(seen.getvalue()) as shown:
        shown.init_forms()
        if len(shown) != len(pdf.pages):
            raise Refused(Message(N_("its pages can't be shown, so no place on them is blackened")))  # fmt: skip
        pdf.flatten_annotations(mode="all")
        for number, mine in areas.items():
            _become_picture(pdf, number, shown[number], mine)
    # What names fields, headings or texts of the page lies beside the pages, and other pages may list its pictures.
    pdf.remove_unreferenced_resources()
    for page in pdf.pages:
        let_go(page.obj, HANGS_ON)
    let_go(pdf.Root, LEADS_ELSEWHERE)
    marks = tuple(mark for mark in part.marks if mark.page not in areas)
    return replace(part, marks=marks)


def _become_picture(
    pdf: pikepdf.Pdf, number: int, shown: pdfium.PdfPage, areas: Sequence[Area]
) -> None:
    page = pdf.pages[number].obj
    unit = unit_of(pdf.pages[number])
    width, height = shown.get_size()
    dots = DPI * unit / _POINTS
    scale = min(dots, sqrt(_MOST_DOTS / (width * height)))
    image = shown.render(scale=scale).to_pil().convert("RGB")
    _paint(image, areas, Decimal(scale * _POINTS / unit) / _INCH)
    for key in list(page.keys()):
        if key not in ("/Type", "/Parent"):
            del page[key]
    page.MediaBox = Array([0, 0, width, height])
    page.CropBox = page.MediaBox
    page.Rotate = 0
    if unit != 1:
        page.UserUnit = unit
    drawn = picture_stream(pdf, _plain(image), lossy=_is_photo(image))
    page.Resources = Dictionary(XObject=Dictionary(Picture=drawn))
    page.Contents = pdf.make_stream(
        f"{width:.4f} 0 0 {height:.4f} 0 0 cm /Picture Do".encode("ascii")
    )
    page.Type = Name.Page


def _paint(image: Image.Image, areas: Sequence[Area], dots: Decimal) -> None:
    """Paint the places black; `dots` a millimetre. Raises `Refused` for one that is nowhere on the page."""
    draw = ImageDraw.Draw(image)
    for area in areas:
        left, top = (_down(each * dots) for each in (area.left, area.top))
        right = _up((area.left + area.width) * dots)
        bottom = _up((area.top + area.height) * dots)
        if left >= image.width or top >= image.height:
            told = N_("the place {area} to be blackened lies beside its page")
            raise Refused(Message.of(told, area=str(area)))
        draw.rectangle((left, top, right, bottom), fill="black")


def _down(dots: Decimal) -> int:
    return int(dots.to_integral_value(ROUND_FLOOR))


def _up(dots: Decimal) -> int:
    return int(dots.to_integral_value(ROUND_CEILING))


def _plain(image: Image.Image) -> Image.Image:
    """Grey where it has no colour."""
    grey = image.convert("L")
    return grey if not ImageChops.difference(image, grey.convert("RGB")).getbbox() else image  # fmt: skip


def _is_photo(image: Image.Image) -> bool:
    """Whether it has more tones than a typed page."""
    return image.convert("RGB").resize((400, 400)).getcolors(maxcolors=4096) is None
