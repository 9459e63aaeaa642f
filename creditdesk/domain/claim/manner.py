"""How a claim package is bound: what the person chooses beside draft or final."""

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1_000_000
"""Bytes. The smaller of the two in use, so that a volume fits whichever a mailbox counts in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """The choices (rules.md 5.1).

    `duplex`: printed on both sides, each part on a right-hand page. `grey`: without colours. `originals`: an area
    与原件一致 on every copy. `cross_seal`: marks for the 骑缝章 on copies of more than two pages. `recognise`: the
    text of scanned pages is recognised where a program for it is installed. `megabytes`: the largest file a mailbox
    takes; None: one file, however large.
    """

    duplex: bool = False
    grey: bool = False
    originals: bool = False
    cross_seal: bool = True
    recognise: bool = False
    megabytes: int | None = None

    @property
    def most(self) -> int | None:
        """Bytes a volume may have; None: any number."""
        return self.megabytes * MEGABYTE if self.megabytes else None


USUAL: Final = Manner()
