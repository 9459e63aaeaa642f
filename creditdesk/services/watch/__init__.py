"""Duties and notices."""

from creditdesk.domain.duties.agenda import DutyId, DutyLine
from creditdesk.services.watch.service import Watch
from creditdesk.services.watch.values import EventLine, NewEvent, NoticeLine, SentNotice

__all__ = [
    "DutyId",
    "DutyLine",
    "EventLine",
    "NewEvent",
    "NoticeLine",
    "SentNotice",
    "Watch",
]
