"""The library: what the firm knows beside its clients' books."""

from creditdesk.services.library.service import Library

__all__ = ["Library"]
