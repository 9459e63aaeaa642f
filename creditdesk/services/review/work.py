"""The firm's work from the journal, by day, client and person."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.standing import WITH_VOIDED
from creditdesk.domain.review.work import WORK, WorkRow
from creditdesk.models import Client, JournalEntry


def work(
    session: Session, start: date, end: date, client_id: int | None
) -> Iterator[WorkRow]:
    """Both ends included, by day and client; what is of no client isn't work for one."""
    first = datetime.combine(start, time())
    last = datetime.combine(end + timedelta(days=1), time())
    asked = (
        select(
            JournalEntry.at, Client.name, JournalEntry.who, JournalEntry.what, JournalEntry.subject
        )
        .join(Client, Client.id == JournalEntry.client_id)
        .where(JournalEntry.at >= first, JournalEntry.at < last)
    )  # fmt: skip
    if client_id is not None:
        asked = asked.where(JournalEntry.client_id == client_id)
    counts: Counter[tuple[date, str, str, str, str]] = Counter()
    for at, client, who, what, subject in session.execute(
        asked, execution_options=WITH_VOIDED
    ):
        kind = (what, subject) if (what, subject) in WORK else ("", "")
        counts[at.date(), client, who, *kind] += 1
    for (on, client, who, what, subject), count in sorted(counts.items()):
        yield WorkRow(
            on=on, client=client, who=who, what=what, subject=subject, count=count
        )
