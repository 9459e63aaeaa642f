"""The client's own ledger under other policies: what is asked, and what came of each of them (rules.md 9.4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import exact, rounded
from creditdesk.domain.base.steps import Step
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.claim.deductible import Insured, payable
from creditdesk.domain.cover.case import (
    Indemnity,
    IndemnityCase,
    IndemnityRow,
    IndemnityTerms,
)
from creditdesk.i18n import Message

FEWEST, MOST = 1, 4
"""Policies side by side; a single one is the client's own year again, as under a stress."""
LONGEST_DAYS: Final = 366 * 10
MOST_SLOWER: Final = 366
MOST_FACTOR: Final = 10
_HIGHEST: Final = 10**6
"""Times the premium: a loss beyond it is none."""


@dataclass(frozen=True, slots=True)
class BuyerFails:
    """The buyer is insolvent on a day: it pays nothing after it, and nothing is delivered to it any more."""

    buyer_id: int
    buyer: str
    on: date


@dataclass(frozen=True, slots=True)
class Slower:
    """Every payment comes so many days later."""

    days: int


@dataclass(frozen=True, slots=True)
class LimitFactor:
    """Every amount decided for the buyer is this many times what it is."""

    buyer_id: int
    buyer: str
    factor: Decimal


Stress = BuyerFails | Slower | LimitFactor


@dataclass(frozen=True, slots=True)
class Indication:
    """A limit that the other insurer would give, from a day on; in policy currency."""

    buyer_id: int
    buyer: str
    amount: Decimal
    start: date


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """The client's own of this number, with those before and after it in the time."""

    number: str

    @property
    def name(self) -> str:
        """What it is called side by side."""
        return self.number


@dataclass(frozen=True, slots=True)
class OtherPolicy:
    """Terms in place of the client's own. `limits` empty: today's decisions; else those of these buyers are others."""

    template: str
    name: str
    values: Mapping[str, str]
    limits: tuple[Indication, ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is asked: a time of a client, both ends included, two to four policies, and what else is to have happened.

    A single policy is answered too: its own year, or that year under a stress.
    """

    client_id: int
    client: str
    start: date
    end: date
    policies: tuple[OwnPolicy | OtherPolicy, ...]
    stresses: tuple[Stress, ...] = ()


@dataclass(frozen=True, slots=True)
class ExposureDay:
    """What was open on a day, insured and not."""

    on: date
    covered: Money
    uncovered: Money


@dataclass(frozen=True, slots=True)
class Exposure:
    """What was open through time, in policy currency. The averages are over all days.

    `peak`: the first day on which most was not insured. `course`: the first day, each end of a month, the last day.
    `left_out`: documents in currencies the desk has no rate for, by their whole amounts.
    """

    covered_average: Money
    uncovered_average: Money
    peak: ExposureDay
    course: tuple[ExposureDay, ...]
    left_out: tuple[Money, ...] = ()

    @property
    def uncovered_pct(self) -> Decimal | None:
        """What was not insured of the average, in per cent with one digit; None: nothing was open."""
        whole = self.covered_average + self.uncovered_average
        if not whole:
            return None
        share = self.uncovered_average.amount * 100 / whole.amount
        return share.quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class DutiesOfKind:
    """Those of one code: how many were due, how many late, and the debt that late ones are about."""

    code: str
    due: int
    late: int
    at_stake: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class DutiesThen:
    """The duties whose legal date lay in the time, those that were late, and the debt that late ones are about.

    `kinds`: the same by code, in the codes' order.
    """

    due: int
    late: int
    at_stake: tuple[Money, ...] = ()
    kinds: tuple[DutiesOfKind, ...] = ()


@dataclass(frozen=True, slots=True)
class PremiumOf:
    """How the premium of one policy of the time comes about."""

    number: str
    cost: Money
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """The last insured day for shipping of a buyer's first stop."""

    buyer: str
    on: date


@dataclass(frozen=True, slots=True)
class Indemnified:
    """One loss. `claim`: the desk's own, empty for a stress. `made` None: `refused` says what stands against it."""

    buyer: str
    date_of_loss: date
    cause: Cause
    claim: str
    case: IndemnityCase
    made: Indemnity | None
    refused: Message | None = None
    granted: tuple[Message, ...] = ()

    @property
    def not_insured(self) -> tuple[IndemnityRow, ...]:
        """The open invoices of which something is not insured."""
        rows = self.made.rows if self.made else ()
        return tuple(row for row in rows if row.residual != row.eligible)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What came of one policy. Amounts in its currency.

    `premium`: before tax, None where `refused` says what stands against it; `cost`: with tax and fees. `terms`: on the
    last day.
    """

    name: str
    is_own: bool
    terms: Sequence[Message]
    currency: str
    premium: Money | None
    cost: Money | None
    refused: Message | None
    exposure: Exposure
    duties: DutiesThen
    stops: tuple[Stopped, ...]
    indemnities: tuple[Indemnified, ...]
    break_even: Money | None
    assumptions: tuple[Message, ...]
    premiums: tuple[PremiumOf, ...] = ()

    @property
    def indemnity(self) -> Money | None:
        """All of them together; None: one can't be computed."""
        made = [each.made for each in self.indemnities]
        known = [each.indemnity for each in made if each is not None]
        return Money.total(known, self.currency) if len(known) == len(made) else None

    @property
    def lost(self) -> Money | None:
        """What the failed buyers owe in all; None: one loss can't be computed."""
        made = [each.made for each in self.indemnities]
        known = [each.whole_debt for each in made if each is not None]
        return Money.total(known, self.currency) if len(known) == len(made) else None

    @property
    def own_loss(self) -> Money | None:
        """What of it no indemnity brings back."""
        return _less(self.lost, self.indemnity)

    @property
    def net(self) -> Money | None:
        """Indemnities less the premium before tax; None: one of them isn't known."""
        return _less(self.indemnity, self.premium)

    @property
    def net_of_cost(self) -> Money | None:
        """The same less the premium with tax and fees."""
        return _less(self.indemnity, self.cost)


def _less(first: Money | None, second: Money | None) -> Money | None:
    return None if first is None or second is None else first - second


def break_even(terms: IndemnityTerms, premium: Money) -> Money | None:
    """The covered loss of one buyer from which the indemnity is at least the premium; None: it never is.

    By the rules of the indemnity itself, with threshold, deductible, percentage, first loss and maximum, of which
    nothing is used yet.
    """
    if not premium:
        return Money.zero(premium.currency)
    pct = terms.insured_pct
    if pct is None:
        return None

    def pays(minor: int) -> bool:
        loss = exact(Money.of_minor(minor, premium.currency))
        paid = payable(terms, (Insured(pct, loss),), ())
        return rounded(paid.amount, premium.currency) >= premium

    highest = premium.minor * _HIGHEST
    return Money.of_minor(_first(pays, highest), premium.currency) if pays(highest) else None  # fmt: skip


def _first(holds: Callable[[int], bool], highest: int) -> int:
    """The least whole number that it holds for; it holds for all above it, and for `highest`."""
    lowest = 0
    while lowest < highest:
        middle = (lowest + highest) // 2
        if holds(middle):
            highest = middle
        else:
            lowest = middle + 1
    return lowest
