"""Duties that were done after their last legal day: what lessons are learned from (rules.md 5.2)."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import duty_rules
from creditdesk.domain.duties.tasks import LateDone
from creditdesk.models import Buyer, Duty, Policy


def late_done(session: Session, client_id: int, since: date) -> Iterator[LateDone]:
    """One a kind, buyer and year of the legal day; the one done last before the others."""
    rows = session.execute(
        select(Duty, Buyer.name, Policy.template)
        .join(Policy, Policy.id == Duty.policy_id)
        .outerjoin(Buyer, Buyer.id == Duty.buyer_id)
        .where(
            Duty.client_id == client_id,
            Duty.state == "done",
            Duty.closed_on > Duty.legal,
            Duty.closed_on >= since,
        )
        .order_by(Duty.closed_on.desc(), Duty.legal.desc(), Duty.id)
    )
    groups: dict[tuple[str, int | None, int], list[tuple[Duty, str, str]]] = {}
    for duty, buyer, template in rows:
        key = (duty.code, duty.buyer_id, duty.legal.year)
        groups.setdefault(key, []).append((duty, buyer or "", template))
    for (code, number, _), those in groups.items():
        latest, buyer, template = those[0]
        titles = {rule.code: rule.title for rule in duty_rules(template)}
        if code not in titles or latest.closed_on is None:
            continue
        yield LateDone(
            code=code, title=titles[code], buyer_id=number, buyer=buyer, by=latest.legal, done_on=latest.closed_on,
            count=len(those),
        )  # fmt: skip
