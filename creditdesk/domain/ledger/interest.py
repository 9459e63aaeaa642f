"""Interest on money that is paid late (rules.md 14.6): as agreed, by the LPR, or 0.05 % a day where neither is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import exact, rounded
from creditdesk.domain.base.steps import Step
from creditdesk.i18n import N_, Message

DAYS_OF_A_YEAR = 365
"""A rate by the year is divided by this, in leap years too."""
STATUTORY_PCT_A_DAY = Decimal("0.05")
"""保障中小企业款项支付条例, art. 17: where no interest is agreed."""


class InterestRule(StrEnum):
    """What late interest is counted by."""

    AGREED = "AGREED"
    LPR = "LPR"
    STATUTORY = "STATUTORY"


@dataclass(frozen=True, slots=True)
class Interest:
    """Late interest with its working; rounded once, at the end."""

    amount: Money
    days: int
    steps: tuple[Step, ...]


def late_interest(owed: Money, due: date, until: date, pct: Decimal | None) -> Interest:
    """Interest from the day after `due` to `until`, that day included. `pct` a year; None: the statutory rate a day."""
    days = (until - due).days
    found = rounded(exact(owed) * _share(pct) * days, owed.currency)
    counted = Message.of(
        N_("{days} days from {due} to {until}; the first day is not counted"),
        days=days,
        due=due,
        until=until,
    )
    return Interest(
        found,
        days,
        (
            Step("I1", Message(N_("Paid late")), owed, source="14.6"),
            Step("I2", counted, source="14.6"),
            Step("I3", _how(owed, days, pct), found, source="14.6", emphasis=True),
        ),
    )


def at_least_lpr(agreed: Decimal, lpr: Decimal | None) -> Decimal:
    """The rate a year of who owes by Decree 802: never below the one-year LPR of the day of the contract.

    `lpr` None: nobody entered it, and the agreed rate stands. rules.md 14.6.
    """
    return agreed if lpr is None else max(agreed, lpr)


def _share(pct: Decimal | None) -> Fraction:
    """What a day costs of the amount."""
    if pct is None:
        return Fraction(STATUTORY_PCT_A_DAY) / 100
    return Fraction(pct) / 100 / DAYS_OF_A_YEAR


def _how(owed: Money, days: int, pct: Decimal | None) -> Message:
    if pct is None:
        text = N_("Interest: {owed} × {pct} % a day × {days} days")
        return Message.of(text, owed=owed, pct=STATUTORY_PCT_A_DAY, days=days)
    text = N_("Interest: {owed} × {pct} % a year ÷ {year} × {days} days")
    return Message.of(text, owed=owed, pct=pct, year=DAYS_OF_A_YEAR, days=days)
