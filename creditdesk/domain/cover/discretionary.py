"""May the insured set the limit itself? Grounds from payment experience, and what kills them (rules.md 3.5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import ZERO, Rate, Rates, rounded
from creditdesk.domain.cover.case import CaseInvoice
from creditdesk.domain.cover.limits import (
    CoverEvent,
    CoverEventKind,
    Limit,
    decision_on,
)
from creditdesk.domain.ledger.allocation import Credit, open_on_days
from creditdesk.domain.policy.choices import AllocationRule
from creditdesk.i18n import N_, Message

PURCHASES = 2
"""So many purchases paid in time make an experience."""
MONTHS = 12
"""Older evidence does not count."""


class Basis(StrEnum):
    """What a discretionary limit rests on."""

    EXPERIENCE = "EXPERIENCE"
    REPORT = "REPORT"
    INSURER_CHECK = "INSURER_CHECK"


BASIS_TITLES: Mapping[Basis, str] = {
    Basis.EXPERIENCE: N_("Payment experience"),
    Basis.REPORT: N_("Credit report"),
    Basis.INSURER_CHECK: N_("Insurer's own check"),
}


@dataclass(frozen=True, slots=True)
class Purchase:
    """One invoice of the last twelve months, its amount in policy currency.

    `settled_on` None: not yet paid; `name`: of a part of a document, None: its number.
    """

    number: str
    issued: date
    due: date
    amount: Money
    settled_on: date | None
    in_time: bool
    name: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the rule looks at. `most`: the policy's own cap, None where it gives none.

    `extension_days`: an invoice is properly paid up to its original due date and these days. `floor`: later ones kill
    the limit only when they come to more than this in all.
    """

    on: date
    currency: str
    invoices: Sequence[CaseInvoice]
    credits: Sequence[Credit]
    limits: Sequence[Limit] = ()
    events: Sequence[CoverEvent] = ()
    rates: Sequence[Rate] = ()
    extension_days: int
    notice_days: int = 0
    most: Money | None = None
    floor: Decimal = Decimal(0)
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """The answer. `amount` None: there is no limit of one's own, and `against` says why.

    `highest`: the highest balance that was properly paid; `evidence_date`: when the last purchase of it was paid.
    """

    purchases: tuple[Purchase, ...]
    highest: Money
    amount: Money | None
    evidence_date: date | None
    against: tuple[Message, ...]

    @property
    def in_time(self) -> tuple[Purchase, ...]:
        """The purchases that prove it."""
        return tuple(each for each in self.purchases if each.in_time)


def experience(asked: Question) -> Experience:
    """The limit payment experience carries. Raises `RateMissing`."""
    rates = Rates(asked.currency, asked.rates)
    known = [item for item in asked.invoices if item.issued <= asked.on]
    days = _turning_days(known, asked)
    open_then = open_on_days(
        known,
        [item for item in asked.credits if item.on <= asked.on],
        AllocationRule.DESIGNATED,
        rates,
        days,
    )
    returned = _returned(known, asked, rates)
    purchases = tuple(
        _purchase(item, asked, rates, open_then)
        for item in known
        if months_later(asked.on, -MONTHS) <= item.issued and item.id not in returned
    )
    proper = {each.number for each in purchases if each.in_time}
    highest = _highest(known, proper, rates, open_then)
    against = (*_kills(asked, known, open_then, rates), *_too_few(proper))
    amount = rounded(Fraction(highest) * Fraction(asked.factor), asked.currency)
    if asked.most is not None and amount.amount > asked.most.amount:
        amount = asked.most
    settled = [each.settled_on for each in purchases if each.in_time]
    return Experience(
        purchases=purchases,
        highest=rounded(highest, asked.currency),
        amount=None if against or not amount else amount,
        evidence_date=max((day for day in settled if day), default=None),
        against=against,
    )


def kills(asked: Question) -> tuple[Message, ...]:
    """What forbids every limit of one's own, whatever it rests on. Raises `RateMissing`."""
    known = [item for item in asked.invoices if item.issued <= asked.on]
    rates = Rates(asked.currency, asked.rates)
    open_then = open_on_days(
        known,
        [item for item in asked.credits if item.on <= asked.on],
        AllocationRule.DESIGNATED,
        rates,
        [asked.on],
    )
    return tuple(_kills(asked, known, open_then, rates))


