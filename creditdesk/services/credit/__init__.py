"""Judging buyers."""

from creditdesk.services.credit.service import Credit
from creditdesk.services.credit.values import BuyerRating, BuyerWarning

__all__ = ["BuyerRating", "BuyerWarning", "Credit"]
