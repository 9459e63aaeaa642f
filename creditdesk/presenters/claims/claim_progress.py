"""Where a claim goes next: a small form, without Qt."""

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
from creditdesk.presenters.parts.form import Answers, Form, FormField, Option
from creditdesk.presenters.parts.typed import Kind
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


def next_steps(state: ClaimState) -> tuple[ClaimState, ...]:
    """Where a claim may go, in the usual order."""
    return tuple(each for each in ClaimState if each in NEXT[state])


def progress_form(
    claims: Claims, line: ClaimLine, currency: str, today: date, wording: Wording
) -> Form:
    """The form that records the next step of a claim."""

    def save(answers: Answers) -> None:
        state, on = ClaimState(answers.text("state")), answers.day("on")
        assert on is not None  # noqa: S101 - the field is required
        if on > today:
            raise DayToCome(on=on)
        step = StepTaken(
            state=state,
            on=on,
            paid=_paid(state, answers.amount("paid"), currency),
            ruling=_ruling(state, answers),
            reason=answers.text("reason"),
        )
        claims.advance(line.id, step)

    blame = {
        PaidAmountMissing: "paid", PaidTooEarly: "paid", DayToCome: "on", DecisionMissing: "decision",
        DecisionTooEarly: "decision", ReductionWrong: "reduction", ClosingUnexplained: "reason",
    }  # fmt: skip
    fields = _fields(line.state, currency, wording)
    return Form(fields, save, {"on": today.isoformat()}, dict(blame))


def _fields(
    state: ClaimState, currency: str, wording: Wording
) -> tuple[FormField, ...]:
    steps = next_steps(state)
    options = tuple(Option(each, wording(CLAIM_STATE_TITLES[each])) for each in steps)
    decisions = tuple(
        Option(each, wording(title)) for each, title in DECISION_TITLES.items()
    )
    fields = [
        FormField(
            key="state", label=wording(N_("Next step")), kind=Kind.CHOICE, required=True, options=options,
            hint=wording(N_("Choose what happened")),
        ),
        FormField(key="on", label=wording(N_("On")), kind=Kind.DATE, required=True),
    ]  # fmt: skip
    if ClaimState.DECIDED in steps:
        fields += [
            FormField(key="decision", label=wording(N_("The insurer's decision")), kind=Kind.CHOICE, options=(Option("", "—"), *decisions)),
            FormField(key="reduction", label=wording(N_("Reduced by")), kind=Kind.PERCENT, unit="%"),
        ]  # fmt: skip
    if ClaimState.PAID in steps:
        paid = wording(N_("Amount paid"))
        fields.append(
            FormField(key="paid", label=paid, kind=Kind.AMOUNT, unit=currency)
        )
    return (*fields, FormField(key="reason", label=wording(N_("Reason or remark"))))


def _ruling(state: ClaimState, answers: Answers) -> Ruling | None:
    decision, reduction = answers.text("decision"), answers.amount("reduction")
    if state is not ClaimState.DECIDED:
        if decision or reduction is not None:
            raise DecisionTooEarly
        return None
    if not decision:
        return None
    return Ruling(decision=Decision(decision), reduction_pct=reduction)


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

    def save(answers: Answers) -> None:
        on, paid = answers.day("on"), answers.amount("paid")
        assert on is not None  # noqa: S101 - the field is required
        if on > today:
            raise DayToCome(on=on)
        amount = Money(paid or Decimal(0), currency).rounded()
        claims.note_provisional(file.line.id, amount, on)

    before = file.provisional
    fields = (
        FormField(key="paid", label=wording(N_("Paid provisionally, in all")), kind=Kind.AMOUNT, unit=currency),
        FormField(key="on", label=wording(N_("On")), kind=Kind.DATE, required=True),
    )  # fmt: skip
    values = {
        "paid": before.plain if before else "",
        "on": (file.provisional_on or today).isoformat(),
    }
    return Form(fields, save, values, {DayToCome: "on"})
