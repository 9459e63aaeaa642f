"""Finds buyers, clients, policies, claims and invoices by what was typed."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from creditdesk.db import search
from creditdesk.db.search import Hit
from creditdesk.domain.base.money import Money
from creditdesk.models import Buyer, Claim, Client, Invoice, PartyContact, Policy
from creditdesk.readings.queries import name_of
from creditdesk.services.buyers.values import SearchHit

_LAST = "\U0010ffff"
_AMOUNT = re.compile(r"(?:[A-Z]{3}|[¥$€£])? ?(0|[1-9][\d,]*)(\.\d{1,4})? ?元?")
_SHORTEST_WHOLE = 3
_CONTACTS = 5
_LARGEST = Decimal(10) ** 11
_ONE_OF_EACH_EXPONENT = ("CNY", "JPY", "KWD")


def find(session: Session, asked: str, limit: int) -> tuple[SearchHit, ...]:
    """Buyers, clients, policies, claims by any piece of a name; invoices by their number's start or an amount."""
    hits = search.find(session, asked, limit)
    found = _described(session, hits)
    numbered = _invoices_like(session, asked.strip(), limit)
    amounts = _invoices_of(session, amount_asked(asked), limit)
    return (*found, *numbered, *amounts, *_contacts_like(session, asked.strip()))


def _described(session: Session, hits: tuple[Hit, ...]) -> tuple[SearchHit, ...]:
    statements = {
        "buyer": select(Buyer.id, Buyer.name, Client.name).join(
            Client, Client.id == Buyer.client_id
        ),
        "client": select(Client.id, Client.name, Client.uscc),
        "policy": select(Policy.id, Policy.number, Client.name).join(
            Client, Client.id == Policy.client_id
        ),
        "claim": select(Claim.id, Claim.number, Client.name).join(
            Client, Client.id == Claim.client_id
        ),
    }
    tables = {
        "buyer": Buyer.id,
        "client": Client.id,
        "policy": Policy.id,
        "claim": Claim.id,
    }
    found: dict[tuple[str, int], SearchHit] = {}
    for kind, statement in statements.items():
        numbers = [hit.id for hit in hits if hit.kind == kind]
        if numbers:
            for row in session.execute(statement.where(tables[kind].in_(numbers))):
                found[kind, row[0]] = SearchHit(kind, *row)
    return tuple(found[hit.kind, hit.id] for hit in hits if (hit.kind, hit.id) in found)


def _contacts_like(session: Session, asked: str) -> tuple[SearchHit, ...]:
    """Contacts with insurers and brokers by any piece of whom, with whom and what, the newest first."""
    if len(asked) < 2:
        return ()
    texts = (PartyContact.party, PartyContact.person, PartyContact.said, PartyContact.answer)  # fmt: skip
    rows = session.scalars(
        select(PartyContact)
        .where(or_(*(each.icontains(asked, autoescape=True) for each in texts)))
        .order_by(PartyContact.happened_on.desc(), PartyContact.id.desc())
        .limit(_CONTACTS)
    )
    return tuple(
        SearchHit("contact", row.id, f"{row.party} {row.happened_on.isoformat()}", row.said)
        for row in rows
    )  # fmt: skip


def _invoices_like(session: Session, asked: str, limit: int) -> tuple[SearchHit, ...]:
    if len(asked) < 2:
        return ()
    # A range finds the start of a number by the index, where LIKE would read every row.
    starts = {asked, asked.upper(), asked.lower()}
    statement = (
        select(Invoice, Buyer.name)
        .join(Buyer, Buyer.id == Invoice.buyer_id)
        .where(or_(*(Invoice.number.between(each, each + _LAST) for each in starts)))
        .order_by(Invoice.number)
        .limit(limit)
    )
    return tuple(
        SearchHit("invoice", row.id, name_of(row), buyer)
        for row, buyer in session.execute(statement)
    )


def amount_asked(asked: str) -> Decimal | None:
    """The figure that was typed, whatever the currency beside it; None: no amount, or so short that it says nothing."""
    found = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", asked).strip())
    if not found or (not found[2] and len(found[1]) < _SHORTEST_WHOLE):
        return None
    amount = Decimal(found[1].replace(",", "") + (found[2] or ""))
    return amount if 0 < amount < _LARGEST else None


def _invoices_of(
    session: Session, amount: Decimal | None, limit: int
) -> tuple[SearchHit, ...]:
    """Documents of that amount, or of which that much is open, in every currency."""
    if amount is None:
        return ()
    numbers = {
        number
        for column in (Invoice.amount_fine, Invoice.open_fine)
        for number in islice(_having(session, column, amount), limit)
    }
    rows = session.execute(
        select(Invoice, Buyer.name)
        .join(Buyer, Buyer.id == Invoice.buyer_id)
        .where(Invoice.id.in_(numbers))
        .order_by((Invoice.open_fine > 0).desc(), Invoice.issued.desc(), Invoice.number)
    )
    return tuple(
        SearchHit("invoice", row.id, name_of(row), buyer, _amounts(row))
        for row, buyer in rows
    )


def _having(
    session: Session, column: InstrumentedAttribute[int], amount: Decimal
) -> Iterator[int]:
    """By an index alone: of a document that is not found nothing is read."""
    fines = {Money(amount, each).fine for each in _ONE_OF_EACH_EXPONENT}
    asked = select(Invoice.id, Invoice.currency, column).where(column.in_(fines))
    for number, currency, fine in session.execute(asked.where(column > 0)):
        if Money.of_fine(fine, currency).amount == amount:
            yield number


def _amounts(row: Invoice) -> tuple[Money, ...]:
    whole = Money.of_fine(row.amount_fine, row.currency)
    if row.open_fine in (0, row.amount_fine):
        return (whole,)
    return whole, Money.of_fine(row.open_fine, row.currency)
