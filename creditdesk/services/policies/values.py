"""What the policies service takes, gives and refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NewType

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.voiding import Voided
from creditdesk.domain.cover.limit_states import STAGE_TITLES, LimitStage
from creditdesk.domain.policy.fields import PolicyField
from creditdesk.domain.policy.terms import ValueStanding
from creditdesk.errors import UserError
from creditdesk.i18n import N_, Bilingual

PolicyId = NewType("PolicyId", int)


class PolicyNumberTaken(UserError):
    """The client has a policy of this number."""

    message = N_("The client already has a policy {number}.")


class PolicyInsurerEmpty(UserError):
    """A policy of no template's insurer needs its name."""

    message = N_(
        "This template is of no insurer. Enter the insurer as the policy names it."
    )


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


class PolicyMustSay(UserError):
    """What every policy says can't be left open."""

    message = N_(
        "{field} can't be left open: every policy says it. Look in the clauses and endorsements, or ask the insurer."
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


class NoPolicyRuns(UserError):
    """Nobody to ask."""

    message = N_("No policy of the client runs on {day}. Enter the policy first.")


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


class LimitAfterPolicy(UserError):
    """It would begin when nothing can be shipped under the policy any more."""

    message = N_(
        "The limit would begin on {start}, after policy {policy} ends on {end}. Is the year right?"
    )


class LimitAmountWrong(UserError):
    """A decision in force needs an amount; a refusal has none."""

    message = N_(
        "Give the amount the insurer approved; a refusal is entered as refused, not as 0."
    )


class LimitStepImpossible(UserError):
    """A state that can't follow the one before it."""

    message = N_(
        "On {on} the limit stood at “{before}”; it can't become “{after}”. "
        "Enter first what lies between, for example the application with its day."
    )


class TemporaryWrong(UserError):
    """A temporary amount without its last day, or the other way round, or outside the decision's own time."""

    message = N_(
        "A temporary amount needs its last day, which lies between the decision's own days."
    )


class BackdatedWrong(UserError):
    """Back-dating goes back."""

    message = N_(
        "A decision of {start} can't be dated back to {backdated}, which is later. Were the dates swapped?"
    )


class LimitPercentWrong(UserError):
    """A fraction where a percentage is meant, or more than everything."""

    message = N_("{value} is no percentage above 1 and up to 100. Write 90 for 90 %.")


class ReplacedUnknown(UserError):
    """A decision takes the place of one of the same buyer and policy."""

    message = N_("The decision it replaces is not one on this buyer under this policy.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPolicy:
    """What a person gives to make a policy from a template. `values` are texts by field (rules.md 2.2)."""

    client_id: int
    template: str
    number: str
    start: date
    end: date
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A policy in a list. `unconfirmed` counts template values nobody has checked; `to_enter` what is missing."""

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
    to_enter: int
    limits: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands on a paper of the policy: its document, and the place as `domain.base.areas` writes it."""

    document: int
    area: str


@dataclass(frozen=True, slots=True)
class ScheduleValue:
    """One line of the schedule. `standing` None: empty, and no calculation waits for it.

    `before`: the text in the version before; None in the schedule as signed. `spot` None: nobody marked it on a paper.
    `left_out`: somebody saw that the paper says nothing of it.
    """

    field: PolicyField
    text: str
    standing: ValueStanding | None
    page: str
    before: str | None = None
    spot: Spot | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class PolicyPaper:
    """A paper the terms stand on, and from which day on they count."""

    document: int
    file_name: str
    media: str
    digest: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class VersionLine:
    """The terms from a day on."""

    id: int
    effective_from: date
    reason: str


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """One policy as a person reads its schedule. `home`: the client's country, where the law of one counts."""

    line: PolicyLine
    on: date
    version_id: int
    schedule: tuple[ScheduleValue, ...]
    versions: tuple[VersionLine, ...]
    home: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDecision:
    """A decision on a buyer's limit, or an application. `end` None: without end.

    `state` is a `LimitStage`, or plainly APPROVED. `reason` is a code of UN/EDIFACT 4509. `insured_pct` None: the
    policy's. A decision `backdated_to` a day counts from it. Up to `temporary_to` the `temporary` amount counts; then
    `amount`, or where that is nothing the decision before. `answers` names the request it settles. `sure`: the person
    was asked whether so high a limit is meant. `max_term`: the longest term in words, and `max_term_as` the id of the
    reading that was chosen of several; they go before `max_term_days`.
    """

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
    max_term: str = ""
    max_term_as: str = ""
    condition: str = ""
    decision_no: str = ""
    reason: str = ""
    insured_pct: Decimal | None = None
    backdated_to: date | None = None
    temporary: Money | None = None
    temporary_to: date | None = None
    replaces: int | None = None
    answers: int | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A decision in the history. `state` is what the rules see, `stage` where it stands in detail.

    `voided` None: it stands.
    """

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
    stage: LimitStage
    reason: str = ""
    insured_pct: Decimal | None = None
    backdated_to: date | None = None
    temporary: Money | None = None
    temporary_to: date | None = None
    replaces: int | None = None
    voided: Voided | None = None
    max_term: str = ""


LATER = "LATER"
"""A decision there is, but it begins on a later day."""

STATE_TITLES: Mapping[str, str] = {
    **{stage.value: title for stage, title in STAGE_TITLES.items()},
    "APPROVED": N_("Approved"),
    LATER: N_("begins later"),
}
"""The words of every state, as the rules see it or in detail."""


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """A limit the client may give a buyer by itself, and the last day its grounds carry."""

    amount: Money
    until: date


@dataclass(frozen=True, slots=True)
class LimitNow:
    """What limit a buyer has on a day. `state` NONE: never asked for; `amount` None when it is no figure.

    `asked_on`: the insurer has been asked since this day and has not answered. `idle_after`: days without a shipment
    after which the policy lets a limit lapse, None where it doesn't.
    """

    policy_id: int
    policy: str
    state: str
    amount: Money | None
    since: date | None
    until: date | None
    stage: LimitStage = LimitStage.NOT_ASKED
    asked_on: date | None = None
    idle_after: int | None = None


@dataclass(frozen=True, slots=True)
class FirstStop:
    """The last insured day for shipping of a buyer's first stop within a time."""

    buyer_id: int
    buyer: str
    on: date
