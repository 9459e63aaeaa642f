"""The clients' buyers: who they are, what they owe, what the insurer covers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from creditdesk.db import search
from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.search import Hit
from creditdesk.domain import identity
from creditdesk.domain.money import Money
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, BuyerAlias, Claim, Client, Invoice, Policy

BuyerId = NewType("BuyerId", int)
_LAST = "\U0010ffff"


class BuyerUnknown(UserError):
    """No buyer of the client has this name or code."""

    message = N_("{client} has no buyer {name}. Close to it: {close}.")


class BuyerNameEmpty(UserError):
    """A buyer without a name can't be told apart."""

    message = N_("Give the buyer's name as it stands on its contract.")


class BuyerCodeTaken(UserError):
    """Two buyers of one client would share a code."""

    message = N_(
        "{other} already has the code {code}. Codes tell buyers apart; give another."
    )


@dataclass(frozen=True, slots=True)
class BuyerLine:
    """A buyer in a list. `open` holds what is unpaid, one amount a currency, without unapplied credit."""

    id: BuyerId
    client_id: int
    client: str
    code: str
    name: str
    uscc: str
    country: str
    open: tuple[Money, ...]
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerCard:
    """What a person enters about a buyer."""

    name: str
    code: str = ""
    uscc: str = ""
    country: str = "CN"
    address: str = ""
    contact: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BuyerFile:
    """The head of a credit file."""

    id: BuyerId
    client_id: int
    client: str
    card: BuyerCard
    aliases: tuple[str, ...]
    check: identity.UsccCheck | None


@dataclass(frozen=True, slots=True)
class Found:
    """Something the search found, ready to be opened."""

    kind: str
    id: int
    title: str
    detail: str


class Buyers:
    """Credit files of the buyers."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self, client_id: int | None = None) -> tuple[BuyerLine, ...]:
        """The buyers of one client or of all, by client and name."""
        statement = select(
            Buyer.id,
            Buyer.client_id,
            Client.name,
            Buyer.code,
            Buyer.name,
            Buyer.uscc,
            Buyer.country,
        ).join(Client, Client.id == Buyer.client_id)
        if client_id is not None:
            statement = statement.where(Buyer.client_id == client_id)
        with self._db.read() as session:
            open_, documents = _debts(session, client_id)
            found = session.execute(statement.order_by(Client.name, Buyer.name))
            return tuple(
                BuyerLine(
                    BuyerId(row[0]),
                    *row[1:],
                    open_.get(row[0], ()),
                    documents.get(row[0], 0),
                )
                for row in found
            )

    def file(self, buyer_id: BuyerId) -> BuyerFile:
        """One buyer's head data; raises `RecordMissing`."""
        with self._db.read() as session:
            buyer = _the_buyer(session, buyer_id)
            client = session.scalars(
                select(Client.name).where(Client.id == buyer.client_id)
            ).one()
            aliases = session.scalars(
                select(BuyerAlias.name)
                .where(BuyerAlias.buyer_id == buyer_id, BuyerAlias.name != buyer.name)
                .order_by(BuyerAlias.name)
            )
            return BuyerFile(
                buyer_id,
                buyer.client_id,
                client,
                _card(buyer),
                tuple(aliases),
                identity.check_uscc(buyer.uscc)
                if buyer.uscc and buyer.country in ("", "CN")
                else None,
            )

    def add(self, client_id: int, card: BuyerCard) -> BuyerId:
        """A buyer the ledger does not know yet."""
        card = _checked(card)
        with self._db.write() as session:
            _refuse_taken(session, client_id, card.code, None)
            buyer = Buyer(
                client_id=client_id,
                batch_id=None,
                created_at=self._db.now(),
                **_fields(card),
            )
            session.add(buyer)
            session.flush()  # the search entry and the journal need its number
            search.index(session, [_entry(session, buyer)])
            note(
                session,
                "added",
                "buyer",
                buyer.id,
                client_id=client_id,
                after=_fields(card),
            )
            return BuyerId(buyer.id)

    def change(self, buyer_id: BuyerId, card: BuyerCard) -> None:
        """Correct what is known of a buyer."""
        card = _checked(card)
        with self._db.write() as session:
            buyer = _the_buyer(session, buyer_id)
            _refuse_taken(session, buyer.client_id, card.code, buyer_id)
            before = _fields(_card(buyer))
            for key, value in _fields(card).items():
                setattr(buyer, key, value)
            search.index(session, [_entry(session, buyer)])
            note(
                session, "changed", "buyer", buyer_id,
                client_id=buyer.client_id, before=before, after=_fields(card),
            )  # fmt: skip

    def named(self, client_id: int, name: str) -> BuyerId:
        """The buyer of this name, code or alias; raises `BuyerUnknown` with close ones."""
        asked = name.strip()
        with self._db.read() as session:
            mine = select(Buyer.id).where(Buyer.client_id == client_id)
            for condition in (Buyer.name == asked, Buyer.code == asked):
                found = session.scalars(mine.where(condition).limit(1)).first()
                if found is not None:
                    return BuyerId(found)
            alias = select(BuyerAlias.buyer_id).join(Buyer)
            by_alias = session.scalars(
                alias.where(
                    Buyer.client_id == client_id, BuyerAlias.name == asked
                ).limit(1)
            ).first()
            if by_alias is not None:
                return BuyerId(by_alias)
            raise _unknown(session, client_id, asked)

    def search(self, asked: str, limit: int = 20) -> tuple[Found, ...]:
        """Buyers, clients, policies, claims by any piece of a name; invoices by the start of their number."""
        with self._db.read() as session:
            hits = search.find(session, asked, limit)
            found = _described(session, hits)
            return (*found, *_invoices_like(session, asked.strip(), limit))


