"""What the search knows of a buyer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db import search
from creditdesk.models import Buyer, BuyerAlias
from creditdesk.readings.merged import standing


def entry(session: Session, buyer: Buyer) -> search.Entry:
    """A buyer by its names and codes, also those of buyers merged into it."""
    aliases = session.scalars(
        select(BuyerAlias.name).where(BuyerAlias.buyer_id == buyer.id)
    )
    codes = standing(session, buyer.client_id).codes_of(buyer.id)
    return search.Entry(
        "buyer",
        buyer.id,
        buyer.client_id,
        (buyer.name, buyer.code, buyer.uscc, *aliases, *codes),
    )
