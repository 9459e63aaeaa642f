"""A PDF to look at, without Qt: which page, how large, and the pictures, drawn in jobs one after the other."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from creditdesk.events import Event
from creditdesk.jobs import Job, Runner
from creditdesk.reports.pages import NotShown, Pages, Picture

T = TypeVar("T")
ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_POINT = 96 / 72
"""Screen dots of one PDF point at 100 %."""
_KEPT = 8
_FALLBACK = 595.0
"""Width of A4 in points, where a page gives none."""


class PreviewPresenter:
    """One PDF at a time. `opened` tells of a new file, `turned` of another page or size, `drawn` of its picture."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._pages: Pages | None = None
        self._kept: OrderedDict[tuple[int, int], Picture | NotShown] = OrderedDict()
        self._closed = False
        self.path: Path | None = None
        self.count = 0
        self.page = 1
        self.zoom: int | None = None
        self.shown: Picture | NotShown | None = None
        self.opened: Event[None] = Event()
        self.turned: Event[None] = Event()
        self.drawn: Event[None] = Event()

    def open(self, path: Path) -> None:
        """Read a PDF and show its first page; what was shown before goes."""
        self.path = path
        self._runner.start(
            lambda _progress: Pages(path), done=self._opened, failed=_fail
        )

    def go_to(self, page: int) -> None:
        """Show a page, or the nearest there is."""
        self.page = max(1, min(self.count, page))
        self.turned.emit(None)

    def enlarge(self, room: int) -> None:
        """The next larger size."""
        now = self.percent(room)
        self._resize(next((zoom for zoom in ZOOMS if zoom > now), ZOOMS[-1]))

    def reduce(self, room: int) -> None:
        """The next smaller size."""
        now = self.percent(room)
        self._resize(max((zoom for zoom in ZOOMS if zoom < now), default=ZOOMS[0]))

    def fit(self) -> None:
        """As wide as there is room."""
        self._resize(None)

    def percent(self, room: int) -> int:
        """How large the page is when `room` dots are free for its width."""
        return self.zoom or round(room / (self._points_wide() * _POINT) * 100)

    def width(self, room: int) -> int:
        """Dots the page is wide."""
        if self.zoom is None:
            return room
        return round(self._points_wide() * _POINT * self.zoom / 100)

    def ask(self, width: int) -> None:
        """Have the page drawn this many dots wide; `drawn` tells when it is."""
        key = (self.page, width)
        if self._pages is None:
            return
        if key in self._kept:
            self._kept.move_to_end(key)
            self._show(self._kept[key])
            return

        def done(picture: Picture | NotShown) -> None:
            self._kept[key] = picture
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            if key[0] == self.page:
                self._show(picture)

        self.picture(self.page, width, done)

    def picture(
        self, number: int, width: int, done: Callable[[Picture | NotShown], None]
    ) -> None:
        """Have any page drawn; nothing comes of it once another file is open."""
        pages = self._pages
        if pages is None:
            return

        def still(picture: Picture | NotShown) -> None:
            if pages is self._pages:
                done(picture)

        self._start(lambda _progress: pages.picture(number, width), still)

    def close(self) -> None:
        """Let go of the file; what is still being drawn is thrown away."""
        self._closed = True
        if self._pages is not None:
            self._pages.close()

    def _opened(self, pages: Pages) -> None:
        if self._closed:
            pages.close()
            return
        if self._pages is not None:
            self._pages.close()
        self._pages, self.count = pages, pages.count
        self._kept.clear()
        self.page, self.shown = 1, None
        self.opened.emit(None)
        if self.count:
            self.turned.emit(None)
        else:
            self._show(pages.picture(1, 1))

    def _resize(self, zoom: int | None) -> None:
        self.zoom = zoom
        self.turned.emit(None)

    def _show(self, picture: Picture | NotShown) -> None:
        self.shown = picture
        self.drawn.emit(None)

    def _points_wide(self) -> float:
        size = self._pages.size(self.page) if self._pages else None
        return size[0] if isinstance(size, tuple) else _FALLBACK

    def _start(self, job: Job[T], done: Callable[[T], None]) -> None:
        def deliver(result: T) -> None:
            if not self._closed:
                done(result)

        self._runner.start(job, done=deliver, failed=_fail)


def _fail(error: BaseException) -> None:
    raise error
