"""Turns one piece of evidence into A4 sheets with room for stamps; runs in a child process.

The page's own drawing is kept as it is and only placed smaller, so text stays text and form fields stay fields.
"""

import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from creditdesk.domain.base.evidence import PDF, Refused
from creditdesk.i18n import Message
from creditdesk.reports.quieting import draw_fields, drop, harmless, quieten

A4 = (595.28, 841.89)
_SMALLEST = 1.0
_TURNS = (0, 90, 180, 270)
_DROPPED_KEYS = (
    "/AA", "/TrimBox", "/BleedBox", "/ArtBox", "/UserUnit", "/Thumb", "/PieceInfo", "/Metadata", "/B", "/Trans", "/Dur",
)  # fmt: skip
_POINTS_KEYS = ("/QuadPoints", "/Vertices", "/L", "/CL")


@dataclass(frozen=True, slots=True)
class Margins:
    """Room kept free around the content of a sheet, in points."""

    left: float = 34.0
    right: float = 18.0
    top: float = 40.0
    bottom: float = 40.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of a piece. `pages` 0: it can't be bound and `reason` says why."""

    pages: int
    repaired: bool = False
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One piece to prepare: where its bytes are, what they are, where the sheets go."""

    source: Path
    media: str
    target: Path
    margins: Margins = Margins()


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float


def prepare_all(jobs: tuple[Job, ...]) -> tuple[Prepared, ...]:
    """In the child process: every piece prepared or refused with its reason."""
    return tuple(_prepare(job) for job in jobs)


def prepare_one(job: Job) -> Prepared:
    """In the child process: one piece alone, after the batch it was in failed."""
    return _prepare(job)


def _prepare(job: Job) -> Prepared:
    # The readers are heavy and read foreign files: only the child loads them.
    from creditdesk.evidence import OpenedPdf, open_pdf  # noqa: PLC0415 - see above
    from creditdesk.reports.pictures import picture_pdf  # noqa: PLC0415 - see above

    try:
        opened = (
            open_pdf(job.source)
            if job.media == PDF
            else OpenedPdf(picture_pdf(job.source), repaired=False)
        )
        with opened.pdf as pdf:
            _make_sheets(pdf, job.margins)
            pdf.save(job.target, encryption=False)
            return Prepared(len(pdf.pages), opened.repaired)
    except Refused as refused:
        return Prepared(0, reason=refused.reason)


def _make_sheets(pdf: pikepdf.Pdf, margins: Margins) -> None:
    quieten(pdf)
    draw_fields(pdf)
    moved: set[tuple[int, int]] = set()
    for page in pdf.pages:
        _place(pdf, page, margins, moved)


def _place(
    pdf: pikepdf.Pdf,
    page: pikepdf.Page,
    margins: Margins,
    moved: set[tuple[int, int]],
) -> None:
    box, turn, unit = _visible(page), _turn(page), _unit(page)
    upright = turn in (0, 180)
    wide, high = (box.width, box.height) if upright else (box.height, box.width)
    sheet = _sheet_for(wide * unit, high * unit, margins)
    room = _Box(
        margins.left,
        margins.bottom,
        sheet[0] - margins.left - margins.right,
        sheet[1] - margins.bottom - margins.top,
    )
    scale = unit * min(1.0, room.width / (wide * unit), room.height / (high * unit))
    shown = _Box(
        room.x + (room.width - scale * wide) / 2,
        room.y + (room.height - scale * high) / 2,
        scale * wide,
        scale * high,
    )
    corner = _unturned(shown, sheet, turn)
    matrix = (scale, corner[0] - scale * box.x, corner[1] - scale * box.y)
    _draw(pdf, page, box, matrix)
    _move_annotations(page, matrix, moved)
    size = sheet if upright else (sheet[1], sheet[0])
    page.obj.MediaBox = Array([0, 0, *size])
    page.obj.CropBox = Array([0, 0, *size])
    page.obj.Rotate = turn
    for key in _DROPPED_KEYS:
        drop(page.obj, key)


def _sheet_for(wide: float, high: float, margins: Margins) -> tuple[float, float]:
    """A4 upright unless lying gives the content clearly more room."""
    upright, lying = A4, (A4[1], A4[0])

    def scale(sheet: tuple[float, float]) -> float:
        room = (
            sheet[0] - margins.left - margins.right,
            sheet[1] - margins.top - margins.bottom,
        )
        return min(1.0, room[0] / wide, room[1] / high)

    return upright if scale(upright) >= 0.9 * scale(lying) else lying


def _unturned(
    shown: _Box, sheet: tuple[float, float], turn: int
) -> tuple[float, float]:
    """The lower left corner, in the page's own coordinates, of a rectangle given as the reader sees it."""
    right = sheet[0] - shown.x - shown.width
    top = sheet[1] - shown.y - shown.height
    return {
        0: (shown.x, shown.y),
        90: (top, shown.x),
        180: (right, top),
        270: (shown.y, right),
    }[turn]


