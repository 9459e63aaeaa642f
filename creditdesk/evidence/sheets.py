"""Turns the pages of a foreign PDF into A4 sheets with room for stamps; runs in a child process.

A page's own drawing is kept as it is, closed in itself and only placed smaller, so text stays text and form fields
stay fields. What is much longer than a sheet (a till roll, the picture of a conversation) is cut over several.
"""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from creditdesk.evidence.quieting import draw_fields, harmless

A4 = (595.28, 841.89)
DRAWING: Final = "/CreditDeskSheet"
"""Under this name a sheet has its page's own drawing."""
MANY_NOTES: Final = 500
"""More annotations than this on one page are drawn into it: some readers give up on them."""
_SMALLEST = 1.0
_LONG = 2.5
"""What is so many times as high as it is wide is cut; a phone's screen is 2.2."""
_OVERLAP = 14.0
"""Points of the cut part before that are seen again, so that no line is lost in a cut."""
_MOST_CUTS = 60
_DEEPEST_FORM = 5
_TURNS = (0, 90, 180, 270)
_KEPT_KEYS = frozenset(
    {"/Type", "/Parent", "/Resources", "/Annots", "/Contents", "/MediaBox", "/Rotate"}
)
_GREY = "/CreditDeskGrey"
_WHITENED = "q {} gs 1 g 0 0 {:g} {:g} re f Q\n"
"""White laid over everything with the blend mode Color: what is below keeps its lightness and loses its colour
(ISO 32000-2, 11.3.5.3), text stays text, and no picture is packed anew."""
_POINTS_KEYS = ("/QuadPoints", "/Vertices", "/L", "/CL")


@dataclass(frozen=True, slots=True)
class Margins:
    """Room kept free around the content of a sheet, in points: 25 mm to bind it, and what is stamped."""

    left: float = 70.87
    right: float = 32.0
    top: float = 40.0
    bottom: float = 40.0

    @property
    def mirrored(self) -> "Margins":
        """As on the back of a sheet, which is bound at its right."""
        return replace(self, left=self.right, right=self.left)


@dataclass(frozen=True, slots=True)
class Laying:
    """How the pages of a file come onto sheets.

    `duplex`: they are printed on both sides, and the first of them comes after `before` others of its piece.
    `grey`: they lose their colours.
    """

    margins: Margins = Margins()
    duplex: bool = False
    grey: bool = False
    before: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it is to be shown: its size and turn, and the operators that place the page's drawing on it.

    `odd`: an unusual page; a reader of another make looks at what became of it. `silent`: it has no font, so no text
    that can be searched. `verso`: it is the back of a sheet. `coloured`: what hangs on it keeps its colours.
    """

    size: tuple[float, float]
    turn: int
    placed: bytes
    odd: bool
    silent: bool = False
    verso: bool = False
    coloured: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float


def make_sheets(pdf: pikepdf.Pdf, laying: Laying) -> list[Sheet]:
    """The sheets of a PDF, in the order of its pages: those it has afterwards. Its pages are placed, not yet drawn."""
    draw_fields(pdf)
    made = _Made(pdf, laying)
    for page in list(pdf.pages):
        at = len(made.sheets)
        made.place(page)
        for number in range(at + 1, len(made.sheets)):
            pdf.pages.insert(number, _again(pdf, page))
    return made.sheets


def _again(pdf: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Page:
    return pikepdf.Page(pdf.make_indirect(copy(page.obj)))


class _Made:
    """The sheets made so far of one PDF."""

    def __init__(self, pdf: pikepdf.Pdf, laying: Laying) -> None:
        self.sheets: list[Sheet] = []
        self._pdf, self._laying = pdf, laying
        self._moved: set[tuple[int, int]] = set()
        self._taken: set[tuple[int, int]] = set()
        self._grey: pikepdf.Object | None = None

    def place(self, page: pikepdf.Page) -> None:
        """Place the next page."""
        box, turn = _visible(page), _turn(page)
        placed = self._placed(box, turn, unit_of(page))
        sheet = placed.sheets[0]
        noted = "/Annots" in page.obj
        if len(placed.sheets) == 1 and noted:
            _move_annotations(page, placed.matrix, self._moved)
            coloured = self._laying.grey and _shows(page)
            sheet = replace(sheet, odd=True, coloured=coloured)
            placed = replace(placed, sheets=(sheet,))
        _close(self._pdf, page, box, self._taken)
        page.obj.MediaBox = Array([0, 0, *sheet.size])
        page.obj.Rotate = turn
        if self._laying.grey:
            self._whiten(page.obj)
        silent = not _has_font(page.obj.Resources)
        self.sheets += (
            (replace(each, silent=True) for each in placed.sheets)
            if silent
            else placed.sheets
        )

    def _placed(self, box: _Box, turn: int, unit: float) -> "_Placed":
        """Of a piece that begins on a right-hand page every second sheet is a back, bound at its other side."""
        laying = self._laying
        margins = laying.margins
        front = _placed(box, turn, unit, margins, grey=laying.grey)
        if not laying.duplex:
            return front
        back = _placed(box, turn, unit, margins.mirrored, grey=laying.grey)
        at = laying.before + len(self.sheets)
        both = zip(front.sheets, back.sheets, strict=True)
        sheets = tuple(
            replace(two[1], verso=True) if (at + number) % 2 else two[0]
            for number, two in enumerate(both)
        )
        return _Placed(sheets, (back if at % 2 else front).matrix)

    def _whiten(self, page: pikepdf.Object) -> None:
        """What a sheet needs to lose its colours: see `_WHITENED`."""
        if self._grey is None:
            state = Dictionary(Type=Name.ExtGState, BM=Name.Color)
            self._grey = self._pdf.make_indirect(state)
        states = page.Resources.get("/ExtGState")
        states = copy(states) if isinstance(states, Dictionary) else Dictionary()
        states[_GREY] = self._grey
        page.Resources.ExtGState = states
        page.Group = Dictionary(
            Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB, I=True
        )


def _shows(page: pikepdf.Page) -> bool:
    """Whether something hangs on it that is drawn above the page."""
    return any("/AP" in note for note in notes_of(page))


def is_silent(page: pikepdf.Page) -> bool:
    """Whether a page, not yet on its sheet, has no font and so no text that can be searched."""
    return not _has_font(page.obj.get("/Resources"))


def _has_font(resources: object, deep: int = 0) -> bool:
    if not isinstance(resources, Dictionary) or deep > _DEEPEST_FORM:
        return False
    if "/Font" in resources:
        return True
    things = resources.get("/XObject")
    drawn = dict(things.items()) if isinstance(things, Dictionary) else {}
    return any(
        name != DRAWING
        and isinstance(thing, pikepdf.Stream)
        and _has_font(thing.get("/Resources"), deep + 1)
        for name, thing in drawn.items()
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a page comes to stand; `matrix` of the last sheet: scale and shift."""

    sheets: tuple[Sheet, ...]
    matrix: tuple[float, float, float]


