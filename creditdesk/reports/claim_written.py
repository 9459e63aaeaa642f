"""What the binding of a claim package is asked for, and what it answers."""

from dataclasses import dataclass
from pathlib import Path

from creditdesk.domain.claim.claims import ChecklistRow
from creditdesk.domain.claim.manner import USUAL, Manner
from creditdesk.domain.claim.package import ClaimPackage
from creditdesk.i18n import Language, Message
from creditdesk.reports.binder import Given


@dataclass(frozen=True, slots=True)
class PackedDocument:
    """One document of the package. `file` is empty for what the program made; pages count from 1.

    A file within a file is called `outer/inner`.
    """

    label: str
    title: str
    file: str
    first_page: int
    pages: int
    volume: int = 1


@dataclass(frozen=True, slots=True)
class PieceProblem:
    """Something that can't be printed as it should; `file` is empty when it is in our own text."""

    file: str
    reason: Message


@dataclass(frozen=True, slots=True)
class WrittenVolume:
    """One file of the package. `first_page`: the number its first page bears; `size` in bytes.

    `over`: it is larger than the mailbox takes, for it holds a single piece that is.
    """

    path: Path
    first_page: int
    pages: int
    size: int
    over: bool = False


@dataclass(frozen=True, slots=True)
class WrittenPackage:
    """What was written. `complete` False: something mandatory is missing, unreadable or not computable."""

    pages: int
    complete: bool
    documents: tuple[PackedDocument, ...]
    missing: tuple[ChecklistRow, ...]
    problems: tuple[PieceProblem, ...]
    gaps: tuple[Message, ...] = ()
    """What the insurer asks for beside the papers, and the package lacks."""
    notes: tuple[Message, ...] = ()
    """What else is worth knowing of it."""
    volumes: tuple[WrittenVolume, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """A package to bind. `refused`: pieces, by their place, that ended the reader before; `name`: of the file.

    The first volume becomes `target`, the others lie in the folder until they are put in their place.
    """

    package: ClaimPackage
    given: tuple[Given, ...]
    language: Language
    target: Path
    folder: Path
    name: str
    manner: Manner = USUAL
    refused: tuple[tuple[int, Message], ...] = ()
