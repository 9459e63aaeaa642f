"""A client's own credit rules: who allows how much and how long, what a decision needs, when buyers are seen again.

The statutory term is that of 国务院令 802 (rules.md 14.6), the rhythm begins with that of the scorecard (rules.md 6.3).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from creditdesk.domain.base.calendar import months_later
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

STATUTORY_DAYS = 60
_MOST_MONTHS = 60
UNGRADED = "-"
"""The rhythm of buyers of whom too little is known for a grade."""
GRADES = ("A", "B", "C", "D", "E", "F", UNGRADED)


class LevelsOdd(UserError):
    """Levels that don't rise."""

    message = N_(
        "Each level allows more than the one before it; only the last may be without a bound."
    )


class LevelMissing(UserError):
    """Rules nobody could follow."""

    message = N_("Name at least one level: who allows credit, and up to which amount.")


class RhythmWrong(UserError):
    """No such grade, or no number of months."""

    message = N_("Grade {grade} can't be looked at every {months} months; 1 to 60 are possible.")  # fmt: skip


class DepartureUnallowed(UserError):
    """A decision that departs from the rules, and nobody who allowed it."""

    message = N_("This departs from the client's credit rules: {what} Name who allowed it.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """Who allows credit up to an amount and a term in days; None: without a bound."""

    approver: str
    amount: Decimal | None = None
    days: int | None = None

    def allows(self, amount: Decimal | None, days: int | None) -> bool:
        """Whether it reaches so far; what isn't said is within any bound."""
        return (amount is None or self.amount is None or amount <= self.amount) and (
            days is None or self.days is None or days <= self.days
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRules:
    """The rules from a day on. Amounts in `currency`; the first level decides alone, every other approves.

    `report_from`: from this amount on a decision needs the rating of an agency or insurer not older than
    `report_months`; None: never. `review_months` by grade; a grade that isn't there is not looked at again.
    """

    since: date
    currency: str
    levels: tuple[Level, ...]
    report_from: Decimal | None = None
    report_months: int = 12
    review_months: Mapping[str, int]
    statutory_days: int = STATUTORY_DAYS
    note: str = ""


class Departure(StrEnum):
    """How a decision departs from the rules."""

    ABOVE_ALL = "ABOVE_ALL"
    NO_REPORT = "NO_REPORT"
    OVER_STATUTORY = "OVER_STATUTORY"


DEPARTURE_WORDS: Mapping[Departure, str] = {
    Departure.ABOVE_ALL: N_("no level allows so much, or so long a term."),
    Departure.NO_REPORT: N_("the rating it needs is not on file, or too old."),
    Departure.OVER_STATUTORY: N_("the term is longer than the statutory one."),
}


def check(rules: CreditRules) -> None:
    """Raises `LevelMissing`, `LevelsOdd`, `RhythmWrong`."""
    if not rules.levels or not all(each.approver.strip() for each in rules.levels):
        raise LevelMissing
    bounds = [each.amount for each in rules.levels]
    if any(each is None for each in bounds[:-1]) or not _rises(bounds):
        raise LevelsOdd
    for grade, months in rules.review_months.items():
        if grade not in GRADES or not 1 <= months <= _MOST_MONTHS:
            raise RhythmWrong(grade=grade, months=months)


def _rises(bounds: Sequence[Decimal | None]) -> bool:
    known = [each for each in bounds if each is not None]
    return all(one < other for one, other in pairwise(known))


def approver(rules: CreditRules, amount: Decimal | None, days: int | None) -> str:
    """Who has to approve; empty: the first level decides alone. Beyond all of them it is the last."""
    for place, level in enumerate(rules.levels):
        if level.allows(amount, days):
            return level.approver if place else ""
    return rules.levels[-1].approver


def departures(
    rules: CreditRules,
    on: date,
    *,
    amount: Decimal | None,
    days: int | None,
    rated_on: date | None,
) -> Iterator[Departure]:
    """How a decision departs; `rated_on`: the day of the newest rating on file."""
    if not any(each.allows(amount, days) for each in rules.levels):
        yield Departure.ABOVE_ALL
    if rules.report_from is not None and amount is not None and amount >= rules.report_from:  # fmt: skip
        oldest = months_later(on, -rules.report_months)
        if rated_on is None or rated_on < oldest:
            yield Departure.NO_REPORT
    if days is not None and days > rules.statutory_days:
        yield Departure.OVER_STATUTORY


def review_due(rules: CreditRules, last: date | None, grade: str | None) -> date | None:
    """When a buyer has to be looked at again: counted from its last kept score, or from the day the rules began.

    None: buyers of this grade are not.
    """
    months = rules.review_months.get(grade or UNGRADED)
    if months is None:
        return None
    return months_later(last or rules.since, months)


def said(found: Sequence[Departure]) -> Message:
    """The departures in one sentence."""
    return Message.of("{words}", words=tuple(Message(DEPARTURE_WORDS[each]) for each in found))  # fmt: skip
