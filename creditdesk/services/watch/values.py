"""What the watch gives and refuses."""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNotice:
    """What a person says about a notice that went out: when, by which way, and what proves it."""

    sent_on: date
    way: str
    receipt: int | None = None


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
