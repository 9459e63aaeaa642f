"""What was known of a buyer's way of paying on a day, and of each invoice when it was written.

Nothing of it looks ahead: what a forecast learns from is what a person could have known on the invoice's own day.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

THRESHOLDS: Final = (-5, 0, 3, 8, 15)
"""Days after the due date; 0 is late at all."""
_LATE: Final = THRESHOLDS.index(0)
_PRIOR: Final = 2.0
"""So many invoices of the whole portfolio stand beside a buyer's own."""
_FADES: Final = 0.5 ** (1 / 8)
"""Each newer payment halves, over eight of them, what an older one tells of the present."""
_RECENT_PRIOR: Final = 2.0
_LEAST: Final = 0.005
"""No share of a few counts as certain."""
_UNKNOWN_VARIANCE: Final = 80.0
_TEN: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """An invoice with a known due date. `settled` None: open on the last day the books know.

    `amount` in units of its currency: only its ratio to the buyer's others counts. `electronic` None: nobody says how
    the invoice was sent.
    """

    id: Hashable
    buyer: Hashable
    issued: date
    due: date
    settled: date | None
    amount: float
    electronic: bool | None = None

    @property
    def days_late(self) -> int | None:
        """Days from the due date to the payment, below 0 before it; None: not paid."""
        return None if self.settled is None else (self.settled - self.due).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known of a buyer on a day, the invoice in question left out.

    `shares`: by `THRESHOLDS`, the share paid, or still open, more than so many days after the due date; `recent_late`,
    `recent_days` the same of the latest payments. All are drawn towards the whole portfolio's. `count`: invoices the
    buyer's own figures rest on, `late` of them late. `ratio`: the amount to the buyer's usual one, 1 without any.
    `electronic`: of the invoices paid so far the share that was sent so; `sent` whether this one is, 1 or 0, or that
    share where nobody says.
    """

    count: int
    late: int
    shares: tuple[float, ...]
    days: float
    spread: float
    recent_late: float
    recent_days: float
    open: int
    overdue: int
    ratio: float
    electronic: float
    sent: float
    portfolio_late: float
    portfolio_days: float

    @property
    def vector(self) -> tuple[float, ...]:
        """The figures a forecast learns from, in the order of `FEATURES`."""
        return (
            *(_log_odds(share) for share in self.shares),
            self.days / _TEN,
            _log_odds(self.recent_late),
            self.recent_days / _TEN,
            self.spread / _TEN,
            math.log1p(self.count),
            float(self.open),
            float(self.overdue),
            math.log(self.ratio),
            self.sent,
            (self.sent - self.electronic) * math.log1p(self.count),
        )


FEATURES: Final = (
    *("share",) * len(THRESHOLDS), "days", "recent", "recent", "spread", "count", "open", "overdue", "ratio",
    "sent", "sent",
)  # fmt: skip
"""What each figure of `Known.vector` is of; the shares tell of one thing, and so do the two of the latest."""


def known_when_written(sales: Sequence[Sale]) -> Iterator[tuple[Sale, Known]]:
    """Each invoice with what was known before the day it was written, oldest first."""
    books = _Books(sales)
    for sale in sorted(sales, key=lambda each: each.issued):
        books.until(sale.issued)
        yield sale, books.of(sale, sale.issued)


def known_on(
    sales: Sequence[Sale], asked: Sequence[Sale], day: date
) -> Iterator[tuple[Sale, Known]]:
    """Open invoices with what was known at the end of a day."""
    books = _Books(sales)
    after = date.fromordinal(day.toordinal() + 1)
    books.until(after)
    for sale in asked:
        yield sale, books.of(sale, after)


@dataclass(slots=True)
class _Account:
    """What is known of one buyer, or of all together: sums of days late, of those paid and of those overdue."""

    paid: int = 0
    total: float = 0.0
    squares: float = 0.0
    beyond: list[int] = field(default_factory=lambda: [0] * len(THRESHOLDS))
    late: int = 0
    recent_weight: float = 0.0
    recent_late: float = 0.0
    recent_days: float = 0.0
    open: int = 0
    overdue: dict[Hashable, int] = field(default_factory=dict)
    """Open and past their due dates: the day of the due date, as a number."""
    amounts: float = 0.0
    written: int = 0
    told: int = 0
    electronic: int = 0

    def pay(self, days: int, *, electronic: bool | None) -> None:
        """One more was paid so many days after its due date."""
        if electronic is not None:
            self.told += 1
            self.electronic += electronic
        self.paid += 1
        self.total += days
        self.squares += days * days
        for place, threshold in enumerate(THRESHOLDS):
            self.beyond[place] += days > threshold
        self.late += days > 0
        self.recent_weight = self.recent_weight * _FADES + 1
        self.recent_late = self.recent_late * _FADES + (days > 0)
        self.recent_days = self.recent_days * _FADES + days

    @property
    def mean(self) -> float:
        return self.total / self.paid if self.paid else 0.0

    @property
    def variance(self) -> float:
        if self.paid < 2:
            return _UNKNOWN_VARIANCE
        return max(self.squares / self.paid - self.mean**2, 1.0)

    @property
    def sent(self) -> float:
        """The share that was sent electronically, of those known; a half where nothing is."""
        return (self.electronic + 1) / (self.told + 2)

    def share(self, place: int) -> float:
        return (self.beyond[place] + 1) / (self.paid + 2)


class _Books:
    """The books as they fill, day by day."""

    def __init__(self, sales: Sequence[Sale]) -> None:
        self._events = sorted(self._all_events(sales), key=lambda each: each[:2])
        self._at = 0
        self._accounts: dict[Hashable, _Account] = defaultdict(_Account)
        self._all = _Account()

    @staticmethod
    def _all_events(sales: Sequence[Sale]) -> Iterator[tuple[date, int, Sale]]:
        """Written, paid, and past the due date; on one day in this order."""
        for sale in sales:
            yield sale.issued, 0, sale
            if sale.settled is not None:
                yield max(sale.settled, sale.issued), 1, sale
            if sale.settled is None or sale.settled > sale.due:
                yield max(sale.due, sale.issued), 2, sale

    def until(self, day: date) -> None:
        """Take in what happened before this day."""
        while self._at < len(self._events) and self._events[self._at][0] < day:
            _, kind, sale = self._events[self._at]
            self._at += 1
            account = self._accounts[sale.buyer]
            if kind == 0:
                account.open += 1
                account.written += 1
                account.amounts += sale.amount
            elif kind == 1:
                days = sale.days_late
                assert days is not None  # noqa: S101 - it was paid
                account.open -= 1
                account.overdue.pop(sale.id, None)
                account.pay(days, electronic=sale.electronic)
                self._all.pay(days, electronic=sale.electronic)
            else:
                account.overdue[sale.id] = sale.due.toordinal()

    def of(self, sale: Sale, day: date) -> Known:
        """What is known for this invoice, itself left out."""
        account, every = self._accounts[sale.buyer], self._all
        now = day.toordinal()
        late_by = [
            now - due for name, due in account.overdue.items() if name != sale.id
        ]
        count = account.paid + len(late_by)
        whole = count + _PRIOR
        shares = tuple(
            (
                account.beyond[place]
                + sum(days > threshold for days in late_by)
                + _PRIOR * every.share(place)
            )
            / whole
            for place, threshold in enumerate(THRESHOLDS)
        )
        mean = (account.total + sum(late_by) + _PRIOR * every.mean) / whole
        squares = account.squares + sum(days * days for days in late_by)
        own = max(
            squares - 2 * mean * (account.total + sum(late_by)) + count * mean**2, 0.0
        )
        recent = account.recent_weight + len(late_by) + _RECENT_PRIOR
        sent = (account.electronic + _PRIOR * every.sent) / (account.told + _PRIOR)
        itself = sale.issued < day and (sale.settled is None or sale.settled >= day)
        return Known(
            count=count,
            late=account.late + len(late_by),
            shares=shares,
            days=mean,
            spread=math.sqrt((own + _PRIOR * every.variance) / whole),
            recent_late=(account.recent_late + len(late_by) + _RECENT_PRIOR * shares[_LATE]) / recent,
            recent_days=(account.recent_days + sum(late_by) + _RECENT_PRIOR * mean) / recent,
            open=account.open - itself,
            overdue=len(late_by),
            ratio=_ratio(account, sale, itself=itself),
            electronic=sent,
            sent=sent if sale.electronic is None else float(sale.electronic),
            portfolio_late=every.share(_LATE),
            portfolio_days=every.mean,
        )  # fmt: skip


def _ratio(account: _Account, sale: Sale, *, itself: bool) -> float:
    others = account.written - itself
    amounts = account.amounts - (sale.amount if itself else 0.0)
    if others <= 0 or amounts <= 0 or sale.amount <= 0:
        return 1.0
    return sale.amount / (amounts / others)


def _log_odds(share: float) -> float:
    bounded = min(max(share, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))
