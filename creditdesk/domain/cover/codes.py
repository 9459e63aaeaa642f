"""The codes insurers and insured exchange on credit limits: UN/EDIFACT 4505, 4507, 4509 (rules.md 3.1)."""

from collections.abc import Mapping
from enum import StrEnum

from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.policy.choices import PaymentMethod
from creditdesk.i18n import N_

REQUESTS: Mapping[str, str] = {
    "1": N_("cover in several currencies"),
    "2": N_("new limit"),
    "3": N_("increase"),
    "4": N_("preliminary assessment"),
    "5": N_("open account only"),
    "6": N_("cancellation"),
    "7": N_("reduction"),
    "8": N_("renewal"),
}
"""4505: what is asked for."""

RESPONSES: Mapping[str, str] = {
    "1": N_("preliminary assessment"),
    "2": N_("approved"),
    "3": N_("not approved"),
    "4": N_("approved on conditions"),
    "5": N_("approved in part"),
    "6": N_("still being investigated"),
    "7": N_("open account only"),
    "8": N_("cancelled"),
    "9": N_("reduced"),
    "10": N_("name or address changed"),
    "11": N_("account closed"),
}
"""4507: what the insurer answers."""

REASONS: Mapping[str, str] = {
    "1": N_("accounts asked for and not given"),
    "2": N_("no accounts to be had"),
    "3": N_("out of business"),
    "4": N_("new company"),
    "5": N_("not registered"),
    "6": N_("not trading"),
    "7": N_("no comment"),
    "8": N_("only insolvency covered"),
    "9": N_("subject to acceptance of a bill"),
    "10": N_("documents against acceptance only"),
    "11": N_("documents against payment only"),
    "12": N_("adverse public information"),
    "13": N_("insurer's own limit on the buyer is full"),
    "14": N_("limit not used"),
    "15": N_("another reason"),
}
"""4509: why."""

METHOD_TITLES: Mapping[PaymentMethod, str] = {
    PaymentMethod.OA: N_("open account"),
    PaymentMethod.DA: N_("documents against acceptance"),
    PaymentMethod.DP: N_("documents against payment"),
    PaymentMethod.CAD: N_("cash against documents"),
    PaymentMethod.LC_SIGHT: N_("letter of credit at sight"),
    PaymentMethod.LC_USANCE: N_("usance letter of credit"),
    PaymentMethod.TT_ADVANCE: N_("payment in advance"),
    PaymentMethod.BANK_ACCEPTANCE: N_("bank acceptance bill"),
    PaymentMethod.COMMERCIAL_ACCEPTANCE: N_("commercial acceptance bill"),
    PaymentMethod.OTHER: N_("another way"),
}
"""How the buyer pays, as a limit allows it."""

NOT_USED = "14"
INVESTIGATING = "6"

_ANSWERED: Mapping[LimitStage, str] = {
    LimitStage.APPROVED_FULL: "2",
    LimitStage.INCREASED: "2",
    LimitStage.REFUSED: "3",
    LimitStage.CONDITIONAL: "4",
    LimitStage.APPROVED_PART: "5",
    LimitStage.INVESTIGATING: INVESTIGATING,
    LimitStage.CANCELLED: "8",
    LimitStage.IDLE_CANCELLED: "8",
    LimitStage.REDUCED: "9",
}


class RequestKind(StrEnum):
    """What a client asks its insurer for; `code` is that of 4505."""

    NEW = "NEW"
    INCREASE = "INCREASE"
    RENEWAL = "RENEWAL"
    REDUCTION = "REDUCTION"
    CANCELLATION = "CANCELLATION"

    @property
    def code(self) -> str:
        """The request's code."""
        return _ASKED[self]


_ASKED: Mapping[RequestKind, str] = {
    RequestKind.NEW: "2",
    RequestKind.INCREASE: "3",
    RequestKind.CANCELLATION: "6",
    RequestKind.REDUCTION: "7",
    RequestKind.RENEWAL: "8",
}


def answer_code(stage: LimitStage, reason: str = "") -> str:
    """`4507:5/4509:12` for an answer and its reason; nothing for what no insurer answers."""
    if stage is LimitStage.IDLE_CANCELLED:
        reason = reason or NOT_USED
    parts = (("4507", _ANSWERED.get(stage, "")), ("4509", reason))
    return "/".join(f"{name}:{code}" for name, code in parts if code)


def reason_of(codes: str) -> str:
    """The reason in such a text; nothing where it names none."""
    named = dict(part.split(":", 1) for part in codes.split("/") if ":" in part)
    return named.get("4509", "")
