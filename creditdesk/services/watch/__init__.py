"""Duties and notices."""

from creditdesk.services.watch.service import Watch
from creditdesk.services.watch.values import DutyId, DutyLine, NoticeLine, SentNotice

__all__ = ["DutyId", "DutyLine", "NoticeLine", "SentNotice", "Watch"]
