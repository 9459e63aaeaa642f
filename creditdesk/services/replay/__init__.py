"""The ledger of a past time under other terms: what is changed in a trial, and what is read there (rules.md 9.4).

All of it works on the session of a trial, of which nothing is kept; it refuses any other.
"""

from creditdesk.services.replay.duties import (
    Act,
    acts_of,
    duties_then,
    forget_duties,
    repeat_acts,
)
from creditdesk.services.replay.own import OwnSpan, own_spans
from creditdesk.services.replay.stress import (
    open_by_policy,
    scale_limits,
    slow_down,
    stop_buyer,
)
from creditdesk.services.replay.terms import (
    become,
    claims_of,
    forget_limits,
    forget_payouts,
    version_days,
)

__all__ = [
    "Act",
    "OwnSpan",
    "acts_of",
    "become",
    "claims_of",
    "duties_then",
    "forget_duties",
    "forget_limits",
    "forget_payouts",
    "open_by_policy",
    "own_spans",
    "repeat_acts",
    "scale_limits",
    "slow_down",
    "stop_buyer",
    "version_days",
]
