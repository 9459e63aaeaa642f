"""The client's own policies in a time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.models import Policy


@dataclass(frozen=True, slots=True)
class OwnSpan:
    """A policy with its whole period, both ends included."""

    id: int
    number: str
    currency: str
    start: date
    end: date


def own_spans(
    session: Session, client_id: int, start: date, end: date
) -> tuple[OwnSpan, ...]:
    """Those whose period meets these days, by their beginning."""
    rows = session.scalars(
        select(Policy)
        .where(
            Policy.client_id == client_id,
            Policy.period_start <= end,
            Policy.period_end >= start,
        )
        .order_by(Policy.period_start, Policy.id)
    )
    return tuple(
        OwnSpan(row.id, row.number, row.currency, row.period_start, row.period_end)
        for row in rows
    )
