"""The firm's clients."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NewType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.db import search
from creditdesk.db.database import Database
from creditdesk.db.errors import VoidRestsOn
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.db.voids import standing_row, void, voided
from creditdesk.domain.base import identity
from creditdesk.domain.base.money import is_currency
from creditdesk.domain.base.voiding import VoidedEntry
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Message
from creditdesk.models import Buyer, Claim, Client, ImportBatch, Policy
from creditdesk.readings.queries import the_client

ClientId = NewType("ClientId", int)


class ClientUnknown(UserError):
    """No client has this name."""

    message = N_("There is no client called {name}. The desk knows: {known}.")


class ClientExists(UserError):
    """Two clients would have one name."""

    message = N_("There is a client called {name} already.")


class ClientNameEmpty(UserError):
    """A client without a name can't be found again."""

    message = N_("Give the client's name as it stands on its business licence.")


class CurrencyUnknown(UserError):
    """Not an ISO 4217 code."""

    message = N_(
        "{currency} is not a currency code of three letters, such as CNY or USD."
    )


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client in a list."""

    id: ClientId
    name: str
    uscc: str
    currency: str
    address: str
    contact: str
    buyers: int
    policies: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """What a person enters about a client."""

    name: str
    uscc: str = ""
    currency: str = "CNY"
    address: str = ""
    contact: str = ""


class Clients:
    """Clients of the firm: each is a policyholder with its own ledger."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, card: ClientCard) -> ClientId:
        """Open the books of a new client."""
        card = _checked(card)
        with self._db.write() as session:
            _refuse_taken(session, card.name, None)
            client = Client(**_fields(card), created_at=self._db.now())
            session.add(client)
            session.flush()  # the search entry and the journal need its number
            search.index(session, [_entry(client)])
            note(
                session,
                "added",
                "client",
                client.id,
                client_id=client.id,
                after=_fields(card),
            )
            return ClientId(client.id)

    def change(self, client_id: ClientId, card: ClientCard) -> None:
        """Correct what is known of a client."""
        card = _checked(card)
        with self._db.write() as session:
            client = the_client(session, client_id)
            _refuse_taken(session, card.name, client_id)
            before = {key: getattr(client, key) for key in _fields(card)}
            for key, value in _fields(card).items():
                setattr(client, key, value)
            search.index(session, [_entry(client)])
            note(
                session,
                "changed",
                "client",
                client_id,
                client_id=client_id,
                before=before,
                after=_fields(card),
            )

    def void(self, client_id: ClientId, why: str) -> None:
        """A client was entered by mistake. Raises `VoidRestsOn` where anything was entered for it."""
        with self._db.write() as session:
            row = standing_row(session, Client, client_id, N_("Client {number}"))
            reasons = tuple(_resting(session, client_id))
            if reasons:
                raise VoidRestsOn(what=row.name, reasons=reasons)
            void(session, row, why, subject="client", number=client_id, client=client_id)  # fmt: skip
            search.forget(session, "client", [client_id])

    def voided(self) -> tuple[VoidedEntry, ...]:
        """The clients that were entered by mistake, the newest first."""
        statement = (
            select(Client)
            .where(Client.voided_at.is_not(None))
            .order_by(Client.voided_at.desc(), Client.id.desc())
        )
        with self._db.read() as session:
            found = session.scalars(statement, execution_options=WITH_VOIDED)
            return tuple(
                VoidedEntry(row.id, row.name, row.name, row.uscc, how)
                for row in found
                if (how := voided(row)) is not None
            )

    def all(self) -> tuple[ClientLine, ...]:
        """Every client, by name."""
        counts = [
            select(func.count()).where(table.client_id == Client.id).scalar_subquery()
            for table in (Buyer, Policy, Claim)
        ]
        columns = (
            Client.id,
            Client.name,
            Client.uscc,
            Client.currency,
            Client.address,
            Client.contact,
        )
        with self._db.read() as session:
            found = session.execute(select(*columns, *counts).order_by(Client.name))
            return tuple(ClientLine(*row) for row in found)

    def named(self, name: str) -> ClientId:
        """The client of this name; raises `ClientUnknown` with the names there are."""
        with self._db.read() as session:
            found = session.scalar(select(Client.id).where(Client.name == name.strip()))
            if found is None:
                known = tuple(
                    session.scalars(select(Client.name).order_by(Client.name))
                )
                raise ClientUnknown(name=name, known=known or Message(N_("none yet")))
            return ClientId(found)


_RESTS = (
    (Buyer, N_("buyers: {count}")),
    (Policy, N_("policies: {count}")),
    (ImportBatch, N_("files taken in: {count}")),
    (Claim, N_("claims: {count}")),
)
"""What a client has of its own. A file that was taken back left nothing behind, and neither did a voided policy."""


def _resting(session: Session, client_id: int) -> Iterator[Message]:
    for table, told in _RESTS:
        mine = select(func.count()).where(table.client_id == client_id)
        if table is ImportBatch:
            mine = mine.where(ImportBatch.undone_at.is_(None))
        if count := session.scalar(mine):
            yield Message.of(told, count=count)


def _refuse_taken(session: Session, name: str, mine: int | None) -> None:
    other = session.scalar(select(Client.id).where(Client.name == name))
    if other is not None and other != mine:
        raise ClientExists(name=name)


def _checked(card: ClientCard) -> ClientCard:
    currency = card.currency.strip().upper()
    if not card.name.strip():
        raise ClientNameEmpty
    if not is_currency(currency):
        raise CurrencyUnknown(currency=card.currency)
    return ClientCard(
        name=card.name.strip(),
        uscc=identity.normalized(card.uscc),
        currency=currency,
        address=card.address.strip(),
        contact=card.contact.strip(),
    )


def _fields(card: ClientCard) -> dict[str, str]:
    return {
        "name": card.name,
        "uscc": card.uscc,
        "currency": card.currency,
        "address": card.address,
        "contact": card.contact,
    }


def _entry(client: Client) -> search.Entry:
    return search.Entry("client", client.id, client.id, (client.name, client.uscc))
