"""Where a claim goes next: a small form, without Qt."""

from datetime import date
from decimal import Decimal

from creditdesk.domain.claims import CLAIM_STATE_TITLES, NEXT, ClaimState
from creditdesk.domain.money import Money
from creditdesk.errors import UserError
from creditdesk.i18n import N_
from creditdesk.presenters.form import Answers, Form, FormField, Option
from creditdesk.presenters.typed import Kind
from creditdesk.presenters.wording import Wording
from creditdesk.services.claims import ClaimLine, Claims


class PaidAmountMissing(UserError):
    """Paid, but nobody says how much."""

    message = N_("Enter what the insurer paid.")


class PaidTooEarly(UserError):
    """An amount belongs to the payment alone."""

    message = N_("An amount is entered when the indemnity is paid. Choose that step, or leave the amount empty.")  # fmt: skip


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
        paid = _paid(state, answers.amount("paid"), currency)
        claims.advance(line.id, state, on, paid)

    options = tuple(
        Option(each, wording(CLAIM_STATE_TITLES[each]))
        for each in next_steps(line.state)
    )
    fields = (
        FormField(
            key="state", label=wording(N_("Next step")), kind=Kind.CHOICE, required=True, options=options,
            hint=wording(N_("Choose what happened")),
        ),
        FormField(key="on", label=wording(N_("On")), kind=Kind.DATE, required=True),
        FormField(key="paid", label=wording(N_("Amount paid")), kind=Kind.AMOUNT, unit=currency),
    )  # fmt: skip
    blame = {PaidAmountMissing: "paid", PaidTooEarly: "paid", DayToCome: "on"}
    return Form(fields, save, {"on": today.isoformat()}, dict(blame))


def _paid(state: ClaimState, amount: Decimal | None, currency: str) -> Money | None:
    if state is not ClaimState.PAID:
        if amount is not None:
            raise PaidTooEarly
        return None
    if amount is None:
        raise PaidAmountMissing
    return Money(amount, currency).rounded()
