"""Where a claim goes next: a small form, without Qt."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import (
    CLAIM_STATE_TITLES,
    DECISION_TITLES,
    NEXT,
    ClaimState,
    Decision,
)
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.parts.bound import Around, asked, bound
from creditdesk.presenters.parts.form import Form, Option
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import (
    ClaimFile,
    ClaimLine,
    Claims,
    Ruling,
    StepTaken,
)
from creditdesk.services.claims.values import (
    ClosingUnexplained,
    DecisionMissing,
    ReductionWrong,
)


class PaidAmountMissing(UserError):
    """Paid, but nobody says how much."""

    message = N_("Enter what the insurer paid.")


class PaidTooEarly(UserError):
    """An amount belongs to the payment alone."""

    message = N_("An amount is entered when the indemnity is paid. Choose that step, or leave the amount empty.")  # fmt: skip


class DecisionTooEarly(UserError):
    """A decision belongs to the step in which it is told."""

    message = N_("A decision is entered when the claim is decided. Choose that step, or leave the decision empty.")  # fmt: skip


class DayToCome(UserError):
    """Nothing can have happened tomorrow."""

    message = N_("{on} is still to come. Enter the day it happened.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _NextStep:
    """What happened to a claim, as it is typed."""

    state: ClaimState = asked(N_("Next step"), hint=N_("Choose what happened"))
    on: date = asked(N_("On"), to_come=DayToCome)
    decision: Decision | None = asked(N_("The insurer's decision"), default=None)
    reduction: Decimal | None = asked(
        N_("Reduced by"), kind=FieldKind.PERCENT, default=None
    )
    paid: Decimal | None = asked(N_("Amount paid"), default=None)
    reason: str = asked(N_("Reason or remark"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Provisional:
    """What the insurer paid in advance, as it is typed."""

    paid: Decimal | None = asked(N_("Paid provisionally, in all"), default=None)
    on: date = asked(N_("On"), to_come=DayToCome)


def next_steps(state: ClaimState) -> tuple[ClaimState, ...]:
    """Where a claim may go, in the usual order."""
    return tuple(each for each in ClaimState if each in NEXT[state])


def progress_form(
    claims: Claims, line: ClaimLine, currency: str, today: date, wording: Wording
) -> Form:
    """The form that records the next step of a claim."""

    def save(told: _NextStep) -> None:
        step = StepTaken(
            state=told.state,
            on=told.on,
            paid=_paid(told.state, told.paid, currency),
            ruling=_ruling(told),
            reason=told.reason,
        )
        claims.advance(line.id, step)

    steps = next_steps(line.state)
    decisions = [Option(each, wording(title)) for each, title in DECISION_TITLES.items()]  # fmt: skip
    around = Around(
        today=today,
        options={
            "state": [Option(each, wording(CLAIM_STATE_TITLES[each])) for each in steps],
            "decision": [Option("", "—"), *decisions],
        },
        units={"paid": currency, "reduction": "%"},
        values={"on": today.isoformat()},
        blame={
            PaidAmountMissing: "paid", PaidTooEarly: "paid", DecisionMissing: "decision",
            DecisionTooEarly: "decision", ReductionWrong: "reduction", ClosingUnexplained: "reason",
        },
        without=_not_yet(steps),
    )  # fmt: skip
    return bound(_NextStep, wording, save, around)


def _not_yet(steps: tuple[ClaimState, ...]) -> frozenset[str]:
    """What belongs to a step that can't be next."""
    decided = {"decision", "reduction"} if ClaimState.DECIDED not in steps else set()
    paid = {"paid"} if ClaimState.PAID not in steps else set()
    return frozenset(decided | paid)


def _ruling(told: _NextStep) -> Ruling | None:
    if told.state is not ClaimState.DECIDED:
        if told.decision is not None or told.reduction is not None:
            raise DecisionTooEarly
        return None
    if told.decision is None:
        return None
    return Ruling(decision=told.decision, reduction_pct=told.reduction)


def _paid(state: ClaimState, amount: Decimal | None, currency: str) -> Money | None:
    if state is not ClaimState.PAID:
        if amount is not None:
            raise PaidTooEarly
        return None
    if amount is None:
        raise PaidAmountMissing
    return Money(amount, currency).rounded()


def provisional_form(
    claims: Claims, file: ClaimFile, currency: str, today: date, wording: Wording
) -> Form:
    """The form that records what the insurer paid before its decision."""

    def save(told: _Provisional) -> None:
        amount = Money(told.paid or Decimal(0), currency).rounded()
        claims.note_provisional(file.line.id, amount, told.on)

    before = file.provisional
    values = {
        "paid": before.plain if before else "",
        "on": (file.provisional_on or today).isoformat(),
    }
    around = Around(today=today, units={"paid": currency}, values=values)
    return bound(_Provisional, wording, save, around)
