"""Amounts are read exactly, however they are written. rules.md 11.6."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.importers.files.cells import DamagedNumber
from creditdesk.importers.files.figures import (
    NotAnAmount,
    amount,
    writes_decimal_comma,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("1250.00", "1250.00", id="plain"),
        pytest.param("1,234,567.89", "1234567.89", id="thousands"),
        pytest.param("1,23,456.7", "123456.7", id="Indian groups"),
        pytest.param("1 234.50", "1234.50", id="blanks"),
        pytest.param("1'234.50", "1234.50", id="Swiss"),
        pytest.param("１，２３４．５０", "1234.50", id="full width"),
        pytest.param("(1,234.50)", "-1234.50", id="brackets"),
        pytest.param("（500）", "-500", id="Chinese brackets"),
        pytest.param("1234.50-", "-1234.50", id="trailing minus"),
        pytest.param("−5", "-5", id="real minus sign"),
        pytest.param("¥-5", "-5", id="minus behind the currency"),
        pytest.param("￥1,234", "1234", id="yuan sign"),
        pytest.param("RMB 12元", "12", id="currency words"),
        pytest.param("US$ 9.90", "9.90", id="dollars"),
        pytest.param("3.5万", "35000", id="ten thousands"),
        pytest.param("120.00 Cr", "-120.00", id="credit"),
        pytest.param(0.1 + 0.2, "0.3", id="a workbook's 0.30000000000000004"),
        pytest.param(-2680.0, "-2680", id="a workbook's negative"),
    ],
)
def test_an_amount_is_read_exactly(written: str | float, meant: str) -> None:
    assert amount(written) == Decimal(meant)


@pytest.mark.parametrize("written", [None, "-", "—", "", "无", "NULL"])
def test_a_dash_or_nothing_is_no_amount_and_no_mistake(written: str | None) -> None:
    assert amount(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "abc", "12,34", "1.2.3", "12-34", "=1+1", True, DamagedNumber("1E+19"),
        "1" * 21, float("nan"), float("inf"), 1e30,
    ],
)  # fmt: skip
def test_anything_else_is_refused(written: str | float) -> None:
    with pytest.raises(NotAnAmount):
        amount(written)


def test_a_column_with_comma_and_cents_is_read_the_german_way() -> None:
    column = ("1.234,56", "1.000", "12,5")
    assert writes_decimal_comma(column)
    read = [amount(each, decimal_comma=True) for each in column]
    assert read == [Decimal("1234.56"), Decimal(1000), Decimal("12.5")]


def test_a_column_with_points_and_cents_is_not() -> None:
    assert not writes_decimal_comma(("1,234.56", "12.50", "1,000"))


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2))
def test_every_amount_written_with_thousands_comes_back(value: Decimal) -> None:
    assert amount(f"{value:,.2f}") == value
