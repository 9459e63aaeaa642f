"""Money: exact, in one currency, to the cent when it is split."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.base.money import CurrencyMismatchError, Money, is_currency

CURRENCIES = st.sampled_from(["CNY", "JPY", "KWD"])
MINORS = st.integers(-(10**12), 10**12)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


@pytest.mark.parametrize(
    ("amount", "currency", "plain", "shown"),
    [
        ("1250", "CNY", "1250.00", "CNY 1,250.00"),
        ("1250.005", "CNY", "1250.01", "CNY 1,250.01"),
        ("-1250.005", "CNY", "-1250.01", "CNY −1,250.01"),
        ("1250.5", "JPY", "1251", "JPY 1,251"),
        ("1250.0005", "KWD", "1250.001", "KWD 1,250.001"),
        ("0.004", "USD", "0.00", "USD 0.00"),
        ("1E+3", "CNY", "1000.00", "CNY 1,000.00"),
    ],
)
def test_an_amount_is_written_with_its_currency_s_digits(
    amount: str, currency: str, plain: str, shown: str
) -> None:
    money = Money(Decimal(amount), currency)
    assert (money.plain, str(money)) == (plain, shown)


def test_two_currencies_never_meet() -> None:
    yen = Money(Decimal(1), "JPY")
    for meet in (
        lambda: cny("1") + yen,
        lambda: cny("1") - yen,
        lambda: cny("1") < yen,
        lambda: Money.total([cny("1"), yen], "CNY"),
        lambda: Money.total([yen], "CNY"),
    ):
        with pytest.raises(CurrencyMismatchError):
            meet()


def test_an_unrounded_amount_has_no_minor_units() -> None:
    with pytest.raises(ValueError, match="not rounded"):
        _ = cny("0.001").minor
    assert cny("0.001").fine == 1000
    with pytest.raises(ValueError, match="too many digits"):
        _ = cny("0.0000001").fine
    assert cny("0.0000005").refined().fine == 1


@given(MINORS, CURRENCIES)
def test_what_is_stored_comes_back(minor: int, currency: str) -> None:
    money = Money.of_minor(minor, currency)
    assert money.minor == minor
    assert Money.of_fine(money.fine, currency) == money
    assert Money(Decimal(money.plain), currency) == money


@given(MINORS, st.lists(st.integers(1, 10**6), min_size=1, max_size=20), CURRENCIES)
def test_a_split_keeps_every_cent_and_is_fair_to_one(
    minor: int, weights: list[int], currency: str
) -> None:
    whole = Money.of_minor(minor, currency)
    shares = [Decimal(weight) for weight in weights]
    parts = whole.split(shares)
    assert Money.total(parts, currency) == whole
    for part, share in zip(parts, shares, strict=True):
        exact = Decimal(minor) * share / sum(shares)
        assert abs(Decimal(part.minor) - exact) < 1


def test_small_things() -> None:
    assert Money.total([], "CNY") == Money.zero("CNY")
    assert not Money.zero("CNY")
    assert cny("-5").floored() == Money.zero("CNY")
    assert -cny("5") <= cny("-5")
    assert cny("10").times(Decimal("0.333")).rounded() == cny("3.33")
    assert [
        code for code in ("CNY", "cny", "C1Y", "CN", "ÄÖÜ", "") if is_currency(code)
    ] == ["CNY"]
