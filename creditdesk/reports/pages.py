"""Shows the pages of a PDF for the preview. One thread at a time: pdfium is not made for several."""

import atexit
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self
from weakref import WeakSet

import pypdfium2 as pdfium

from creditdesk.i18n import N_, Message

_ONE_AT_A_TIME = Lock()
_FAILURES = (pdfium.PdfiumError, ValueError, OSError)


def one_at_a_time() -> Lock:
    """Held by whoever draws with pdfium outside of `Pages`."""
    return _ONE_AT_A_TIME


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as points: four bytes each (blue, green, red, unused), `stride` bytes a line."""

    width: int
    height: int
    stride: int
    points: bytes


@dataclass(frozen=True, slots=True)
class NotShown:
    """A page or file pdfium can't show. It may print all the same: say so, and why it isn't shown."""

    reason: Message


class Pages:
    """An open PDF. `count` is 0 and every page not shown when the file can't be opened."""

    def __init__(self, path: Path) -> None:
        self._failed = ""
        self._pdf: pdfium.PdfDocument | None = None
        with _ONE_AT_A_TIME:
            try:
                # Read whole: an open file could not be replaced on Windows.
                self._pdf = pdfium.PdfDocument(path.read_bytes())
                self._pdf.init_forms()
                _OPEN.add(self)
            except _FAILURES as error:
                self._failed = str(error)

    @property
    def count(self) -> int:
        """How many pages."""
        with _ONE_AT_A_TIME:
            return len(self._pdf) if self._pdf else 0

    def size(self, number: int) -> tuple[float, float] | NotShown:
        """Width and height in points of page `number`, counted from 1."""
        with _ONE_AT_A_TIME:
            if self._pdf is None:
                return _not_shown(self._failed)
            try:
                width, height = self._pdf.get_page_size(number - 1)
            except _FAILURES as error:
                return _not_shown(str(error))
        return float(width), float(height)

    def picture(self, number: int, width: int) -> Picture | NotShown:
        """Page `number`, counted from 1, this many points wide on the screen."""
        with _ONE_AT_A_TIME:
            if self._pdf is None:
                return _not_shown(self._failed)
            try:
                page = self._pdf[number - 1]
                scale = width / page.get_width()
                bitmap = page.render(scale=scale, prefer_bgrx=True)
            except (*_FAILURES, IndexError, ZeroDivisionError) as error:
                return _not_shown(str(error))
            return Picture(
                bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)
            )

    def words(self, number: int, box: tuple[float, float, float, float]) -> str:
        """The text in a part of page `number`: left, top, right and bottom in parts of its width and height.

        Empty where the page is a picture, lies turned, or can't be read.
        """
        left, top, right, bottom = box
        with _ONE_AT_A_TIME:
            if self._pdf is None:
                return ""
            try:
                page = self._pdf[number - 1]
                if page.get_rotation():
                    return ""
                wide, high = page.get_size()
                found = page.get_textpage().get_text_bounded(
                    left * wide, (1 - bottom) * high, right * wide, (1 - top) * high
                )
                return str(found)
            except (*_FAILURES, IndexError):
                return ""

    def close(self) -> None:
        """Let go of the file."""
        with _ONE_AT_A_TIME:
            if self._pdf is not None:
                self._pdf.close()
                self._pdf = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


_OPEN: WeakSet[Pages] = WeakSet()


@atexit.register
def _close_all() -> None:
    """A preview still shown when the program ends is closed before pdfium is."""
    for pages in list(_OPEN):
        pages.close()


def _not_shown(reason: str) -> NotShown:
    return NotShown(
        Message.of(N_("This page can't be shown here: {reason}"), reason=reason)
    )
