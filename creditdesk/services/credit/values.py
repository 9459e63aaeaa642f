"""What is said of a buyer's credit."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.credit.rating import Rating
from creditdesk.domain.credit.recommended import Recommended
from creditdesk.domain.credit.warnings import Warned


@dataclass(frozen=True, slots=True)
class BuyerRating:
    """A buyer judged on a day by what the desk holds; amounts in one currency."""

    as_of: date
    currency: str
    rating: Rating
    limits: Recommended


@dataclass(frozen=True, slots=True)
class BuyerWarning:
    """A warning that holds for a buyer, and since when."""

    buyer_id: int
    buyer: str
    first_seen: date
    warned: Warned
