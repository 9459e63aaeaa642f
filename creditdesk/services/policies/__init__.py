"""Policies and credit limits."""

from creditdesk.services.policies.covers import KeptCover
from creditdesk.services.policies.ground_values import (
    GroundCheck,
    GroundLine,
    NewGround,
)
from creditdesk.services.policies.limit_terms import (
    LimitTermUnclear,
    LimitTermUnusable,
)
from creditdesk.services.policies.request_values import (
    ANSWERED,
    REQUEST_STATES,
    WITHDRAWN,
    RequestLine,
    SentRequest,
)
from creditdesk.services.policies.review import ContractReview
from creditdesk.services.policies.service import Policies
from creditdesk.services.policies.ship_values import (
    Obstacle,
    ShipAnswer,
    Verdict,
    otherwise,
)
from creditdesk.services.policies.values import (
    LATER,
    STATE_TITLES,
    FirstStop,
    LimitDecision,
    LimitLine,
    LimitNow,
    NewPolicy,
    NoPolicyRuns,
    OwnLimit,
    PolicyFile,
    PolicyId,
    PolicyLine,
    PolicyPaper,
    ScheduleValue,
    Spot,
    VersionLine,
)

__all__ = [
    "ANSWERED",
    "LATER",
    "REQUEST_STATES",
    "STATE_TITLES",
    "WITHDRAWN",
    "ContractReview",
    "FirstStop",
    "GroundCheck",
    "GroundLine",
    "KeptCover",
    "LimitDecision",
    "LimitLine",
    "LimitNow",
    "LimitTermUnclear",
    "LimitTermUnusable",
    "NewGround",
    "NewPolicy",
    "NoPolicyRuns",
    "Obstacle",
    "OwnLimit",
    "Policies",
    "PolicyFile",
    "PolicyId",
    "PolicyLine",
    "PolicyPaper",
    "RequestLine",
    "ScheduleValue",
    "SentRequest",
    "ShipAnswer",
    "Spot",
    "Verdict",
    "VersionLine",
    "otherwise",
]
