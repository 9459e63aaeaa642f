"""The file's own total is held against the rows taken in, and what differs is explained by rows."""

from collections.abc import Sequence
from decimal import Decimal

from creditdesk.catalog.headings import headings
from creditdesk.i18n import words
from creditdesk.importers.columns.recognise import guess
from creditdesk.importers.files.cells import Cell, Sheet
from creditdesk.importers.rows import ledger
from creditdesk.importers.rows.control import Control, controls
from creditdesk.jobs import Progress

HEAD = ("客户名称", "单据编号", "单据日期", "应收金额", "未收金额", "发票状态")


def control(*rows: Sequence[Cell]) -> tuple[Control, ...]:
    sheet = Sheet(file_name="f.csv", digest="0", rows=(HEAD, *map(tuple, rows)))
    mapping = guess(sheet, headings())
    return controls(sheet, mapping, ledger.read(sheet, mapping, "CNY", Progress()))


def test_a_total_that_is_the_sum_of_its_rows_agrees() -> None:
    amount, left = control(
        ("甲", "1", "2026-01-05", "1,000.50", 400.0, None),
        ("乙", "2", "2026-01-06", 20.25, 20.25, None),
        ("合计", None, None, 1020.75, 420.25, None),
    )
    assert (amount.header, amount.stated, amount.read, amount.difference) == (
        "应收金额", Decimal("1020.75"), Decimal("1020.75"), Decimal(0),
    )  # fmt: skip
    assert (left.stated, left.read, left.left_out) == (
        Decimal("420.25"), Decimal("420.25"), (),
    )  # fmt: skip


def test_rows_left_out_explain_the_difference() -> None:
    amount, _ = control(
        ("甲", "1", "2026-01-05", 1000.0, 1000.0, None),
        ("甲", "2", "2026-01-06", 300.0, 300.0, "作废"),
        (None, "3", "2026-01-06", 45.5, 45.5, None),
        ("小计", None, None, 1345.5, 1345.5, None),
        ("合计", None, None, 1345.5, 1345.5, None),
    )
    assert (amount.read, amount.difference, amount.unexplained) == (
        Decimal(1000), Decimal("345.5"), Decimal(0),
    )  # fmt: skip
    told = [
        (each.row, words("en").say(each.reason), each.amount)
        for each in amount.left_out
    ]
    assert told == [
        (3, "The document is void.", Decimal(300)),
        (4, "The buyer is missing.", Decimal("45.5")),
    ]


def test_a_total_its_own_rows_do_not_make_is_told() -> None:
    amount, _ = control(
        ("甲", "1", "2026-01-05", 1000.0, 1000.0, None),
        ("合计", None, None, 1200.0, 1000.0, None),
    )
    assert (amount.difference, amount.unexplained) == (Decimal(200), Decimal(200))


def test_a_file_without_a_total_row_has_nothing_to_be_held_against() -> None:
    assert control(("甲", "1", "2026-01-05", 1000.0, 1000.0, None)) == ()
