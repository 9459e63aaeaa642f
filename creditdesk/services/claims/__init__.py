"""Claims."""

from creditdesk.services.claims.additions import AdditionLine, NewAddition
from creditdesk.services.claims.arranging import Arranged, PaperMark
from creditdesk.services.claims.papers import OfferedPaper
from creditdesk.services.claims.service import Claims
from creditdesk.services.claims.values import (
    ClaimFile,
    ClaimId,
    ClaimLine,
    Estimate,
    EvidenceId,
    EvidenceLine,
    GivenAnswer,
    GoodsLine,
    NewClaim,
    NewQuestion,
    NewRecovery,
    PaymentLine,
    PolicyNotNamed,
    QuestionLine,
    RecoveryLine,
    Ruling,
    StepTaken,
)

__all__ = [
    "AdditionLine",
    "Arranged",
    "ClaimFile",
    "ClaimId",
    "ClaimLine",
    "Claims",
    "Estimate",
    "EvidenceId",
    "EvidenceLine",
    "GivenAnswer",
    "GoodsLine",
    "NewAddition",
    "NewClaim",
    "NewQuestion",
    "NewRecovery",
    "OfferedPaper",
    "PaperMark",
    "PaymentLine",
    "PolicyNotNamed",
    "QuestionLine",
    "RecoveryLine",
    "Ruling",
    "StepTaken",
]
