"""Exchange rates as a person keeps them: one line a rate, `2026-01-10 EUR USD 1.10`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from creditdesk.domain.base.rates import Rate
from creditdesk.errors import UserError
from creditdesk.i18n import N_


class RateLineUnreadable(UserError):
    """A line is not date, currency, currency, rate."""

    message = N_(
        "“{line}” is no exchange rate. Write: 2026-01-10 EUR USD 1.10 (one EUR is 1.10 USD from that day on)."
    )


@dataclass(frozen=True, slots=True)
class RateLine:
    """From `on` until the next line, one unit of `currency` is `rate` units of `target`."""

    on: date
    currency: str
    target: str
    rate: Decimal


def read_lines(text: str) -> tuple[RateLine, ...]:
    """The rates of a text, empty lines left out. Raises `RateLineUnreadable` for the first that can't be read."""
    return tuple(_line(line) for line in text.splitlines() if line.strip())


def rates_into(target: str, lines: Iterable[RateLine]) -> tuple[Rate, ...]:
    """The rates into one currency, as the rules take them."""
    return tuple(
        Rate(line.currency, line.on, line.rate)
        for line in lines
        if line.target == target
    )


def _line(line: str) -> RateLine:
    parts = line.split()
    try:
        on, currency, target, rate = parts
        found = RateLine(
            date.fromisoformat(on), currency.upper(), target.upper(), Decimal(rate)
        )
    except (ValueError, InvalidOperation) as error:
        raise RateLineUnreadable(line=line.strip()) from error
    codes = (found.currency, found.target)
    if (
        not found.rate.is_finite()
        or found.rate <= 0
        or any(len(code) != 3 or not code.isalpha() for code in codes)
    ):
        raise RateLineUnreadable(line=line.strip())
    return found
