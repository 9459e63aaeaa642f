"""What the policies service takes, gives and refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NewType

from creditdesk.domain.choices import LimitState
from creditdesk.domain.money import Money
from creditdesk.domain.policy import Standing
from creditdesk.domain.policy_fields import PolicyField
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual

PolicyId = NewType("PolicyId", int)


class PolicyNumberTaken(UserError):
    """The client has a policy of this number."""

    message = N_("The client already has a policy {number}.")


class PolicyNumberEmpty(UserError):
    """A policy without a number can't be named to the insurer."""

    message = N_("Give the policy's number as it stands on the schedule.")


class PolicyFieldEmpty(UserError):
    """What every list and letter names can't be left out."""

    message = N_("{field} can't be left empty. Enter it as it stands on the schedule.")


class PolicyCurrencyOdd(UserError):
    """Not a currency code."""

    message = N_(
        "{currency} is not a currency code of three letters, such as CNY or USD."
    )


class PolicyPeriodWrong(UserError):
    """It would end before it begins."""

    message = N_(
        "The policy would end on {end}, before it begins on {start}. Were the dates swapped?"
    )


class EndorsementTooEarly(UserError):
    """An endorsement before the policy."""

    message = N_(
        "The policy begins on {start}; an endorsement can't take effect on {on}."
    )


class LimitCurrencyOdd(UserError):
    """Not a currency code."""

    message = N_(
        "{currency} is not a currency code of three letters, such as CNY or USD."
    )


class LimitDatesWrong(UserError):
    """It would end before it begins."""

    message = N_(
        "The limit would end on {end}, before it begins on {start}. Were the dates swapped?"
    )


class LimitAmountWrong(UserError):
    """A decision in force needs an amount; a refusal has none."""

    message = N_(
        "Give the amount the insurer approved; a refusal is entered as refused, not as 0."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPolicy:
    """What a person gives to make a policy from a template. `values` are texts by field (domain.md 2.2)."""

    client_id: int
    template: str
    number: str
    start: date
    end: date
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A policy in a list. `unconfirmed` counts template values nobody has checked; `asked` what must be asked."""

    id: PolicyId
    client_id: int
    client: str
    number: str
    template: str
    title: Bilingual
    insurer: str
    currency: str
    start: date
    end: date
    unconfirmed: int
    asked: int
    limits: int


@dataclass(frozen=True, slots=True)
class ScheduleValue:
    """One line of the schedule. `standing` None: empty, and nothing waits for it."""

    field: PolicyField
    text: str
    standing: Standing | None
    page: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """The terms from a day on."""

    id: int
    effective_from: date
    reason: str


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """One policy as a person reads its schedule."""

    line: PolicyLine
    on: date
    version_id: int
    schedule: tuple[ScheduleValue, ...]
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDecision:
    """A decision on a buyer's limit, or an application. `end` None: without end."""

    policy_id: int
    buyer_id: int
    state: str
    start: date
    end: date | None = None
    amount: Money
    requested: Money | None = None
    applied_on: date | None = None
    decided_on: date | None = None
    payment_method: str = ""
    max_term_days: int | None = None
    condition: str = ""
    decision_no: str = ""


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A decision in the history."""

    id: int
    policy_id: int
    policy: str
    buyer_id: int
    buyer: str
    client: str
    state: str
    amount: Money
    requested: Money | None
    start: date
    end: date | None
    applied_on: date | None
    decided_on: date | None
    payment_method: str
    max_term_days: int | None
    condition: str
    decision_no: str
    who: str


STATE_TITLES: Mapping[str, str] = {
    "APPLIED": N_("Applied for"),
    LimitState.APPROVED: N_("Approved"),
    LimitState.INCREASED: N_("Increased"),
    LimitState.REDUCED: N_("Reduced"),
    LimitState.REFUSED: N_("Refused"),
    LimitState.CANCELLED: N_("Cancelled"),
    LimitState.SUSPENDED: N_("Suspended"),
    LimitState.EXPIRED: N_("Expired"),
}


@dataclass(frozen=True, slots=True)
class LimitNow:
    """What limit a buyer has on a day. `state` NONE: never asked for; `amount` None when it is no figure."""

    policy_id: int
    policy: str
    state: str
    amount: Money | None
    since: date | None
    until: date | None
