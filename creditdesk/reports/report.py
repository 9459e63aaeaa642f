"""What makes a module of this folder a report: what it has to be told, and how it is written from a desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from creditdesk.errors import UserError
from creditdesk.i18n import N_, Language, Message
from creditdesk.jobs import Progress

if TYPE_CHECKING:
    # A process that binds a package loads this folder, and no service.
    from creditdesk.domain.duties.agenda import Agenda
    from creditdesk.services.buyers import Buyers
    from creditdesk.services.claims import Claims
    from creditdesk.services.clients import Clients
    from creditdesk.services.credit import Credit
    from creditdesk.services.declarations import Declarations
    from creditdesk.services.insurers import Insurers
    from creditdesk.services.ledger import Ledger
    from creditdesk.services.letter_numbers import LetterNumbers
    from creditdesk.services.particulars import Particulars
    from creditdesk.services.policies import Policies
    from creditdesk.services.premiums import Premiums
    from creditdesk.services.review import Reviews
    from creditdesk.services.tasks import Tasks
    from creditdesk.services.watch import Watch

T = TypeVar("T")


class ReportUntold(UserError):
    """A report was not told what it is about."""

    message = N_("Fill in “{field}”: the report is about it.")


class FileKind(StrEnum):
    """What a report is written as."""

    PDF = "pdf"
    WORKBOOK = "xlsx"
    CALENDAR = "ics"
    ZIP = "zip"
    PICTURE = "png"


class Ask(StrEnum):
    """What a report has to be told; pages and commands ask for it."""

    CLIENT = "client"
    BUYER = "buyer"
    DAY = "on"
    START = "from"
    END = "to"


ASK_TITLES = {
    Ask.CLIENT: N_("Client"),
    Ask.BUYER: N_("Buyer"),
    Ask.DAY: N_("As of"),
    Ask.START: N_("Period from"),
    Ask.END: N_("Period to"),
}


class Sources(Protocol):
    """The services a report reads from: an open desk has them."""

    buyers: "Buyers"
    claims: "Claims"
    clients: "Clients"
    credit: "Credit"
    declarations: "Declarations"
    insurers: "Insurers"
    ledger: "Ledger"
    letter_numbers: "LetterNumbers"
    particulars: "Particulars"
    policies: "Policies"
    premiums: "Premiums"
    reviews: "Reviews"
    tasks: "Tasks"
    watch: "Watch"

    def agenda_of(self, client: int, day: date) -> "Agenda":
        """What was to be done for a client at the end of a day that is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAsked:
    """What a report was told. What it does not ask for is left out; `client` None: of all clients."""

    path: Path
    language: Language
    today: date
    client: int | None = None
    buyer: int | None = None
    on: date | None = None
    start: date | None = None
    end: date | None = None

    def the_client(self) -> int:
        """The client it is about; raises `ReportUntold`."""
        return _told(self.client, Ask.CLIENT)

    def the_buyer(self) -> int:
        """The buyer it is about; raises `ReportUntold`."""
        return _told(self.buyer, Ask.BUYER)

    @property
    def day(self) -> date:
        """The day it is about: today where none was named."""
        return self.on or self.today

    @property
    def period(self) -> tuple[date, date]:
        """Both ends included; raises `ReportUntold`."""
        return _told(self.start, Ask.START), _told(self.end, Ask.END)


def _told(value: T | None, what: Ask) -> T:
    if value is None:
        raise ReportUntold(field=Message(ASK_TITLES[what]))
    return value


Make = Callable[[Sources, ReportAsked, Progress], object]
"""Writes a report; raises `UserError`s."""


@dataclass(frozen=True, slots=True)
class Report:
    """A document the program can write: its id, its title (to be translated) and the kinds of file it comes as.

    `make` None: it is written from a page of its own, where what stands in it is decided; with it the Reports page and
    the command line offer the report by themselves, asking for `asks`. A client is asked for wherever a buyer is.
    """

    id: str
    title: str
    kinds: tuple[FileKind, ...]
    asks: tuple[Ask, ...] = ()
    make: Make | None = None
