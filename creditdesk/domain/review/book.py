"""What the annual review says, in plain rows: one frozen book, in one currency (rules.md 9)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import Message

BUCKETS: tuple[str, ...] = ("not_due", "1-30", "31-60", "61-90", "91-180", ">180")
"""Columns of sheet 7; the last two add up to the screen's > 90."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRow:
    """One buyer (sheet 4). `insured` is the covered part of `balance`; `own_share` percent kept of it (0–100).

    Days (`dbt`, `dso`) and `score` are None where the data doesn't give them.
    """

    buyer: str
    code: str = ""
    country: str = ""
    sector: str = ""
    grade: str = ""
    score: Decimal | None = None
    turnover: Money
    balance: Money
    peak: Money
    average: Money
    limit: Money
    discretionary: bool = False
    insured: Money
    own_share: Decimal
    dbt: Decimal | None = None
    dso: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow:
    """One limit application (sheet 5). `decided` None: no answer yet, `approved` None with it."""

    buyer: str
    applied: date | None
    requested: Money | None
    approved: Money | None
    decided: date | None
    condition: str = ""
    expiry: date | None = None
    reason: str = ""
    result: Message

    @property
    def days_to_answer(self) -> int | None:
        """Calendar days from application to decision."""
        if self.applied is None or self.decided is None:
            return None
        return (self.decided - self.applied).days


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingRow:
    """One buyer's open documents by days overdue (sheet 7), in the order of `BUCKETS`."""

    buyer: str
    amounts: tuple[Money, ...]
    past_extension: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """One duty that was due (sheet 8). `done` None: not done; `exposed` the money it put at risk."""

    code: str
    duty: Message
    subject: Name
    anchor: date | None
    legal: date
    safe: date
    done: date | None
    consequence: Message
    evidence: str = ""
    exposed: Money | None = None

    def late(self, on: date) -> int:
        """Days after the legal date it was done, or has been waiting on this day; 0 when in time."""
        return max(0, ((self.done or on) - self.legal).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim (sheet 10)."""

    number: str
    buyer: str
    noticed: date | None
    filed: date | None
    accepted: date | None
    decided: date | None
    paid_on: date | None
    claimed: Money | None
    paid: Money | None
    recovered: Money | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One file the figures came from (sheet 16): its own total beside what was taken in."""

    file_name: str
    digest: str
    imported: date
    rows: int
    control_total: Money | None
    taken_in: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFigures:
    """What the policy cost and could pay.

    `declared` is what was declared of `insurable`, which the ledger says was due to be declared by the end. Where
    nobody keeps declarations it is None, and `insurable` the whole turnover.
    """

    title: str
    number: str
    insurer: str
    premium: Money | None = None
    fees: Money | None = None
    declared: Money | None = None
    insurable: Money | None = None
    max_liability: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBook:
    """One client's year. All money is in `currency`; what is in another one is told in `notes`, not added."""

    firm: Party
    client: Party
    start: date
    end: date
    data_date: date
    prepared_on: date
    currency: str
    policy: PolicyFigures | None
    portfolio: tuple[PortfolioRow, ...] = ()
    limits: tuple[LimitRow, ...] = ()
    ageing: tuple[AgeingRow, ...] = ()
    duties: tuple[DutyRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    findings: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    last_year: tuple["Kpi", ...] = ()


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure of rules.md 9.2. Shares are fractions (0.8 is 80 %); None where the rows can't give it.

    `good` None: no healthy range is known or no figure.
    """

    code: str
    title: str
    value: Decimal | None
    good: bool | None = None
