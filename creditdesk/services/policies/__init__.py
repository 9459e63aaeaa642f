"""Policies and credit limits."""

from creditdesk.services.policies.service import Policies
from creditdesk.services.policies.values import (
    STATE_TITLES,
    LimitDecision,
    LimitLine,
    LimitNow,
    NewPolicy,
    PolicyFile,
    PolicyId,
    PolicyLine,
    ScheduleValue,
    VersionLine,
)

__all__ = [
    "STATE_TITLES",
    "LimitDecision",
    "LimitLine",
    "LimitNow",
    "NewPolicy",
    "Policies",
    "PolicyFile",
    "PolicyId",
    "PolicyLine",
    "ScheduleValue",
    "VersionLine",
]
