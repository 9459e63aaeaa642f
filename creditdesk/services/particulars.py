"""What forms ask of a client, a buyer, an insurer or a claim: entered once, where it belongs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.claim_forms import facts
from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.models import Buyer, Claim, Particular
from creditdesk.readings.particulars import (
    CARDS,
    FactUnknown,
    owned_by,
    particulars,
)
from creditdesk.readings.queries import the_client


class Particulars:
    """Facts of the desk's parties that forms ask for."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def of(self, owner: Owner) -> dict[str, str]:
        """The facts of one owner that are known, by key."""
        with self._db.read() as session:
            return particulars(session, owner)

    def set(self, owner: Owner, key: str, value: str) -> None:
        """Enter a fact; empty: it is not known after all. Raises `FactUnknown`, `RecordMissing`."""
        _check(owner, key)
        with self._db.write() as session:
            client = _client_of(session, owner)
            before = particulars(session, owner).get(key, "")
            after = value.strip()
            if before == after:
                return
            if key in CARDS:
                table, column = CARDS[key]
                setattr(session.get_one(table, owner.id), column, after)
            else:
                self._keep(session, owner, key, after)
            note(
                session, "changed", owner.of, owner.id or None, client_id=client,
                before={key: before}, after={key: after, "insurer": owner.name} if owner.name else {key: after},
            )  # fmt: skip

    def _keep(self, session: Session, owner: Owner, key: str, value: str) -> None:
        row = session.scalars(
            select(Particular).where(owned_by(owner), Particular.key == key)
        ).first()
        if row is None:
            row = Particular(
                client_id=owner.id if owner.of is Of.CLIENT else None,
                buyer_id=owner.id if owner.of is Of.BUYER else None,
                claim_id=owner.id if owner.of is Of.CLAIM else None,
                insurer=owner.name,
                key=key,
            )
            session.add(row)
        row.value, row.changed_at, row.who = value, self._db.now(), self._db.who


def _check(owner: Owner, key: str) -> None:
    fact = facts().get(key)
    if fact is None or fact.of is not owner.of:
        known = tuple(each.key for each in facts().values() if each.of is owner.of)
        raise FactUnknown(key=key, known=known)


def _client_of(session: Session, owner: Owner) -> int | None:
    """Whose books the entry belongs to; None: an insurer is everybody's."""
    if owner.of is Of.INSURER:
        return None
    if owner.of is Of.CLIENT:
        return the_client(session, owner.id).id
    table = Buyer if owner.of is Of.BUYER else Claim
    client = session.scalar(select(table.client_id).where(table.id == owner.id))
    if client is None:
        raise RecordMissing(what=f"{owner.of} {owner.id}")
    return client
