"""The clients' ledgers."""

from creditdesk.services.ledger.aged import AgedLine
from creditdesk.services.ledger.credit_notes import CreditNoteLine
from creditdesk.services.ledger.dating import (
    DayToCountFromUnknown,
    DueBeforeIssue,
    WordsGiveNoDay,
)
from creditdesk.services.ledger.due_open import OpenDueLine, TermsSettled
from creditdesk.services.ledger.evidence import InvoicePaper
from creditdesk.services.ledger.imports import Imports
from creditdesk.services.ledger.lists import InvoiceQuestion
from creditdesk.services.ledger.lists_then import DocumentsThen, DocumentSums
from creditdesk.services.ledger.numbering import NUMBERS
from creditdesk.services.ledger.payments import PaymentQuestion
from creditdesk.services.ledger.receipt_values import StatementTaken
from creditdesk.services.ledger.relisted import MISSING, PAID
from creditdesk.services.ledger.service import Ledger
from creditdesk.services.ledger.values import (
    AgedTakenIn,
    AgingReport,
    BalanceReport,
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
    "MISSING",
    "NUMBERS",
    "PAID",
    "AgedLine",
    "AgedTakenIn",
    "AgingReport",
    "BalanceReport",
    "BatchId",
    "BatchInUse",
    "BatchLine",
    "BatchUndone",
    "BatchUnknown",
    "CreditNoteLine",
    "CurrencyTotals",
    "DayToCountFromUnknown",
    "DocumentSums",
    "DocumentsThen",
    "DueBeforeIssue",
    "Imports",
    "InvoiceId",
    "InvoiceLine",
    "InvoicePaper",
    "InvoiceQuestion",
    "Ledger",
    "OpenDueLine",
    "PaymentQuestion",
    "StatementTaken",
    "TakenIn",
    "TermsSettled",
    "WordsGiveNoDay",
]
