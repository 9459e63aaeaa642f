"""Learns from invoices that were paid, tries itself on later ones, and says when open ones will be (rules.md 9.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import numpy as np

from creditdesk import learning
from creditdesk.domain.base.money import Money
from creditdesk.domain.forecast.forecasts import (
    LATE_DAYS,
    ExpectedPayment,
    ExpectedWeek,
    PaymentForecast,
    Quality,
    chance_after,
    decided,
    is_late,
    reasons,
    silence,
)
from creditdesk.domain.forecast.history import (
    Known,
    Sale,
    known_on,
    known_when_written,
)
from creditdesk.domain.forecast.measures import auc, calibration_error, mean_error
from creditdesk.learning import Array, Fit
from creditdesk.services.forecast.books import ForecastBooks, OpenInvoice

LEARNED_SHARE: Final = 0.7
"""The older invoices are learned from, the others tried on: cut by the day they were written."""
WEEKS: Final = 13
_FEW: Final = 8.0
"""An invoice of a buyer with so many known ones counts half as much as one of a buyer known for ever."""
_LEAST_COUNT: Final = 1e-3
_CLIP: Final = 60
"""Days beyond which an invoice isn't later still: one that is never paid must not move the others."""
_POINTS: Final = 99
_BAND: Final = 1.2816
"""Of a normal distribution four fifths lie within so many standard deviations."""
_WEEK: Final = timedelta(days=7)
Example = tuple[Sale, Known]


def forecast(books: ForecastBooks, as_of: date) -> PaymentForecast:
    """The forecast of a day, from what was known at its end; silent with too little to learn from."""
    history = list(known_when_written(books.sales))
    after = as_of + timedelta(days=1)
    learned, tried = _parted(history, after)
    quality, errors = _tried(learned, tried, after)
    if quality.silent:
        return PaymentForecast(as_of, quality)
    model = _Model.of([*decided(history, after)], after)
    asked = [each.sale for each in books.open]
    known = {sale.id: each for sale, each in known_on(books.sales, asked, as_of)}
    expected = [
        _Expected.of(each, known[each.sale.id], model, errors, as_of)
        for each in books.open
    ]
    return PaymentForecast(
        as_of,
        quality,
        tuple(each.payment for each in expected),
        tuple(_weeks(expected, as_of)),
    )  # fmt: skip


def _parted(
    history: Sequence[Example], after: date
) -> tuple[list[Example], list[Example]]:
    """What was decided of the older invoices when the first of the newer was written; and the newer."""
    known = list(decided(history, after))
    if not known:
        return [], []
    cut = known[int(len(known) * LEARNED_SHARE)][0].issued
    return list(decided(history, cut)), [each for each in known if each[0].issued >= cut]  # fmt: skip


def _tried(
    learned: Sequence[Example], tried: Sequence[Example], after: date
) -> tuple[Quality, Array]:
    """The quality on invoices that weren't learned from, and by how many of the buyer's usual spreads days were off."""
    cut = min((sale.issued for sale, _ in tried), default=after)
    late = [is_late(sale, 0, after) is True for sale, _ in tried]
    why = silence([is_late(sale, 0, cut) is True for sale, _ in learned], late)
    if why is not None:
        return Quality(len(learned), len(tried), why=why), np.zeros(0)
    model = _Model.of(learned, cut)
    said = model.chances([known for _, known in tried])[0]
    paid = [each for each in tried if each[0].settled is not None]
    days = [float((sale.settled - sale.due).days) for sale, _ in paid if sale.settled]
    expected = model.days([known for _, known in paid])
    errors = [
        (one - other) / known.spread
        for one, other, (_, known) in zip(days, expected, paid, strict=True)
    ]
    return Quality(
        len(learned),
        len(tried),
        auc_late=auc(late, said),
        auc_portfolio=auc(late, [known.portfolio_late for _, known in tried]),
        auc_own_mean=auc(late, [known.days for _, known in tried]),
        calibration_error=calibration_error(late, said),
        days_error=mean_error(days, expected),
        days_error_own_mean=mean_error(days, [known.days for _, known in paid]),
    ), np.quantile(errors, np.linspace(0.005, 0.995, _POINTS))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Model:
    """One fit for each of `LATE_DAYS`, and one for the days."""

    late: tuple[Fit, ...]
    when: Fit

    @classmethod
    def of(cls, examples: Sequence[Example], until: date) -> "_Model":
        """Learned from what was known before a day."""
        return cls(
            tuple(cls._late(examples, days, until) for days in LATE_DAYS),
            learning.linear(
                [known.vector for _, known in examples],
                [_days(sale, until) for sale, _ in examples],
                [_weight(known) for _, known in examples],
            ),
        )

    @staticmethod
    def _late(examples: Sequence[Example], days: int, until: date) -> Fit:
        told = [(each, is_late(each[0], days, until)) for each in examples]
        some = [(known, late) for (_, known), late in told if late is not None]
        return learning.logistic(
            [known.vector for known, _ in some],
            [late for _, late in some],
            [_weight(known) for known, _ in some],
        )

    def chances(self, known: Sequence[Known]) -> list[list[float]]:
        """How likely each is later than each of `LATE_DAYS`."""
        vectors = [each.vector for each in known]
        return [fit.chances(vectors) if vectors else [] for fit in self.late]

    def days(self, known: Sequence[Known]) -> list[float]:
        """On which day after the due date each is expected."""
        vectors = [each.vector for each in known]
        return [float(each) for each in self.when.scores(vectors)] if vectors else []


