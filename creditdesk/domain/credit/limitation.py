"""When limitation begins, and begins anew (rules.md 14.6: Civil Code 188, 195, 692; Insurance Law 26)."""

from collections.abc import Iterable
from datetime import date

from creditdesk.domain.credit.buyer_events import BuyerEvent, BuyerEventKind

INTERRUPTS = frozenset({
    BuyerEventKind.DEMAND_SERVED, BuyerEventKind.DEBT_ACKNOWLEDGED, BuyerEventKind.SUIT,
})  # fmt: skip
"""What begins the limitation of a debt anew, besides a part payment."""
_NOBODY = frozenset({"", "无", "没有", "none", "no", "-", "—", "/"})


def begins(due: date, events: Iterable[BuyerEvent], payments: Iterable[date]) -> date:
    """The day the limitation of a debt is counted from: its due date, or the last thing since that interrupts it.

    `payments`: the days on which a part of this debt was paid. What happened before the due date interrupts nothing.
    """
    told = (each.happened_on for each in events if each.kind in INTERRUPTS)
    return max((day for day in (due, *told, *payments) if day >= due), default=due)


def names_somebody(words: str) -> bool:
    """Whether the answer to who guarantees names a guarantor; “none” in either language names nobody."""
    return words.strip().lower() not in _NOBODY
