"""One policy of a replay, set up in its trial: whose terms, and what else is to have happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from creditdesk.catalog.policies import PolicyTemplate, template
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.cover.limits import Reason
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.insurers.what_if import (
    BuyerFails,
    LimitFactor,
    OtherPolicy,
    OwnPolicy,
    Slower,
    Stress,
    WhatIf,
)
from creditdesk.domain.insurers.what_if_checks import (
    FIXED,
    StressNoDebt,
    StressNoLimit,
    gaps,
    in_force,
    one_at_a_time,
)
from creditdesk.domain.policy.choices import AttachmentBasis
from creditdesk.domain.policy.terms import PolicyTerms
from creditdesk.services import replay
from creditdesk.services.claims import ClaimId, NewClaim
from creditdesk.services.policies import LimitDecision, NewPolicy, PolicyId
from creditdesk.services.replay import Act, OwnSpan
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Desk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_DAY = timedelta(days=1)


@dataclass(slots=True)
class Trial:
    """One policy while it is replayed. `acts`: what people did, as far as it has to be done again.

    `skipped`: debt of failed buyers that other policies bear; `added`: policies for days on which none ran.
    """

    desk: Desk
    asked: WhatIf
    policy: OwnPolicy | OtherPolicy
    spans: tuple[OwnSpan, ...] = ()
    acts: tuple[Act, ...] = ()
    failed: list[ClaimId] = field(default_factory=list)
    skipped: list[tuple[str, Money]] = field(default_factory=list)
    added: set[int] = field(default_factory=set)

    @property
    def ids(self) -> tuple[int, ...]:
        """The policies' records."""
        return tuple(span.id for span in self.spans)

    @property
    def is_own(self) -> bool:
        """Whether it is the client's own policy."""
        return isinstance(self.policy, OwnPolicy)

    @property
    def waived(self) -> frozenset[Reason]:
        """What another insurer is taken not to hold against a shipment: nobody could declare anything to it."""
        return frozenset() if self.is_own else frozenset({Reason.NOT_DECLARED})

    @property
    def differs(self) -> bool:
        """Whether something is otherwise than the desk has it."""
        return not self.is_own or bool(self.asked.stresses)


def prepare(trial: Trial, session: "Session") -> None:
    """Change in the trial what the policy and the stresses make of the desk. Raises `UserError`s."""
    asked = trial.asked
    own = replay.own_spans(session, asked.client_id, asked.start, asked.end)
    one_at_a_time(own, asked)
    if isinstance(trial.policy, OwnPolicy):
        in_force(own, trial.policy, asked)
        trial.spans = own
    else:
        trial.spans = tuple(_rewritten(session, trial, trial.policy, own))
    if trial.differs:
        trial.acts = replay.acts_of(session, asked.client_id)
        replay.forget_duties(session, asked.client_id)
    for stress in asked.stresses:
        _bring_about(session, trial, stress)


def _rewritten(
    session: "Session", trial: Trial, policy: OtherPolicy, own: Sequence[OwnSpan]
) -> Iterator[OwnSpan]:
    """The client's own contracts under the other terms; where none ran, one of its own for each year."""
    made = template(policy.template)
    spans = [*own]
    for start, end in gaps(own, trial.asked):
        spans.extend(_added(trial, policy, made, start, end, len(spans)))
    for span in sorted(spans, key=lambda each: each.start):
        if span in own:
            _set(session, trial.desk, span, policy, made)
        replay.forget_limits(
            session, span.id, {each.buyer_id for each in policy.limits}
        )
        _indicate(trial.desk, span, policy)
        line = trial.desk.policies.file(PolicyId(span.id), span.end).line
        yield replace(span, currency=line.currency)
    if own:
        replay.forget_payouts(session, [span.id for span in own])


def _added(  # noqa: PLR0913, PLR0917 - which terms, from when to when, and the how manieth
    trial: Trial,
    policy: OtherPolicy,
    made: PolicyTemplate,
    start: date,
    end: date,
    place: int,
) -> Iterator[OwnSpan]:
    while start <= end:
        last = min(end, _year_later(start) - _DAY)
        number = f"{policy.name} #{place}"
        values = {**_insurer(policy, made), **policy.values}
        new = NewPolicy(
            client_id=trial.asked.client_id, template=policy.template, number=number,
            start=start, end=last, values=values,
        )  # fmt: skip
        added = trial.desk.policies.add(new)
        trial.added.add(added)
        currency = trial.desk.policies.file(added, start).line.currency
        yield OwnSpan(added, number, currency, start, last)
        start, place = last + _DAY, place + 1


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)


