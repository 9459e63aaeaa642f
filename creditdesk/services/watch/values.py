"""What the watch gives and refuses."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.counting import CountRule
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.duties.duties import OVERDUE_NOTICE
from creditdesk.errors import UserError
from creditdesk.i18n import N_


class NothingOverdue(UserError):
    """A notice without invoices."""

    message = N_(
        "Nothing of {buyer} is overdue on {on}, so there is nothing to notify."
    )


class SentInFuture(UserError):
    """A notice can't have been sent tomorrow."""

    message = N_("{on} is still to come. Enter the day the notice was sent.")


class WaiverReasonMissing(UserError):
    """A waived duty needs the insurer's word."""

    message = N_("Name the insurer's letter that waives this duty, with its date.")


class EventInFuture(UserError):
    """Nobody knows what has not happened."""

    message = N_("{on} is still to come. Enter the day it happened.")


class WithdrawalReasonMissing(UserError):
    """An entry taken back needs its reason."""

    message = N_("Say why this entry was a mistake; both stay in the file.")


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
    """An entry on a buyer. `withdrawn`: why it was a mistake; None: it stands."""

    id: int
    kind: str
    happened_on: date
    known_on: date
    note: str
    document_id: int | None
    who: str
    withdrawn: str | None


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
    """A notice that was sent."""

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
