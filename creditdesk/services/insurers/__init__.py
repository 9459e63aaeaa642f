"""Insurers: their files, and what they offer."""

from creditdesk.services.insurers.service import InsurerNameMissing, Insurers

__all__ = ["InsurerNameMissing", "Insurers"]
