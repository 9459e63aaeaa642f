"""The yearly review of a client: rows for the workbook, all from what the desk holds."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.domain.review.book import (
    ReviewBook,
)
from creditdesk.domain.review.work import WRITTEN, WorkRow
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.models import JournalEntry
from creditdesk.readings.parties import client_party, firm
from creditdesk.readings.queries import the_client
from creditdesk.services.review import losses, portfolio, rows
from creditdesk.services.review.work import work
from creditdesk.services.review.year import policy_in, year_of

_MOST_YEARS = 10


class ReviewPeriodWrong(UserError):
    """It would end before it begins."""

    message = N_(
        "The review would end on {end}, before it begins on {start}. Were the dates swapped?"
    )


class ReviewPeriodTooLong(UserError):
    """Longer than books are kept."""

    message = N_(
        "A review covers {years} years at most; {start} to {end} is longer. Were the dates mistyped?"
    )


class Reviews:
    """Reviews of the clients' years."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def book(self, client_id: int, start: date, end: date, today: date) -> ReviewBook:
        """One client's period, both ends included. Money of other currencies is told in the notes, not added."""
        if end < start:
            raise ReviewPeriodWrong(start=start, end=end)
        if end.year - start.year > _MOST_YEARS:
            raise ReviewPeriodTooLong(years=_MOST_YEARS, start=start, end=end)
        with self._db.read() as session:
            year = year_of(session, client_id, start, end, today)
            return ReviewBook(
                firm=firm(session),
                client=client_party(session, client_id),
                start=start,
                end=end,
                data_date=end,
                prepared_on=today,
                currency=year.currency,
                policy=portfolio.policy(year),
                opening=portfolio.opening(year),
                months=tuple(portfolio.months(year)),
                portfolio=tuple(portfolio.portfolio(year)),
                limits=tuple(rows.limits(year)),
                uninsured=tuple(rows.uninsured(year)),
                ageing=tuple(rows.ageing(year)),
                duties=tuple(rows.duties(year)),
                notices=tuple(losses.notices(year)),
                claims=tuple(losses.claims(year)),
                recoveries=tuple(losses.recoveries(year)),
                lessons=tuple(rows.lessons(year)),
                sources=tuple(rows.sources(year)),
                notes=tuple(rows.notes(year)),
            )

    def record(self, client_id: int, start: date, end: date) -> None:
        """Keep in the journal that the yearly review of a period was written."""
        with self._db.write() as session:
            the_client(session, client_id)
            period = {"from": start.isoformat(), "to": end.isoformat()}
            note(session, *WRITTEN, None, client_id=client_id, after=period)

    def written(self) -> Mapping[int, date]:
        """When the last yearly review of each client was written; a client without one is left out."""
        what, subject = WRITTEN
        with self._db.read() as session:
            rows = session.execute(
                select(JournalEntry.client_id, func.max(JournalEntry.at))
                .where(JournalEntry.what == what, JournalEntry.subject == subject)
                .group_by(JournalEntry.client_id)
            )
            return {client: at.date() for client, at in rows if client is not None}

    def policy_of(self, client_id: int, start: date, end: date) -> int | None:
        """The policy the review of a period is about: the one that ran last in it; None: none did."""
        with self._db.read() as session:
            return policy_in(session, client_id, start, end)

    def work(
        self, start: date, end: date, client_id: int | None = None
    ) -> tuple[WorkRow, ...]:
        """What the firm did in a time for one client or all, both ends included. Raises `ReviewPeriodWrong`."""
        if end < start:
            raise ReviewPeriodWrong(start=start, end=end)
        with self._db.read() as session:
            return tuple(work(session, start, end, client_id))