def _insurer(policy: OtherPolicy, made: PolicyTemplate) -> dict[str, str]:
    """A template of no insurer in particular is told by its name."""
    return {"insurer_id": policy.name} if made.blank else {}


def _set(
    session: "Session",
    desk: Desk,
    span: OwnSpan,
    policy: OtherPolicy,
    made: PolicyTemplate,
) -> None:
    """The same number, period and holder; every other value is the template's, or given."""
    replay.become(session, span.id, made.id)
    number = PolicyId(span.id)
    for day in replay.version_days(session, span.id):
        schedule = desk.policies.file(number, day).schedule
        kept = {each.field.key for each in schedule if each.field.key in FIXED}
        empty = {each.field.key: "" for each in schedule if each.text and each.field.key not in kept}  # fmt: skip
        insurer = {
            "insurer_id": made.insurer.in_language(made.language),
            **_insurer(policy, made),
        }
        texts = {**empty, **insurer, **made.texts}
        # All at once: a value may be readable beside the others alone.
        desk.policies.set(number, {**texts, **policy.values}, day, confirmed=False)
        if policy.values:
            desk.policies.set(number, policy.values, day, confirmed=True)


def _indicate(desk: Desk, span: OwnSpan, policy: OtherPolicy) -> None:
    currency = desk.policies.file(PolicyId(span.id), span.end).line.currency
    last: dict[int, Decimal] = {}
    for each in sorted(policy.limits, key=lambda each: each.start):
        if each.start > span.end:
            continue
        before = last.get(each.buyer_id)
        state = "APPROVED"
        if not each.amount:
            state = "REFUSED" if before is None else "CANCELLED"
        elif before:
            state = "INCREASED" if each.amount >= before else "REDUCED"
        desk.policies.decide(
            LimitDecision(
                policy_id=span.id, buyer_id=each.buyer_id, state=state, start=each.start,
                amount=Money(each.amount, currency), sure=True,
            )
        )  # fmt: skip
        last[each.buyer_id] = each.amount


def _bring_about(session: "Session", trial: Trial, stress: Stress) -> None:
    asked = trial.asked
    match stress:
        case Slower(days=days):
            replay.slow_down(session, asked.client_id, days)
        case LimitFactor(buyer_id=buyer_id, buyer=buyer, factor=factor):
            if not replay.scale_limits(session, trial.ids, buyer_id, factor):
                raise StressNoLimit(buyer=buyer, policy=trial.policy.name)
        case BuyerFails(buyer_id=buyer_id, on=on):
            replay.stop_buyer(session, buyer_id, on)
            told = NewEvent(
                buyer_id=buyer_id, kind=BuyerEventKind.INSOLVENCY, happened_on=on, known_on=on
            )  # fmt: skip
            trial.desk.watch.report(told, on)
            _fail(session, trial, stress)


def _fail(session: "Session", trial: Trial, stress: BuyerFails) -> None:
    """A claim under each policy of the time that bears some of the debt."""
    asked = trial.asked
    owed = replay.open_by_policy(session, asked.client_id, stress.buyer_id, stress.on)
    if not owed:
        raise StressNoDebt(buyer=stress.buyer, on=stress.on)
    now = next(span for span in trial.spans if span.start <= stress.on <= span.end)
    terms = terms_of(trial.desk, now, stress.on)
    if terms.attachment_basis is AttachmentBasis.LOSS_OCCURRING:
        every = tuple(number for _, numbers in owed.values() for number in numbers)
        owed = {now.id: (next(iter(owed.values()))[0], every)}
    for policy, (amount, numbers) in owed.items():
        if policy not in trial.ids:
            trial.skipped.append((stress.buyer, amount))
            continue
        claim = NewClaim(
            client_id=asked.client_id, buyer_id=stress.buyer_id, cause=Cause.INSOLVENCY,
            date_of_loss=stress.on, numbers=numbers, policy_id=policy, today=trial.desk.day,
        )  # fmt: skip
        trial.failed.append(trial.desk.claims.open(claim))


def terms_of(desk: Desk, span: OwnSpan, on: date) -> PolicyTerms:
    """What the policy said on a day."""
    schedule = desk.policies.file(PolicyId(span.id), on).schedule
    return PolicyTerms.read({each.field.key: each.text for each in schedule})


def calculate_anew(session: "Session", trial: Trial) -> None:
    """What a claim uses up of the year others find kept: in the order of the losses, each is computed and kept."""
    asked, last = trial.asked, max(span.end for span in trial.spans)
    first = min(asked.start, *(span.start for span in trial.spans))
    for claim in replay.claims_of(session, trial.ids, first, last):
        trial.desk.claims.keep(ClaimId(claim), trial.desk.day)
