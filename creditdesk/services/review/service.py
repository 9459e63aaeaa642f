"""The yearly review of a client: rows for the workbook, all from what the desk holds."""

from datetime import date

from creditdesk.db.database import Database
from creditdesk.domain.review.book import (
    ReviewBook,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.readings.parties import client_party, firm
from creditdesk.services.review import portfolio, rows
from creditdesk.services.review.year import year_of

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
            year = year_of(session, client_id, start, end)
            return ReviewBook(
                firm=firm(session),
                client=client_party(session, client_id),
                start=start,
                end=end,
                data_date=end,
                prepared_on=today,
                currency=year.currency,
                policy=portfolio.policy(year),
                portfolio=tuple(portfolio.portfolio(year)),
                limits=tuple(rows.limits(year)),
                ageing=tuple(rows.ageing(year)),
                duties=tuple(rows.duties(year)),
                claims=tuple(rows.claims(year)),
                sources=tuple(rows.sources(year)),
                notes=tuple(rows.notes(year)),
            )
