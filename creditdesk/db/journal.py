"""Leaves a trace of every change worth disputing."""

from typing import Any

from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.models import JournalEntry


def note(  # noqa: PLR0913 - what a journal line is made of
    session: Session,
    what: str,
    subject: str,
    subject_id: int | None,
    *,
    client_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add a journal line to the transaction; time and person come from the desk."""
    database: Database = session.info["database"]
    session.add(
        JournalEntry(
            at=database.now(),
            who=database.who,
            what=what,
            subject=subject,
            subject_id=subject_id,
            client_id=client_id,
            before=before,
            after=after,
        )
    )
