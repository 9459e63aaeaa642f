"""Clients taken out of the office into a desk of their own, and what was done there brought back.

`kinds` says how each table comes back, `cutting` makes the file, `merging` holds three states against one another.
"""

from creditdesk.services.trips.service import Bringing, Trips
from creditdesk.services.trips.values import (
    Away,
    AwayAlready,
    AwayUnprotected,
    BroughtBack,
    BroughtDifferent,
    BroughtNewer,
    Conflict,
    KeepUnknown,
    NobodyTaken,
    NotAway,
    NotTakenOut,
    Side,
    TakenFromAnother,
    TakenOut,
    Told,
    TripUnknown,
)

__all__ = [
    "Away",
    "AwayAlready",
    "AwayUnprotected",
    "Bringing",
    "BroughtBack",
    "BroughtDifferent",
    "BroughtNewer",
    "Conflict",
    "KeepUnknown",
    "NobodyTaken",
    "NotAway",
    "NotTakenOut",
    "Side",
    "TakenFromAnother",
    "TakenOut",
    "Told",
    "TripUnknown",
    "Trips",
]
