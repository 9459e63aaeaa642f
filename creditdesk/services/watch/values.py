"""What the watch gives and refuses."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.duties.duties import OVERDUE_NOTICE
from creditdesk.domain.ledger.naming import Name
from creditdesk.errors import UserError
from creditdesk.i18n import N_


class NothingOverdue(UserError):
    """A notice without invoices."""

    message = N_(
        "Nothing of {buyer} is overdue on {on}, so there is nothing to notify."
    )


class NothingLearned(UserError):
    """Adverse information without any."""

    message = N_(
        "Nothing that the insurer has to be told is recorded of {buyer}, or it was told already. "
        "Record what was learned on the buyer's page first."
    )


class SentInFuture(UserError):
    """A notice can't have been sent tomorrow."""

    message = N_("{on} is still to come. Enter the day the notice was sent.")


class WaiverReasonMissing(UserError):
    """A waived duty needs the insurer's word."""

    message = N_("Name the insurer's letter that waives this duty, with its date.")


class DoneInFuture(UserError):
    """Nothing was done tomorrow."""

    message = N_("{on} is still to come. Enter the day it was done.")


class DoneByEntry(UserError):
    """A duty that is done because of something entered is open again when that is voided."""

    message = N_(
        "{duty} is done by what was entered: a notice, a payment, a declaration. Void that, and it is open again."
    )


class EventInFuture(UserError):
    """Nobody knows what has not happened."""

    message = N_("{on} is still to come. Enter the day it happened.")


@dataclass(frozen=True, slots=True)
class WaitingEnd:
    """When a default becomes a loss: the day, the rule it was counted by, and the fact's day it runs from."""

    on: date
    rule: CountRule
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """What a person reports about a buyer. `document` is the number of a file kept with it."""

    buyer_id: int
    kind: BuyerEventKind
    happened_on: date
    known_on: date
    note: str = ""
    document: int | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """An entry on a buyer. `voided` None: it stands."""

    id: int
    kind: str
    happened_on: date
    known_on: date
    note: str
    document_id: int | None
    who: str
    voided: Voided | None


@dataclass(frozen=True, slots=True)
class DutyDone:
    """What a person says of a duty that was done: when, a remark, and the kept file that proves it."""

    on: date
    note: str = ""
    document: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNotice:
    """What a person says about a notice that went out: when, by which way, and what proves it.

    `code`: the duty it fulfils.
    """

    sent_on: date
    way: str
    receipt: int | None = None
    code: str = OVERDUE_NOTICE


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice that was sent. `voided` None: it stands. `names`: what people call the invoices, in their order."""

    id: int
    client: str
    policy: str
    buyer_id: int
    buyer: str
    code: str
    sent_on: date
    way: str
    invoices: tuple[str, ...]
    receipt_id: int | None
    voided: Voided | None = None
    names: tuple[Name, ...] = ()
