"""Tables and relations, nothing else."""

from creditdesk.models.bank import BankLine
from creditdesk.models.base import Base, Voidable
from creditdesk.models.buyer import Buyer, BuyerAlias, BuyerMerge, BuyersApart
from creditdesk.models.claim import (
    ChecklistAddition,
    Claim,
    ClaimEvidence,
    ClaimGoods,
    ClaimInvoice,
    ClaimItem,
    ClaimPayment,
    ClaimQuestion,
    ClaimStep,
    IndemnityRecord,
    PackageRecord,
    Recovery,
)
from creditdesk.models.client import Client
from creditdesk.models.credit import (
    BuyerFact,
    BuyerGrade,
    Contact,
    CreditAuthority,
    CreditDecision,
    CreditPolicy,
    FinancialStatement,
    ScoreRecord,
    WarningAnswer,
)
from creditdesk.models.declaration import (
    Declaration,
    DeclarationLine,
    DeclarationTotal,
    PremiumNote,
)
from creditdesk.models.document import Document, FileContent
from creditdesk.models.insurer import InsurerEntry, InsurerQuote, PartyContact
from creditdesk.models.journal import JournalEntry, Setting
from creditdesk.models.ledger import (
    AgedBalance,
    BillEnd,
    BillTransfer,
    ControlFigure,
    Dispute,
    ImportAnswer,
    ImportBatch,
    ImportChange,
    ImportProfile,
    Invoice,
    InvoiceDocument,
    Payment,
)
from creditdesk.models.limit import (
    BuyerCover,
    DiscretionaryGround,
    InvoiceCover,
    LimitRequest,
)
from creditdesk.models.outlook import OutlookNote
from creditdesk.models.particular import Particular
from creditdesk.models.policy import (
    CreditLimit,
    Policy,
    PolicyValue,
    PolicyVersion,
    ReviewAnswer,
)
from creditdesk.models.task import Task
from creditdesk.models.trip import Trip
from creditdesk.models.watch import BuyerEvent, Duty, Notice

__all__ = [
    "AgedBalance",
    "BankLine",
    "Base",
    "BillEnd",
    "BillTransfer",
    "Buyer",
    "BuyerAlias",
    "BuyerCover",
    "BuyerEvent",
    "BuyerFact",
    "BuyerGrade",
    "BuyerMerge",
    "BuyersApart",
    "ChecklistAddition",
    "Claim",
    "ClaimEvidence",
    "ClaimGoods",
    "ClaimInvoice",
    "ClaimItem",
    "ClaimPayment",
    "ClaimQuestion",
    "ClaimStep",
    "Client",
    "Contact",
    "ControlFigure",
    "CreditAuthority",
    "CreditDecision",
    "CreditLimit",
    "CreditPolicy",
    "Declaration",
    "DeclarationLine",
    "DeclarationTotal",
    "DiscretionaryGround",
    "Dispute",
    "Document",
    "Duty",
    "FileContent",
    "FinancialStatement",
    "ImportAnswer",
    "ImportBatch",
    "ImportChange",
    "ImportProfile",
    "IndemnityRecord",
    "InsurerEntry",
    "InsurerQuote",
    "Invoice",
    "InvoiceCover",
    "InvoiceDocument",
    "JournalEntry",
    "LimitRequest",
    "Notice",
    "OutlookNote",
    "PackageRecord",
    "Particular",
    "PartyContact",
    "Payment",
    "Policy",
    "PolicyValue",
    "PolicyVersion",
    "PremiumNote",
    "Recovery",
    "ReviewAnswer",
    "ScoreRecord",
    "Setting",
    "Task",
    "Trip",
    "Voidable",
    "WarningAnswer",
]
