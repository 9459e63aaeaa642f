"""Places drawn on the pages of a paper, without Qt: where they lie in millimetres, and which page is seen."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from creditdesk import outputs
from creditdesk.domain.claim.areas import Area, areas_of, written
from creditdesk.events import Event
from creditdesk.importers.files import evidence
from creditdesk.jobs import Progress
from creditdesk.reports.pages import NotShown, Pages, Picture
from creditdesk.services.claims import EvidenceLine

_MM = 25.4 / 72
_FINEST = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Stroke:
    """A rectangle on a picture of a page, in parts of its width and height: 0 is left and top, 1 right and bottom."""

    left: float
    top: float
    right: float
    bottom: float


class BlackeningPresenter:
    """The pages of one paper, one seen at a time, with the places that are to be black."""

    def __init__(
        self, line: EvidenceLine, path: Path, units: tuple[float, ...]
    ) -> None:
        self._pages = Pages(path)
        self._units = units
        self.name = line.file_name
        self.page = 1
        self.areas: tuple[Area, ...] = line.excerpt.blackened
        if self.areas:
            self.page = min(self.areas[0].page, max(1, self.count))
        self.changed: Event[None] = Event()

    @property
    def count(self) -> int:
        """How many pages the paper has."""
        return self._pages.count

    @property
    def text(self) -> str:
        """The places as they are typed."""
        return written(self.areas)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The places on the page that is seen."""
        width, height = self._size()
        return tuple(
            Stroke(
                float(area.left) / width,
                float(area.top) / height,
                float(area.left + area.width) / width,
                float(area.top + area.height) / height,
            )
            for area in self.areas
            if area.page == self.page
        )

    def picture(self, width: int) -> Picture | NotShown:
        """The page, so many dots wide."""
        return self._pages.picture(self.page, width)

    def turn(self, by: int) -> None:
        """See another page."""
        self.page = max(1, min(self.count, self.page + by))
        self.changed.emit(None)

    def draw(self, stroke: Stroke) -> None:
        """Add a place; what lies beside the page is cut off, and nothing comes of one without a width or height."""
        width, height = self._size()
        left, right = _within(stroke.left, width), _within(stroke.right, width)
        top, bottom = _within(stroke.top, height), _within(stroke.bottom, height)
        if right - left < _FINEST or bottom - top < _FINEST:
            return
        area = Area(self.page, left, top, right - left, bottom - top)
        self._set((*self.areas, area))

    def take_off(self, x: float, y: float) -> None:
        """Take off the places under a point of the page, in parts of its width and height."""
        width, height = self._size()
        across, down = Decimal(x * width), Decimal(y * height)
        self._set(
            tuple(
                area
                for area in self.areas
                if area.page != self.page
                or not area.left <= across <= area.left + area.width
                or not area.top <= down <= area.top + area.height
            )
        )

    def type(self, text: str) -> None:
        """The places as somebody typed them; raises `AreaUnclear`."""
        self._set(areas_of(text))

    def close(self) -> None:
        """Let go of the paper."""
        self._pages.close()

    def _set(self, areas: tuple[Area, ...]) -> None:
        self.areas = areas_of(written(areas))
        self.changed.emit(None)

    def _size(self) -> tuple[float, float]:
        """Millimetres of the page that is seen."""
        size = self._pages.size(self.page)
        if isinstance(size, NotShown):
            return 210.0, 297.0
        unit = self._units[self.page - 1] if self.page <= len(self._units) else 1.0
        return size[0] * unit * _MM, size[1] * unit * _MM


def opening(
    line: EvidenceLine, read: Callable[[], bytes], place: Path
) -> Callable[[Progress], BlackeningPresenter]:
    """The job: lay the paper's pages out at a place of our own, as they are bound."""

    def job(progress: Progress) -> BlackeningPresenter:
        shown = evidence.shown_pages(read(), line.file_name, line.media, progress)
        outputs.write(place, shown.pdf)
        return BlackeningPresenter(line, place, shown.units)

    return job


def _within(part: float, whole: float) -> Decimal:
    """The millimetres, no finer than a tenth, within the page."""
    return Decimal(max(0.0, min(1.0, part)) * whole).quantize(_FINEST)
