"""Claims."""

from creditdesk.services.claims.papers import OfferedPaper
from creditdesk.services.claims.service import Claims
from creditdesk.services.claims.values import (
    ClaimFile,
    ClaimId,
    ClaimLine,
    Estimate,
    EvidenceId,
    EvidenceLine,
    NewClaim,
    NewRecovery,
    PolicyNotNamed,
    RecoveryLine,
    Ruling,
    StepTaken,
)

__all__ = [
    "ClaimFile",
    "ClaimId",
    "ClaimLine",
    "Claims",
    "Estimate",
    "EvidenceId",
    "EvidenceLine",
    "NewClaim",
    "NewRecovery",
    "OfferedPaper",
    "PolicyNotNamed",
    "RecoveryLine",
    "Ruling",
    "StepTaken",
]
