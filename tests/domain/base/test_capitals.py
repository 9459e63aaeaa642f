from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.domain.base.capitals import AmountTooLargeForCapitals, capitals
from creditdesk.domain.base.money import Money


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("100.50", "壹佰元零伍角"),
        ("100.05", "壹佰元零伍分"),
        ("110.50", "壹佰壹拾元伍角"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("20300", "贰万零叁佰元整"),
        ("11100", "壹万壹仟壹佰元整"),
        ("100010000", "壹亿零壹万元整"),
        ("10000000000", "壹佰亿元整"),
        ("370353.99", "叁拾柒万零叁佰伍拾叁元玖角玖分"),
        ("418500.00", "肆拾壹万捌仟伍佰元整"),
        ("0.50", "伍角"),
        ("0.05", "伍分"),
        ("0", "零元整"),
        ("10", "壹拾元整"),
        ("1000000001000", "壹万亿零壹仟元整"),
        ("-3.20", "负叁元贰角"),
    ],
)
def test_amounts_are_written_as_rules_md_11_3_has_them(figure: str, text: str) -> None:
    assert capitals(Money(Decimal(figure), "CNY")) == "人民币" + text


def test_jiao_may_end_with_zheng() -> None:
    assert capitals(Money(Decimal("0.5"), "CNY"), jiao_zheng=True) == "人民币伍角整"


@pytest.mark.parametrize(
    ("currency", "figure", "text"),
    [
        ("USD", "20", "美元贰拾元整"),
        ("JPY", "105", "日元壹佰零伍元整"),
        ("KWD", "1.205", "KWD壹元贰角零伍厘"),
    ],
)
def test_foreign_amounts_carry_their_currency_and_its_digits(
    currency: str, figure: str, text: str
) -> None:
    assert capitals(Money(Decimal(figure), currency)) == text


def test_an_amount_beyond_the_units_is_refused() -> None:
    with pytest.raises(AmountTooLargeForCapitals):
        capitals(Money(Decimal(10) ** 16, "CNY"))


@given(st.integers(1, 10**18 - 1))
def test_capitals_read_back_as_the_amount(minor: int) -> None:
    text = capitals(Money.of_minor(minor, "CNY"))
    assert "零零" not in text
    assert _read(text.removeprefix("人民币")) == minor


def _read(text: str) -> int:
    """The amount in fen: what each unit ends is multiplied by it."""
    whole, _, rest = text.rpartition("元") if "元" in text else ("", "", text)
    total = _whole(whole) * 100
    for unit, size in (("角", 10), ("分", 1)):
        place = rest.find(unit)
        total += (
            "零壹贰叁肆伍陆柒捌玖".index(rest[place - 1]) * size if place > 0 else 0
        )
    return total


def _whole(text: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        high, found, low = text.rpartition(unit)
        if found:
            return _whole(high) * size + _whole(low)
    total = digit = 0
    for character in text:
        if character in "拾佰仟":
            total += digit * {"拾": 10, "佰": 100, "仟": 1000}[character]
            digit = 0
        else:
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
    return total + digit


def test_the_smallest_amount_below_nothing_says_so() -> None:
    assert capitals(Money(Decimal("-0.01"), "CNY")) == "人民币负壹分"
