"""A bill that was taken for an invoice: passed on while it runs, honoured or refused in the end. rules.md 14.2."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from creditdesk.domain.base.calendar import months_later

_AGAINST_HOLDERS, _AGAINST_DRAWER = 6, 24


class BillOutcome(StrEnum):
    """Paid when it matured, or refused: then the invoice is owed as if no bill had been taken."""

    HONOURED = "HONOURED"
    REFUSED = "REFUSED"


class BillWay(StrEnum):
    """How a bill was passed on before it matured: to a creditor by endorsement, or to a bank for money.

    Neither pays the debt it was taken for: until it is honoured its holder has recourse.
    """

    ENDORSED = "ENDORSED"
    DISCOUNTED = "DISCOUNTED"


@dataclass(frozen=True, slots=True)
class Recourse:
    """Until when a refused bill gives recourse. `drawer` None: nobody knows when it matured.

    Against prior holders six months from the refusal, against drawer and acceptor two years from maturity (票据法 17).
    """

    holders: date
    drawer: date | None


def recourse(refused_on: date, matured: date | None) -> Recourse:
    """The last days of both."""
    drawer = months_later(matured, _AGAINST_DRAWER) if matured else None
    return Recourse(months_later(refused_on, _AGAINST_HOLDERS), drawer)
