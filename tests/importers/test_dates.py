"""Days are read in all forms of rules.md 11.6, and never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdesk.importers.columns.split_dates import with_whole_dates
from creditdesk.importers.files.cells import Sheet
from creditdesk.importers.files.dates import (
    Convention,
    NotADate,
    Order,
    day,
    decide,
    suspects,
    swapped,
)

FIFTEENTH = date(2025, 1, 15)


@pytest.mark.parametrize(
    "written",
    [
        "2025-01-15",
        "2025/1/15",
        "2025.01.15",
        "20250115",
        "20250115.0",
        "2025年1月15日",
        "2025年01月15日 10:22:01",
        "2025/1/15 上午 10:22",
        "２０２５－０１－１５",
        "2025-01-15T08:00:00.000Z",
        "20250115083000",
        20250115083000.0,
        "20250115 08:30",
        "20250115T083000Z",
        "114/01/15",
        "民國114年1月15日",
        "中華民國114年01月15日",
        "15-Jan-2025",
        "15 January 2025",
        "Jan 15, 2025",
        "15/01/2025",
        "01/15/2025",
        "45672",
        45672.0,
        45672.75,
        20250115.0,
        FIFTEENTH,
    ],
)
def test_every_form_of_a_day_is_read(written: str | float | date) -> None:
    assert day(written, Convention()) == FIFTEENTH


def test_a_serial_number_of_an_old_mac_workbook_counts_from_1904() -> None:
    assert day(45672.0 - 1462, Convention(epoch_1904=True)) == FIFTEENTH


@pytest.mark.parametrize(
    "written", [None, "", "-", "NULL", "0", "0000-00-00", "00.00.0000", 0.0]
)
def test_nothing_is_no_day_and_no_mistake(written: str | float | None) -> None:
    assert day(written, Convention()) is None


@pytest.mark.parametrize(
    "written",
    [
        "soon",
        "20250115250000",
        "2025-13-01",
        "31/02/2025",
        "1899-12-30",
        12.0,
        99999999.0,
        "12",
        True,
    ],
)
def test_anything_else_is_refused(written: str | float) -> None:
    with pytest.raises(NotADate):
        day(written, Convention(Order.DAY_FIRST))


def test_a_day_that_can_be_read_two_ways_is_refused_without_an_order() -> None:
    with pytest.raises(NotADate):
        day("03/04/2025", Convention())


@pytest.mark.parametrize(
    ("order", "meant"),
    [(Order.DAY_FIRST, date(2025, 4, 3)), (Order.MONTH_FIRST, date(2025, 3, 4))],
)
def test_the_order_decides(order: Order, meant: date) -> None:
    assert day("03/04/2025", Convention(order)) == meant


@pytest.mark.parametrize(
    ("column", "order", "example"),
    [
        pytest.param(["1/2/2013", "1/26/2013"], Order.MONTH_FIRST, "1/26/2013", id="a 26th month there is none"),
        pytest.param(["01-02-2020", "30-03-2020"], Order.DAY_FIRST, "30-03-2020", id="a 30th month there is none"),
        pytest.param(["1/15/24", "1/2/24"], Order.MONTH_FIRST, "1/15/24", id="two-digit years"),
        pytest.param([" ３１／０１／2025 "], Order.DAY_FIRST, "31/01/2025", id="full width and blanks"),
        pytest.param(["05.01.2026", "06.02.2026"], Order.DAY_FIRST, "05.01.2026", id="dots"),
        pytest.param(["01.09.26", "02.09.26"], Order.DAY_FIRST, "01.09.26", id="dots and two-digit years"),
        pytest.param(["01.15.2026"], Order.MONTH_FIRST, "01.15.2026", id="dots, and a 15th month there is none"),
        pytest.param(["115/01/05", "2026-01-06"], Order.MINGUO, "115/01/05", id="years from 1912"),
        pytest.param(["2025-01-02", "20250103"], None, "", id="nothing to decide"),
        pytest.param(["31/02/2025"], None, "", id="nonsense decides nothing"),
    ],
)  # fmt: skip
def test_the_whole_column_decides_the_order(
    column: list[str], order: Order | None, example: str
) -> None:
    found = decide(column)
    assert (found.order, found.ambiguous) == (order, False)
    assert found.example == example


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(["1/2/2013", "3/4/2013"], id="both orders fit"),
        pytest.param(["13/1/2013", "1/13/2013"], id="each order is contradicted"),
        pytest.param(["13/1/24"], id="a two-digit year may stand in front"),
        pytest.param(
            ["26.01.05", "26.01.15"], id="dots, and a year that may stand in front"
        ),
        pytest.param(["115/01/05", "13/01/2026"], id="years from 1912 and others"),
    ],
)
def test_a_column_that_proves_nothing_is_ambiguous_and_shows_an_example(
    column: list[str],
) -> None:
    found = decide(column)
    assert found.ambiguous
    assert found.example in column


def test_days_that_are_the_same_in_both_orders_are_not_ambiguous() -> None:
    assert not decide(["5/5/2013", "7/7/2013"]).ambiguous


def test_a_few_misprints_among_many_days_do_not_overturn_the_proof() -> None:
    assert decide(["1/26/2013"] * 60 + ["26/1/2013"]).order is Order.MONTH_FIRST


@given(st.dates(date(1980, 1, 1), date(2100, 1, 1)))
def test_every_day_written_either_way_comes_back(written: date) -> None:
    assert day(written.strftime("%d/%m/%Y"), Convention(Order.DAY_FIRST)) == written
    assert day(written.strftime("%m/%d/%Y"), Convention(Order.MONTH_FIRST)) == written
    assert day(f"{written:%Y%m%d}", Convention()) == written


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        pytest.param(["25/03/2026", date(2026, 5, 4), date(2026, 3, 25), date(2026, 3, 3)], (1,), id="days come first"),
        pytest.param(["03/25/2026", date(2026, 5, 4)], (1,), id="months come first"),
        pytest.param(["2026-03-25", date(2026, 5, 4)], (), id="texts that prove nothing"),
        pytest.param(["05/05/2026", date(2026, 5, 4)], (), id="texts that may be either"),
        pytest.param([date(2026, 5, 4), None], (), id="no texts"),
    ],
)  # fmt: skip
def test_true_dates_beside_texts_of_another_order_are_suspect(
    cells: list[str | date | None], found: tuple[int, ...]
) -> None:
    assert suspects(cells) == found


def test_a_suspect_day_is_given_as_it_was_meant() -> None:
    assert swapped(date(2026, 5, 4)) == date(2026, 4, 5)


def test_a_number_no_calendar_knows_is_no_part_of_a_date() -> None:
    rows = (
        ("年", "月", "日", "摘要"),
        ("2026", "3", "9" * 30, "a"),
        ("2026", "3", "2", "b"),
    )
    found = with_whole_dates(Sheet(file_name="a.csv", digest="", rows=rows))
    assert [row[4:] for row in found.rows[1:]] == [(), (date(2026, 3, 2),)]
