"""Binds our own pages and prepared evidence into one file: stamps, bookmarks, links, embedded files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from creditdesk.reports.binder import Sheaf
from creditdesk.reports.page import WIDTH, Link, stamp
from creditdesk.reports.pdf import Document
from creditdesk.reports.typeset import Sheets, Typesetter

_TURNED = {
    90: "0 1 -1 0 {width} 0 cm",
    180: "-1 0 0 -1 {width} {height} cm",
    270: "0 -1 1 0 0 {height} cm",
}
_SEAL_FROM = 3
"""A copy of more than two pages is sealed across its pages (rules.md 5.1)."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """The words stamped on evidence. `page` has the places {number} and {total}."""

    foot: str
    page: str
    cross_seal: str
    original: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is bound: our pages, then the sheaves; `labels` belong to the sheaves in their order."""

    front: Path
    document: Document
    sheaves: Sequence[Sheaf]
    labels: Sequence[str]
    bookmarks: Sequence[str]
    stamps: Stamps
    title: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    label: str
    size: tuple[float, float]
    seal: bool
    original: bool


def bind(bundle: Bundle, target: Path, folder: Path) -> int:
    """Write the whole file; the answer is its number of pages."""
    with pikepdf.open(bundle.front) as whole:
        front = len(whole.pages)
        starts = [_append(whole, sheaf) for sheaf in bundle.sheaves]
        sheets = _sheets(whole, bundle)
        stamped = folder / "stamps.pdf"
        _write_stamps(stamped, sheets, bundle.stamps, front, len(whole.pages))
        _stamp(whole, stamped, front)
        _link(whole, bundle.document.links)
        _outline(whole, bundle, starts)
        _describe(whole, bundle.title)
        whole.remove_unreferenced_resources()
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(whole.pages)


def _append(whole: pikepdf.Pdf, sheaf: Sheaf) -> int:
    """Add a sheaf's pages with their form fields, layers and embedded files; the answer is its first page."""
    first = len(whole.pages) + 1
    with pikepdf.open(sheaf.path) as source:
        whole.add_pages_from(source)
        form = source.Root.get("/AcroForm")
        drawn_later = isinstance(form, Dictionary) and form.get("/NeedAppearances")
        if drawn_later and "/AcroForm" in whole.Root:
            whole.Root.AcroForm.NeedAppearances = True
        _keep_layers(whole, source)
        for name, found in source.attachments.items():
            kept = f"{sheaf.piece.item} {sheaf.piece.file_name} {name}"
            data = found.get_file().read_bytes()
            whole.attachments[kept] = pikepdf.AttachedFileSpec(
                whole,
                data,
                filename=name,
                description=kept,
                mime_type=found.get_file().mime_type or "application/octet-stream",
                creation_date="",
                mod_date="",
            )
    return first


