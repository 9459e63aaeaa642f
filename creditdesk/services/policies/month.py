"""A client's month from what the desk holds (信保月报)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.calendar import end_of_month
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import rounded
from creditdesk.domain.cover.limits import Reason
from creditdesk.domain.ledger.aging import age
from creditdesk.domain.policy.fields import BY_KEY, PolicyField
from creditdesk.domain.policy.terms import unconfirmed
from creditdesk.domain.review.month import (
    DEEDS,
    NO_POLICY,
    OVER_LIMIT,
    UNKNOWN,
    Choice,
    Deed,
    Gap,
    MonthBook,
    Standing,
)
from creditdesk.i18n import Message
from creditdesk.models import JournalEntry, Policy
from creditdesk.readings.insured import Insured, insured_on
from creditdesk.readings.parties import client_party, firm
from creditdesk.readings.policies import PolicyInForce, policy_on
from creditdesk.readings.premiums import premium_for_maximum
from creditdesk.readings.queries import (
    buyer_names,
    ledger_items,
    the_client,
)

_DAY = timedelta(days=1)
_STEP = 10_000
"""Limits are asked for in steps of this, in the currency's unit."""
_ORDER = (*(each.value for each in Reason), OVER_LIMIT, NO_POLICY, UNKNOWN)
_PAYABLE = ("insured_pct", "vat_insured", "max_liability")


def month_of(session: Session, client_id: int, day: date, today: date) -> MonthBook:
    """The month of `day`, to its end or to `today` while it runs, beside the end of the month before."""
    end = min(end_of_month(day), max(day, today)) if day <= today else end_of_month(day)
    start = day.replace(day=1)
    there = _policy(session, client_id, end)
    currency = there.policy.currency if there else the_client(session, client_id).currency  # fmt: skip
    items = ledger_items(session, client_id=client_id)
    names = {number: each.name for number, each in buyer_names(session, client_id).items()}  # fmt: skip
    now = insured_on(session, items, end, currency)
    before = insured_on(session, items, start - _DAY, currency)
    payable, missing, assumed = _payable(session, there, now, end)
    aging = age(items.documents, items.receipts, end)
    return MonthBook(
        firm=firm(session),
        client=client_party(session, client_id),
        policy=there.policy.number if there else "",
        policy_end=there.policy.period_end if there else None,
        now=_standing(now, end),
        before=_standing(before, start - _DAY),
        payable=payable,
        missing=missing,
        gaps=tuple(_gaps(now, names)),
        besides=tuple(
            each.balance for code, each in aging.by_currency.items() if code != currency and each.balance
        ),
        deeds=tuple(_deeds(session, client_id, start, end)),
        choice=_choice(now, names),
        unconfirmed=unconfirmed(there.texts, there.confirmed) if there else (),
        refused=tuple(dict.fromkeys((*now.refused, *assumed))),
    )  # fmt: skip


def uncovered_of(session: Session, client_id: int, on: date, currency: str) -> dict[int, Money]:  # fmt: skip
    """What of each buyer's balance in this currency stands under no insurance; who owes nothing is left out."""
    items = ledger_items(session, client_id=client_id)
    found: dict[int, Money] = {}
    for amounts in insured_on(session, items, on, currency).gaps.values():
        for buyer, amount in amounts.items():
            found[buyer] = found[buyer] + amount if buyer in found else amount
    return found


def _policy(session: Session, client_id: int, on: date) -> PolicyInForce | None:
    """The newest policy that runs on the day."""
    found = session.scalars(
        select(Policy.id)
        .where(
            Policy.client_id == client_id,
            Policy.period_start <= on,
            Policy.period_end >= on,
        )
        .order_by(Policy.period_start.desc(), Policy.id.desc())
    ).first()
    return policy_on(session, found, on) if found is not None else None


def _standing(found: Insured, on: date) -> Standing:
    return Standing(on=on, balance=found.balance, covered=found.covered, overdue=found.overdue)  # fmt: skip


def _gaps(found: Insured, names: dict[int, str]) -> Iterator[Gap]:
    for reason in _ORDER:
        amounts = found.gaps.get(reason)
        if not amounts:
            continue
        most = max(amounts, key=lambda each: amounts[each].amount)
        yield Gap(
            reason=reason,
            amount=Money.total(amounts.values(), found.balance.currency),
            buyers=len(amounts),
            largest=names[most],
            largest_amount=amounts[most],
        )


def _payable(
    session: Session, there: PolicyInForce | None, found: Insured, on: date
) -> tuple[Money | None, tuple[PolicyField, ...], tuple[Message, ...]]:
    """The most the insurer would pay of what is covered, or what nobody entered; and what is taken for granted."""
    if there is None:
        return None, (), ()
    terms = there.terms
    counted, assumed = premium_for_maximum(session, there, on)
    most = terms.maximum(counted)
    known = {
        "insured_pct": terms.insured_pct is not None,
        "vat_insured": terms.vat_insured is not None,
        "max_liability": most is not None and most.currency == found.balance.currency,
    }
    missing = tuple(BY_KEY[key] for key in _PAYABLE if not known[key])
    if missing or most is None or not terms.vat_insured:
        return None, missing, ()
    paid = rounded(found.payable, found.balance.currency)
    payable = min(paid, most, key=lambda each: each.amount)
    return payable, (), (assumed,) if assumed is not None else ()


def _choice(found: Insured, names: dict[int, str]) -> Choice | None:
    """The buyer furthest beyond its limit; None: nobody is."""
    over = found.gaps.get(OVER_LIMIT, {})
    if not over:
        return None
    most = max(over, key=lambda each: over[each].amount)
    limit = found.limits.get(most, Money.zero(found.balance.currency))
    steps = ((limit + over[most]).amount / _STEP).to_integral_value(ROUND_CEILING)
    ask = Money(steps * _STEP, found.balance.currency)
    return Choice(buyer=names[most], over=over[most], ask=ask)


def _deeds(session: Session, client_id: int, start: date, end: date) -> Iterator[Deed]:
    """What the journal says was done in the month, that a client is told, by day."""
    first = datetime.combine(start, time())
    last = datetime.combine(end + _DAY, time())
    rows = session.execute(
        select(JournalEntry.at, JournalEntry.what, JournalEntry.subject).where(
            JournalEntry.client_id == client_id,
            JournalEntry.at >= first,
            JournalEntry.at < last,
        )
    )
    yield from _counted((at.date(), what, subject) for at, what, subject in rows)


def _counted(told: Iterable[tuple[date, str, str]]) -> Iterator[Deed]:
    counts = Counter(each for each in told if each[1:] in DEEDS)
    for (on, what, subject), count in sorted(counts.items()):
        yield Deed(on=on, what=what, subject=subject, count=count)
