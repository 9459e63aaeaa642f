"""What the watch gives and refuses."""

from dataclasses import dataclass
from datetime import date
from typing import NewType

from creditdesk.domain.counting import CountRule
from creditdesk.domain.money import Money
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual

DutyId = NewType("DutyId", int)


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


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One thing to do: the duties of one kind, buyer and date together.

    `late` counts from the safe date; `opens_on` before which it can't be done yet (claims before the waiting period).
    """

    ids: tuple[DutyId, ...]
    client_id: int
    client: str
    policy_id: int
    policy: str
    code: str
    title: Bilingual
    consequence: Bilingual
    buyer_id: int | None
    buyer: str
    invoices: tuple[str, ...]
    anchor_on: date
    rule: CountRule
    legal: date
    safe: date
    amount: Money
    provisional: bool
    calendar_known: bool
    state: str
    closed_on: date | None


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
