"""The rows of the annual review: one type a sheet (rules.md 9.1)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.naming import Name
from creditdesk.i18n import Bilingual, Message

BUCKETS: tuple[str, ...] = ("not_due", "1-30", "31-60", "61-90", "91-180", ">180")
"""Columns of sheet 7; the last two add up to the screen's > 90."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioRow:
    """One buyer (sheet 4). `insured` is the covered part of `balance`; `own_share` percent kept of it (0–100).

    Days (`dbt`, `dso`) and `score` are None where the data doesn't give them; `dbt_of`: the money `dbt` was counted of.
    `last_sale` None: nothing was sold to it by the end; `terms`: the agreed days of
    its documents, by amount, None without a due date.
    """

    buyer: str
    id: int = 0
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
    dbt_of: Decimal = Decimal(0)
    dso: Decimal | None = None
    last_sale: date | None = None
    terms: int | None = None


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
    """One buyer's open documents by days overdue (sheet 7), in the order of `BUCKETS`; `unassigned` is on account."""

    buyer: str
    amounts: tuple[Money, ...]
    past_extension: bool = False
    unassigned: Money | None = None


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
    """One claim (sheet 10). `paid`: in all; `paid_in`: in the period; `reserve`: expected while nothing is decided."""

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
    reserve: Money | None = None
    paid_in: Money | None = None


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
class ScheduleRow:
    """A value of the policy's schedule (sheet 2). `confirmed`: somebody held it against the paper."""

    section: Bilingual
    label: Bilingual
    value: Name
    confirmed: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndorsementRow:
    """The terms from a day on (sheet 2)."""

    since: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month of the period (sheet 3): sold by the ledger, declared, and what stood open at its end.

    `declared` None: nothing was declared for it.
    """

    end: date
    sold: Money
    declared: Money | None
    insured: Money
    uninsured: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """What the insurer asked for (sheet 3). `paid_on` None: it is owed."""

    kind: Message
    reference: str
    amount: Money
    due: date
    paid_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UninsuredRow:
    """What a buyer owes and nobody insures, for one reason (sheet 6).

    `since`: the first shipment of it, None where there is none; `cure`: what would insure it, None: nothing.
    """

    buyer: str
    reason: Message
    amount: Money
    since: date | None
    cure: Message | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """An invoice the insurer was told of (sheet 9). `due` and `open` None: the notice was of an event.

    `outcome`: what became of it.
    """

    buyer: str
    invoice: Name
    sent: date
    way: str
    due: date | None
    open: Money | None
    outcome: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRow:
    """Money that came in after a loss (sheet 11), in the currency of the policy; `insurer`: its part of `net`."""

    claim: str
    buyer: str
    received: date
    source: Message
    gross: Money
    costs: Money
    net: Money
    insurer: Money
    remitted: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """A warning that holds at the end (sheet 12). `answer` None: nobody answered it."""

    buyer: str
    code: str
    title: Bilingual
    since: date
    value: str
    effect: Message
    answer: Message | None = None
    answered: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """An insurer's offer (sheet 13); None: not known. `scores` in the order of the criteria."""

    name: Name
    gate: Message
    premium: Money | None
    total: Money | None
    bps: Decimal | None
    scores: tuple[int | None, ...]
    score: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A law, a product or news of a sector (sheet 14). `handled` None: nobody dealt with it."""

    title: Bilingual
    since: date | None
    effect: Bilingual
    source: str = ""
    who: str = ""
    handled: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonRow:
    """What was learned (sheet 15)."""

    event: str
    lesson: str
    owner: str
    due: date | None
    done: date | None
    word: str = ""
