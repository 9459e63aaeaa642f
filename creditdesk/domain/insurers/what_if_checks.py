"""What can't be replayed, and why (rules.md 9.4)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, Protocol

from creditdesk.domain.insurers.what_if import (
    FEWEST,
    LONGEST_DAYS,
    MOST,
    MOST_FACTOR,
    MOST_SLOWER,
    BuyerFails,
    LimitFactor,
    OtherPolicy,
    OwnPolicy,
    Slower,
    Stress,
    WhatIf,
)
from creditdesk.domain.insurers.what_if_words import stress_words
from creditdesk.domain.policy.fields import BY_KEY
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message

_DAY = timedelta(days=1)
FIXED: Final = ("policy_no", "period_start", "period_end", "policyholder_id")
"""What the replay itself says of a policy."""


class Span(Protocol):
    """A policy with its whole period, both ends included."""

    @property
    def number(self) -> str:
        """As the schedule has it."""

    @property
    def currency(self) -> str:
        """Of its amounts."""

    @property
    def start(self) -> date:
        """Its first day."""

    @property
    def end(self) -> date:
        """Its last day."""


class WhatIfPeriodWrong(UserError):
    """It would end before it begins, or last beyond any ledger."""

    message = N_(
        "A replay from {start} to {end} is none: the end comes after the beginning, at most ten years later."
    )


class WhatIfAhead(UserError):
    """Nobody knows what has not happened."""

    message = N_(
        "{end} is still to come: a replay shows what has happened, up to {day} at most."
    )


class WhatIfPolicies(UserError):
    """None, or more than a page holds side by side."""

    message = N_(
        "{count} policies can't be set side by side: give between one and {most}."
    )


class WhatIfNameTwice(UserError):
    """Nobody could tell them apart."""

    message = N_(
        "Two policies are called {name}. Give each a name of its own, and each number once."
    )


class WhatIfNumberUnknown(UserError):
    """The client has no policy of this number in the time."""

    message = N_(
        "{client} has no policy {number} between {start} and {end}. In this time it has: {known}."
    )


class WhatIfPoliciesAtOnce(UserError):
    """Which of the two a shipment belongs to can't be told."""

    message = N_(
        "Policies {first} and {second} ran at the same time from {start}: a replay needs one policy on each day. "
        "Choose a time with one of them."
    )


class WhatIfNoPolicy(UserError):
    """A part of the time without a policy of the client's own."""

    message = N_(
        "No policy of {client} ran from {start} to {end}, so there is nothing to replay policy {number} with. "
        "Choose days on which it or the ones before and after it ran."
    )


class WhatIfLedgerEmpty(UserError):
    """Nothing was sold by then, as far as the desk knows."""

    message = N_(
        "The ledger of {client} has no invoice up to {end}: there is nothing to replay. Choose other days, or import "
        "the ledger first."
    )


class WhatIfCurrencies(UserError):
    """Policies of one row in two currencies."""

    message = N_(
        "Policies {first} and {second} are in different currencies and can't be added up. Choose the time of one."
    )


class WhatIfFieldFixed(UserError):
    """What the replay itself says."""

    message = N_(
        "“{field}” can't be set: number, holder and period are those of the client's own policies."
    )


class StressNoDebt(UserError):
    """A failure that costs nothing."""

    message = N_(
        "{buyer} owes nothing on {on}: its failure would cost nothing. Choose a day on which an invoice is open."
    )


class StressDay(UserError):
    """A failure outside of the time."""

    message = N_("{buyer} can't fail on {on}: the replay goes from {start} to {end}.")


class StressTwice(UserError):
    """A buyer fails once, and payments are late by one number."""

    message = N_("The stress “{stress}” is given twice. Keep one of them.")


class StressDaysWrong(UserError):
    """Nothing, or beyond reason."""

    message = N_(
        "Payments {days} days later are no stress: give between 1 and {most} days."
    )