def _weight(known: Known) -> float:
    return known.count / (known.count + _FEW) + _LEAST_COUNT


def _days(sale: Sale, until: date) -> float:
    """Days late, of an open one those until now; nothing counts as more than `_CLIP`."""
    paid = sale.settled is not None and sale.settled < until
    days = (
        (sale.settled - sale.due).days
        if paid and sale.settled
        else (until - sale.due).days - 1
    )
    return float(min(max(days, -_CLIP), _CLIP))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Expected:
    """One open invoice and the days, all equally likely, on which its money may come."""

    payment: ExpectedPayment
    days: Array

    @classmethod
    def of(
        cls, asked: OpenInvoice, known: Known, model: _Model, errors: Array, as_of: date
    ) -> "_Expected":
        sale, now = asked.sale, (as_of - asked.sale.due).days
        (middle,) = model.days([known])
        likely = np.sort(middle + known.spread * errors)
        still = likely[likely > now]
        if not len(still):
            # Later than any it was tried on: a spread of its own from here on.
            still = now + known.spread * np.linspace(0.1, 1.0, _POINTS)
        days = np.ceil(np.maximum(still, now + 1))
        chances = [each[0] for each in model.chances([known])]
        return cls(
            ExpectedPayment(
                buyer=asked.buyer,
                number=asked.number,
                due=sale.due,
                open=asked.open,
                expected_on=sale.due + timedelta(days=int(np.median(days))),
                chances=chance_after(chances, now, len(likely[likely > now]) / len(likely)),
                reasons=reasons(known, model.late[0].shares(known.vector)),
            ),
            days + (sale.due - as_of).days,
        )  # fmt: skip


def _weeks(expected: Sequence[_Expected], as_of: date) -> Iterator[ExpectedWeek]:
    """Whole weeks from Monday, the first from the next day; by currency."""
    starts = list(_starts(as_of))
    edges = np.asarray([(each - as_of).days for each in starts])
    for currency in sorted({each.payment.open.currency for each in expected}):
        some = [each for each in expected if each.payment.open.currency == currency]
        shares = np.asarray([_shares(each.days, edges) for each in some])
        amounts = np.asarray([float(each.payment.open.amount) for each in some])
        middle, whole = amounts @ shares, float(amounts.sum())
        around = _BAND * np.sqrt((amounts**2) @ (shares * (1 - shares)))
        for place, start in enumerate(starts[:-1]):
            at, band = float(middle[place]), float(around[place])
            yield ExpectedWeek(
                start,
                _money(at, currency),
                _money(max(at - band, 0.0), currency),
                _money(min(at + band, whole), currency),
            )


def _shares(days: Array, edges: Array) -> Array:
    """How likely it comes in each week."""
    counts, _ = np.histogram(days, bins=edges.astype(float) - 0.5)
    return np.asarray(counts / len(days), dtype=float)


def _starts(as_of: date) -> Iterator[date]:
    """The next day, the Mondays after it, and the end of the last week."""
    first = as_of + timedelta(days=1)
    monday = first + timedelta(days=(7 - first.weekday()) % 7 or 7)
    yield first
    for number in range(WEEKS):
        yield monday + number * _WEEK


def _money(amount: float, currency: str) -> Money:
    return Money(Decimal(repr(amount)), currency).rounded()
