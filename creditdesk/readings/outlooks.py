"""Notes on countries and sectors as the rules use them, and whom they concern."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.voids import voided
from creditdesk.domain.credit.outlooks import About, Move, OutlookLine, country_of
from creditdesk.models import Buyer, OutlookNote


def outlooks(
    session: Session, options: Mapping[str, Any] | None = None
) -> tuple[OutlookLine, ...]:
    """All notes that stand, the newest first; with `WITH_VOIDED` the others, too."""
    rows = session.scalars(
        select(OutlookNote).order_by(OutlookNote.as_of.desc(), OutlookNote.id.desc()),
        execution_options=options or {},
    )
    return tuple(
        OutlookLine(
            id=row.id,
            about=About(row.about),
            subject=row.subject,
            title=row.title,
            source=row.source,
            as_of=row.as_of,
            move=Move(row.move),
            rating=row.rating,
            outlook=row.outlook,
            text=row.text,
            who=row.who,
            voided=voided(row),
        )
        for row in rows
    )


def countries(session: Session, client_id: int) -> dict[int, str]:
    """The country of each buyer of a client, empty where nothing tells it."""
    statement = select(Buyer.id, Buyer.country, Buyer.uscc).where(Buyer.client_id == client_id)  # fmt: skip
    return {each.id: country_of(each.country, each.uscc) for each in session.execute(statement)}  # fmt: skip
