"""What was answered once about a client's files and its wordings. rules.md 14.1, 14.3."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.models import Buyer, ImportAnswer


def answers(session: Session, client_id: int) -> dict[str, str]:
    """The answers kept for a client, by question."""
    found = session.execute(
        select(ImportAnswer.question, ImportAnswer.option).where(
            ImportAnswer.client_id == client_id
        )
    )
    return {row.question: row.option for row in found}


def answer_key(buyer: Buyer) -> str:
    """What answers name a buyer by, as its files do: the code, else the name."""
    return buyer.code or buyer.name
