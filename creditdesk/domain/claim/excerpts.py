"""Which pages of a paper are bound, how turned, and what is blackened: written `1-3,5`, `2:90` and `2:9,9,60,5`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from creditdesk.domain.base.areas import Area, areas_of, written
from creditdesk.errors import UserError
from creditdesk.i18n import N_

_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
_ANGLES = frozenset({90, 180, 270})


class PagesUnclear(UserError):
    """The pages are not written as they can be read."""

    message = N_("“{given}” names no pages: write them in rising order, such as 1-3,5.")


class PageBeyond(UserError):
    """A page is named that the paper doesn't have."""

    message = N_("{name} has {pages} pages; there is no page {page}.")


class TurnUnclear(UserError):
    """The turning is not written as it can be read."""

    message = N_("“{given}” turns no page: write 90, 180 or 270 for all pages, or 2:90,4-5:180 for some.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The pages of a paper that are bound. `pages` empty: all; `turns` empty: as they are; `areas` empty: all is seen.

    `turns` are clockwise degrees, `areas` the places blackened, as `areas.areas_of` reads them; both on pages counted
    as in the paper itself, also where only some are bound.
    """

    pages: str = ""
    turns: str = ""
    areas: str = ""

    @property
    def whole(self) -> bool:
        """Whether every page is bound as it is."""
        return not self.pages and not self.turns and not self.areas

    @property
    def withholds(self) -> bool:
        """Whether something of the paper is not to be seen, so that its original stays on the desk."""
        return bool(self.pages or self.areas)

    @property
    def blackened(self) -> tuple[Area, ...]:
        """The places blackened, by page."""
        return areas_of(self.areas)

    def numbers(self, count: int) -> tuple[int, ...]:
        """The pages bound of a paper with `count` pages, from 1, in its order."""
        if not self.pages:
            return tuple(range(1, count + 1))
        return tuple(n for n in _numbers(self.pages, self.pages) if n <= count)

    def turn(self, page: int) -> int:
        """By how much a page, counted from 1, is turned clockwise; 0: not at all."""
        for pages, angle in _turns(self.turns):
            if not pages or page in pages:
                return angle
        return 0


WHOLE = Excerpt()
"""Every page as it is."""


def excerpt(
    pages: str, turns: str, areas: str = "", *, name: str, count: int | None
) -> Excerpt:
    """The excerpt as it was typed. `count`: how many pages the paper has, None where it isn't known.

    Raises `PagesUnclear`, `TurnUnclear`, `AreaUnclear`, and `PageBeyond` for a page the paper doesn't have.
    """
    bound = _plain(pages)
    turned = _plain(turns)
    black = areas_of(areas)
    named = list(_numbers(bound, pages)) if bound else []
    every = tuple(named)
    named += [page for group, _ in _turns(turned) for page in group]
    named += [area.page for area in black]
    beyond = [page for page in named if count is not None and page > count]
    if beyond:
        raise PageBeyond(name=name, pages=count, page=beyond[0])
    if count is not None and every == tuple(range(1, count + 1)) and not turned:
        bound = ""
    return Excerpt(bound, turned, written(black))


def _plain(text: str) -> str:
    """Without spaces, and with the signs of a Chinese keyboard read as their counterparts."""
    signs = str.maketrans({"，": ",", "、": ",", "－": "-", "–": "-", "—": "-", "：": ":"})  # fmt: skip
    return "".join(text.split()).translate(signs)


def _numbers(text: str, given: str) -> Iterator[int]:
    last = 0
    for part in text.split(","):
        found = _RANGE.fullmatch(part)
        if found is None:
            raise PagesUnclear(given=given)
        first = int(found[1])
        until = int(found[2] or found[1])
        if not last < first <= until:
            raise PagesUnclear(given=given)
        yield from range(first, until + 1)
        last = until


def _turns(text: str) -> Iterator[tuple[frozenset[int], int]]:
    """Groups of pages with their degrees; no pages: all of them."""
    # A comma parts pages too: what has no colon belongs to the group that follows.
    waiting: list[str] = []
    parts = text.split(",") if text else []
    for part in parts:
        pages, colon, angle = part.rpartition(":")
        if not colon and len(parts) > 1:
            waiting.append(part)
            continue
        if not angle.isdecimal() or int(angle) not in _ANGLES or (colon and not pages):
            raise TurnUnclear(given=text)
        group = ",".join([*waiting, pages]) if colon else ""
        waiting.clear()
        try:
            numbers = frozenset(_numbers(group, text)) if group else frozenset()
        except PagesUnclear as unclear:
            raise TurnUnclear(given=text) from unclear
        yield numbers, int(angle)
    if waiting:
        raise TurnUnclear(given=text)
