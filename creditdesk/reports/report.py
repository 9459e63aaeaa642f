"""What makes a module of this folder a report."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a report is written as."""

    PDF = "pdf"
    WORKBOOK = "xlsx"
    CALENDAR = "ics"


@dataclass(frozen=True, slots=True)
class Report:
    """A document the program can write: its id, its title (to be translated) and the kinds of file it comes as."""

    id: str
    title: str
    kinds: tuple[Kind, ...]
