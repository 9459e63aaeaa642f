"""Duties and notices."""

from creditdesk.domain.duties.agenda import DutyId, DutyLine
from creditdesk.services.watch.service import Watch
from creditdesk.services.watch.values import (
    DutyDone,
    EventLine,
    NewEvent,
    NoticeLine,
    SentNotice,
)

__all__ = [
    "DutyDone",
    "DutyId",
    "DutyLine",
    "EventLine",
    "NewEvent",
    "NoticeLine",
    "SentNotice",
    "Watch",
]
