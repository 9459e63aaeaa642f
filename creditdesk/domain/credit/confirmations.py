"""How many balance confirmations came back (the yearly round; rules.md 5.1 C15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from creditdesk.domain.credit.buyer_events import BuyerEvent, BuyerEventKind

_ANSWERS = {BuyerEventKind.BALANCE_AGREED, BuyerEventKind.BALANCE_DIFFERS}


@dataclass(frozen=True, slots=True)
class Returns:
    """The buyers to whom one was sent since a day, by what came back; numbers of buyers."""

    since: date
    sent: tuple[int, ...]
    agreed: tuple[int, ...]
    differing: tuple[int, ...]

    @property
    def waiting(self) -> tuple[int, ...]:
        """Those that have not answered."""
        answered = {*self.agreed, *self.differing}
        return tuple(each for each in self.sent if each not in answered)

    @property
    def rate(self) -> Decimal | None:
        """Answered per cent of those sent, whole; None: none was sent."""
        if not self.sent:
            return None
        back = len(self.sent) - len(self.waiting)
        return (Decimal(back * 100) / len(self.sent)).quantize(Decimal(1), ROUND_HALF_UP)  # fmt: skip


def returns(events: Mapping[int, Sequence[BuyerEvent]], since: date) -> Returns:
    """By buyer, its newest letter since that day; the newest answer that isn't before it counts."""
    sent: list[int] = []
    agreed: list[int] = []
    differing: list[int] = []
    for buyer, known in sorted(events.items()):
        letters = [each.happened_on for each in known if each.kind is BuyerEventKind.BALANCE_SENT]  # fmt: skip
        newest = max(letters, default=None)
        if newest is None or newest < since:
            continue
        sent.append(buyer)
        answers = [each for each in known if each.kind in _ANSWERS and each.happened_on >= newest]  # fmt: skip
        if answers:
            last = max(answers, key=lambda each: (each.happened_on, each.id))
            agrees = last.kind is BuyerEventKind.BALANCE_AGREED
            (agreed if agrees else differing).append(buyer)
    return Returns(since, tuple(sent), tuple(agreed), tuple(differing))
