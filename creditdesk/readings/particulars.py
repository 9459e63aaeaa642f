"""What a person entered for forms, by whose it is."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import Buyer, Client, Particular


class FactUnknown(UserError):
    """No form asks this."""

    message = N_("No form asks for {key}. What can be entered: {known}.")


CARDS: dict[str, tuple[type[Client | Buyer], str]] = {
    "client.address": (Client, "address"),
    "client.contact": (Client, "contact"),
    "buyer.address": (Buyer, "address"),
    "buyer.contact": (Buyer, "contact"),
}
"""Facts that have their place on a card."""


def owned_by(owner: Owner) -> ColumnElement[bool]:
    """The rows of one owner."""
    if owner.of is Of.INSURER:
        return Particular.insurer == owner.name
    column = {
        Of.CLIENT: Particular.client_id,
        Of.BUYER: Particular.buyer_id,
        Of.CLAIM: Particular.claim_id,
    }[owner.of]
    return column == owner.id


def particulars(session: Session, owner: Owner) -> dict[str, str]:
    """The facts of one owner that are known, by key."""
    mine = select(Particular.key, Particular.value).where(owned_by(owner))
    known = {row.key: row.value for row in session.execute(mine)}
    for key, (table, column) in CARDS.items():
        if key.startswith(f"{owner.of}."):
            known[key] = getattr(session.get_one(table, owner.id), column)
    return {key: value for key, value in known.items() if value}
