"""Money: an exact amount in one currency. Two currencies never meet in one sum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

# ISO 4217 minor units that differ from two digits.
_EXPONENTS = {
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


FINE_DIGITS = 4
"""Ledgers may be finer than their currency's minor unit (converted amounts): four more digits are kept exactly."""


class CurrencyMismatchError(ValueError):
    """Two currencies met in one operation: a mistake in the program, never in the data."""


def is_currency(code: str) -> bool:
    """Whether this has the form of an ISO 4217 code: three capital letters."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def exponent(currency: str) -> int:
    """Digits after the point in this currency (ISO 4217): 2 for CNY, 0 for JPY, 3 for KWD."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount, possibly unrounded, in one currency (ISO 4217 code)."""

    amount: Decimal
    currency: str

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Nothing, in this currency."""
        return cls(Decimal(0), currency)

    @classmethod
    def of_minor(cls, minor: int, currency: str) -> Self:
        """From integer minor units, as the desk stores them."""
        return cls(Decimal(minor).scaleb(-exponent(currency)), currency)

    @classmethod
    def total(cls, items: Iterable["Money"], currency: str) -> "Money":
        """The sum; `currency` is that of an empty sum too. Raises `CurrencyMismatchError`."""
        result = Money.zero(currency)
        for item in items:
            result += item
        return result

    @property
    def minor(self) -> int:
        """Integer minor units. Raises `ValueError` for an amount that isn't rounded."""
        scaled = self.amount.scaleb(exponent(self.currency))
        if scaled != scaled.to_integral_value():
            message = f"{self.amount} {self.currency} is not rounded to its currency"
            raise ValueError(message)
        return int(scaled)

    @classmethod
    def of_fine(cls, fine: int, currency: str) -> Self:
        """From integer fine units, as the desk stores what ledgers say."""
        return cls(Decimal(fine).scaleb(-exponent(currency) - FINE_DIGITS), currency)

    @property
    def fine(self) -> int:
        """Integer fine units. Raises `ValueError` for an amount of more digits than a ledger may have."""
        scaled = self.amount.scaleb(exponent(self.currency) + FINE_DIGITS)
        if scaled != scaled.to_integral_value():
            message = f"{self.amount} {self.currency} has too many digits"
            raise ValueError(message)
        return int(scaled)

    @property
    def plain(self) -> str:
        """Digits for files and scripts: exactly the minor digits of the currency, no separators."""
        return f"{self.rounded().amount:f}"

    def rounded(self) -> "Money":
        """Half-up to the minor unit of the currency."""
        quantum = Decimal(1).scaleb(-exponent(self.currency))
        return Money(self.amount.quantize(quantum, ROUND_HALF_UP), self.currency)

    def refined(self) -> "Money":
        """Half-up to the fine unit: what a ledger's figure is kept as."""
        quantum = Decimal(1).scaleb(-exponent(self.currency) - FINE_DIGITS)
        return Money(self.amount.quantize(quantum, ROUND_HALF_UP), self.currency)

    def times(self, factor: Decimal | int) -> "Money":
        """Unrounded product."""
        return Money(self.amount * factor, self.currency)

    def floored(self) -> "Money":
        """Never below zero."""
        return self if self.amount > 0 else Money.zero(self.currency)

    def split(self, weights: Sequence[Decimal]) -> tuple["Money", ...]:
        """Parts in proportion that add up to the cent; remainders go to the largest fractions, the first wins a tie."""
        whole = sum(weights, Decimal(0))
        minor = self.minor
        exact = [minor * weight / whole for weight in weights]
        parts = [int(part) for part in exact]
        short = minor - sum(parts)
        order = sorted(
            range(len(parts)),
            key=lambda index: (-(abs(exact[index] - parts[index])), index),
        )
        for index in order[: abs(short)]:
            parts[index] += 1 if short > 0 else -1
        return tuple(Money.of_minor(part, self.currency) for part in parts)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{self.currency} {self.rounded().amount:,f}".replace("-", "\u2212")

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            message = f"{self.currency} met {other.currency}"
            raise CurrencyMismatchError(message)
        return other.amount
