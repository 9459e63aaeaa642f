"""What the buyers' service gives and refuses."""

from dataclasses import dataclass
from typing import NewType

from creditdesk.domain.base import identity
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.naming import Name
from creditdesk.domain.ledger.term_answers import Reading
from creditdesk.errors import UserError
from creditdesk.i18n import N_

BuyerId = NewType("BuyerId", int)


class BuyerUnknown(UserError):
    """No buyer of the client has this name or code."""

    message = N_("{client} has no buyer {name}. Close to it: {close}.")


class BuyerTermUnclear(UserError):
    """An agreed term that is to date documents has several readings. `offered`: those to choose from."""

    message = N_("“{words}” can be meant in several ways. Choose one.")

    def __init__(self, words: str, offered: tuple[Reading, ...]) -> None:
        super().__init__(words=words)
        self.words = words
        self.offered = offered


class BuyerTermUnusable(UserError):
    """An agreed term that is to date documents has no reading that would hold for all its parts."""

    message = N_(
        "“{words}” gives no due date by itself. Write each part in words that do, such as "
        "“30 % in advance, 70 % 60 days from invoice”."
    )


class BuyerNameEmpty(UserError):
    """A buyer without a name can't be told apart."""

    message = N_("Give the buyer's name as it stands on its contract.")


class BuyerCodeTaken(UserError):
    """Two buyers of one client would share a code."""

    message = N_(
        "{other} already has the code {code}. Codes tell buyers apart; give another."
    )


class BuyerMerged(UserError):
    """It was found to be another one."""

    message = N_("{name} was merged into {other}. Open the file of {other}.")


@dataclass(frozen=True, slots=True)
class BuyerLine:
    """A buyer in a list. `open` holds what is unpaid, one amount a currency, without unapplied credit."""

    id: BuyerId
    client_id: int
    client: str
    code: str
    name: str
    uscc: str
    country: str
    open: tuple[Money, ...]
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerCard:
    """What a person enters about a buyer."""

    name: str
    code: str = ""
    uscc: str = ""
    country: str = "CN"
    address: str = ""
    contact: str = ""
    note: str = ""
    term: str = ""
    term_dates: bool = False


@dataclass(frozen=True, slots=True)
class BuyerFile:
    """The head of a credit file. `other_codes`: those of buyers that were merged into it."""

    id: BuyerId
    client_id: int
    client: str
    card: BuyerCard
    aliases: tuple[str, ...]
    check: identity.UsccCheck | None
    other_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something the search found, ready to be opened; `amounts`: of a document found by one, whole and what is open."""

    kind: str
    id: int
    title: Name
    detail: str
    amounts: tuple[Money, ...] = ()
