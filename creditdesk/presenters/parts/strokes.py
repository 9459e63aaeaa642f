"""Places drawn on a picture of a page, without Qt, and where they lie in millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from creditdesk.domain.base.areas import Area
from creditdesk.reports.pages import NotShown, Pages

_MM = 25.4 / 72
_FINEST = Decimal("0.1")
_A4 = (210.0, 297.0)

Size = tuple[float, float]
"""Millimetres of a page."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A rectangle on a picture of a page, in parts of its width and height: 0 is left and top, 1 right and bottom."""

    left: float
    top: float
    right: float
    bottom: float


def turned(stroke: Stroke, quarters: int) -> Stroke:
    """The same place on the page turned so many quarters clockwise."""
    for _ in range(quarters % 4):
        stroke = Stroke(1 - stroke.bottom, stroke.left, 1 - stroke.top, stroke.right)
    return stroke


def size_of(pages: Pages, page: int, units: Sequence[float]) -> Size:
    """Millimetres of a page; A4 where it can't be told. `units`: points of each page in points of the paper itself."""
    size = pages.size(page)
    if isinstance(size, NotShown):
        return _A4
    unit = units[page - 1] if page <= len(units) else 1.0
    return size[0] * unit * _MM, size[1] * unit * _MM


def shown(area: Area, size: Size) -> Stroke:
    """A place as it is drawn on its page."""
    width, height = size
    return Stroke(
        float(area.left) / width,
        float(area.top) / height,
        float(area.left + area.width) / width,
        float(area.top + area.height) / height,
    )


def drawn(stroke: Stroke, page: int, size: Size) -> Area | None:
    """The place somebody drew; what lies beside the page is cut off. None: it has no width or height."""
    width, height = size
    left, right = _within(stroke.left, width), _within(stroke.right, width)
    top, bottom = _within(stroke.top, height), _within(stroke.bottom, height)
    if right - left < _FINEST or bottom - top < _FINEST:
        return None
    return Area(page, left, top, right - left, bottom - top)


def _within(part: float, whole: float) -> Decimal:
    """The millimetres, no finer than a tenth, within the page."""
    return Decimal(max(0.0, min(1.0, part)) * whole).quantize(_FINEST)
