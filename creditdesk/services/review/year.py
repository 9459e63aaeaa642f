"""One client's period: everything the rows of its review are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.ledger.aging import Aging, age
from creditdesk.models import (
    Policy,
)
from creditdesk.readings.insured import Insured, insured_on
from creditdesk.readings.policies import PolicyInForce, policy_on
from creditdesk.readings.queries import (
    LedgerItems,
    buyer_names,
    ledger_items,
    silent_payments,
    the_client,
)

_BRACKETS = (30, 60, 90, 180)


@dataclass(frozen=True, slots=True)
class Year:
    """What the rows are made from."""

    session: Session
    client_id: int
    start: date
    end: date
    today: date
    currency: str
    there: PolicyInForce | None
    items: LedgerItems
    aging: Aging[tuple[int, str, str], int]
    names: Mapping[int, str]
    insured: Insured
    silent: frozenset[int]


def policy_in(session: Session, client_id: int, start: date, end: date) -> int | None:
    """The policy that ran last in the period."""
    return session.scalars(
        select(Policy.id)
        .where(
            Policy.client_id == client_id,
            Policy.period_start <= end,
            Policy.period_end >= start,
        )
        .order_by(Policy.period_start.desc())
        .limit(1)
    ).first()


def year_of(
    session: Session, client_id: int, start: date, end: date, today: date
) -> Year:
    """The policy that ran last in the period, the whole ledger, and its aging at the end."""
    policy = policy_in(session, client_id, start, end)
    there = policy_on(session, policy, end) if policy is not None else None
    items = ledger_items(session, client_id=client_id)
    currency = there.policy.currency if there else the_client(session, client_id).currency  # fmt: skip
    return Year(
        session=session,
        client_id=client_id,
        start=start,
        end=end,
        today=today,
        currency=currency,
        there=there,
        items=items,
        aging=age(items.documents, items.receipts, end, _BRACKETS),
        names={
            number: name.name
            for number, name in buyer_names(session, client_id).items()
        },
        insured=insured_on(session, items, end, currency),
        silent=silent_payments(session, client_id),
    )
