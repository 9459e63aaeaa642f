"""Places drawn on the pages of a paper, without Qt: where they lie in millimetres, and which page is seen."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from creditdesk import outputs
from creditdesk.domain.base.areas import Area, areas_of, written
from creditdesk.events import Event
from creditdesk.importers.files import evidence
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.strokes import Size, Stroke, drawn, shown, size_of
from creditdesk.reports.pages import NotShown, Pages, Picture
from creditdesk.services.claims import EvidenceLine


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
        size = self._size()
        return tuple(shown(area, size) for area in self.areas if area.page == self.page)

    def picture(self, width: int) -> Picture | NotShown:
        """The page, so many dots wide."""
        return self._pages.picture(self.page, width)

    def turn(self, by: int) -> None:
        """See another page."""
        self.page = max(1, min(self.count, self.page + by))
        self.changed.emit(None)

    def draw(self, stroke: Stroke) -> None:
        """Add a place; what lies beside the page is cut off, and nothing comes of one without a width or height."""
        area = drawn(stroke, self.page, self._size())
        if area is not None:
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

    def _size(self) -> Size:
        return size_of(self._pages, self.page, self._units)


def opening(
    line: EvidenceLine, read: Callable[[], bytes], place: Path
) -> Callable[[Progress], BlackeningPresenter]:
    """The job: lay the paper's pages out at a place of our own, as they are bound."""

    def job(progress: Progress) -> BlackeningPresenter:
        shown = evidence.shown_pages(read(), line.file_name, line.media, progress)
        outputs.write(place, shown.pdf)
        return BlackeningPresenter(line, place, shown.units)

    return job
