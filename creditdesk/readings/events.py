"""What was learned about buyers, as the rules use it."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.credit import buyer_events
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.models import BuyerEvent


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
    return {buyer: tuple(events) for buyer, events in found.items()}


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
