"""The duties of a day that is over: found anew from all that is known now, with what was done by then."""

from datetime import date

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from creditdesk.models import Duty


def forget_since(session: Session, client_id: int, day: date) -> None:
    """Keep what was closed by the day alone; of a trial, before the duties of the day are found."""
    session.execute(
        delete(Duty).where(
            Duty.client_id == client_id,
            or_(Duty.state.in_(("open", "superseded")), Duty.closed_on > day),
        )
    )


def reopen_since(session: Session, client_id: int, day: date) -> None:
    """What was found and is done by something of a later day stood open then."""
    session.execute(
        update(Duty)
        .where(Duty.client_id == client_id, Duty.closed_on > day)
        .values(state="open", closed_on=None)
    )
