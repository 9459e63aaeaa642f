"""Duties closed by a person: done, waived by the insurer, or open again because that was a mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import duty_rules
from creditdesk.db.journal import note
from creditdesk.db.voids import standing_row, void
from creditdesk.domain.duties.agenda import DutyId
from creditdesk.i18n import N_
from creditdesk.models import Duty, JournalEntry
from creditdesk.services.watch.values import DoneByEntry

_BY_HAND = ("done", "waived")


@dataclass(frozen=True, slots=True)
class Closing:
    """How duties are closed, and what proves it."""

    state: str
    on: date
    note: str = ""
    document: int | None = None


def close(session: Session, duties: Sequence[DutyId], closing: Closing) -> None:
    """Close those of them that are open."""
    open_ = select(Duty).where(Duty.id.in_(duties), Duty.state == "open")
    for row in session.scalars(open_).all():
        row.state = closing.state
        row.closed_on = closing.on
        row.closed_note = closing.note or None
        row.document_id = closing.document
        note(
            session, closing.state, "duty", row.id,
            client_id=row.client_id,
            after={"on": closing.on.isoformat(), "reason": closing.note},
        )  # fmt: skip


def reopen(session: Session, duties: Sequence[DutyId], why: str) -> None:
    """They were closed by mistake; each is open again as far as its ground is still there."""
    for number in duties:
        row = standing_row(session, Duty, number, N_("Duty {number}"))
        mine = select(Duty.id).where(Duty.id == number, closed_by_hand())
        if row.state not in _BY_HAND or session.scalar(mine) is None:
            titles = {rule.code: rule.title for rule in duty_rules("")}
            raise DoneByEntry(duty=titles.get(row.code, row.code))
        void(session, row, why, subject="duty", number=number, client=row.client_id)


def closed_by_hand() -> ColumnElement[bool]:
    """That a person closed the duty, and not something that was entered."""
    return exists().where(
        JournalEntry.subject == "duty",
        JournalEntry.subject_id == Duty.id,
        JournalEntry.what.in_(_BY_HAND),
    )