@lru_cache(256)
def _placed(
    box: _Box, turn: int, unit: float, margins: Margins, *, grey: bool = False
) -> _Placed:
    upright = turn in (0, 180)
    wide, high = (box.width, box.height) if upright else (box.height, box.width)
    sheet = _sheet_for(wide * unit, high * unit, margins)
    room = _Box(
        margins.left,
        margins.bottom,
        sheet[0] - margins.left - margins.right,
        sheet[1] - margins.bottom - margins.top,
    )
    size = sheet if upright else (sheet[1], sheet[0])
    parts = _parts(box, turn, unit, room)
    odd = bool(turn) or (box.x, box.y) != (0, 0) or unit != 1 or len(parts) > 1
    found = []
    for part in parts:
        wide, high = (part.width, part.height) if upright else (part.height, part.width)
        scale = min(unit, room.width / wide, room.height / high)
        shown = _Box(
            room.x + (room.width - scale * wide) / 2,
            room.y + (room.height - scale * high) / 2,
            scale * wide,
            scale * high,
        )
        corner = _unturned(shown, sheet, turn)
        matrix = (scale, corner[0] - scale * part.x, corner[1] - scale * part.y)
        drawn = _placing(part, matrix, cut=part != box)
        if grey:
            drawn += _WHITENED.format(_GREY, *size).encode("ascii")
        found.append(Sheet(size, turn, drawn, odd))
    return _Placed(tuple(found), matrix)


def _placing(part: _Box, matrix: tuple[float, float, float], *, cut: bool) -> bytes:
    scale, dx, dy = matrix
    clip = (
        f"{part.x:.3f} {part.y:.3f} {part.width:.3f} {part.height:.3f} re W n "
        if cut
        else ""
    )
    placed = (
        f"q {scale:.6f} 0 0 {scale:.6f} {dx:.4f} {dy:.4f} cm {clip}{DRAWING} Do Q\n"
    )
    return placed.encode("ascii")


