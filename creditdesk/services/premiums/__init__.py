"""Premiums and premium notes."""

from creditdesk.services.premiums.service import Premiums
from creditdesk.services.premiums.values import NewNote, PremiumFile, Reckoned

__all__ = ["NewNote", "PremiumFile", "Premiums", "Reckoned"]
