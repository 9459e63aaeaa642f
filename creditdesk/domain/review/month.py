"""What a client's month comes to (信保月报): covered, uncovered and why, and what changed since the month before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.policy.fields import PolicyField
from creditdesk.i18n import N_, Message

OVER_LIMIT = "OVER_LIMIT"
"""Not covered though nothing is wrong with the shipment: the limit is used up."""
NO_POLICY = "NO_POLICY"
UNKNOWN = "UNKNOWN"
"""Whether it is covered can't be worked out, as without a rate of exchange."""

DEEDS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("taken in", "import_batch"): (N_("{count} ledger taken in"), N_("{count} ledgers taken in")),
    ("declared", "declaration"): (N_("{count} declaration made"), N_("{count} declarations made")),
    ("sent", "notice"): (N_("{count} notice sent"), N_("{count} notices sent")),
    ("sent", "limit_request"): (N_("{count} limit asked for"), N_("{count} limits asked for")),
    ("decided", "credit_limit"): (N_("{count} limit decision entered"), N_("{count} limit decisions entered")),
    ("reported", "buyer_event"): (N_("{count} event of a buyer recorded"), N_("{count} events of buyers recorded")),
    ("opened", "claim"): (N_("{count} claim opened"), N_("{count} claims opened")),
    ("advanced", "claim"): (N_("{count} step of a claim taken"), N_("{count} steps of claims taken")),
    ("contested", "dispute"): (N_("{count} dispute recorded"), N_("{count} disputes recorded")),
    ("done", "task"): (N_("{count} task done"), N_("{count} tasks done")),
    ("reviewed", "policy"): (
        N_("{count} question of the contract review answered"),
        N_("{count} questions of the contract review answered"),
    ),
    ("typed", "control_figure"): (
        N_("{count} balance held against the books"),
        N_("{count} balances held against the books"),
    ),
}  # fmt: skip
"""What of the journal a client is told, in words, by what was done to what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One day's figures, in one currency. `covered` and `uncovered` make `balance`; `overdue` is part of it."""

    on: date
    balance: Money
    covered: Money
    overdue: Money

    @property
    def uncovered(self) -> Money:
        """What stands under no insurance."""
        return self.balance - self.covered

    @property
    def share(self) -> Decimal | None:
        """Uncovered per cent of the balance, one digit; None: nothing is owed."""
        if self.balance.amount <= 0:
            return None
        found = self.uncovered.amount * 100 / self.balance.amount
        return found.quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Why money is uncovered: a `Reason`, or one of the words above. `largest`: the buyer with most of it."""

    reason: str
    amount: Money
    buyers: int
    largest: str
    largest_amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done with a client's things on a day, as the journal has it."""

    on: date
    what: str
    subject: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A buyer beyond its limit, about whom the client decides. `ask`: what the limit would have to be."""

    buyer: str
    over: Money
    ask: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBook:
    """A client's month. `payable` None: `missing` says which values of the policy it rests on that nobody entered.

    With nothing missing it is None where the policy doesn't insure VAT: only a claim works that out.

    `refused`: what couldn't be worked out, and what is taken for granted. `gaps` make what is uncovered. `besides`:
    what is owed in other currencies, which stands in no figure. `policy` empty: none ran at the end. `unconfirmed`:
    values that nobody held against the policy.
    """

    firm: Party
    client: Party
    policy: str
    policy_end: date | None
    now: Standing
    before: Standing
    payable: Money | None
    missing: tuple[PolicyField, ...]
    gaps: tuple[Gap, ...]
    besides: tuple[Money, ...]
    deeds: tuple[Deed, ...]
    choice: Choice | None
    unconfirmed: tuple[PolicyField, ...]
    refused: tuple[Message, ...] = ()

    @property
    def currency(self) -> str:
        """Of all its figures."""
        return self.now.balance.currency
