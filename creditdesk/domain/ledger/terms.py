"""Payment terms: what they mean, and when a document falls due by them (rules.md 2.4, 14.1).

The words of a term are read by `catalog.terms.payment_term(words)`, which remembers what it has read. What it gives is
one `PaymentTerm`, the same for every document of that wording:

* `term_days.fall_due(term, known_days, calendar)`: the due date of one document, or what a person must say first;
* `term_answers.readings(term, documents, calendar)`: the ways a term may be meant, each with an id that may be kept
  for ever; only those that give one of these documents another day;
* `term_answers.answered(term, option)`: the term as a person settled it, by such an id.

Nothing here guesses: words that aren't fully understood are `UNREAD`, and their due date is open.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from creditdesk.domain.base.calendar import EomMode, Unit


class BaseDay(StrEnum):
    """The day a term counts from. No ledger tells that of `SIGHT` and `OTHER`."""

    INVOICE = "INVOICE"
    DELIVERY = "DELIVERY"
    ACCEPTED = "ACCEPTED"
    RECEIVED = "RECEIVED"
    BL_DATE = "BL_DATE"
    SIGHT = "SIGHT"
    OTHER = "OTHER"


class TermKind(StrEnum):
    """How a term leads to a day.

    `AFTER`: `count` of `unit` after the base day. `END_OF_MONTH`: the same with the month's end, in the reading `eom`;
    None: nobody said which. `MONTH_END`, `MONTH_DAY`: the last or a certain `day` of the month `months` after that of
    the base day. `EVERY_MONTH`: the first such `day` after it. `MONTHLY`: settled by the month, the day isn't said.
    `NO_CREDIT`: on the document's date. `ON_PRESENTATION`: when papers are shown. `PARTS`: each part by its own term.
    `QUESTION`: the words send to a contract. `UNREAD`: not understood. `OPEN`: a person left it open.
    """

    AFTER = "AFTER"
    END_OF_MONTH = "END_OF_MONTH"
    MONTH_END = "MONTH_END"
    MONTH_DAY = "MONTH_DAY"
    EVERY_MONTH = "EVERY_MONTH"
    MONTHLY = "MONTHLY"
    NO_CREDIT = "NO_CREDIT"
    ON_PRESENTATION = "ON_PRESENTATION"
    PARTS = "PARTS"
    QUESTION = "QUESTION"
    UNREAD = "UNREAD"
    OPEN = "OPEN"


DATED = frozenset(
    {
        TermKind.AFTER,
        TermKind.END_OF_MONTH,
        TermKind.MONTH_END,
        TermKind.MONTH_DAY,
        TermKind.EVERY_MONTH,
        TermKind.NO_CREDIT,
    }
)
"""The kinds that lead to a day once their base day is known, and nothing is left to be asked."""


class PartKind(StrEnum):
    """What a part of a document is: money due on a day, or kept back until a warranty has run."""

    INSTALMENT = "INSTALMENT"
    RETENTION = "RETENTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerm:
    """A term as it was read or settled; which fields mean something is `TermKind`'s to say.

    `or_invoice`: where the base day isn't known, the invoice date counts for it.
    """

    kind: TermKind
    base: BaseDay = BaseDay.INVOICE
    or_invoice: bool = False
    count: int = 0
    unit: Unit = Unit.CALENDAR_DAYS
    eom: EomMode | None = None
    day: int = 0
    months: int = 0
    parts: tuple["TermPart", ...] = ()


@dataclass(frozen=True, slots=True)
class TermPart:
    """A share of the document, in per cent, with its own term."""

    pct: Decimal
    term: PaymentTerm
    kind: PartKind = PartKind.INSTALMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDays:
    """What is known of one document's days; None: not known."""

    invoice: date | None
    delivery: date | None = None
    accepted: date | None = None
    received: date | None = None
    bl_date: date | None = None

    def of(self, base: BaseDay) -> date | None:
        """The day a term counts from."""
        return {
            BaseDay.INVOICE: self.invoice,
            BaseDay.DELIVERY: self.delivery,
            BaseDay.ACCEPTED: self.accepted,
            BaseDay.RECEIVED: self.received,
            BaseDay.BL_DATE: self.bl_date,
        }.get(base)