def _returned(known: Sequence[CaseInvoice], asked: Question, rates: Rates) -> set[str]:
    """Invoices that credit notes took back whole: nobody paid them."""
    notes = [item for item in asked.credits if item.is_note and item.on <= asked.on]
    rule = AllocationRule.DESIGNATED
    left = open_on_days(known, notes, rule, rates, [asked.on])[asked.on]
    return {item.id for item in known if not left[item.id]}


def _turning_days(known: Iterable[CaseInvoice], asked: Question) -> set[date]:
    """Balances rise when goods are invoiced and fall when money comes."""
    paid = {item.on for item in asked.credits if item.on <= asked.on}
    return {asked.on, *paid, *(item.issued for item in known)}


def _purchase(
    item: CaseInvoice,
    asked: Question,
    rates: Rates,
    open_then: Mapping[date, Mapping[str, Fraction]],
) -> Purchase:
    settled = next(
        (
            day
            for day in sorted(open_then)
            if day >= item.issued and open_then[day][item.id] == 0
        ),
        None,
    )
    last = item.due + timedelta(days=asked.extension_days)
    amount = Fraction(item.amount.amount) * rates.on(item.amount.currency, item.issued)
    return Purchase(
        number=item.id,
        name=item.name,
        issued=item.issued,
        due=item.due,
        amount=rounded(amount, asked.currency),
        settled_on=settled,
        in_time=settled is not None and settled <= last,
    )


def _highest(
    known: Sequence[CaseInvoice],
    proper: set[str],
    rates: Rates,
    open_then: Mapping[date, Mapping[str, Fraction]],
) -> Fraction:
    """The highest balance of properly paid invoices that stood open together."""
    paid = [item for item in known if item.id in proper]
    worth = {item.id: rates.on(item.amount.currency, item.issued) for item in paid}
    return max(
        (
            sum(
                (
                    then[item.id] * worth[item.id]
                    for item in paid
                    if item.issued <= day and then[item.id]
                ),
                ZERO,
            )
            for day, then in open_then.items()
        ),
        default=ZERO,
    )


def _kills(
    asked: Question,
    known: Iterable[CaseInvoice],
    open_then: Mapping[date, Mapping[str, Fraction]],
    rates: Rates,
) -> Iterable[Message]:
    decision = decision_on(asked.limits, asked.on, asked.notice_days)
    if decision is not None and not decision.in_force:
        yield Message.of(
            N_("The insurer decided on {on} that there is no limit for this buyer."),
            on=decision.begins(asked.notice_days),
        )
    adverse = [
        event.on
        for event in asked.events
        if event.kind is CoverEventKind.ADVERSE_INFO and event.on <= asked.on
    ]
    if adverse:
        yield Message.of(
            N_("Adverse information is known since {on}."), on=min(adverse)
        )
    wait = timedelta(days=asked.extension_days)
    late = [
        item
        for item in known
        if item.may_stop
        and item.due + wait < asked.on
        and open_then[asked.on][item.id] > 0
    ]
    if late and (
        not asked.floor or _worth(asked, late, open_then, rates) > asked.floor
    ):
        first = min(late, key=lambda item: item.oldest_due)
        yield Message.of(
            N_(
                "Invoice {number}, due on {due}, is unpaid more than {days} days after."
            ),
            number=first.called,
            due=first.due,
            days=asked.extension_days,
        )


def _worth(
    asked: Question,
    late: Iterable[CaseInvoice],
    open_then: Mapping[date, Mapping[str, Fraction]],
    rates: Rates,
) -> Fraction:
    """What is still open of them, in policy currency."""
    left = open_then[asked.on]
    worth = (left[item.id] * rates.on(item.amount.currency, item.issued) for item in late)  # fmt: skip
    return sum(worth, ZERO)


def _too_few(proper: Iterable[str]) -> Iterable[Message]:
    count = len(set(proper))
    if count < PURCHASES:
        yield Message.of(
            N_("{count} of the last twelve months' purchases were paid in time; two are needed."),
            count=count,
        )  # fmt: skip
