"""The life of a credit limit: from the application to what the insurer makes of it later (rules.md 3.1)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.choices import LimitState
from creditdesk.i18n import N_


class LimitStage(StrEnum):
    """Where a limit stands. What nobody asked for, what was refused and what was withdrawn are never a zero."""

    NOT_ASKED = "NOT_ASKED"
    DRAFT = "DRAFT"
    APPLIED = "APPLIED"
    INVESTIGATING = "INVESTIGATING"
    APPROVED_FULL = "APPROVED_FULL"
    APPROVED_PART = "APPROVED_PART"
    CONDITIONAL = "CONDITIONAL"
    REFUSED = "REFUSED"
    INCREASE_APPLIED = "INCREASE_APPLIED"
    INCREASED = "INCREASED"
    REDUCED = "REDUCED"
    SUSPENDED = "SUSPENDED"
    IDLE_WARNED = "IDLE_WARNED"
    IDLE_CANCELLED = "IDLE_CANCELLED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


STAGE_TITLES: Mapping[LimitStage, str] = {
    LimitStage.NOT_ASKED: N_("not applied for"),
    LimitStage.DRAFT: N_("Draft"),
    LimitStage.APPLIED: N_("Applied for"),
    LimitStage.INVESTIGATING: N_("Being investigated"),
    LimitStage.APPROVED_FULL: N_("Approved in full"),
    LimitStage.APPROVED_PART: N_("Approved for less"),
    LimitStage.CONDITIONAL: N_("Approved on conditions"),
    LimitStage.REFUSED: N_("Refused"),
    LimitStage.INCREASE_APPLIED: N_("Increase applied for"),
    LimitStage.INCREASED: N_("Increased"),
    LimitStage.REDUCED: N_("Reduced"),
    LimitStage.SUSPENDED: N_("Suspended"),
    LimitStage.IDLE_WARNED: N_("About to lapse unused"),
    LimitStage.IDLE_CANCELLED: N_("Cancelled as unused"),
    LimitStage.CANCELLED: N_("Cancelled"),
    LimitStage.EXPIRED: N_("Expired"),
}

APPROVED = frozenset({LimitStage.APPROVED_FULL, LimitStage.APPROVED_PART, LimitStage.CONDITIONAL})  # fmt: skip
WAITING = frozenset({LimitStage.APPLIED, LimitStage.INVESTIGATING, LimitStage.INCREASE_APPLIED})  # fmt: skip
"""The insurer was asked and has not decided: that covers nothing yet."""
NO_DECISION = WAITING | {LimitStage.NOT_ASKED, LimitStage.DRAFT, LimitStage.IDLE_WARNED}
"""What is kept in the history and changes no cover."""
WITH_AMOUNT = APPROVED | {LimitStage.INCREASED, LimitStage.REDUCED}
"""In force at an amount."""

_ANSWERS = APPROVED | {LimitStage.REFUSED}
_ENDS = frozenset({LimitStage.CANCELLED, LimitStage.EXPIRED, LimitStage.SUSPENDED})
_CHANGES = frozenset({LimitStage.INCREASED, LimitStage.REDUCED})
_FROM_A_LIMIT = (
    APPROVED
    | _CHANGES
    | _ENDS
    | {LimitStage.INCREASE_APPLIED, LimitStage.APPLIED, LimitStage.IDLE_WARNED}
)
_AGAIN = frozenset({LimitStage.DRAFT, LimitStage.APPLIED})

NEXT: Mapping[LimitStage, frozenset[LimitStage]] = {
    # A firm may take over a client whose papers lie in another office: its history may begin with any answer.
    LimitStage.NOT_ASKED: _AGAIN
    | {LimitStage.INVESTIGATING}
    | _ANSWERS
    | _CHANGES
    | _ENDS,
    LimitStage.DRAFT: frozenset({LimitStage.APPLIED}),
    LimitStage.APPLIED: _ANSWERS | {LimitStage.INVESTIGATING},
    LimitStage.INVESTIGATING: _ANSWERS | _CHANGES | _ENDS,
    **dict.fromkeys(WITH_AMOUNT, _FROM_A_LIMIT),
    LimitStage.INCREASE_APPLIED: APPROVED
    | _CHANGES
    | _ENDS
    | {LimitStage.INVESTIGATING},
    LimitStage.IDLE_WARNED: _FROM_A_LIMIT | {LimitStage.IDLE_CANCELLED},
    LimitStage.SUSPENDED: APPROVED | _CHANGES | _ENDS,
    LimitStage.REFUSED: _AGAIN,
    LimitStage.CANCELLED: _AGAIN,
    LimitStage.IDLE_CANCELLED: _AGAIN,
    LimitStage.EXPIRED: _AGAIN,
}
"""What may follow what."""

_SEEN: Mapping[LimitStage, LimitState] = {
    **dict.fromkeys(APPROVED, LimitState.APPROVED),
    LimitStage.IDLE_CANCELLED: LimitState.CANCELLED,
    **{
        LimitStage(state): state
        for state in LimitState
        if state is not LimitState.APPROVED
    },
}


def may_follow(after: LimitStage, before: Iterable[LimitStage], *, asked: bool) -> bool:
    """Whether a state may follow one of these; `asked`: an application stands between them."""
    return any(
        after in NEXT[stage]
        or (asked and LimitStage.APPLIED in NEXT[stage] and after in _ANSWERS)
        for stage in before
    )


def stage_of(state: str, amount: Money, requested: Money | None) -> LimitStage:
    """The state as one gives it; a plain `APPROVED` is full or in part by what was asked for."""
    if state != LimitState.APPROVED:
        return LimitStage(state)
    part = (
        requested is not None
        and requested.currency == amount.currency
        and amount.amount < requested.amount
    )
    return LimitStage.APPROVED_PART if part else LimitStage.APPROVED_FULL


def seen_by_rules(stage: LimitStage) -> str:
    """The `LimitState` the calculation knows; what is no decision keeps its own name."""
    if stage in WAITING:
        return LimitStage.APPLIED
    return _SEEN.get(stage, stage)
