"""What stands against a shipment, with the facts and the way out."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.in_scope import LEFT_OUT_WORDS
from creditdesk.domain.cover.limits import (
    REASON_WORDS,
    CoverEventKind,
    Reason,
    stops,
)
from creditdesk.domain.cover.shipping import Cover
from creditdesk.domain.credit.answers import Answered
from creditdesk.i18n import N_, Message
from creditdesk.models import Policy
from creditdesk.readings.shipping import ShipStanding
from creditdesk.services.policies.ship_values import Obstacle

FULL = "FULL"
NO_POLICY = "NO_POLICY"
OWN_STOP = "OWN_STOP"
_EVENT_WORDS = {
    CoverEventKind.INSOLVENCY: N_("Insolvent since {on}: deliveries after that day are not covered."),
    CoverEventKind.LIMIT_WITHDRAWN: N_("The insurer withdrew the limit on {on}."),
}  # fmt: skip


def found(
    standing: ShipStanding, answer: Cover, wanted: Money | None
) -> Iterator[Obstacle]:
    """Every obstacle, in the order of rules.md 3.2; last that the limit is full."""
    if standing.left_out is not None:
        yield Obstacle(
            Reason.EXCLUDED_BUYER,
            Message(LEFT_OUT_WORDS[standing.left_out]),
            Message(N_("an endorsement of the policy")),
        )
    for reason in answer.reasons:
        yield _TOLD.get(reason, _plain(reason))(standing, answer)
    short = wanted is not None and wanted.amount > answer.headroom.amount
    if answer.may_ship and (short or not answer.headroom):
        yield _full(answer)


def own_stop(stop: Answered) -> Obstacle:
    """The client itself stopped shipping after a warning."""
    said = Message.of(
        N_("Shipping is stopped by the client since {on}: {reason}"),
        on=stop.on, reason=stop.reason,
    )  # fmt: skip
    lifted = Message.of("{words}", words=stop.lifted_by) if stop.lifted_by else None
    return Obstacle(OWN_STOP, said, lifted)


def no_policy(on: date, ended: Policy | None) -> Obstacle:
    """No policy runs on the day."""
    if ended is None:
        return Obstacle(
            NO_POLICY,
            Message.of(N_("No policy runs on {on}."), on=on),
            Message(N_("a policy whose period holds the day")),
        )
    said = Message.of(
        N_("No policy runs on {on}; policy {number} ended on {end}."),
        on=on, number=ended.number, end=ended.period_end,
    )  # fmt: skip
    return Obstacle(NO_POLICY, said, Message(N_("the renewal of the policy")))


def _stopped(standing: ShipStanding, answer: Cover) -> Obstacle:
    events = standing.events
    for kind, words in _EVENT_WORDS.items():
        days = stops(events, {kind}, answer.on)
        if days:
            lifted = Message(N_("the insurer's written word that cover goes on"))
            return Obstacle(Reason.STOPPED, Message.of(words, on=min(days)), lifted)
    return _arrears(standing, answer, Reason.STOPPED)


def _arrears(standing: ShipStanding, answer: Cover, reason: Reason) -> Obstacle:
    """The invoices unpaid beyond the days for which deliveries may go on."""
    days = standing.case.terms.mep_days or 0
    left = {row.id: row.open for row in answer.rows if row.open}
    late = sorted(
        (
            debt
            for debt in standing.books.debts
            if debt.id in left
            and debt.may_stop
            and debt.due + timedelta(days=days) < answer.on
        ),
        key=lambda debt: debt.oldest_due,
    )
    if not late:
        return Obstacle(reason, Message(REASON_WORDS[reason]))
    first = late[0]
    end = first.due + timedelta(days=days)
    total = Money.total((left[debt.id] for debt in late), answer.limit.currency)
    said = Message.of(
        _unpaid_words(standing, reason),
        number=first.called, due=first.due, amount=left[first.id], end=end, days=days, total=total,
        floor=standing.there.terms.stop_floor,
    )  # fmt: skip
    lifted = Message.of(
        N_(
            "payment of what is unpaid beyond these days ({amount}), "
            "and the insurer's agreement where the policy asks for it"
        ),
        amount=total,
    )  # fmt: skip
    return Obstacle(reason, said, lifted)


def _unpaid_words(standing: ShipStanding, reason: Reason) -> str:
    """What the oldest unpaid invoice means, in the words of the policy's own stop."""
    if reason is Reason.KNOWN_RISK:
        return N_(
            "Invoice {number}, due {due}, is unpaid ({amount} open): since {end} the risk counts as known, "
            "and the insurer may refuse what is shipped later."
        )
    if standing.there.terms.stop_floor:
        return N_(
            "{total} is unpaid more than {days} days after its due date, the oldest invoice {number} due {due}: "
            "deliveries stop above {floor}."
        )
    if standing.there.terms.stops_at_extension:
        return N_("Invoice {number}, due {due}, is unpaid ({amount} open); its extension ended on {end}.")  # fmt: skip
    return N_(
        "Invoice {number}, due {due}, is unpaid ({amount} open); the last insured day for shipping was {end}."
    )


