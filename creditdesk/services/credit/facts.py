"""What registers and people know of a buyer: kept with its day, ended on a day, voided where it was a mistake."""

from datetime import date

from sqlalchemy.orm import Session

from creditdesk.db.journal import note
from creditdesk.db.voids import standing_row, voided
from creditdesk.domain.credit.facts import FactKind, read_value
from creditdesk.i18n import N_
from creditdesk.models import BuyerFact
from creditdesk.services.credit.records import (
    mistake,
    must_have_been,
    of_buyer,
    the_buyer,
    written,
)
from creditdesk.services.credit.values import FactEndsBefore, FactLine, NewFact

_CALLED = N_("Fact {number}")


def add(session: Session, new: NewFact, today: date) -> int:
    """Keep a fact; the answer is its number."""
    must_have_been(new.on, today)
    buyer = the_buyer(session, new.buyer_id)
    value = read_value(new.kind, new.value)
    at, who = written(session)
    row = BuyerFact(
        client_id=buyer.client_id,
        buyer_id=buyer.id,
        kind=new.kind.value,
        happened_on=new.on,
        value=value,
        note=new.note.strip(),
        document_id=new.document,
        recorded_at=at,
        who=who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "added", "buyer_fact", row.id, client_id=row.client_id,
        after={"kind": row.kind, "on": row.happened_on.isoformat(), "value": row.value},
    )  # fmt: skip
    return row.id


def end(session: Session, number: int, on: date, today: date) -> None:
    """From a day on it is so no more: taken off the list, released, answered."""
    must_have_been(on, today)
    row = standing_row(session, BuyerFact, number, _CALLED)
    if on < row.happened_on:
        raise FactEndsBefore(since=row.happened_on, on=on)
    before = row.ended_on
    row.ended_on = on
    note(
        session, "ended", "buyer_fact", row.id, client_id=row.client_id,
        before={"ended_on": before.isoformat() if before else None}, after={"ended_on": on.isoformat()},
    )  # fmt: skip


def take_back(session: Session, number: int, why: str) -> None:
    """A fact was entered by mistake."""
    mistake(session, BuyerFact, number, why, _CALLED)


def lines(session: Session, buyer_id: int) -> tuple[FactLine, ...]:
    """The facts of a buyer, the newest first, voided ones too."""
    found = [
        FactLine(
            id=row.id,
            kind=FactKind(row.kind),
            on=row.happened_on,
            value=row.value,
            note=row.note,
            ended_on=row.ended_on,
            document_id=row.document_id,
            who=row.who,
            voided=voided(row),
        )
        for row in of_buyer(session, BuyerFact, buyer_id)
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.id), reverse=True))
