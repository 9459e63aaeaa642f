"""The fields of a decision on a limit, and what they start with when it answers a request."""

from collections.abc import Sequence
from datetime import date

from creditdesk.domain.cover.codes import METHOD_TITLES, REASONS, RequestKind
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.i18n import N_
from creditdesk.presenters.credit.limit_history import STATES
from creditdesk.presenters.parts.form import FormField, Option
from creditdesk.presenters.parts.typed import FieldKind, tidy
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.policies import STATE_TITLES, LimitLine, RequestLine

_ANSWERED = {
    RequestKind.INCREASE: LimitStage.INCREASED.value,
    RequestKind.REDUCTION: LimitStage.REDUCED.value,
    RequestKind.CANCELLATION: LimitStage.CANCELLED.value,
}
"""What an insurer who agrees answers; anything else is an approval."""


def decision_fields(
    say: Wording,
    policies: Sequence[Option],
    buyers: Sequence[Option],
    readings: Sequence[Option] = (),
) -> tuple[FormField, ...]:
    """What most decisions have; `readings`: of the words of the longest term, where they have several."""
    states = tuple(Option(each, say(STATE_TITLES[each])) for each in STATES)
    methods = tuple(Option(each.value, say(words)) for each, words in METHOD_TITLES.items())  # fmt: skip
    reasons = tuple(Option(code, say(words)) for code, words in REASONS.items())
    return (
        FormField(key="policy", label=say(N_("Policy")), kind=FieldKind.CHOICE, required=True, hint=say(N_("Choose the policy")), options=tuple(policies)),
        FormField(key="buyer", label=say(N_("Buyer")), kind=FieldKind.CHOICE, required=True, hint=say(N_("Choose the buyer")), options=tuple(buyers)),
        FormField(key="state", label=say(N_("State")), kind=FieldKind.CHOICE, required=True, options=states),
        FormField(key="amount", label=say(N_("Limit")), kind=FieldKind.AMOUNT),
        FormField(key="currency", label=say(N_("Currency")), required=True),
        FormField(key="start", label=say(N_("Valid from")), kind=FieldKind.DATE),
        FormField(key="end", label=say(N_("Valid to")), kind=FieldKind.DATE, hint=say(N_("open"))),
        FormField(key="requested", label=say(N_("Requested")), kind=FieldKind.AMOUNT),
        FormField(key="applied_on", label=say(N_("Applied on")), kind=FieldKind.DATE),
        FormField(key="decided_on", label=say(N_("Decided on")), kind=FieldKind.DATE),
        FormField(key="method", label=say(N_("Payment by")), kind=FieldKind.CHOICE, options=(Option("", say(N_("not limited"))), *methods)),
        FormField(key="term", label=say(N_("Longest term")), hint=say(N_("days, or words such as “3 months”"))),
        *([FormField(key="term_as", label=say(N_("Which is meant as")), kind=FieldKind.CHOICE, options=(Option("", say(N_("not said"))), *readings))] if readings else ()),
        FormField(key="decision_no", label=say(N_("Decision no."))),
        FormField(key="reason", label=say(N_("Insurer's reason")), kind=FieldKind.CHOICE, options=(Option("", say(N_("none given"))), *reasons)),
        FormField(key="condition", label=say(N_("Condition")), kind=FieldKind.MULTILINE),
    )  # fmt: skip


def further_fields(say: Wording, history: Sequence[LimitLine]) -> tuple[FormField, ...]:
    """What few decisions have; `history` holds what a decision may take the place of."""
    replaced = tuple(
        Option(
            str(line.id),
            f"{say.day(line.start)} {say(STATE_TITLES[line.stage])} {line.decision_no}".strip(),
        )
        for line in history
    )
    return (
        FormField(key="temporary", label=say(N_("Temporary amount")), kind=FieldKind.AMOUNT),
        FormField(key="temporary_to", label=say(N_("Temporary until")), kind=FieldKind.DATE),
        FormField(key="insured_pct", label=say(N_("Insured percentage")), kind=FieldKind.AMOUNT, unit="%", hint=say(N_("the policy's"))),
        FormField(key="backdated_to", label=say(N_("Dated back to")), kind=FieldKind.DATE),
        FormField(key="replaces", label=say(N_("Takes the place of")), kind=FieldKind.CHOICE, options=(Option("", say(N_("none"))), *replaced)),
    )  # fmt: skip


def values_of(asked: RequestLine, today: date) -> dict[str, str]:
    """What the answer to a request starts with: the insurer agrees."""
    amount = tidy(FieldKind.AMOUNT, asked.amount.plain) if asked.amount else ""
    currency = {"currency": asked.amount.currency} if asked.amount else {}
    return {
        **currency,
        "state": _ANSWERED.get(asked.kind, "APPROVED"),
        "amount": amount,
        "requested": amount,
        "applied_on": asked.sent_on.isoformat(),
        "decided_on": today.isoformat(),
        "start": today.isoformat(),
        "method": asked.payment_method,
        "term": "" if asked.max_term_days is None else str(asked.max_term_days),
    }
