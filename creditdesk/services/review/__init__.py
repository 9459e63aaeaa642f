"""Yearly reviews."""

from creditdesk.services.review.service import (
    ReviewPeriodTooLong,
    ReviewPeriodWrong,
    Reviews,
)

__all__ = ["ReviewPeriodTooLong", "ReviewPeriodWrong", "Reviews"]
