"""Declarations of shipments, balances and turnover."""

from creditdesk.services.declarations.service import Declarations
from creditdesk.services.declarations.values import (
    NewDeclaration,
    Overview,
    PeriodFile,
    PeriodLine,
    PolicyLine,
)

__all__ = [
    "Declarations",
    "NewDeclaration",
    "Overview",
    "PeriodFile",
    "PeriodLine",
    "PolicyLine",
]
