"""What agencies and insurers think of a buyer, in their own words (rules.md 6)."""

from datetime import date

from sqlalchemy.orm import Session

from creditdesk.db.journal import note
from creditdesk.db.voids import voided
from creditdesk.domain.credit.contacts import Direction
from creditdesk.i18n import N_
from creditdesk.models import BuyerGrade
from creditdesk.services.credit.records import (
    mistake,
    must_have_been,
    of_buyer,
    the_buyer,
    written,
)
from creditdesk.services.credit.values import GradeLine, GradeMissing, NewGrade

_CALLED = N_("Rating {number}")


def add(session: Session, new: NewGrade, today: date) -> int:
    """Keep a grade; the answer is its number."""
    must_have_been(new.as_of, today)
    buyer = the_buyer(session, new.buyer_id)
    giver, scheme, value = new.giver.strip(), new.scheme.strip(), new.value.strip()
    if not (giver and scheme and value):
        raise GradeMissing
    at, who = written(session)
    row = BuyerGrade(
        client_id=buyer.client_id,
        buyer_id=buyer.id,
        giver=giver,
        scheme=scheme,
        value=value,
        direction=new.direction.value,
        as_of=new.as_of,
        note=new.note.strip(),
        document_id=new.document,
        recorded_at=at,
        who=who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "added", "buyer_grade", row.id, client_id=row.client_id,
        after={"giver": giver, "scheme": scheme, "value": value, "as_of": row.as_of.isoformat()},
    )  # fmt: skip
    return row.id


def take_back(session: Session, number: int, why: str) -> None:
    """A grade was entered by mistake."""
    mistake(session, BuyerGrade, number, why, _CALLED)


def lines(session: Session, buyer_id: int) -> tuple[GradeLine, ...]:
    """The grades of a buyer, the newest first, voided ones too."""
    found = [
        GradeLine(
            id=row.id,
            giver=row.giver,
            scheme=row.scheme,
            value=row.value,
            direction=Direction(row.direction),
            as_of=row.as_of,
            note=row.note,
            document_id=row.document_id,
            who=row.who,
            voided=voided(row),
        )
        for row in of_buyer(session, BuyerGrade, buyer_id)
    ]
    return tuple(sorted(found, key=lambda each: (each.as_of, each.id), reverse=True))
