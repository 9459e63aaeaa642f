"""What is said and kept of a buyer's credit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import exact
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.credit.answers import Answer, Answered
from creditdesk.domain.credit.contacts import ContactWay, Direction, Promise
from creditdesk.domain.credit.credit_rules import CreditRules, Departure
from creditdesk.domain.credit.deciding import CreditVerdict, KeptPoint
from creditdesk.domain.credit.facts import FactKind
from creditdesk.domain.credit.paying import Paying
from creditdesk.domain.credit.rating import Rating
from creditdesk.domain.credit.recommended import Recommended
from creditdesk.domain.credit.sheets import Sheet
from creditdesk.domain.credit.warnings import Warned
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message


class KeptInFuture(UserError):
    """Nothing is known of tomorrow."""

    message = N_("{on} is still to come. Enter a day that has been.")


class StatementTwice(UserError):
    """The same period once more."""

    message = N_(
        "A statement of {buyer} to {day} over {months} months is there already. Void it first if this one replaces it."
    )


class StatementEmpty(UserError):
    """A statement without a figure."""

    message = N_("The statement has no figure. Enter at least one row.")


class RowUnknown(UserError):
    """A key that is no row of the layout."""

    message = N_("The {scheme} has no row “{key}”. It knows {known}.")


class MonthsWrong(UserError):
    """No period is so long."""

    message = N_("A statement is of 1 to 24 months, not {months}.")


class PromiseDayMissing(UserError):
    """A promise nobody can hold somebody to."""

    message = N_(
        "A promise needs its day. Ask the buyer when it will pay, or enter the contact without a promise."
    )


class SaidMissing(UserError):
    """A contact without what was said."""

    message = N_("Say in a sentence what was said or written.")


class NoPromise(UserError):
    """Nothing was promised, or it was settled."""

    message = N_("Contact {number} has no open promise.")


class GradeMissing(UserError):
    """A grade of nobody, or none."""

    message = N_("A grade needs who gave it, its scheme and its value.")


class FactEndsBefore(UserError):
    """An end before the beginning."""

    message = N_("It holds since {since}: it can't end on {on}.")


class DecisionReasonMissing(UserError):
    """A decision needs its reason."""

    message = N_("Say why it was decided so.")


class DecisionAmountMissing(UserError):
    """A decision to deliver without how much."""

    message = N_("Enter the amount up to which it holds.")


class DecisionTermsMissing(UserError):
    """Other terms without saying which."""

    message = N_("Enter the terms, such as 30 % in advance and the rest within 30 days.")  # fmt: skip


class ApprovedAlready(UserError):
    """Nothing waits for approval."""

    message = N_("Decision {number} needs no approval, or has it.")


class ApproverMissing(UserError):
    """Somebody approves."""

    message = N_("Name who approves.")


class AnswerReasonMissing(UserError):
    """Ignoring and stopping need a reason."""

    message = N_("Say why. The answer stands in the file with it.")


class WatchDayMissing(UserError):
    """Watching ends on a day."""

    message = N_("Enter the day until which it is watched, after {on}.")


class ToldHowMissing(UserError):
    """The insurer was told, and nobody says how."""

    message = N_("Say how the insurer was told: by which letter, portal or mail.")


class WarningNotThere(UserError):
    """There is nothing to answer."""

    message = N_("{buyer} has no warning {code} on {on}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerRating:
    """A buyer judged on a day by what the desk holds; amounts in one currency.

    `sheet`: the statement that counted; `balance`: what is open; `limit`: what the insurer has in force, None: nothing.
    `paying`: how it paid, in `currency`. `remarks`: what else bears on the figures.
    """

    as_of: date
    currency: str
    rating: Rating
    limits: Recommended
    sheet: Sheet | None
    balance: Money
    limit: Money | None
    paying: Paying
    remarks: tuple[Message, ...] = ()

    @property
    def overdue(self) -> Money:
        """What is open past its due date."""
        return Money(self.paying.overdue, self.currency).rounded()

    @property
    def used_pct(self) -> Fraction | None:
        """The balance in percent of the insurer's limit; None: there is none in force, or it is in another currency."""
        if not self.limit or self.limit.currency != self.currency:
            return None
        return exact(self.balance) / exact(self.limit) * 100


