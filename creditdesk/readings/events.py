"""What was learned about buyers, as the rules use it."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.credit import buyer_events
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.ledger.bills import BillOutcome
from creditdesk.models import BillEnd, BuyerEvent, Invoice


def events_by_buyer(
    session: Session, *, client_id: int | None = None, buyer_id: int | None = None
) -> dict[int, tuple[buyer_events.BuyerEvent, ...]]:
    """The entries by buyer, oldest first, without those that were withdrawn as mistakes."""
    statement = select(BuyerEvent).order_by(BuyerEvent.known_on, BuyerEvent.id)
    if client_id is not None:
        statement = statement.where(BuyerEvent.client_id == client_id)
    if buyer_id is not None:
        statement = statement.where(BuyerEvent.buyer_id == buyer_id)
    rows = session.scalars(statement).all()
    withdrawn = {row.withdraws for row in rows}
    found: dict[int, list[buyer_events.BuyerEvent]] = defaultdict(list)
    for row in rows:
        if row.id not in withdrawn and row.withdraws is None:
            found[row.buyer_id].append(_event(row))
    for buyer, event in _refused_bills(session, client_id, buyer_id):
        found[buyer].append(event)
    return {
        buyer: tuple(sorted(events, key=lambda each: each.known_on))
        for buyer, events in found.items()
    }


def _refused_bills(
    session: Session, client_id: int | None, buyer_id: int | None
) -> Iterator[tuple[int, buyer_events.BuyerEvent]]:
    """What a refused bill tells of its buyer, without an entry of its own. rules.md 14.2."""
    statement = (
        select(Invoice.buyer_id, BillEnd.ended_on, BillEnd.note, BillEnd.who)
        .join(Invoice, Invoice.id == BillEnd.invoice_id)
        .where(BillEnd.outcome == BillOutcome.REFUSED.value)
        .order_by(BillEnd.ended_on, BillEnd.id)
    )
    if client_id is not None:
        statement = statement.where(Invoice.client_id == client_id)
    if buyer_id is not None:
        statement = statement.where(Invoice.buyer_id == buyer_id)
    for buyer, on, words, who in session.execute(statement):
        yield buyer, buyer_events.BuyerEvent(
            id=0, buyer_id=buyer, kind=BuyerEventKind.BILL_REFUSED, happened_on=on, known_on=on, note=words, who=who,
        )  # fmt: skip


def events_of(session: Session, buyer_id: int) -> tuple[buyer_events.BuyerEvent, ...]:
    """The entries on one buyer, oldest first."""
    return events_by_buyer(session, buyer_id=buyer_id).get(buyer_id, ())


def _event(row: BuyerEvent) -> buyer_events.BuyerEvent:
    return buyer_events.BuyerEvent(
        id=row.id,
        buyer_id=row.buyer_id,
        kind=BuyerEventKind(row.kind),
        happened_on=row.happened_on,
        known_on=row.known_on,
        note=row.note,
        document_id=row.document_id,
        who=row.who,
    )
