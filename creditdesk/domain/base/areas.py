"""Places of a paper that are blackened: written `2:10,20,60,5`, page and millimetres from the top left."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from creditdesk.errors import UserError
from creditdesk.i18n import N_

_MM = r"(\d{1,5}(?:\.\d{1,2})?)"
_AREA = re.compile(rf"(\d{{1,6}}):{_MM},{_MM},{_MM},{_MM}")


class AreaUnclear(UserError):
    """A place is not written as it can be read."""

    message = N_(
        "“{given}” names no place: write the page, then left, top, width and height in millimetres from the top left "
        "of the page as it is shown, such as 2:10,20,60,5."
    )


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A rectangle on a page, counted from 1; millimetres from the top left of the page as the paper itself shows it."""

    page: int
    left: Decimal
    top: Decimal
    width: Decimal
    height: Decimal

    def __str__(self) -> str:
        """As it is typed and kept."""
        figures = (self.left, self.top, self.width, self.height)
        return f"{self.page}:{','.join(format(each, 'f') for each in figures)}"


def areas_of(text: str) -> tuple[Area, ...]:
    """The places written in a text, parted by blanks; by page. Raises `AreaUnclear`."""
    signs = str.maketrans({"，": ",", "、": ",", "：": ":", "；": " ", ";": " ", "．": "."})  # fmt: skip
    return tuple(sorted({_area(each) for each in text.translate(signs).split()}))


def written(areas: Iterable[Area]) -> str:
    """The text that `areas_of` reads, by page, each place once."""
    return " ".join(str(each) for each in sorted(set(areas)))


def _area(text: str) -> Area:
    found = _AREA.fullmatch(text)
    if found is None:
        raise AreaUnclear(given=text)
    figures = (Decimal(found[at]) for at in range(2, 6))
    area = Area(int(found[1]), *figures)
    if not area.page or not area.width or not area.height:
        raise AreaUnclear(given=text)
    return area
