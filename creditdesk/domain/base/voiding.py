"""That an entry was a mistake."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Voided:
    """Who said of an entry that it was a mistake, when and why; it stays in the history and counts no more."""

    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class VoidedEntry:
    """A voided entry as lists show it: whose it was, and what it said. `about`: what is beside its name."""

    id: int
    client: str
    name: str
    about: str
    voided: Voided
