"""Marks entries that were mistakes with who said so, when and why; `db/standing` leaves them out of what is read."""

from typing import TypeVar

from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing, VoidAlready, VoidReasonMissing
from creditdesk.db.journal import note
from creditdesk.db.standing import WITH_VOIDED
from creditdesk.domain.base.voiding import Voided
from creditdesk.i18n import Message
from creditdesk.models import Voidable

_Row = TypeVar("_Row", bound=Voidable)


def void(  # noqa: PLR0913 - what a journal line is made of
    session: Session, row: Voidable, why: str, *, subject: str, number: int, client: int
) -> None:
    """Mark a row as a mistake and leave a trace of it. Raises `VoidReasonMissing`."""
    mark(session, row, why)
    after = {"reason": row.voided_why}
    note(session, "voided", subject, number, client_id=client, after=after)


def mark(session: Session, row: Voidable, why: str) -> None:
    """The same for a row that goes with another, which leaves the trace."""
    database: Database = session.info["database"]
    reason = reason_given(why)
    row.voided_at, row.voided_by, row.voided_why = database.now(), database.who, reason


def reason_given(why: str) -> str:
    """The reason without blanks around it. Raises `VoidReasonMissing`."""
    if not why.strip():
        raise VoidReasonMissing
    return why.strip()


def standing_row(session: Session, table: type[_Row], number: int, what: str) -> _Row:
    """The row to be voided; `what` names it by its {number}. Raises `RecordMissing`, `VoidAlready`."""
    named = Message.of(what, number=number)
    row = session.get(table, number, execution_options=WITH_VOIDED)
    if row is None:
        raise RecordMissing(what=named)
    if row.voided_at is not None:
        raise VoidAlready(what=named, on=row.voided_at.date(), why=row.voided_why)
    return row


def voided(row: Voidable) -> Voided | None:
    """How a row was voided; None: it stands."""
    if row.voided_at is None:
        return None
    return Voided(row.voided_at, row.voided_by, row.voided_why)
