"""When the money of open invoices is expected, learned from the desk's own ledgers (rules.md 9.3)."""

from datetime import date

from creditdesk.db.database import Database
from creditdesk.domain.forecast.forecasts import PaymentForecast
from creditdesk.services.forecast.books import books_on


class Forecasts:
    """Estimates; nothing is written."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def payments(self, client_id: int, as_of: date) -> PaymentForecast:
        """What is expected of a client's open invoices, from what was known at the end of a day.

        It learns from the ledgers of all clients; some seconds for a hundred thousand invoices.
        """
        from creditdesk.services.forecast.model import forecast  # noqa: PLC0415 - numpy, and nothing else waits for it

        with self._db.read() as session:
            books = books_on(session, client_id, as_of)
        return forecast(books, as_of)
