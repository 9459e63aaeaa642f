"""Where every page of a package stands: its number, its volume, and what lies between the pieces.

Page numbers run on over all volumes, so that a page has one number whatever it travels in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from creditdesk.reports.gathering import Sheaf

Leaf = int | None
"""A page of ours, counted from 1 in our own document; None: the next sheet of the evidence."""


@dataclass(frozen=True, slots=True)
class Own:
    """The pages of our own document: our parts, what begins each further volume, what is left blank.

    `sections`: first page and number of pages of each part. `titles`: the same of each volume after the first.
    """

    sections: Mapping[str, tuple[int, int]]
    front: int
    titles: tuple[tuple[int, int], ...] = ()
    blanks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """One file of the package. `first`: the number its first page bears; `sheaves`: by their places."""

    number: int
    first: int
    leaves: tuple[Leaf, ...]
    sheaves: tuple[int, ...]

    @property
    def last(self) -> int:
        """The number its last page bears."""
        return self.first + len(self.leaves) - 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole package. `starts`: the number of each sheaf's first page.

    A twin has that of the first, an unbound one None. An empty plan: nothing is known yet.
    """

    sections: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    starts: tuple[int | None, ...] = ()
    volumes: tuple[Volume, ...] = ()

    @property
    def pages(self) -> int:
        """How many the package has in all its volumes."""
        return self.volumes[-1].last if self.volumes else 0

    def volume_of(self, page: int | None) -> int | None:
        """The volume this page is in; None for no page."""
        if page is None:
            return None
        return next((each.number for each in self.volumes if page <= each.last), None)


def plan(own: Own, sheaves: Sequence[Sheaf], volumes: int) -> Plan:
    """Number everything: our parts and the first pieces, then each further volume behind its title."""
    starts: list[int | None] = [None] * len(sheaves)
    made: list[Volume] = []
    blanks = iter(own.blanks)
    following = 1
    for number in range(1, volumes + 1):
        at, pages = (1, own.front) if number == 1 else own.titles[number - 2]
        leaves: list[Leaf] = list(range(at, at + pages))
        inside = [i for i, each in bound(sheaves) if each.volume == number - 1]
        for index in inside:
            starts[index] = following + len(leaves)
            leaves += [None] * sheaves[index].pages
            if own.blanks and sheaves[index].pages % 2:
                leaves += [each for each in (next(blanks, None),) if each]
        made.append(Volume(number, following, tuple(leaves), tuple(inside)))
        following += len(leaves)
    for index, each in enumerate(sheaves):
        if each.twin is not None and each.pages:
            starts[index] = starts[each.twin]
    return Plan(own.sections, tuple(starts), tuple(made))


def bound(sheaves: Sequence[Sheaf]) -> Iterator[tuple[int, Sheaf]]:
    """The sheaves that have sheets of their own, by their places."""
    for index, each in enumerate(sheaves):
        if each.pages and each.twin is None:
            yield index, each


def versos_wanted(sheaves: Sequence[Sheaf]) -> int:
    """How many backs stay blank when every piece begins on a right-hand page; none after the last."""
    odd = [each.pages % 2 for _, each in bound(sheaves)]
    return sum(odd[:-1])
