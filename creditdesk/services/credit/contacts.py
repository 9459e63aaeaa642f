"""Calls, visits and letters with a buyer, and what became of its promises."""

from datetime import date

from sqlalchemy.orm import Session

from creditdesk.db.journal import note
from creditdesk.db.voids import standing_row, voided
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.contacts import ContactWay, Promise
from creditdesk.i18n import N_
from creditdesk.models import Contact
from creditdesk.services.credit.records import (
    mistake,
    must_have_been,
    of_buyer,
    the_buyer,
    written,
)
from creditdesk.services.credit.values import (
    ContactLine,
    NewContact,
    NoPromise,
    PromiseDayMissing,
    SaidMissing,
)

_CALLED = N_("Contact {number}")


def add(session: Session, new: NewContact, today: date) -> int:
    """Keep a contact; the answer is its number."""
    must_have_been(new.on, today)
    if not new.said.strip():
        raise SaidMissing
    if new.promised is not None and new.promised_on is None:
        raise PromiseDayMissing
    buyer = the_buyer(session, new.buyer_id)
    at, who = written(session)
    row = Contact(
        client_id=buyer.client_id,
        buyer_id=buyer.id,
        way=new.way.value,
        happened_on=new.on,
        person=new.person.strip(),
        said=new.said.strip(),
        promised_on=new.promised_on,
        currency=new.promised.currency if new.promised else "",
        promised_minor=new.promised.minor if new.promised else None,
        outcome=Promise.OPEN.value if new.promised_on else "",
        document_id=new.document,
        recorded_at=at,
        who=who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "added", "contact", row.id, client_id=row.client_id,
        after={"way": row.way, "on": row.happened_on.isoformat(), "said": row.said},
    )  # fmt: skip
    return row.id


def settle(session: Session, number: int, outcome: Promise, on: date, today: date) -> None:  # fmt: skip
    """A promise was kept or broken; `OPEN` takes that back."""
    must_have_been(on, today)
    row = standing_row(session, Contact, number, _CALLED)
    before = row.outcome
    if not before or (before != Promise.OPEN.value and outcome is not Promise.OPEN):
        raise NoPromise(number=number)
    row.outcome = outcome.value
    row.settled_on = None if outcome is Promise.OPEN else on
    note(
        session, "changed", "contact", row.id, client_id=row.client_id,
        before={"outcome": before}, after={"outcome": row.outcome, "on": on.isoformat()},
    )  # fmt: skip


def take_back(session: Session, number: int, why: str) -> None:
    """A contact was entered by mistake."""
    mistake(session, Contact, number, why, _CALLED)


def lines(session: Session, buyer_id: int) -> tuple[ContactLine, ...]:
    """The contacts with a buyer, the newest first, voided ones too."""
    found = [_line(row) for row in of_buyer(session, Contact, buyer_id)]
    return tuple(sorted(found, key=lambda each: (each.on, each.id), reverse=True))


def _line(row: Contact) -> ContactLine:
    promised = None
    if row.promised_minor is not None:
        promised = Money.of_minor(row.promised_minor, row.currency)
    return ContactLine(
        id=row.id,
        way=ContactWay(row.way),
        on=row.happened_on,
        said=row.said,
        person=row.person,
        promised_on=row.promised_on,
        promised=promised,
        outcome=Promise(row.outcome) if row.outcome else None,
        settled_on=row.settled_on,
        document_id=row.document_id,
        who=row.who,
        voided=voided(row),
    )
