"""When deliveries first stopped for each buyer within a time, under the policies that held (rules.md 2.3 D13, 9.4)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from creditdesk.db.touched import Scope
from creditdesk.domain.cover.stop_days import first_stop
from creditdesk.errors import UserError
from creditdesk.readings.cases import Books, books_of
from creditdesk.readings.queries import buyer_names
from creditdesk.services.policies.cover_books import (
    BuyerFacts,
    Span,
    buyers_with,
    spans_of,
)
from creditdesk.services.policies.covers import case_under, portions
from creditdesk.services.policies.values import FirstStop


def first_stops(
    session: Session, client_id: int, start: date, end: date
) -> tuple[FirstStop, ...]:
    """By day, then by name; a buyer whose stop can't be worked out, as without a rate, is left out."""
    spans = spans_of(session, client_id, end)
    mine = [each for each in reversed(spans) if each.start <= end and each.end >= start]
    names = buyer_names(session, client_id)
    found = []
    for some in portions(buyers_with(session, Scope(client_id), spans, end)):
        ledgers = books_of(session, [facts.buyer_id for facts in some])
        for facts in some:
            ledger = ledgers[facts.buyer_id]
            on = _first(facts, mine, ledger, start, end)
            if on is not None:
                name = names[facts.buyer_id].name
                found.append(FirstStop(facts.buyer_id, name, on))
    return tuple(sorted(found, key=lambda each: (each.on, each.buyer)))


def _first(
    facts: BuyerFacts,
    spans: Sequence[Span],
    ledger: Books,
    start: date,
    end: date,
) -> date | None:
    for span in spans:
        first, last = max(start, span.start), min(end, span.end)
        numbers = {debt.id for debt in ledger.debts if span.holds(debt.shipped_on)}
        case, _ = case_under(facts, span, last, ledger, numbers)
        try:
            on = first_stop(case, first, last)
        except UserError:
            continue
        if on is not None:
            return on
    return None
