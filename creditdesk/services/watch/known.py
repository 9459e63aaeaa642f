"""The duties that come from what was learned about a buyer (rules.md 2.3 D15, D16, D19)."""

from collections.abc import Iterator
from dataclasses import replace

from creditdesk.domain.base.counting import Anchor
from creditdesk.domain.credit.buyer_events import BuyerEvent, BuyerEventKind
from creditdesk.domain.duties.duties import Deadline, Finder
from creditdesk.services.watch.alerts import at_stake, of_alerts
from creditdesk.services.watch.debt import WatchGround
from creditdesk.services.watch.found import FoundDuty, Watched, policy_for

TO_TELL = {
    BuyerEventKind.ADVERSE_INFO,
    BuyerEventKind.KNOWN_RISK,
    BuyerEventKind.REPUDIATION,
    BuyerEventKind.INSOLVENCY,
}


def of_known(ground: WatchGround) -> Iterator[FoundDuty]:
    """Tell the insurer, ask it before agreeing, file the debt."""
    for buyer, events in ground.debt.events.items():
        for event in events:
            watched = policy_for(ground.policies, event.known_on, buyer)
            if watched is None:
                continue
            amount = at_stake(ground.debt, buyer, watched.policy.currency)
            for each in _deadlines(watched, event):
                deadline = replace(each, subject=f"{buyer}/event {event.id}")
                yield watched.found(deadline, amount, buyer=buyer)
    yield from of_alerts(ground)


def _deadlines(watched: Watched, event: BuyerEvent) -> Iterator[Deadline]:
    duties = watched.duties
    facts = {Anchor.KNOWLEDGE: event.known_on}
    subject = str(event.buyer_id)
    if event.kind in TO_TELL:
        yield from duties.after(Finder.KNOWLEDGE, subject, facts)
    if event.kind is BuyerEventKind.EXTENSION_ASKED:
        yield from duties.after(Finder.EXTENSION_ASKED, subject, facts)
    if event.kind is BuyerEventKind.INSOLVENCY:
        opened = {Anchor.INSOLVENCY: event.happened_on}
        yield from duties.after(Finder.INSOLVENCY, subject, opened)
