"""Finds the duties there are on a day: for every overdue invoice, every policy about to end, every limit."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.touched import Scope
from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import Limit, decision_on
from creditdesk.domain.duties.duties import Event
from creditdesk.models import Policy
from creditdesk.services.watch.debt import debt_of
from creditdesk.services.watch.declaring import (
    DECLARED,
    YEARLY,
    declares_anew,
    of_declarations,
)
from creditdesk.services.watch.found import FoundDuty, Watched
from creditdesk.services.watch.found import watched as watch
from creditdesk.services.watch.known import of_known
from creditdesk.services.watch.limit_clocks import of_idle, of_requests
from creditdesk.services.watch.of_claims import of_claims
from creditdesk.services.watch.uninsured import of_large, of_uninsured
from creditdesk.services.watch.unpaid import of_unpaid


def find(session: Session, scope: Scope, on: date) -> Iterator[FoundDuty]:
    """Every duty of a client on a day, as far as the scope reaches: of its buyers, and of the client as a whole."""
    policies = session.scalars(
        select(Policy)
        .where(Policy.client_id == scope.client_id)
        .order_by(Policy.period_start.desc())
    ).all()
    mine = [watch(session, policy, on) for policy in policies]
    if not mine:
        return
    debt = debt_of(session, scope.client_id, on, scope.buyers)
    yield from of_unpaid(mine, debt)
    yield from of_known(mine, debt)
    yield from of_claims(session, mine, scope, on)
    for watched in mine:
        yield from _of_policy(watched, on)
        yield from _of_limits(watched, scope, on)
        yield from of_requests(session, watched, scope, on)
        yield from of_large(session, watched, scope, on)
        yield from of_idle(session, watched, scope, on)
        if declares_anew(scope):
            yield from of_declarations(session, watched, on)
    yield from of_uninsured(session, mine, scope, on)


def is_looked_at(scope: Scope, code: str, buyer_id: int | None) -> bool:
    """Whether a duty there is lies within what `find` looks at: one it doesn't find there has lost its ground."""
    if buyer_id is not None:
        return scope.has(buyer_id)
    return code not in DECLARED or declares_anew(scope)


def _of_policy(watched: Watched, on: date) -> Iterator[FoundDuty]:
    """What a policy asks before it begins, and at its end."""
    if on < watched.policy.period_start:
        yield from _whole(watched, Event.INCEPTION)
    if watched.runs(on):
        yield from _whole(watched, Event.EXPIRY)


def _whole(watched: Watched, event: Event) -> Iterator[FoundDuty]:
    policy = watched.policy
    for deadline in watched.duties.after(event, "policy", {}):
        if deadline.code == YEARLY:
            continue  # found with the year it is about
        yield FoundDuty(
            policy.id,
            watched.version_id,
            policy.client_id,
            None,
            None,
            deadline,
            Money.zero(policy.currency),
            None,
        )


def _of_limits(watched: Watched, scope: Scope, on: date) -> Iterator[FoundDuty]:
    """Limits that run out while the policy runs."""
    policy, terms = watched.policy, watched.duties.terms
    if not watched.runs(on):
        return
    for buyer, decisions in watched.limits.items():
        if not scope.has(buyer):
            continue
        held = decision_on(decisions, on, terms.cancel_notice_days)
        end = limit_end(held, terms.limit_life_months) if held else None
        if held is None or end is None or not held.in_force:
            continue
        facts = {Anchor.LIMIT_EXPIRY: end}
        for deadline in watched.duties.after(Event.LIMIT_EXPIRY, str(buyer), facts):
            yield FoundDuty(
                policy.id,
                watched.version_id,
                policy.client_id,
                buyer,
                None,
                deadline,
                held.amount,
                None,
            )


def limit_end(limit: Limit, life_months: int | None) -> date | None:
    """The day a limit has to be renewed by: its end, or the policy's longest life of one without an end."""
    if limit.end is not None or life_months is None:
        return limit.end
    return months_later(limit.start, life_months)
