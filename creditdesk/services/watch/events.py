"""What is learned about a buyer: reported once, never changed, voided when it was a mistake."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.voids import reason_given
from creditdesk.domain.base.voiding import Voided
from creditdesk.models import Buyer, BuyerEvent
from creditdesk.services.watch.values import (
    EventInFuture,
    EventLine,
    NewEvent,
)


def report(session: Session, told: NewEvent, today: date) -> int:
    """Keep it; the answer is its number."""
    if max(told.happened_on, told.known_on) > today:
        raise EventInFuture(on=max(told.happened_on, told.known_on))
    buyer = session.get(Buyer, told.buyer_id)
    if buyer is None:
        raise RecordMissing(what=f"buyer {told.buyer_id}")
    row = _row(session, buyer, told)
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "reported", "buyer_event", row.id,
        client_id=buyer.client_id,
        after={"kind": row.kind, "happened_on": str(row.happened_on), "known_on": str(row.known_on)},
    )  # fmt: skip
    return row.id


def void_event(session: Session, event_id: int, why: str) -> None:
    """It was a mistake: a new entry says so, and both stay."""
    reason = reason_given(why)
    before = session.get(BuyerEvent, event_id)
    again = select(BuyerEvent.id).where(BuyerEvent.withdraws == event_id)
    if before is None or before.withdraws or session.scalar(again) is not None:
        raise RecordMissing(what=f"entry {event_id}")
    database: Database = session.info["database"]
    session.add(
        BuyerEvent(
            client_id=before.client_id,
            buyer_id=before.buyer_id,
            kind=before.kind,
            happened_on=before.happened_on,
            known_on=before.known_on,
            note=reason,
            withdraws=event_id,
            recorded_at=database.now(),
            who=database.who,
        )
    )
    note(
        session, "voided", "buyer_event", event_id,
        client_id=before.client_id, after={"reason": reason},
    )  # fmt: skip


def lines(session: Session, buyer_id: int) -> tuple[EventLine, ...]:
    """The entries on a buyer, the newest first, with those that were voided."""
    rows = session.scalars(
        select(BuyerEvent)
        .where(BuyerEvent.buyer_id == buyer_id)
        .order_by(BuyerEvent.known_on.desc(), BuyerEvent.id.desc())
    ).all()
    voided = {
        row.withdraws: Voided(row.recorded_at, row.who, row.note)
        for row in rows
        if row.withdraws is not None
    }
    return tuple(
        EventLine(
            row.id, row.kind, row.happened_on, row.known_on, row.note,
            row.document_id, row.who, voided.get(row.id),
        )
        for row in rows
        if row.withdraws is None
    )  # fmt: skip


def _row(session: Session, buyer: Buyer, told: NewEvent) -> BuyerEvent:
    database: Database = session.info["database"]
    return BuyerEvent(
        client_id=buyer.client_id,
        buyer_id=buyer.id,
        kind=told.kind.value,
        happened_on=told.happened_on,
        # What one learns before it happens is known when it happens.
        known_on=max(told.known_on, told.happened_on),
        note=told.note.strip(),
        document_id=told.document,
        recorded_at=database.now(),
        who=database.who,
    )