def _draw(
    pdf: pikepdf.Pdf,
    page: pikepdf.Page,
    box: _Box,
    matrix: tuple[float, float, float],
) -> None:
    """Put the page's own drawing, closed in itself, where the matrix says."""
    drawing = _drawing(pdf, page.obj.get("/Contents"))
    drawing.Type, drawing.Subtype = Name.XObject, Name.Form
    drawing.BBox = Array([box.x, box.y, box.x + box.width, box.y + box.height])
    drawing.Resources = page.resources
    group = page.obj.get("/Group")
    if isinstance(group, Dictionary):
        drawing.Group = group
        del page.obj.Group
    scale, dx, dy = matrix
    placed = f"q {scale:.6f} 0 0 {scale:.6f} {dx:.4f} {dy:.4f} cm /Evidence Do Q\n"
    page.obj.Resources = Dictionary(XObject=Dictionary(Evidence=drawing))
    page.obj.Contents = pdf.make_stream(placed.encode("ascii"))


def _drawing(pdf: pikepdf.Pdf, contents: object) -> pikepdf.Stream:
    """The page's content as one new stream; a single one is taken over as it is packed."""
    if isinstance(contents, pikepdf.Stream):
        taken = pikepdf.Stream(pdf, contents.read_raw_bytes())
        for key in ("/Filter", "/DecodeParms"):
            if key in contents:
                taken[key] = contents[key]
        return taken
    parts = list(contents) if isinstance(contents, Array) else []
    streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
    return pdf.make_stream(b"\n".join(_unpacked(stream) for stream in streams))


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        # What a viewer would still show of a damaged part.
        with suppress(zlib.error):
            return zlib.decompressobj().decompress(stream.read_raw_bytes())
        return b""


def _move_annotations(
    page: pikepdf.Page,
    matrix: tuple[float, float, float],
    moved: set[tuple[int, int]],
) -> None:
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, Array):
        drop(page.obj, "/Annots")
        return
    kept = [note for note in annotations if harmless(note)]
    for note in kept:
        # One annotation may hang on two pages; it must move once.
        if not note.is_indirect or note.objgen not in moved:
            moved.add(note.objgen)
            _move(note, matrix)
    page.obj.Annots = Array(kept)


def _move(note: pikepdf.Object, matrix: tuple[float, float, float]) -> None:
    for key in ("/Rect", *_POINTS_KEYS):
        points = note.get(key)
        if isinstance(points, Array):
            note[key] = _moved_points(points, matrix)
    strokes = note.get("/InkList")
    if isinstance(strokes, Array):
        note.InkList = Array(
            [
                _moved_points(stroke, matrix)
                for stroke in strokes
                if isinstance(stroke, Array)
            ]
        )


def _moved_points(points: Array, matrix: tuple[float, float, float]) -> Array:
    scale, dx, dy = matrix
    return Array(
        [
            round(_number(value) * scale + (dy if index % 2 else dx), 3)
            for index, value in enumerate(points)
        ]
    )


def _visible(page: pikepdf.Page) -> _Box:
    """What of the page is shown: crop within media, A4 where neither makes sense."""
    media = _box(page, "mediabox")
    crop = _box(page, "cropbox")
    if media is None:
        return crop or _Box(0, 0, *A4)
    if crop is None:
        return media
    x, y = max(media.x, crop.x), max(media.y, crop.y)
    right = min(media.x + media.width, crop.x + crop.width)
    top = min(media.y + media.height, crop.y + crop.height)
    both = _Box(x, y, right - x, top - y)
    return both if min(both.width, both.height) >= _SMALLEST else media


def _box(page: pikepdf.Page, kind: str) -> _Box | None:
    try:
        values = [_number(value) for value in getattr(page, kind)]
    except (AttributeError, TypeError, ValueError, RuntimeError, pikepdf.PdfError):
        return None
    if len(values) != 4:
        return None
    x, y = min(values[0], values[2]), min(values[1], values[3])
    box = _Box(x, y, abs(values[2] - values[0]), abs(values[3] - values[1]))
    return box if min(box.width, box.height) >= _SMALLEST else None


def _turn(page: pikepdf.Page) -> int:
    try:
        turn = int(page.rotation) % 360
    except (AttributeError, TypeError, ValueError, RuntimeError, pikepdf.PdfError):
        return 0
    return turn if turn in _TURNS else 0


def _unit(page: pikepdf.Page) -> float:
    unit = _number(page.obj.get("/UserUnit", 1))
    return unit if unit > 0 else 1.0


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]  # whatever a foreign file has there
    except (TypeError, ValueError):
        return 0.0