def _keep_layers(whole: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """Layers that are off in the piece stay off in the package."""
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return
    copied = whole.copy_foreign(source.make_indirect(layers))
    if "/OCProperties" not in whole.Root:
        whole.Root.OCProperties = copied
        return
    ours = whole.Root.OCProperties
    _extend(ours, "/OCGs", copied)
    _extend(ours.D, "/OFF", copied.get("/D", Dictionary()))


def _extend(ours: pikepdf.Object, key: str, theirs: pikepdf.Object) -> None:
    if key not in ours:
        ours[key] = Array()
    for thing in theirs.get(key, Array()):
        ours[key].append(thing)


def _sheets(whole: pikepdf.Pdf, bundle: Bundle) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    front = len(whole.pages) - sum(sheaf.pages for sheaf in bundle.sheaves)
    for sheaf, label in zip(bundle.sheaves, bundle.labels, strict=True):
        for number in range(sheaf.pages):
            page = whole.pages[front + len(sheets)]
            part = f"{label} {number + 1}/{sheaf.pages}"
            seal = sheaf.pages >= _SEAL_FROM
            sheets.append(_Sheet(part, _shown_size(page), seal, sheaf.piece.original))
    return sheets


def _shown_size(page: pikepdf.Page) -> tuple[float, float]:
    width, height = float(page.mediabox[2]), float(page.mediabox[3])
    return (width, height) if page.rotation in (0, 180) else (height, width)


def _write_stamps(
    path: Path, sheets: Sequence[_Sheet], words: Stamps, front: int, total: int
) -> None:
    typesetter = Typesetter()
    canvas = Sheets(str(path))
    for number, sheet in enumerate(sheets, front + 1):
        canvas.setPageSize(sheet.size)
        told = words.page.format(number=number, total=total)
        stamp(
            canvas,
            typesetter,
            label=sheet.label,
            foot=words.foot,
            number=told,
            size=sheet.size,
        )
        if sheet.seal:
            _cross_seal(canvas, typesetter, words.cross_seal, sheet.size)
        if sheet.original:
            _original(canvas, typesetter, words.original, sheet.size)
        canvas.showPage()
    canvas.save()


def _cross_seal(
    canvas: Canvas, typesetter: Typesetter, text: str, size: tuple[float, float]
) -> None:
    """Half a dotted circle at the outer edge: laid like a fan, the edges make room for one seal."""
    canvas.saveState()
    canvas.setStrokeColor(HexColor("#8A94A1"))
    canvas.setLineWidth(0.5)
    canvas.setDash(1, 2)
    canvas.line(size[0] - 14, size[1] / 2 - 40, size[0] - 14, size[1] / 2 + 40)
    canvas.setFillColor(HexColor("#5A6573"))
    canvas.translate(size[0] - 5, size[1] / 2)
    canvas.rotate(90)
    wide = typesetter.width(text, 6)
    typesetter.draw(canvas, text, -wide / 2, 0, 6)
    canvas.restoreState()


def _original(
    canvas: Canvas, typesetter: Typesetter, text: str, size: tuple[float, float]
) -> None:
    canvas.saveState()
    canvas.setStrokeColor(HexColor("#5A6573"))
    canvas.setLineWidth(0.5)
    canvas.setDash(1, 2)
    x = size[0] - (WIDTH - 544) - 200
    canvas.rect(x, 42, 200, 66)
    canvas.setFillColor(HexColor("#5A6573"))
    typesetter.draw(canvas, text, x + 8, 96, 8.5)
    canvas.restoreState()


def _stamp(whole: pikepdf.Pdf, stamped: Path, front: int) -> None:
    """Draw each stamp page's few operators on its sheet, upright as the reader sees it, all with the same fonts."""
    with pikepdf.open(stamped) as stamps:
        for offset, source in enumerate(stamps.pages):
            page = whole.pages[front + offset]
            if "/Font" in source.resources:
                page.resources.Font = whole.copy_foreign(source.resources.Font)
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            turn = _TURNED.get(page.rotation, "").format(width=width, height=height)
            drawn = source.obj.Contents.read_bytes()
            page.contents_add(f"q {turn}\n".encode() + drawn + b"\nQ\n")


def _link(whole: pikepdf.Pdf, links: Sequence[Link]) -> None:
    for link in links:
        if not 0 < link.target <= len(whole.pages):
            continue
        page = whole.pages[link.page - 1]
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array(list(link.area)),
            Border=Array([0, 0, 0]),
            Dest=Array([whole.pages[link.target - 1].obj, Name.Fit]),
        )
        if "/Annots" not in page.obj:
            page.obj.Annots = Array()
        page.obj.Annots.append(whole.make_indirect(note))


def _outline(whole: pikepdf.Pdf, bundle: Bundle, starts: Sequence[int]) -> None:
    with whole.open_outline() as outline:
        outline.root.clear()
        for mark in bundle.document.bookmarks:
            outline.root.append(pikepdf.OutlineItem(mark.title, mark.page - 1))
        for title, start in zip(bundle.bookmarks, starts, strict=True):
            outline.root.append(pikepdf.OutlineItem(title, start - 1))


def _describe(whole: pikepdf.Pdf, title: str) -> None:
    whole.docinfo.Title = title
    whole.Root.PageMode = Name.UseOutlines
    whole.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    whole.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
