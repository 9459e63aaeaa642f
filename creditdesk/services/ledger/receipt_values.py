"""What the ledger service says about money received, and what it refuses there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.services.ledger.values import BatchId

LineId = NewType("LineId", int)


class LineState(StrEnum):
    """What became of a line."""

    OPEN = "open"
    MATCHED = "matched"
    SET_ASIDE = "set_aside"


class LineUnknown(UserError):
    """No such line."""

    message = N_(
        "There is no bank line number {line}. The list of receipts shows the numbers."
    )


class LineDecided(UserError):
    """It was confirmed or set aside before."""

    message = N_(
        "The receipt of {amount} on {day} was decided already. Take that back first."
    )


class LineNotSetAside(UserError):
    """There is nothing to take back."""

    message = N_(
        "The receipt of {amount} on {day} was not set aside: there is nothing to take back. A payment is voided."
    )


class LineNotConfirmed(UserError):
    """There is no payment to void."""

    message = N_(
        "The receipt of {amount} on {day} was not confirmed as a payment: there is nothing to void."
    )


class AllocationTooLarge(UserError):
    """More than came in."""

    message = N_(
        "{allocated} was set against invoices, but only {received} was received. Lower one of the amounts."
    )


class PartTooLarge(UserError):
    """More than is open on an invoice, or nothing."""

    message = N_(
        "{number} can take {open} at most, and more than nothing; {amount} was set against it."
    )


class PartOfAnother(UserError):
    """An invoice of another buyer or in another currency."""

    message = N_(
        "{number} is not an open invoice of {buyer} in {currency}. Money of one currency never pays another."
    )


class ThirdPartyUnexplained(UserError):
    """Somebody else paid and nobody said why."""

    message = N_(
        "{payer} is not {buyer}. Write down why it pays for the buyer; the insurer will ask."
    )


class ReasonMissing(UserError):
    """A line was set aside without a word."""

    message = N_("Say why the money is not from a customer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTaken:
    """What taking a statement in did, or would do. `batch` None: nothing was written."""

    batch: BatchId | None
    added: int
    unchanged: int
    received: Mapping[str, Money]


class PaidPart(NamedTuple):
    """What of a receipt was set against an invoice; `number` empty: a rest. `name`: of a part; None: its number."""

    number: str
    amount: Money
    name: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """A bank's line and what became of it."""

    id: LineId
    client_id: int
    client: str
    booked_on: date
    payer: str
    payer_account: str
    text: str
    amount: Money
    state: LineState
    buyer_id: int | None
    buyer: str
    reason: str
    word: str
    third_party: bool
    decided_at: datetime | None
    who: str
    file_name: str
    row: int
    against: tuple[PaidPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidedPayment:
    """A confirmation that was a mistake: whose the money was said to be, and what it was said to pay."""

    line: LineId
    client: str
    booked_on: date
    payer: str
    amount: Money
    buyer: str
    against: tuple[PaidPart, ...]
    voided: Voided


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What a person says of a line: whose it is, what it pays, and why somebody else paid (empty: the buyer did)."""

    buyer_id: int
    parts: tuple[tuple[int, Money], ...]
    word: str = ""
