"""Duties and notices."""

from creditdesk.domain.agenda import DutyId, DutyLine
from creditdesk.services.watch.service import Watch
from creditdesk.services.watch.values import NoticeLine, SentNotice

__all__ = ["DutyId", "DutyLine", "NoticeLine", "SentNotice", "Watch"]
