"""When the waiting period of a default ends: the day an unpaid debt becomes a loss (rules.md 4.1 S0)."""

from datetime import date

from sqlalchemy.orm import Session

from creditdesk.domain.base.calendar import count
from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.ledger.aging import age
from creditdesk.readings.policies import the_policy
from creditdesk.readings.queries import ledger_items
from creditdesk.services.watch.found import Watched, watched
from creditdesk.services.watch.values import WaitingEnd


def waiting_end(
    session: Session, policy_id: int, buyer_id: int, cause: str, on: date
) -> WaitingEnd | None:
    """For the buyer's oldest overdue debt on a day. None: nothing is overdue, or what it runs from has not happened."""
    seen = watched(session, the_policy(session, policy_id), on)
    rule = seen.duties.terms.default_rule(cause)
    known = seen.duties.derived(_facts(session, seen, buyer_id, on))
    if rule is None or rule.anchor not in known:
        return None
    since = known[rule.anchor]
    return WaitingEnd(count(since, rule.offsets, seen.duties.work).unrolled, rule, since)  # fmt: skip


def _facts(
    session: Session, seen: Watched, buyer_id: int, on: date
) -> dict[Anchor, date]:
    """The due date of the oldest overdue invoice, and the first notice; a notice counts as received when sent."""
    items = ledger_items(session, buyer_ids=[buyer_id])
    late = [
        row for row in age(items.documents, items.receipts, on).rows if row.is_overdue
    ]
    if not late:
        return {}
    oldest = next(row.due for row in late if row.due)
    facts = {Anchor.DUE_DATE: oldest}
    sent = min((seen.sent[row.id] for row in late if row.id in seen.sent), default=None)
    if sent is not None:
        facts |= {Anchor.NOTICE_SENT: sent, Anchor.NOTICE_RECEIVED: sent}
    return facts