def _parts(box: _Box, turn: int, unit: float, room: _Box) -> list[_Box]:
    """The page, or the parts it is cut into from top to bottom as it is shown."""
    upright = turn in (0, 180)
    wide, high = (box.width, box.height) if upright else (box.height, box.width)
    if high < _LONG * wide or high * unit <= room.height:
        return [box]
    scale = min(unit, room.width / wide)
    scale = min(scale, _MOST_CUTS * (room.height - _OVERLAP) / high)
    tall, step = room.height / scale, (room.height - _OVERLAP) / scale
    starts = [number * step for number in range(max(1, ceil((high - tall) / step) + 1))]
    return [_cut(box, turn, at, min(tall, high - at)) for at in starts]


def _cut(box: _Box, turn: int, at: float, tall: float) -> _Box:
    """What is shown from `at` below the top on, in the page's own coordinates."""
    end = box.width if turn in (90, 270) else box.height
    return {
        0: _Box(box.x, box.y + end - at - tall, box.width, tall),
        90: _Box(box.x + at, box.y, tall, box.height),
        180: _Box(box.x, box.y + at, box.width, tall),
        270: _Box(box.x + end - at - tall, box.y, tall, box.height),
    }[turn]


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


def _close(
    pdf: pikepdf.Pdf, page: pikepdf.Page, box: _Box, taken: set[tuple[int, int]]
) -> None:
    """Make the page's drawing one closed thing among its resources.

    The page keeps its own resources too: forms and Type 3 fonts that have none use those of the page they are on.
    """
    drawing = _drawing(pdf, page.obj.get("/Contents"), taken)
    drawing.Type, drawing.Subtype = Name.XObject, Name.Form
    drawing.BBox = Array([box.x, box.y, box.x + box.width, box.y + box.height])
    own = page.obj.get("/Resources")
    if not isinstance(own, Dictionary):
        own = page.resources
    drawing.Resources = own
    group = page.obj.get("/Group")
    if isinstance(group, Dictionary):
        drawing.Group = group
    resources = copy(own)
    things = own.get("/XObject")
    things = copy(things) if isinstance(things, Dictionary) else Dictionary()
    things[DRAWING] = drawing
    resources.XObject = things
    for key in list(page.obj.keys()):
        if key not in _KEPT_KEYS:
            del page.obj[key]
    page.obj.Resources = resources


def _drawing(
    pdf: pikepdf.Pdf, contents: object, taken: set[tuple[int, int]]
) -> pikepdf.Stream:
    """The page's content as one stream; a single one is taken as it is, copied where another page has it too."""
    if isinstance(contents, pikepdf.Stream):
        if contents.objgen not in taken:
            taken.add(contents.objgen)
            return contents
        again = pikepdf.Stream(pdf, contents.read_raw_bytes())
        for key in ("/Filter", "/DecodeParms"):
            if key in contents:
                again[key] = contents[key]
        return again
    parts = list(contents) if isinstance(contents, Array) else []
    streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
    return pdf.make_stream(b"\n".join(unpacked(stream) for stream in streams))


def unpacked(stream: pikepdf.Stream) -> bytes:
    """What is in it; of a damaged one what a viewer would still show."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        with suppress(zlib.error, pikepdf.PdfError):
            return zlib.decompressobj().decompress(stream.read_raw_bytes())
        return b""


def _move_annotations(
    page: pikepdf.Page,
    matrix: tuple[float, float, float],
    moved: set[tuple[int, int]],
) -> None:
    for note in notes_of(page):
        # One annotation may hang on two pages; it must move once.
        if not note.is_indirect or note.objgen not in moved:
            moved.add(note.objgen)
            _move(note, matrix)


def settle_annotations(pdf: pikepdf.Pdf) -> bool:
    """Take away the annotations that act by themselves. True where a page has so many that all must be drawn in."""
    crowded = False
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        if annotations is None:
            continue
        if not isinstance(annotations, Array):
            del page.obj["/Annots"]
            continue
        kept = [note for note in annotations if harmless(note)]
        page.obj.Annots = Array(kept)
        crowded = crowded or len(kept) > MANY_NOTES or _is_long(page)
    return crowded


def _is_long(page: pikepdf.Page) -> bool:
    box = _visible(page)
    return max(box.width, box.height) >= _LONG * min(box.width, box.height)


def notes_of(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """The annotations of a page."""
    annotations = page.obj.get("/Annots")
    for note in annotations if isinstance(annotations, Array) else ():
        if isinstance(note, Dictionary):
            yield note


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
    if media is not None and page.cropbox == page.mediabox:
        return media
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


def unit_of(page: pikepdf.Page) -> float:
    """By how much a page is larger than its points say; mostly 1."""
    unit = _number(page.obj.get("/UserUnit", 1))
    return unit if unit > 0 else 1.0


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]  # whatever a foreign file has there
    except (TypeError, ValueError):
        return 0.0
