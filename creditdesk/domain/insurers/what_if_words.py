"""What a replay takes for granted and what terms it was made under, in sentences (rules.md 9.4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.what_if import (
    BuyerFails,
    Exposure,
    LimitFactor,
    OtherPolicy,
    OwnPolicy,
    Slower,
    Stress,
    WhatIf,
)
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.i18n import N_, Message

_COVERED = N_(
    "An invoice counts as insured with what was insured of it when its goods left, as far as it is still open."
)
_LEDGER = N_(
    "The premium is reckoned by the ledger up to {on}, from the beginning of the policy; the insurer's invoices decide."
)
_DUTIES = N_(
    "Duties are those whose last day lay in the time and that {on} still shows: what was paid before is not among them."
)
_PAYOUTS = N_(
    "Indemnities are computed by the policy's terms; whether the insurer accepts a claim is not in them."
)
_SAME = N_("The limits of the other insurer are not known: today's decisions stand for them.")  # fmt: skip
_INDICATED = N_(
    "The limits of {buyers} are as entered; for all other buyers today's decisions stand for what is not known."
)
_PEOPLE = N_(
    "Everything counts as declared in time; what else was notified and done, on the same days as under the own policy."
)
_NO_PREMIUM = N_(
    "What was paid as premium for the client's own policy is not counted as premium paid for this one."
)
_UNCONFIRMED = N_(
    "{count} values are those of the template, which nobody has checked against a policy."
)
_ADDED = N_(
    "No policy of the client ran from {start} to {end}: these days are taken as a policy of their own."
)
_CHAIN = N_("From {start} to {end} it is policy {number}.")
_LEFT_OUT = N_(
    "{amounts} are not in the open debt: the desk has no exchange rate for them."
)
_CONVERTED = N_(
    "Debt in other currencies is taken at the rate of each invoice's own day."
)
_BEGINS = N_(
    "The ledger begins on {on}: what was sold and paid before is in no figure, not in the premium either."
)
_SKIPPED = N_(
    "{amount} that {buyer} owes was delivered outside these policies and is not in the indemnity."
)


_LATE_BEGINNING = timedelta(days=31)
"""A month without a first sale is nothing to be said."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A policy of the replay with the days it ran; `added`: the client had none then."""

    number: str
    start: date
    end: date
    added: bool = False


def stress_words(stress: Stress) -> Message:
    """What else is to have happened."""
    match stress:
        case BuyerFails(buyer=buyer, on=on):
            text = N_("{buyer} is insolvent on {on}: no payment and no delivery after it.")  # fmt: skip
            return Message.of(text, buyer=buyer, on=on)
        case Slower(days=days):
            return Message.of(N_("Every payment comes {days} days later."), days=days)
        case LimitFactor(buyer=buyer, factor=factor):
            text = N_("The limits of {buyer} are {factor} times what they are.")
            return Message.of(text, buyer=buyer, factor=f"{factor.normalize():f}")


def terms_words(terms: PolicyTerms) -> tuple[Message, ...]:
    """The terms that matter most, as far as the policy says them."""
    return tuple(_terms(terms))


def _terms(terms: PolicyTerms) -> Iterator[Message]:
    if terms.insured_pct is not None:
        yield Message.of(N_("pays {pct} %"), pct=f"{terms.insured_pct.normalize():f}")
    for text, amount in (
        (N_("deductible {amount}"), terms.eel),
        (N_("own retention at least {amount}"), terms.min_retention),
        (N_("losses up to {amount} not insured"), terms.nql),
        (N_("first loss {amount} a year"), terms.afl),
    ):
        if amount:
            yield Message.of(text, amount=amount)
    if terms.premium_rate is not None:
        rate = f"{terms.premium_rate.normalize():f}"
        yield Message.of(N_("rate {pct} %"), pct=rate)
    if terms.minimum_premium:
        text = N_("at least {amount} a period")
        yield Message.of(text, amount=terms.minimum_premium)
    if terms.stop_days is not None:
        text = N_("deliveries stop {days} days after the due date")
        yield Message.of(text, days=terms.stop_days)


def granted(  # noqa: PLR0913 - all that was taken for granted
    asked: WhatIf,
    policy: OwnPolicy | OtherPolicy,
    ran: Sequence[Ran],
    exposure: Exposure,
    *,
    begins: date,
    foreign: bool,
    unconfirmed: int,
    skipped: Sequence[tuple[str, Money]],
) -> tuple[Message, ...]:
    """In the order of their weight.

    `begins`: the day of the ledger's first document; `foreign`: some debt is in another currency than the policy.
    """
    found = [
        *_of_policy(policy, ran),
        Message(_COVERED),
        Message.of(_LEDGER, on=asked.end),
        Message.of(_DUTIES, on=asked.end),
        Message(_PAYOUTS),
    ]
    if begins - asked.start > _LATE_BEGINNING:
        found.append(Message.of(_BEGINS, on=begins))
    if unconfirmed:
        found.append(Message.of(_UNCONFIRMED, count=unconfirmed))
    if foreign:
        found.append(Message(_CONVERTED))
    if exposure.left_out:
        found.append(Message.of(_LEFT_OUT, amounts=exposure.left_out))
    for buyer, amount in skipped:
        found.append(Message.of(_SKIPPED, buyer=buyer, amount=amount))
    return tuple(found)


def _of_policy(
    policy: OwnPolicy | OtherPolicy, ran: Sequence[Ran]
) -> Iterator[Message]:
    if isinstance(policy, OwnPolicy):
        for each in ran if len(ran) > 1 else ():
            yield Message.of(_CHAIN, start=each.start, end=each.end, number=each.number)
        return
    if policy.limits:
        buyers = tuple(dict.fromkeys(each.buyer for each in policy.limits))
        yield Message.of(_INDICATED, buyers=buyers)
    else:
        yield Message(_SAME)
    yield Message(_PEOPLE)
    yield Message(_NO_PREMIUM)
    for each in ran:
        if each.added:
            yield Message.of(_ADDED, start=each.start, end=each.end)
