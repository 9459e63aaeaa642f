"""Finds buyers, clients, policies, claims and invoices by what was typed."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from creditdesk.db import search
from creditdesk.db.search import Hit
from creditdesk.models import Buyer, Claim, Client, Invoice, Policy
from creditdesk.readings.queries import name_of
from creditdesk.services.buyers.values import SearchHit

_LAST = "\U0010ffff"


def find(session: Session, asked: str, limit: int) -> tuple[SearchHit, ...]:
    """Buyers, clients, policies, claims by any piece of a name; invoices by the start of their number."""
    hits = search.find(session, asked, limit)
    found = _described(session, hits)
    return (*found, *_invoices_like(session, asked.strip(), limit))


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
