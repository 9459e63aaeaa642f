"""Exchange rates: the latest on or before a day counts, and a currency needs none into itself."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from creditdesk.domain.base.rate_lines import RateLineUnreadable, read_lines
from creditdesk.domain.base.rates import Rate, RateMissing, Rates

RATES = Rates(
    "CNY",
    [
        Rate("USD", date(2025, 3, 1), Decimal("7.2")),
        Rate("USD", date(2025, 1, 1), Decimal("7.0")),
        Rate("EUR", date(2025, 1, 1), Decimal("7.5")),
    ],
)


@pytest.mark.parametrize(
    ("currency", "day", "wanted"),
    [
        ("USD", date(2025, 1, 1), Fraction(7)),
        ("USD", date(2025, 2, 28), Fraction(7)),
        ("USD", date(2025, 3, 1), Fraction(72, 10)),
        ("CNY", date(1999, 1, 1), Fraction(1)),
    ],
)
def test_the_latest_rate_on_or_before_the_day_counts(
    currency: str, day: date, wanted: Fraction
) -> None:
    assert RATES.on(currency, day) == wanted


def test_two_foreign_currencies_meet_over_the_target() -> None:
    assert RATES.cross("EUR", "USD", date(2025, 3, 1)) == Fraction(75, 72)
    assert RATES.cross("CNY", "USD", date(2025, 1, 1)) == Fraction(1, 7)


def test_a_currency_is_itself_without_any_rate() -> None:
    assert Rates("CNY").cross("JPY", "JPY", date(2025, 1, 1)) == 1


def test_a_rate_that_begins_later_is_missing() -> None:
    with pytest.raises(RateMissing):
        RATES.on("USD", date(2024, 12, 31))


def test_a_line_is_a_day_two_currencies_and_a_rate() -> None:
    (found,) = read_lines("2025-01-31 usd cny 7.1")
    read = (found.on, found.currency, found.target, found.rate)
    assert read == (date(2025, 1, 31), "USD", "CNY", Decimal("7.1"))


@pytest.mark.parametrize(
    "line",
    [
        "2025-01-31 USD CNY 0",
        "2025-01-31 USD CNY -7.1",
        "2025-01-31 USD CNY Infinity",
        "2025-01-31 USD CNY x",
        "2025-01-31 US CNY 7.1",
        "2025-01-31 USD C2Y 7.1",
        "2025-02-30 USD CNY 7.1",
        "2025-01-31 USD CNY",
    ],
)
def test_a_line_that_is_no_rate_is_refused(line: str) -> None:
    with pytest.raises(RateLineUnreadable):
        read_lines(line)
