"""Clocks around limits: requests the insurer has not answered, and limits that lapse because nothing is shipped."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import duty_rules
from creditdesk.db.touched import Scope
from creditdesk.domain.base.calendar import Offset, Unit
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.cover.limits import decision_on
from creditdesk.domain.duties.duties import Deadline, DutyRule
from creditdesk.models import LimitRequest
from creditdesk.readings.policies import waiting_applications
from creditdesk.readings.queries import last_shipments
from creditdesk.services.watch.found import FoundDuty, Watched

ANSWER_WAITED_FOR = "L01"
LIMIT_IDLE = "L02"
_WARNED_BEFORE = timedelta(days=30)
"""A limit that is used again and again is not watched: only one that soon lapses."""


def of_requests(
    session: Session, watched: Watched, scope: Scope, on: date
) -> Iterator[FoundDuty]:
    """Requests that wait: ask the insurer when its answer stays away."""
    if not watched.runs(on):
        return
    rule = _rule(ANSWER_WAITED_FOR)
    policy = watched.policy
    sent = session.scalars(
        select(LimitRequest).where(
            LimitRequest.policy_id == policy.id,
            LimitRequest.state.in_((LimitStage.APPLIED, LimitStage.INVESTIGATING)),
            LimitRequest.sent_on <= on,
        )
    )
    for row in sent:
        if not scope.has(row.buyer_id):
            continue
        minor = row.amount_minor or 0
        subject = f"{row.buyer_id}/{row.id}"
        amount = Money.of_minor(minor, row.currency)
        yield from _found(watched, rule, row.buyer_id, subject, row.sent_on, amount)
    for entry in waiting_applications(session, on, policy_id=policy.id):
        buyer = entry.buyer_id
        if not scope.has(buyer):
            continue
        amount = Money.of_minor(entry.requested_minor or 0, entry.currency)
        asked = entry.applied_on or entry.effective_from
        yield from _found(watched, rule, buyer, str(buyer), asked, amount)


def of_idle(
    session: Session, watched: Watched, scope: Scope, on: date
) -> Iterator[FoundDuty]:
    """Limits nobody has shipped under for nearly as long as the policy lets them lie idle."""
    days = watched.duties.terms.limit_idle_days
    if days is None or not watched.runs(on):
        return
    counted = CountRule(Anchor.SHIPMENT, (Offset(days, Unit.CALENDAR_DAYS),))
    rule = replace(_rule(LIMIT_IDLE), count=counted)
    buyers = None if scope.buyers is None else sorted(scope.buyers)
    shipped = last_shipments(session, on, watched.policy.client_id, buyers)
    wait = watched.duties.terms.cancel_notice_days
    for buyer, decisions in watched.limits.items():
        held = decision_on(decisions, on, wait)
        if held is None or not held.in_force or not scope.has(buyer):
            continue
        last = max(shipped.get(buyer, held.start), held.start)
        for found in _found(watched, rule, buyer, str(buyer), last, held.amount):
            if found.deadline.safe - _WARNED_BEFORE <= on:
                yield found


def _found(  # noqa: PLR0913, PLR0917 - what a duty is made of
    watched: Watched,
    rule: DutyRule,
    buyer: int,
    subject: str,
    since: date,
    amount: Money,
) -> Iterator[FoundDuty]:
    anchor = rule.count.anchor if rule.count else Anchor.LIMIT_APPLIED
    deadline: Deadline | None = watched.duties.deadline(rule, subject, {anchor: since})
    if deadline is not None:
        yield FoundDuty(
            policy_id=watched.policy.id,
            version_id=watched.version_id,
            client_id=watched.policy.client_id,
            buyer_id=buyer,
            invoice_id=None,
            deadline=deadline,
            amount=amount,
            done_on=None,
        )


def _rule(code: str) -> DutyRule:
    """Every policy has these clocks, whatever its template."""
    return next(rule for rule in duty_rules("") if rule.code == code)
