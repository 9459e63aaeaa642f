"""Aged summaries: what is owed by age, without documents."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.ledger.documents import AgedDraft
from creditdesk.importers.aged import summary as aged
from creditdesk.importers.columns.aged_layout import as_of, recognise
from creditdesk.importers.files.cells import Cell, Sheet
from creditdesk.jobs import Progress

DAY = date(2026, 10, 31)


def sheet(*rows: Sequence[Cell], name: str = "aged.xlsx") -> Sheet:
    return Sheet(file_name=name, digest="0", rows=tuple(map(tuple, rows)))


def read(*rows: Sequence[Cell]) -> AgedDraft:
    found = sheet(*rows)
    layout = recognise(found)
    assert layout is not None
    return aged.read(found, layout, DAY, "CNY", Progress())


CHINESE: list[tuple[Cell, ...]] = [
    ("应收账款账龄分析表",),
    ("截止日期：2026-10-31", "单位：元"),
    ("客户编码", "客户名称", "应收余额", "账龄"),
    (None, None, None, "未到期", "1-30天", "31-60天", "61-90天", "90天以上"),
    ("001", "甲公司", 20000.0, 10000.0, 5000.0, 5000.0),
    ("002", "乙公司", 7500.0, None, None, None, 7000.0, 500.0),
    ("合计", None, 27500.0, 10000.0, 5000.0, 5000.0, 7000.0, 500.0),
]


def test_a_chinese_summary_is_read_with_its_two_rows_of_headings() -> None:
    found = read(*CHINESE)
    assert [
        (each.row, each.buyer.code, each.from_days, each.to_days, each.amount.amount)
        for each in found.balances
    ] == [
        (5, "001", None, 0, Decimal(10000)),
        (5, "001", 1, 30, Decimal(5000)),
        (5, "001", 31, 60, Decimal(5000)),
        (6, "002", 61, 90, Decimal(7000)),
        (6, "002", 91, None, Decimal(500)),
    ]
    assert found.file_totals["open"] == Decimal(27500)
    assert [each.row for each in found.skipped] == [7]


def test_the_day_is_that_of_the_titles() -> None:
    found = sheet(*CHINESE)
    layout = recognise(found)
    assert layout is not None
    assert as_of(found, layout) == DAY


@pytest.mark.parametrize(
    ("name", "title", "day"),
    [
        ("x.xlsx", "As at 31 October 2026", DAY),
        ("x.xlsx", "As of October 31, 2026", DAY),
        ("账龄表20261031.xls", "应收账龄", DAY),
        ("aging.xlsx", "Aged Receivables", None),
    ],
)
def test_the_day_comes_from_a_title_or_the_files_name_or_is_asked(
    name: str, title: str, day: date | None
) -> None:
    found = sheet(
        (title,), ("Contact", "Current", "1 - 30", "Older"), ("A", 1.0), name=name
    )
    layout = recognise(found)
    assert layout is not None
    assert as_of(found, layout) == day


@pytest.mark.parametrize(
    ("heads", "days"),
    [
        (("Current", "1 - 30", "31 - 60", "Older"), [(None, 0), (1, 30), (31, 60), (61, None)]),
        (("未到期", "逾期1-30天", "逾期31-90天", "逾期90天以上"), [(None, 0), (1, 30), (31, 90), (91, None)]),
        (("1年以内", "1-2年", "2至3年", "3年以上"), [(1, 365), (366, 730), (731, 1095), (1096, None)]),
        (("30天以内", "31～60天", ">60天"), [(1, 30), (31, 60), (61, None)]),
        (("Not Due", "1-30 Days Past Due", "31+ Days Past Due"), [(None, 0), (1, 30), (31, None)]),
    ],
)  # fmt: skip
def test_ages_are_read_as_programs_write_them(
    heads: tuple[str, ...], days: list[tuple[int | None, int | None]]
) -> None:
    layout = recognise(sheet(("客户名称", *heads), ("甲", *(1.0 for _ in heads))))
    assert layout is not None
    assert [(each.start, each.end) for each in layout.brackets] == days


def test_a_row_whose_columns_do_not_make_its_total_is_refused() -> None:
    found = read(
        ("Contact", "Current", "1 - 30", "Total"),
        ("A", 1.0, 2.0, 3.0),
        ("B", 1.0, 2.0, 4.0),
    )
    (problem,) = found.rejected
    assert (problem.row, problem.column, problem.value) == (3, "Total", "4")
    assert {each.buyer.name for each in found.balances} == {"A"}


def test_credit_stays_negative() -> None:
    found = read(("Contact", "Current", "1 - 30"), ("A", -10.0, 2.5))
    assert [each.amount.amount for each in found.balances] == [
        Decimal(-10),
        Decimal("2.5"),
    ]


def test_a_cell_that_is_no_amount_refuses_its_row_alone() -> None:
    found = read(("Contact", "Current", "1 - 30"), ("A", "x", 2.5), ("B", 1.0, None))
    assert [(each.row, each.value) for each in found.rejected] == [(2, "x")]
    assert [each.buyer.name for each in found.balances] == ["B"]


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(
            ("客户名称", "单据编号", "0-30天", "31-60天"), id="with documents"
        ),
        pytest.param(("客户名称", "金额", "31-60天"), id="one age only"),
        pytest.param(("品名", "0-30天", "31-60天"), id="no buyer"),
        pytest.param(("客户名称", "31-60天", "1-30天"), id="ages that fall"),
    ],
)
def test_other_lists_are_no_aged_summaries(head: tuple[str, ...]) -> None:
    assert recognise(sheet(head, ("甲", "1", 1.0, 2.0))) is None
