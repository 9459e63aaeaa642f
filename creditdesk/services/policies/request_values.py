"""What is asked of an insurer about limits: what the service takes, gives and refuses."""

from dataclasses import dataclass
from datetime import date

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.errors import UserError
from creditdesk.i18n import N_


class NothingToChange(UserError):
    """No limit to increase, prolong, reduce or cancel."""

    message = N_("{buyer} has no limit under policy {policy}. Apply for a new one.")


class RequestWaiting(UserError):
    """The insurer was asked already."""

    message = N_(
        "The request of {on} about {buyer} still waits for its answer. Enter the answer, or withdraw it first."
    )


class RequestAmountMissing(UserError):
    """A limit is asked for with its amount."""

    message = N_("Give the amount that is asked for.")


class RequestAmountOdd(UserError):
    """An increase that is none, or a reduction that is none."""

    message = N_("{limit} is in force now; {amount} would be no such change.")


class RequestInFuture(UserError):
    """It can't have been sent tomorrow."""

    message = N_("{on} is still to come. Enter the day the request was sent.")


class AnswerTooEarly(UserError):
    """An answer before the question."""

    message = N_("The request was sent on {sent}; its answer can't be of {on}.")


class RequestSettled(UserError):
    """It was answered or withdrawn already."""

    message = N_("This request was settled already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRequest:
    """What a person says about a request that went out: when, by which way, and what proves it."""

    sent_on: date
    way: str
    receipt: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """A request in a list. `id` None: an application that was entered in the limit's history by hand.

    `amount` None: a cancellation. `state` is one of `LimitStage`'s waiting ones, ANSWERED or WITHDRAWN; `answer`
    carries UN/EDIFACT codes.
    """

    id: int | None
    policy_id: int
    policy: str
    client_id: int
    client: str
    buyer_id: int
    buyer: str
    kind: RequestKind
    amount: Money | None
    payment_method: str = ""
    max_term_days: int | None = None
    wanted_from: date | None = None
    reason: str = ""
    sent_on: date
    way: str = ""
    state: str
    answer: str = ""
    answered_on: date | None = None
    decision_id: int | None = None
    receipt_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether the insurer still has to answer."""
        return self.state in {LimitStage.APPLIED, LimitStage.INVESTIGATING}


ANSWERED = "ANSWERED"
WITHDRAWN = "WITHDRAWN"
REQUEST_STATES = {
    LimitStage.APPLIED.value: N_("waiting for the answer"),
    LimitStage.INVESTIGATING.value: N_("being investigated"),
    ANSWERED: N_("answered"),
    WITHDRAWN: N_("withdrawn by us"),
}