def _known_risk(standing: ShipStanding, answer: Cover) -> Obstacle:
    days = stops(standing.events, {CoverEventKind.KNOWN_RISK}, answer.on)
    if not days:
        return _arrears(standing, answer, Reason.KNOWN_RISK)
    return Obstacle(
        Reason.KNOWN_RISK,
        Message.of(
            N_(
                "The risk is known since {on}: the insurer may refuse what is shipped later."
            ),
            on=min(days),
        ),
        Message(N_("the insurer's written word that cover goes on")),
    )


def _no_limit(standing: ShipStanding, _answer: Cover) -> Obstacle:
    own = standing.there.terms.dcl_amount
    lifted = (
        Message.of(
            N_("the insurer's approval of an application, or grounds for a discretionary limit of up to {amount}"),
            amount=own,
        )
        if own
        else Message(N_("the insurer's approval of an application"))
    )  # fmt: skip
    return Obstacle(
        Reason.NO_LIMIT,
        Message.of(
            N_("No limit was ever decided for this buyer under policy {policy}."),
            policy=standing.there.policy.number,
        ),
        lifted,
    )


def _zero(standing: ShipStanding, answer: Cover) -> Obstacle:
    decision = standing.decision
    since = decision.limit.begins(standing.there.terms.cancel_notice_days) if decision else answer.on  # fmt: skip
    return Obstacle(
        Reason.LIMIT_ZERO,
        Message.of(N_("By the insurer's decision there is no limit since {on}."), on=since),
        Message(N_("the insurer's approval of a new application")),
    )  # fmt: skip


def _before(standing: ShipStanding, _answer: Cover) -> Obstacle:
    wait = standing.there.terms.cancel_notice_days
    first = min(each.limit.begins(wait) for each in standing.decisions)
    return Obstacle(
        Reason.BEFORE_LIMIT,
        Message.of(N_("The limit begins only on {on}."), on=first),
        Message(N_("waiting for that day, or a limit dated back by the insurer")),
    )


def _after(standing: ShipStanding, _answer: Cover) -> Obstacle:
    ends = [each.limit.end for each in standing.decisions if each.limit.end]
    return Obstacle(
        Reason.AFTER_EXPIRY,
        Message.of(N_("The limit ended on {on}."), on=max(ends, default=standing.on)),
        Message(N_("the renewal of the limit")),
    )


def _unjustified(standing: ShipStanding, _answer: Cover) -> Obstacle:
    ground = standing.ground
    return Obstacle(
        Reason.DCL_UNJUSTIFIED,
        Message.of(
            N_(
                "The grounds of the discretionary limit, of {on}, do not carry this day: "
                "older than twelve months, or followed by adverse information."
            ),
            on=ground.evidence_date if ground else standing.on,
        ),
        Message(N_("new grounds, or the insurer's approval of an application")),
    )  # fmt: skip


def _full(answer: Cover) -> Obstacle:
    open_ = Money.total((row.open for row in answer.rows), answer.limit.currency)
    if answer.headroom:
        said = Message.of(
            N_("Of the limit of {limit} only {room} is left."),
            limit=answer.limit, room=answer.headroom,
        )  # fmt: skip
    else:
        said = Message.of(
            N_("The limit of {limit} is used up: {open} is open."),
            limit=answer.limit, open=open_,
        )  # fmt: skip
    return Obstacle(FULL, said, Message(N_("payments by the buyer, or an increase by the insurer")))  # fmt: skip


def _out_of_period(standing: ShipStanding, _answer: Cover) -> Obstacle:
    policy = standing.there.policy
    return Obstacle(
        Reason.OUT_OF_PERIOD,
        Message.of(
            N_("Policy {number} runs from {start} to {end}."),
            number=policy.number, start=policy.period_start, end=policy.period_end,
        ),
        Message(N_("a policy whose period holds the day")),
    )  # fmt: skip


_Teller = Callable[[ShipStanding, Cover], Obstacle]
_TOLD: Mapping[Reason, _Teller] = {
    Reason.NO_LIMIT: _no_limit,
    Reason.LIMIT_ZERO: _zero,
    Reason.BEFORE_LIMIT: _before,
    Reason.AFTER_EXPIRY: _after,
    Reason.STOPPED: _stopped,
    Reason.KNOWN_RISK: _known_risk,
    Reason.OUT_OF_PERIOD: _out_of_period,
    Reason.DCL_UNJUSTIFIED: _unjustified,
}


def _plain(reason: Reason) -> _Teller:
    """A reason without further facts."""

    def told(_standing: ShipStanding, _answer: Cover) -> Obstacle:
        return Obstacle(reason, Message(REASON_WORDS[reason]))

    return told
