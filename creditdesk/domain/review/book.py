"""What the annual review says, in plain rows: one frozen book, in one currency (rules.md 9)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.review.rows import (
    AgeingRow,
    AlertRow,
    ChangeRow,
    ClaimRow,
    DutyRow,
    EndorsementRow,
    LessonRow,
    LimitRow,
    MonthRow,
    NoteRow,
    NoticeRow,
    PortfolioRow,
    QuoteRow,
    RecoveryRow,
    ScheduleRow,
    SourceRow,
    UninsuredRow,
)
from creditdesk.i18n import Bilingual, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFigures:
    """What the policy cost and could pay.

    `declared` is what was declared of `insurable`, which the ledger says was due to be declared by the end. Where
    nobody keeps declarations it is None, and `insurable` the whole turnover. `premium` is before tax, `rate` in
    percent; `minimum` None: the policy names none. `first_loss`: what is left of the year's aggregate first loss.
    """

    title: str
    number: str
    insurer: str
    premium: Money | None = None
    fees: Money | None = None
    rate: Decimal | None = None
    minimum: Money | None = None
    declared: Money | None = None
    insurable: Money | None = None
    max_liability: Money | None = None
    first_loss: Money | None = None
    name: Bilingual | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBook:
    """One client's year. All money is in `currency`; what is in another one is told in `notes`, not added.

    `opening`: what was outstanding when the period began. `avoided`: the bad trade a person says the cover kept away.
    """

    firm: Party
    client: Party
    start: date
    end: date
    data_date: date
    prepared_on: date
    currency: str
    policy: PolicyFigures | None
    opening: Money | None = None
    avoided: Money | None = None
    schedule: tuple[ScheduleRow, ...] = ()
    endorsements: tuple[EndorsementRow, ...] = ()
    months: tuple[MonthRow, ...] = ()
    premium_notes: tuple[NoteRow, ...] = ()
    portfolio: tuple[PortfolioRow, ...] = ()
    limits: tuple[LimitRow, ...] = ()
    uninsured: tuple[UninsuredRow, ...] = ()
    ageing: tuple[AgeingRow, ...] = ()
    duties: tuple[DutyRow, ...] = ()
    notices: tuple[NoticeRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    recoveries: tuple[RecoveryRow, ...] = ()
    alerts: tuple[AlertRow, ...] = ()
    quotes: tuple[QuoteRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    lessons: tuple[LessonRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    findings: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()
    last_year: tuple["Kpi", ...] = ()


class Unit(StrEnum):
    """What a figure counts. A share is a fraction: 0.8 is 80 %."""

    SHARE = "share"
    BPS = "bps"
    DAYS = "days"
    COUNT = "count"
    TIMES = "times"
    INDEX = "index"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure of rules.md 9.2 is called, how it is defined, and from where to where it is healthy.

    `low` and `high` None: there is no such end. `main`: one of the twelve on the cover.
    """

    code: str
    title: str
    unit: Unit
    definition: str
    low: Decimal | None = None
    high: Decimal | None = None
    main: bool = False

    def good(self, value: Decimal | None) -> bool | None:
        """Whether it is healthy; None: no range is known, or no figure."""
        if value is None or (self.low is None and self.high is None):
            return None
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure of a year; `value` None where the rows can't give it."""

    measure: Measure
    value: Decimal | None

    @property
    def code(self) -> str:
        """By which formulas and years are matched."""
        return self.measure.code

    @property
    def title(self) -> str:
        """What people call it."""
        return self.measure.title

    @property
    def good(self) -> bool | None:
        """Whether it is healthy."""
        return self.measure.good(self.value)