class StressFactorWrong(UserError):
    """Nothing, or beyond reason."""

    message = N_(
        "A limit of {factor} times what it is makes no sense: give a factor above 0 and up to {most}, such as 0.5."
    )


class StressNoLimit(UserError):
    """Nothing to multiply."""

    message = N_(
        "No limit was decided for {buyer} in this time under {policy}, so there is nothing to multiply."
    )


def check(asked: WhatIf, today: date) -> None:
    """Refuse what needs no desk to be told: the time, the policies side by side, the stresses."""
    if not asked.start <= asked.end or (asked.end - asked.start).days > LONGEST_DAYS:
        raise WhatIfPeriodWrong(start=asked.start, end=asked.end)
    if asked.end > today:
        raise WhatIfAhead(end=asked.end, day=today)
    _check_policies(asked)
    said: list[Message] = []
    for stress in asked.stresses:
        _check_stress(stress, asked)
        words = _once(stress)
        if words in said:
            raise StressTwice(stress=stress_words(stress))
        said.append(words)


def _check_policies(asked: WhatIf) -> None:
    if not FEWEST <= len(asked.policies) <= MOST:
        raise WhatIfPolicies(count=len(asked.policies), most=MOST)
    names = [policy.name for policy in asked.policies]
    for name in names:
        if names.count(name) > 1:
            raise WhatIfNameTwice(name=name)
    for policy in asked.policies:
        for key in policy.values if isinstance(policy, OtherPolicy) else ():
            if key in FIXED:
                raise WhatIfFieldFixed(field=BY_KEY[key].label)


def _once(stress: Stress) -> Message:
    """What may be said once: a buyer fails on one day, has one factor, and payments are late by one number."""
    if isinstance(stress, Slower):
        return Message("slower")
    return Message.of(type(stress).__name__, buyer=stress.buyer_id)


def _check_stress(stress: Stress, asked: WhatIf) -> None:
    match stress:
        case BuyerFails(buyer=buyer, on=on):
            if not asked.start <= on <= asked.end:
                raise StressDay(buyer=buyer, on=on, start=asked.start, end=asked.end)
        case Slower(days=days):
            if not 1 <= days <= MOST_SLOWER:
                raise StressDaysWrong(days=days, most=MOST_SLOWER)
        case LimitFactor(factor=factor):
            if not 0 < factor <= MOST_FACTOR:
                raise StressFactorWrong(factor=factor, most=MOST_FACTOR)


def one_at_a_time(own: Sequence[Span], asked: WhatIf) -> None:
    """Refuse days of the time on which two policies ran."""
    for place, span in enumerate(own):
        for other in own[place + 1 :]:
            start = max(span.start, other.start, asked.start)
            if start <= min(span.end, other.end, asked.end):
                raise WhatIfPoliciesAtOnce(
                    first=span.number, second=other.number, start=start
                )


def in_force(own: Sequence[Span], policy: OwnPolicy, asked: WhatIf) -> None:
    """Refuse a number the client's policies of the time don't have, a day without one, and several currencies."""
    numbers = tuple(span.number for span in own)
    if policy.number not in numbers:
        raise WhatIfNumberUnknown(
            client=asked.client, number=policy.number, start=asked.start, end=asked.end,
            known=numbers or Message(N_("none")),
        )  # fmt: skip
    for start, end in gaps(own, asked):
        raise WhatIfNoPolicy(
            client=asked.client, number=policy.number, start=start, end=end
        )
    for span in own:
        if span.currency != own[0].currency:
            raise WhatIfCurrencies(first=own[0].number, second=span.number)


def gaps(own: Sequence[Span], asked: WhatIf) -> Iterator[tuple[date, date]]:
    """The days of the time on which no policy ran, in a row."""
    day = asked.start
    for span in own:
        if span.start > day:
            yield day, span.start - _DAY
        day = max(day, span.end + _DAY)
    if day <= asked.end:
        yield day, asked.end
