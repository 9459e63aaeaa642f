"""What the buyers' service gives and refuses."""

from dataclasses import dataclass
from typing import NewType

from creditdesk.domain.base import identity
from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.naming import Name
from creditdesk.errors import UserError
from creditdesk.i18n import N_

BuyerId = NewType("BuyerId", int)


class BuyerUnknown(UserError):
    """No buyer of the client has this name or code."""

    message = N_("{client} has no buyer {name}. Close to it: {close}.")


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
    """Something the search found, ready to be opened."""

    kind: str
    id: int
    title: Name
    detail: str
