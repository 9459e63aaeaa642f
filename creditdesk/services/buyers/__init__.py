"""The clients' buyers: their cards, who is called how, and which of them are one."""

from creditdesk.services.buyers.double_values import (
    BuyersTwo,
    Double,
    DoubleSide,
    LimitFact,
    MergeId,
    MergeLine,
    MergePlan,
    MergeRefused,
    MergeUndone,
    MergeUnknown,
    UnmergeRefused,
)
from creditdesk.services.buyers.relatives import Relative
from creditdesk.services.buyers.service import Buyers
from creditdesk.services.buyers.values import (
    BuyerCard,
    BuyerCodeTaken,
    BuyerFile,
    BuyerId,
    BuyerLine,
    BuyerMerged,
    BuyerNameEmpty,
    BuyerTermUnclear,
    BuyerTermUnusable,
    BuyerUnknown,
    SearchHit,
)

__all__ = [
    "BuyerCard",
    "BuyerCodeTaken",
    "BuyerFile",
    "BuyerId",
    "BuyerLine",
    "BuyerMerged",
    "BuyerNameEmpty",
    "BuyerTermUnclear",
    "BuyerTermUnusable",
    "BuyerUnknown",
    "Buyers",
    "BuyersTwo",
    "Double",
    "DoubleSide",
    "LimitFact",
    "MergeId",
    "MergeLine",
    "MergePlan",
    "MergeRefused",
    "MergeUndone",
    "MergeUnknown",
    "Relative",
    "SearchHit",
    "UnmergeRefused",
]
