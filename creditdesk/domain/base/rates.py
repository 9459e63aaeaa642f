"""Exact sums across currencies: rates of the day, and rounding only where the rules round (rules.md 4.1, 4.8)."""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from creditdesk.domain.base.money import Money, exponent
from creditdesk.errors import UserError
from creditdesk.i18n import N_

HALF = Fraction(1, 2)
ZERO = Fraction(0)


class RateMissing(UserError):
    """No exchange rate on or before a day."""

    message = N_(
        "There is no exchange rate from {currency} to {target} on or before {on}. Enter one."
    )


@dataclass(frozen=True, slots=True)
class Rate:
    """Policy currency for one unit of `currency`, from this day on until the next rate."""

    currency: str
    on: date
    rate: Decimal


class Rates:
    """The exchange rates into one currency; the latest on or before a day counts."""

    def __init__(self, target: str, rates: Iterable[Rate] = ()) -> None:
        self.target = target
        self._known: dict[str, list[tuple[date, Fraction]]] = defaultdict(list)
        for rate in rates:
            self._known[rate.currency].append((rate.on, Fraction(rate.rate)))
        for known in self._known.values():
            known.sort()

    def on(self, currency: str, day: date) -> Fraction:
        """The rate of a day. Raises `RateMissing`."""
        if currency == self.target:
            return Fraction(1)
        known = self._known[currency]
        place = bisect_right(known, day, key=lambda item: item[0])
        if place == 0:
            raise RateMissing(currency=currency, target=self.target, on=day)
        return known[place - 1][1]

    def cross(self, currency: str, into: str, day: date) -> Fraction:
        """How much of `into` one unit of `currency` is on a day. Raises `RateMissing`."""
        if currency == into:
            return Fraction(1)
        return self.on(currency, day) / self.on(into, day)


def exact(money: Money) -> Fraction:
    """The amount without its currency, for calculations that must not round."""
    return Fraction(money.amount)


def rounded(value: Fraction, currency: str) -> Money:
    """Half-up to the minor unit of the currency."""
    minor = math.floor(abs(value) * 10 ** exponent(currency) + HALF)
    return Money.of_minor(minor if value >= 0 else -minor, currency)