def _debts(
    session: Session, client_id: int | None
) -> tuple[Mapping[int, tuple[Money, ...]], Mapping[int, int]]:
    statement = (
        select(
            Invoice.buyer_id,
            Invoice.currency,
            func.sum(Invoice.open_fine),
            func.count(),
        )
        .where(Invoice.kind == "invoice")
        .group_by(Invoice.buyer_id, Invoice.currency)
        .order_by(Invoice.buyer_id, Invoice.currency)
    )
    if client_id is not None:
        statement = statement.where(Invoice.client_id == client_id)
    open_: dict[int, tuple[Money, ...]] = {}
    documents: dict[int, int] = {}
    for buyer, currency, minor, count in session.execute(statement):
        documents[buyer] = documents.get(buyer, 0) + count
        if minor:
            open_[buyer] = (*open_.get(buyer, ()), Money.of_fine(minor, currency))
    return open_, documents


def _the_buyer(session: Session, buyer_id: int) -> Buyer:
    found = session.get(Buyer, buyer_id)
    if found is None:
        raise RecordMissing(what=f"buyer {buyer_id}")
    return found


def _refuse_taken(
    session: Session, client_id: int, code: str, mine: int | None
) -> None:
    if not code:
        return
    other = session.execute(
        select(Buyer.id, Buyer.name).where(
            Buyer.client_id == client_id, Buyer.code == code
        )
    ).first()
    if other and other.id != mine:
        raise BuyerCodeTaken(other=other.name, code=code)


def _unknown(session: Session, client_id: int, asked: str) -> BuyerUnknown:
    client = session.scalars(select(Client.name).where(Client.id == client_id)).one()
    piece = asked[:2]
    close = tuple(
        session.scalars(
            select(Buyer.name)
            .where(
                Buyer.client_id == client_id,
                or_(
                    Buyer.name.contains(piece, autoescape=True),
                    Buyer.code.contains(piece, autoescape=True),
                ),
            )
            .order_by(Buyer.name)
            .limit(5)
        )
    )
    return BuyerUnknown(
        client=client, name=asked, close=close or Message(N_("nothing"))
    )


def _described(session: Session, hits: tuple[Hit, ...]) -> tuple[Found, ...]:
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
    found: dict[tuple[str, int], Found] = {}
    for kind, statement in statements.items():
        numbers = [hit.id for hit in hits if hit.kind == kind]
        if numbers:
            for row in session.execute(statement.where(tables[kind].in_(numbers))):
                found[kind, row[0]] = Found(kind, *row)
    return tuple(found[hit.kind, hit.id] for hit in hits if (hit.kind, hit.id) in found)


def _invoices_like(session: Session, asked: str, limit: int) -> tuple[Found, ...]:
    if len(asked) < 2:
        return ()
    # A range finds the start of a number by the index, where LIKE would read every row.
    starts = {asked, asked.upper(), asked.lower()}
    statement = (
        select(Invoice.id, Invoice.number, Buyer.name)
        .join(Buyer, Buyer.id == Invoice.buyer_id)
        .where(or_(*(Invoice.number.between(each, each + _LAST) for each in starts)))
        .order_by(Invoice.number)
        .limit(limit)
    )
    return tuple(Found("invoice", *row) for row in session.execute(statement))


def _checked(card: BuyerCard) -> BuyerCard:
    if not card.name.strip():
        raise BuyerNameEmpty
    return BuyerCard(
        name=card.name.strip(),
        code=card.code.strip(),
        uscc=identity.normalized(card.uscc),
        country=card.country.strip().upper(),
        address=card.address.strip(),
        contact=card.contact.strip(),
        note=card.note.strip(),
    )


def _card(buyer: Buyer) -> BuyerCard:
    return BuyerCard(
        name=buyer.name,
        code=buyer.code,
        uscc=buyer.uscc,
        country=buyer.country,
        address=buyer.address,
        contact=buyer.contact,
        note=buyer.note,
    )


def _fields(card: BuyerCard) -> dict[str, str]:
    names = ("name", "code", "uscc", "country", "address", "contact", "note")
    return {name: getattr(card, name) for name in names}


def _entry(session: Session, buyer: Buyer) -> search.Entry:
    aliases = session.scalars(
        select(BuyerAlias.name).where(BuyerAlias.buyer_id == buyer.id)
    )
    return search.Entry(
        "buyer",
        buyer.id,
        buyer.client_id,
        (buyer.name, buyer.code, buyer.uscc, *aliases),
    )
