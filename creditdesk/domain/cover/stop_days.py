"""When deliveries to a buyer first stopped within a time (rules.md 2.3 D13, 9.4)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from creditdesk.domain.base.rates import ZERO, exact
from creditdesk.domain.cover.case import IndemnityCase
from creditdesk.domain.cover.insured_debt import Debts

_DAY = timedelta(days=1)


def first_stop(case: IndemnityCase, start: date, end: date) -> date | None:
    """The last insured day for shipping of the first stop in force within these days. None: there was none.

    A stop that was in force at the start counts with its own day. Raises a `UserError`.
    """
    whole = replace(case, date_of_loss=end)
    days = sorted({start, *_turns(whole, start)})
    debts = Debts(whole, days)
    stops = (debts.stop_on(day) for day in days)
    return next((each for each in stops if each is not None), None)


def _turns(case: IndemnityCase, start: date) -> Iterator[date]:
    """The days after `start` on which a stop may begin: after an event, and where an extension ended unpaid.

    What is open then is told by one allocation; a credit note changes where later payments go, so with notes every
    extension counts.
    """
    turns = {event.on + _DAY for event in case.events}
    yield from (turn for turn in turns if start < turn <= case.date_of_loss)
    days, debts = case.terms.mep_days, Debts(case)
    if days is None:
        return
    longer = timedelta(days=days + 1)
    ended = {
        each.id: each.due + longer
        for each in debts.invoices
        if each.may_stop and start < each.due + longer <= case.date_of_loss
    }
    if not ended:
        return
    on = {credit.id: credit.on for credit in case.credits}
    noted = any(credit.is_note for credit in case.credits)
    paid: dict[str, list[tuple[date, Fraction]]] = defaultdict(list)
    for share in debts.allocation.shares:
        paid[share.debt].append((on[share.credit], share.amount))
    for invoice in debts.invoices:
        turn = ended.get(invoice.id)
        if turn is None:
            continue
        there = sum((part for day, part in paid[invoice.id] if day <= turn), ZERO)
        if noted or there < exact(invoice.amount):
            yield turn
