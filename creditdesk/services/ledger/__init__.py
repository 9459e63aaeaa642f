"""The clients' ledgers."""

from creditdesk.services.ledger.lists import InvoiceQuestion
from creditdesk.services.ledger.service import Ledger
from creditdesk.services.ledger.values import (
    AgingReport,
    BatchId,
    BatchInUse,
    BatchLine,
    BatchUndone,
    BatchUnknown,
    CurrencyTotals,
    InvoiceId,
    InvoiceLine,
    TakenIn,
)

__all__ = [
    "AgingReport",
    "BatchId",
    "BatchInUse",
    "BatchLine",
    "BatchUndone",
    "BatchUnknown",
    "CurrencyTotals",
    "InvoiceId",
    "InvoiceLine",
    "InvoiceQuestion",
    "Ledger",
    "TakenIn",
]
