"""Lists: what they come to in each currency, and what a spreadsheet gets of them."""

from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.presenters.parts.list_out import (
    Naming,
    copied,
    in_workbook,
    on_paper,
    total_rows,
)
from creditdesk.presenters.parts.table import Cell, Column, Table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.reports.list_paper import MOST_ROWS, ListTooLong

Row = tuple[str, Money | None, date, Decimal]
DAY = date(2026, 11, 23)


def money(amount: str, currency: str = "CNY") -> Money:
    return Money(Decimal(amount), currency)


def amount(row: Row) -> Money | None:
    return row[1]


def table(*rows: Row) -> Table[Row]:
    say = Wording("zh")
    made: Table[Row] = Table(
        [
            Column(key="use", title="Use", cell=lambda row: say.percent(row[3]), value=lambda row: row[3], right=True),
            Column(key="number", title="Number", cell=lambda row: Cell(row[0])),
            Column(key="amount", title="Amount", cell=lambda row: say.cell(row[1]), sums=amount, right=True),
            Column(key="day", title="Date", cell=lambda row: say.day(row[2]), value=lambda row: row[2]),
        ],
        lambda row: row[0],
    )  # fmt: skip
    made.show(rows)
    return made


ROWS: tuple[Row, ...] = (
    ("00123", money("1200.5"), DAY, Decimal("0.86")),
    ("20000000000000000017", money("-5000"), DAY, Decimal("1.13")),
    ("=cmd|x", money("70", "USD"), DAY, Decimal(0)),
    ("-1", money("900", "JPY"), DAY, Decimal(0)),
    ("none", None, DAY, Decimal(0)),
)


def test_totals_stand_under_their_columns_one_line_a_currency() -> None:
    assert total_rows(table(*ROWS), [0, 1, 2, 3], Wording("zh")) == [
        ("", "合计（人民币）", "−3,799.50", ""),
        ("", "合计（日元）", "900", ""),
        ("", "合计（美元）", "70.00", ""),
    ]


def test_totals_are_of_the_rows_that_are_shown() -> None:
    face = table(*ROWS)
    face.search("00123")
    assert [(each.currency, each.sums) for each in face.totals] == [
        ("CNY", {"amount": money("1200.5")})
    ]
    assert face.narrowed
    face.search("")
    assert not face.narrowed


def test_a_list_without_amounts_has_no_totals() -> None:
    made: Table[str] = Table([Column(key="a", title="A", cell=str)], str)
    made.show(["x"])
    assert made.totals == ()


def test_names_are_copied_as_text_and_figures_as_figures() -> None:
    made = copied(table(*ROWS), range(len(ROWS)), [1, 2, 3, 0], Wording("en"))
    assert made.text.split("\n") == [
        "Number\tAmount\tDate\tUse",
        "00123\t1200.50\t2026-11-23\t86%",
        "20000000000000000017\t-5000.00\t2026-11-23\t113%",
        "'=cmd|x\t70.00\t2026-11-23\t0%",
        "'-1\t900\t2026-11-23\t0%",
        "none\t\t2026-11-23\t0%",
    ]
    for name in ("00123", "20000000000000000017", "=cmd|x", "-1"):
        assert rf"""<td style='mso-number-format:"\@"'>{name}</td>""" in made.html
    assert r"""<td style='mso-number-format:"\#\,\#\#0\.00"'>-5000.00</td>""" in made.html  # fmt: skip
    assert r"""<td style='mso-number-format:"yyyy\-mm\-dd"'>2026-11-23</td>""" in made.html  # fmt: skip


def test_a_name_is_never_markup_or_a_second_row() -> None:
    face = table(("<b>A & B</b>\t\nC", None, DAY, Decimal(0)))
    made = copied(face, [0], [1], Wording("en"))
    assert made.text == "Number\n<b>A & B</b> C"
    assert "&lt;b&gt;A &amp; B&lt;/b&gt; C" in made.html


def test_on_paper_a_list_is_what_the_screen_shows() -> None:
    face = table(*ROWS)
    face.search("00123")
    listed = on_paper(face, [1, 2], Naming("Bills", "as of today", "Filter: 00123"), Wording("en"))  # fmt: skip
    assert [head.title for head in listed.heads] == ["Number", "Amount"]
    assert listed.rows == [("00123", "1,200.50")]
    assert listed.totals == [("Total, Renminbi", "1,200.50")]


def test_a_list_too_long_for_paper_says_what_to_do() -> None:
    face = table(*((f"n{at}", None, DAY, Decimal(0)) for at in range(MOST_ROWS + 1)))
    with pytest.raises(ListTooLong) as refused:
        on_paper(face, [1], Naming("Bills"), Wording("en"))
    assert "5,001 rows" in str(Wording("en").message(refused.value.said))


def test_a_workbook_knows_which_columns_it_adds() -> None:
    shown = in_workbook(table(*ROWS), [1, 2], Naming("Bills", "all", "Filter: x"), Wording("zh"))  # fmt: skip
    assert (shown.said, shown.summed) == ("all  Filter: x", frozenset({1}))
    assert next(iter(shown.rows)) == ["00123", money("1200.5")]