@dataclass(frozen=True, slots=True)
class BuyerWarning:
    """A warning that holds for a buyer, since when, and the answer that settles it; None: it is open."""

    buyer_id: int
    buyer: str
    first_seen: date
    warned: Warned
    answer: Answered | None = None


class Where(StrEnum):
    """The part of a buyer's file in which something stands."""

    DOCUMENTS = "documents"
    PAYMENTS = "payments"
    LIMITS = "limits"
    NOTICES = "notices"
    EVENTS = "events"
    LOG = "log"
    WARNINGS = "warnings"
    SCORE = "score"
    STATEMENTS = "statements"


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of a buyer's timeline. `graver`: it stopped deliveries. `document`: the paper that shows it.

    `where` it stands in the file.
    """

    on: date
    title: Message
    detail: Message | None = None
    graver: bool = False
    document: int | None = None
    where: Where = Where.DOCUMENTS


@dataclass(frozen=True, slots=True)
class FilePaper:
    """A paper of a buyer's file: what it shows, its name, its kind, and the digest of its bytes."""

    on: date
    title: Message
    file_name: str
    media: str
    digest: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The newest entries, newest first, and how many are older than they."""

    entries: tuple[Happened, ...]
    earlier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A kept statement."""

    id: int
    sheet: Sheet
    document_id: int | None
    who: str
    voided: Voided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrade:
    """What an agency or insurer says, as it says it."""

    buyer_id: int
    giver: str
    scheme: str
    value: str
    direction: Direction
    as_of: date
    note: str = ""
    document: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLine:
    """A kept grade."""

    id: int
    giver: str
    scheme: str
    value: str
    direction: Direction
    as_of: date
    note: str
    document_id: int | None
    who: str
    voided: Voided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesLine:
    """Credit rules as they were kept, by whom and when."""

    id: int
    rules: CreditRules
    recorded_at: datetime
    who: str
    voided: Voided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """What became known; `value` as its kind asks."""

    buyer_id: int
    kind: FactKind
    on: date
    value: str = ""
    note: str = ""
    document: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A kept fact."""

    id: int
    kind: FactKind
    on: date
    value: str
    note: str
    ended_on: date | None
    document_id: int | None
    who: str
    voided: Voided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A call, visit or letter; `promised`: the amount, where one was named, for a promise with its day."""

    buyer_id: int
    way: ContactWay
    on: date
    said: str
    person: str = ""
    promised_on: date | None = None
    promised: Money | None = None
    document: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """A kept contact; `outcome` None: nothing was promised."""

    id: int
    way: ContactWay
    on: date
    said: str
    person: str
    promised_on: date | None
    promised: Money | None
    outcome: Promise | None
    settled_on: date | None
    document_id: int | None
    who: str
    voided: Voided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """A kept score. `limits` are plain figures in `currency` by name."""

    id: int
    as_of: date
    card: str
    version: str
    model: str
    score: int
    raw: int
    grade: str | None
    completeness: str
    currency: str
    points: Mapping[str, KeptPoint]
    caps: tuple[str, ...]
    limits: Mapping[str, str | None]
    who: str
    voided: Voided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """What the client decides. `amount`: up to which; `terms`: in words; `term_days`: the longest payment term.

    `allowed_by`: who allowed it where it departs from the client's credit rules.
    """

    buyer_id: int
    verdict: CreditVerdict
    on: date
    reason: str
    amount: Money | None = None
    terms: str = ""
    document: int | None = None
    term_days: int | None = None
    allowed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """A kept decision with the figures as they stood. `approver`: whose approval it needs, empty: nobody's."""

    id: int
    verdict: CreditVerdict
    on: date
    amount: Money | None
    terms: str
    reason: str
    figures: Mapping[str, str | None]
    currency: str
    approver: str
    approved_by: str
    approved_on: date | None
    document_id: int | None
    who: str
    voided: Voided | None
    term_days: int | None = None
    departures: tuple[Departure, ...] = ()
    allowed_by: str = ""

    @property
    def waits(self) -> bool:
        """Whether the approval it needs is still missing."""
        return bool(self.approver) and self.approved_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Up to which amount the client's people decide alone, and who approves what is above."""

    amount: Money
    approver: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """What is done about a warning."""

    buyer_id: int
    code: str
    answer: Answer
    on: date
    reason: str = ""
    until: date | None = None
    lifted_by: str = ""
    way: str = ""
    document: int | None = None
