"""Discretionary limits: what the service takes, gives and refuses."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.discretionary import Basis, Experience
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message


class NoDiscretionary(UserError):
    """The policy gives no right to set a limit."""

    message = N_(
        "Policy {policy} gives no discretionary limit. If the paper does, enter its amount in the policy first."
    )


class DiscretionaryKilled(UserError):
    """Something forbids a limit of one's own."""

    message = N_("No discretionary limit is possible: {why}")


class EvidenceTooOld(UserError):
    """Evidence from before, or from the future."""

    message = N_(
        "The evidence must be of the last twelve months, not later than today."
    )


class GroundAmountMissing(UserError):
    """A limit needs an amount in the policy's currency."""

    message = N_("Give the amount of the limit in {currency}.")


class GroundAmountTooHigh(UserError):
    """More than the grounds or the policy carry."""

    message = N_("{amount} is more than the {most} the policy and the grounds carry.")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundCheck:
    """What the ledger proves on a day. `most` is the policy's cap; `forbidden` kills every ground."""

    policy_id: int
    buyer_id: int
    on: date
    most: Money
    rules: str
    pct: Decimal | None
    experience: Experience
    forbidden: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGround:
    """What is to be kept. From experience amount and day come out of the ledger; a person may take less."""

    policy_id: int
    buyer_id: int
    basis: Basis
    amount: Money | None = None
    evidence_date: date | None = None
    pct: Decimal | None = None
    document: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundLine:
    """Grounds in a list. `until`: the last day they carry."""

    id: int
    policy: str
    basis: Basis
    amount: Money
    evidence_date: date
    until: date
    purchases: int
    note: str
    who: str
    recorded_on: date
