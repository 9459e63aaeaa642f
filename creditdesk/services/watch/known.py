"""The duties that come from what was learned about a buyer (domain.md 2.3 D15, D16, D19)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.buyer_events import BuyerEvent, BuyerEventKind
from creditdesk.domain.duties.duties import Deadline, Event
from creditdesk.services.watch.debt import Debt
from creditdesk.services.watch.found import FoundDuty, Watched, policy_for

_TO_TELL = {
    BuyerEventKind.ADVERSE_INFO,
    BuyerEventKind.KNOWN_RISK,
    BuyerEventKind.REPUDIATION,
    BuyerEventKind.INSOLVENCY,
}


def of_known(mine: Sequence[Watched], debt: Debt) -> Iterator[FoundDuty]:
    """Tell the insurer, ask it before agreeing, file the debt."""
    for buyer, events in debt.events.items():
        for event in events:
            watched = policy_for(mine, event.known_on, buyer)
            if watched is None:
                continue
            for deadline in _deadlines(watched, event):
                yield FoundDuty(
                    policy_id=watched.policy.id,
                    version_id=watched.version_id,
                    client_id=watched.policy.client_id,
                    buyer_id=buyer,
                    invoice_id=None,
                    deadline=replace(deadline, subject=f"{buyer}/event {event.id}"),
                    amount=_at_stake(debt, buyer, watched.policy.currency),
                    done_on=None,
                )


def _deadlines(watched: Watched, event: BuyerEvent) -> Iterator[Deadline]:
    duties = watched.duties
    facts = {Anchor.KNOWLEDGE: event.known_on}
    subject = str(event.buyer_id)
    if event.kind in _TO_TELL:
        yield from duties.after(Event.KNOWLEDGE, subject, facts)
    if event.kind is BuyerEventKind.EXTENSION_ASKED:
        yield from duties.after(Event.EXTENSION_ASKED, subject, facts)
    if event.kind is BuyerEventKind.INSOLVENCY:
        opened = {Anchor.INSOLVENCY: event.happened_on}
        yield from duties.after(Event.INSOLVENCY, subject, opened)


def _at_stake(debt: Debt, buyer: int, currency: str) -> Money:
    """What the buyer owes in the policy's currency, or in its only other one."""
    owed = [total for (who, _), total in debt.open.items() if who == buyer and total]
    mine = [total for total in owed if total.currency == currency]
    return next(iter(mine or owed), Money.zero(currency))
