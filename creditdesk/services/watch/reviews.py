"""When the client's own credit rules have a buyer looked at again: counted from its last kept score (rules.md 6.3)."""

from collections.abc import Iterator

from sqlalchemy import select

from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.credit.credit_rules import review_due
from creditdesk.domain.duties.duties import Finder
from creditdesk.models import Buyer
from creditdesk.readings.credit import credit_rules_on, last_scores
from creditdesk.services.watch.alerts import at_stake
from creditdesk.services.watch.debt import WatchGround
from creditdesk.services.watch.found import FoundDuty, policy_for


def of_reviews(ground: WatchGround) -> Iterator[FoundDuty]:
    """One duty a buyer that owes something or was scored; a new kept score moves it."""
    session, client, buyers = ground.session, ground.scope.client_id, ground.scope.buyers  # fmt: skip
    rules = credit_rules_on(session, client, ground.on)
    if rules is None:
        return
    known = last_scores(session, client, ground.on, buyers)
    owing = {who for (who, _), total in ground.debt.open.items() if total}
    merged = select(Buyer.id).where(Buyer.client_id == client, Buyer.merged_into.is_(None))  # fmt: skip
    for buyer in session.scalars(merged.order_by(Buyer.id)):
        if not ground.scope.has(buyer) or buyer not in owing | known.keys():
            continue
        last, grade = known.get(buyer, (None, None))
        due = review_due(rules, last, grade)
        watched = policy_for(ground.policies, ground.on, buyer)
        if due is None or watched is None:
            continue
        amount = at_stake(ground.debt, buyer, watched.policy.currency)
        for each in watched.duties.after(Finder.CREDIT_REVIEW, f"{buyer}/review", {Anchor.REVIEW: due}):  # fmt: skip
            yield watched.found(each, amount, buyer=buyer)
