"""Clocks around limits: their end, large applications, unanswered requests, limits nobody ships under (D03, D04)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from creditdesk.domain.base.calendar import Offset, Unit, months_later
from creditdesk.domain.base.counting import Anchor, CountRule
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.cover.limits import Limit, decision_on
from creditdesk.domain.duties.duties import Finder
from creditdesk.models import LimitRequest
from creditdesk.readings.policies import waiting_applications
from creditdesk.readings.queries import last_shipments
from creditdesk.services.watch.debt import WatchGround
from creditdesk.services.watch.found import FoundDuty, Watched

_WARNED_BEFORE = timedelta(days=30)
"""A limit that is used again and again is not watched: only one that soon lapses."""


def of_expiring(ground: WatchGround) -> Iterator[FoundDuty]:
    """Limits that run out while the policy runs."""
    for watched in ground.running:
        life = watched.duties.terms.limit_life_months
        for buyer, held in _in_force(ground, watched):
            end = _limit_end(held, life)
            if end is None:
                continue
            facts = {Anchor.LIMIT_EXPIRY: end}
            for each in watched.duties.after(Finder.LIMIT_EXPIRY, str(buyer), facts):
                yield watched.found(each, held.amount, buyer=buyer)


def of_large(ground: WatchGround) -> Iterator[FoundDuty]:
    """Applications above the amount from which the insurer wants annexes."""
    for watched in ground.running:
        large = watched.duties.terms.large_limit
        if large is None:
            continue
        asked = select(LimitRequest).where(
            LimitRequest.policy_id == watched.policy.id,
            LimitRequest.currency == large.currency,
            LimitRequest.amount_minor > large.minor,
            LimitRequest.answered_on.is_(None),
            LimitRequest.sent_on <= ground.on,
        )
        for row in ground.session.scalars(asked):
            if not ground.scope.has(row.buyer_id):
                continue
            amount = Money.of_minor(row.amount_minor or 0, row.currency)
            facts = {Anchor.LIMIT_APPLIED: row.sent_on}
            name = f"request {row.id}"
            for each in watched.duties.after(Finder.LARGE_LIMIT, name, facts):
                yield watched.found(each, amount, buyer=row.buyer_id)


def of_waiting(ground: WatchGround) -> Iterator[FoundDuty]:
    """Requests that wait: ask the insurer when its answer stays away."""
    for watched in ground.running:
        for buyer, subject, asked_on, amount in _asked(ground, watched):
            if not ground.scope.has(buyer):
                continue
            facts = {Anchor.LIMIT_APPLIED: asked_on}
            for each in watched.duties.after(Finder.LIMIT_WAITING, subject, facts):
                yield watched.found(each, amount, buyer=buyer)


def of_idle(ground: WatchGround) -> Iterator[FoundDuty]:
    """Limits nobody has shipped under for nearly as long as the policy lets them lie idle."""
    shipped: dict[int, date] | None = None
    scope = ground.scope
    buyers = None if scope.buyers is None else sorted(scope.buyers)
    for watched in ground.running:
        days = watched.duties.terms.limit_idle_days
        if days is None:
            continue
        if shipped is None:
            shipped = last_shipments(ground.session, ground.on, scope.client_id, buyers)
        counted = CountRule(Anchor.SHIPMENT, (Offset(days, Unit.CALENDAR_DAYS),))
        for rule in watched.duties.found_by(Finder.LIMIT_IDLE):
            for buyer, held in _in_force(ground, watched):
                last = max(shipped.get(buyer, held.start), held.start)
                found = watched.duties.deadline(
                    replace(rule, count=counted), str(buyer), {Anchor.SHIPMENT: last}
                )
                if found is not None and found.safe - _WARNED_BEFORE <= ground.on:
                    yield watched.found(found, held.amount, buyer=buyer)


_Asked = tuple[int, str, date, Money]
"""Whom a limit was asked for, what tells the request, when, and how much."""


def _asked(ground: WatchGround, watched: Watched) -> Iterator[_Asked]:
    sent = select(LimitRequest).where(
        LimitRequest.policy_id == watched.policy.id,
        LimitRequest.state.in_((LimitStage.APPLIED, LimitStage.INVESTIGATING)),
        LimitRequest.sent_on <= ground.on,
    )
    for row in ground.session.scalars(sent):
        amount = Money.of_minor(row.amount_minor or 0, row.currency)
        yield row.buyer_id, f"{row.buyer_id}/{row.id}", row.sent_on, amount
    for entry in waiting_applications(
        ground.session, ground.on, policy_id=watched.policy.id
    ):
        amount = Money.of_minor(entry.requested_minor or 0, entry.currency)
        asked_on = entry.applied_on or entry.effective_from
        yield entry.buyer_id, str(entry.buyer_id), asked_on, amount


def _in_force(ground: WatchGround, watched: Watched) -> Iterator[tuple[int, Limit]]:
    """The limits of the day, by buyer."""
    wait = watched.duties.terms.cancel_notice_days
    for buyer, decisions in watched.limits.items():
        held = decision_on(decisions, ground.on, wait)
        if held is not None and held.in_force and ground.scope.has(buyer):
            yield buyer, held


def _limit_end(limit: Limit, life_months: int | None) -> date | None:
    """The day a limit has to be renewed by: its end, or the policy's longest life of one without an end."""
    if limit.end is not None or life_months is None:
        return limit.end
    return months_later(limit.start, life_months)
