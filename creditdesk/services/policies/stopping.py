"""Deliveries to a buyer as a letter speaks of them: stopped, about to stop, or going on."""

from datetime import date

from sqlalchemy.orm import Session

from creditdesk.domain.cover.deliveries import Deliveries
from creditdesk.domain.cover.shipping import cover
from creditdesk.errors import UserError
from creditdesk.readings.queries import last_shipments
from creditdesk.readings.shipping import standing_under


def deliveries(
    session: Session, policy_id: int, buyer_id: int, on: date
) -> Deliveries | None:
    """As the policy and the ledger have it on a day; None where it can't be worked out, as without a rate."""
    standing = standing_under(session, policy_id, buyer_id, on)
    try:
        found = cover(standing.case)
    except UserError:
        return None
    decision = standing.decision
    return Deliveries(
        on=on,
        stop=found.stop_date,
        next_stop=found.next_stop,
        last=last_shipments(session, on, buyer_ids=[buyer_id]).get(buyer_id),
        limit=found.limit or None,
        limit_no=decision.number if decision else "",
    )
