"""Finds the duties there are on a day: for every overdue invoice, every policy about to end, every limit."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.base.calendar import months_later
from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import Limit, decision_on
from creditdesk.domain.duties.duties import Event
from creditdesk.models import Policy
from creditdesk.readings.policies import limits_by_buyer
from creditdesk.services.watch.debt import debt_of
from creditdesk.services.watch.declaring import YEARLY, of_declarations
from creditdesk.services.watch.found import FoundDuty, Watched
from creditdesk.services.watch.found import watched as watch
from creditdesk.services.watch.known import of_known
from creditdesk.services.watch.limit_clocks import of_idle, of_requests
from creditdesk.services.watch.of_claims import of_claims
from creditdesk.services.watch.uninsured import of_large, of_uninsured
from creditdesk.services.watch.unpaid import of_unpaid


def find(session: Session, on: date) -> Iterator[FoundDuty]:
    """Every duty of every client on a day."""
    policies = session.scalars(
        select(Policy).order_by(Policy.client_id, Policy.period_start.desc())
    ).all()
    for client_id in dict.fromkeys(policy.client_id for policy in policies):
        mine = [
            watch(session, policy, on)
            for policy in policies
            if policy.client_id == client_id
        ]
        debt = debt_of(session, client_id, on)
        yield from of_unpaid(session, mine, debt)
        yield from of_known(mine, debt)
        yield from of_claims(session, mine, client_id, on)
        for watched in mine:
            yield from _of_policy(watched, on)
            yield from _of_limits(session, watched, on)
            yield from of_declarations(session, watched, on)
            yield from of_requests(session, watched, on)
            yield from of_uninsured(session, watched, debt, on)
            yield from of_large(session, watched, on)
            yield from of_idle(session, watched, on)


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


def _of_limits(session: Session, watched: Watched, on: date) -> Iterator[FoundDuty]:
    """Limits that run out while the policy runs."""
    policy, terms = watched.policy, watched.duties.terms
    if not watched.runs(on):
        return
    for buyer, decisions in limits_by_buyer(session, policy.id).items():
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
