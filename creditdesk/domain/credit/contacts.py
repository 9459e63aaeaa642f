"""Calls, visits and letters, and the promises made in them (rules.md 6.3)."""

from collections.abc import Mapping
from enum import StrEnum

from creditdesk.i18n import N_


class ContactWay(StrEnum):
    """How one spoke."""

    CALL = "CALL"
    VISIT = "VISIT"
    LETTER = "LETTER"
    MAIL = "MAIL"
    CHAT = "CHAT"


class Promise(StrEnum):
    """What became of a promise to pay."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


WAY_TITLES: Mapping[ContactWay, str] = {
    ContactWay.CALL: N_("Call"),
    ContactWay.VISIT: N_("Visit"),
    ContactWay.LETTER: N_("Letter"),
    ContactWay.MAIL: N_("Mail"),
    ContactWay.CHAT: N_("Chat"),
}
PROMISE_TITLES: Mapping[Promise, str] = {
    Promise.OPEN: N_("promise open"),
    Promise.KEPT: N_("promise kept"),
    Promise.BROKEN: N_("promise broken"),
}


class Direction(StrEnum):
    """Which end of a scheme is good."""

    HIGH_GOOD = "HIGH_GOOD"
    LOW_GOOD = "LOW_GOOD"


DIRECTION_TITLES: Mapping[Direction, str] = {
    Direction.HIGH_GOOD: N_("higher is better"),
    Direction.LOW_GOOD: N_("lower is better"),
}
