"""What taking clients out and bringing them back answers and refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message


class Side(StrEnum):
    """Whose word counts where both desks changed the same fact."""

    HERE = "here"
    THERE = "there"


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What went into the file: names of the clients, documents of their ledgers, kept files, and its size."""

    path: Path
    clients: tuple[str, ...]
    documents: int
    evidence: int
    size: int


@dataclass(frozen=True, slots=True)
class Told:
    """What one desk says of a fact; `who` empty and `at` None where nobody noted it."""

    said: Message
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A fact both desks changed, each in its own way. `id` names it for the answer."""

    id: str
    what: Message
    here: Told
    there: Told


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What came back: new, changed or deleted rows by table; `already`: nothing was there to come.

    `renumbered`: claims that got another number, since theirs was given to another claim here.
    """

    taken: Mapping[str, int]
    conflicts: tuple[Conflict, ...] = ()
    renumbered: tuple[tuple[str, str], ...] = ()
    already: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """Clients that are out, since when, and by when they are expected."""

    id: int
    clients: tuple[str, ...]
    taken_at: datetime
    who: str
    back_by: date | None


class AwayAlready(UserError):
    """Taken out of what was taken out."""

    message = N_(
        "This desk was itself taken out. Take clients out of the desk in the office."
    )


class NotAway(UserError):
    """Nothing is out by this number."""

    message = N_("Nothing is out by the number {number}.")


class AwayUnprotected(UserError):
    """What leaves the office is protected."""

    message = N_(
        "What leaves the office needs a passphrase of at least {count} characters."
    )


class NobodyTaken(UserError):
    """No client was named."""

    message = N_("Choose at least one client to take out.")


class NotTakenOut(UserError):
    """A desk, but not one that was taken out."""

    message = N_(
        "{path} was not taken out of a desk. Only such a file is brought back."
    )


class TakenFromAnother(UserError):
    """A desk that was taken out of another one."""

    message = N_("{path} was taken out of another desk. Bring it back there.")


class TripUnknown(UserError):
    """A desk that was restored to a time before the trip."""

    message = N_(
        "This desk doesn't know that {path} was taken out: it is from {day}, and the desk is from an earlier backup. "
        "Restore a backup made after that day first."
    )


class BroughtNewer(UserError):
    """A newer state was brought back before."""

    message = N_(
        "A newer state of {path} was brought back on {day}. This one is older; nothing was changed."
    )


class BroughtDifferent(UserError):
    """Another copy of the file went its own way."""

    message = N_(
        "{path} is another copy than the one of {day}: what was done in that one is not in it. Nothing was changed."
    )


class KeepUnknown(UserError):
    """An answer to a question that is not asked."""

    message = N_("There is no question {id} about this file. Its questions: {known}.")
