"""Companies as paper names them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.parties import Party
from creditdesk.models import Buyer, Client
from creditdesk.readings.queries import settings

FIRM_SETTINGS = ("firm_name", "firm_code", "firm_address", "firm_contact", "firm_phone")
"""The firm's letterhead, as the settings keep it."""


def firm(session: Session) -> Party:
    """The accounting firm; an empty name until it is entered."""
    kept = settings(session)
    name, code, address, contact, phone = (kept.get(key, "") for key in FIRM_SETTINGS)
    return Party(
        name=name,
        code=code,
        address=address,
        contact=contact,
        phone=phone,
        country="CN",
    )


def client_party(session: Session, client_id: int) -> Party:
    """A client as policyholder."""
    row = session.scalars(select(Client).where(Client.id == client_id)).one()
    return Party(
        name=row.name,
        code=row.uscc,
        address=row.address,
        contact=row.contact,
        country="CN",
    )


def home_of(session: Session, client_id: int) -> str:
    """The country whose law a client keeps its books by: China with a credit code or books in yuan, else not known."""
    row = session.get_one(Client, client_id)
    return "CN" if row.uscc or row.currency == "CNY" else ""


def buyer_party(session: Session, buyer_id: int) -> Party:
    """A buyer as debtor."""
    row = session.scalars(select(Buyer).where(Buyer.id == buyer_id)).one()
    return Party(
        name=row.name,
        code=row.uscc,
        address=row.address,
        contact=row.contact,
        country=row.country,
    )
