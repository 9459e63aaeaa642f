"""A statement read out of cells, as papers and spreadsheets have it (rules.md 6.1)."""

from datetime import date
from decimal import Decimal

import pytest

from creditdesk.catalog.statement_rows import rows_of, statement_rows
from creditdesk.domain.credit.sheet_reading import (
    BEFORE,
    NOW,
    PeriodMissing,
    SheetSaid,
    SheetUnread,
    UnitMissing,
    amount_of,
    joined,
    plain_label,
    read_cells,
    sheets_of,
    split,
)
from creditdesk.domain.credit.sheets import (
    Scheme,
    Sheet,
    figures_of,
    months_between,
    negative_quarters,
    tangible_net_worth,
)

ROWS = rows_of(Scheme.CHINESE)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,234.50", "1234.50"),
        ("(12)", "-12"),
        ("−5", "-5"),
        ("￥8", "8"),
        (400.0, "400"),
        ("—", None),
        ("", None),
        (None, None),
        (True, None),
        ("第3项", None),
    ],
)
def test_a_cell_is_an_amount_or_none(cell: object, amount: str | None) -> None:
    assert amount_of(cell) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("三、利润总额（亏损总额以“－”号填列）", "利润总额"),
        ("减：营业成本", "营业成本"),
        ("　其中：利息费用", "利息费用"),
        ("Total  Assets", "totalassets"),
    ],
)
def test_a_row_is_known_however_it_is_written(written: str, plain: str) -> None:
    assert plain_label(written) == plain


def test_both_halves_of_a_balance_sheet_are_read_and_line_numbers_are_not() -> None:
    text = "资产\t行次\t期末余额\t年初余额\t负债\t行次\t期末余额\t年初余额\n存货\t7\t400\t300\t负债合计\t50\t1300\t1100"
    found = read_cells(split(text), ROWS)
    assert found.columns == {
        NOW: {"inventory": Decimal(400), "total_liabilities": Decimal(1300)},
        BEFORE: {"inventory": Decimal(300), "total_liabilities": Decimal(1100)},
    }
    assert (found.unit, found.period_end, found.company) == (None, None, "")


def test_columns_may_be_years_and_amounts_may_look_like_years() -> None:
    text = "项目\t2025年\t2024年\n资产总计\t2000\t1999\n净利润\t2024\t2010\n单位：千元"
    found = read_cells(split(text), ROWS)
    assert found.columns["2025"] == {"total_assets": Decimal(2000), "net_profit": Decimal(2024)}  # fmt: skip
    assert found.columns["2024"] == {"total_assets": Decimal(1999), "net_profit": Decimal(2010)}  # fmt: skip
    new, old = sheets_of(found, SheetSaid())
    assert (new.period_end, old.period_end) == (date(2025, 12, 31), date(2024, 12, 31))
    assert new.value("total_assets") == 2_000_000


def test_this_month_is_no_period_and_half_a_year_has_no_year_before() -> None:
    text = "利润表\t2025年6月\t\t单位：万元\n项目\t本月金额\t本年累计金额\t上年金额\n营业收入\t10\t60\t100"
    found = read_cells(split(text), ROWS)
    (only,) = sheets_of(found, SheetSaid())
    assert (only.period_end, only.months, only.unit) == (date(2025, 6, 30), 6, 10000)
    assert only.values == {"sales": Decimal(60)}
    assert only.yearly("sales") == 1_200_000


def test_a_row_twice_with_other_amounts_is_said() -> None:
    found = read_cells(split("项目\t期末余额\n存货\t4\n存货\t5\n存货\t4"), ROWS)
    assert found.columns[NOW] == {"inventory": Decimal(4)}
    assert len(found.remarks) == 1


def test_nothing_is_guessed_of_unit_and_period() -> None:
    found = read_cells(split("资产总计\t2000"), ROWS)
    with pytest.raises(UnitMissing):
        sheets_of(found, SheetSaid())
    with pytest.raises(PeriodMissing):
        sheets_of(found, SheetSaid(unit=1))
    with pytest.raises(SheetUnread):
        read_cells(split("甲\t1"), ROWS)


def test_sheets_of_two_units_leave_the_unit_open() -> None:
    one = read_cells(split("单位：元\n资产总计\t2000"), ROWS)
    two = read_cells(split("单位：万元\n营业收入\t3"), ROWS)
    both = joined([one, two])
    assert both.columns[NOW] == {"total_assets": Decimal(2000), "sales": Decimal(3)}
    assert both.unit is None
    assert len(both.remarks) == 1
    assert joined([one, one]).unit == 1


def test_every_row_has_a_title_of_its_own_in_both_layouts() -> None:
    keys = [row.key for row in statement_rows()]
    assert len(set(keys)) == len(keys)
    assert {row.key for row in rows_of(Scheme.INTERNATIONAL)} <= set(keys)
    assert "ebit" not in {row.key for row in ROWS}


def sheet(end: date, months: int, **values: int) -> Sheet:
    figures = {key: Decimal(value) for key, value in values.items()}
    return Sheet(period_end=end, months=months, values=figures)


def test_retained_earnings_are_reserve_and_undistributed_profit() -> None:
    year = date(2025, 12, 31)
    full = sheet(year, 12, surplus_reserve=1, undistributed_profit=2, inventory=3)
    found = figures_of(full)
    assert (found.retained_earnings, found.prepayments) == (Decimal(3), Decimal(0))
    bare = figures_of(sheet(year, 12, surplus_reserve=1))
    assert (bare.retained_earnings, bare.prepayments) == (None, None)


def test_what_cant_be_touched_is_no_tangible_worth() -> None:
    full = sheet(date(2025, 12, 31), 12, equity=100, intangible_assets=7, goodwill=2, development=1)  # fmt: skip
    assert tangible_net_worth(full) == 90
    assert tangible_net_worth(sheet(date(2025, 12, 31), 12, goodwill=2)) is None


def test_negative_quarters_are_counted_back_from_the_newest() -> None:
    year = [
        sheet(date(2024, 12, 31), 12, operating_cash_flow=-4),
        sheet(date(2024, 9, 30), 9, operating_cash_flow=-3),
        sheet(date(2025, 3, 31), 3, operating_cash_flow=-2),
    ]
    assert negative_quarters(year, date(2025, 4, 1)) == (2, date(2025, 3, 31))
    assert negative_quarters(year, date(2025, 1, 1)) == (1, date(2024, 12, 31))
    assert negative_quarters(year[:1], date(2025, 4, 1)) is None


@pytest.mark.parametrize(
    ("later", "months"),
    [
        (date(2026, 6, 30), "18"),
        (date(2026, 7, 1), "18.5"),
        (date(2026, 6, 29), "17.5"),
        (date(2024, 12, 31), "0"),
    ],
)
def test_months_are_counted_by_the_calendar(later: date, months: str) -> None:
    assert months_between(date(2024, 12, 31), later) == Decimal(months)
