"""Sheets wider and texts longer than any ledger's are refused with the limit, before anybody looks into their cells."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from creditdesk.catalog.headings import headings, normalised
from creditdesk.errors import UserError
from creditdesk.i18n import words
from creditdesk.importers.columns.heads import is_word
from creditdesk.importers.files import cells, dates, figures
from creditdesk.importers.files.cells import (
    FIRST_ROWS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    Row,
    Sheet,
    TableTooLarge,
    TextsTooLong,
    must_be_a_table,
)
from creditdesk.intake.looking import Shape, look
from creditdesk.intake.opening import open_file
from creditdesk.jobs import Progress

HEADINGS = ("客户名称", "单据编号", "单据日期", "到期日", "价税合计")


def table(*rows: Row) -> Sheet:
    return Sheet(file_name="宽.xlsx", digest="", rows=rows)


def workbook(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("应收")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def invoice(*, memo: str) -> str:
    return f"甲公司,XS1,2026-01-05,2026-03-05,100.00,{memo}\n"


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_few_rows_of_very_many_columns_are_refused_with_the_limit(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"宽.{suffix}"
    heads = [HEADINGS[column % len(HEADINGS)] for column in range(16_384)]
    if suffix == "xlsx":
        workbook(path, [heads, heads, heads])
    else:
        path.write_text("\n".join([",".join(heads)] * 3), encoding="utf-8")
    with pytest.raises(TableTooLarge) as refused:
        open_file(path, Progress())
    assert "256" in str(refused.value)
    assert words("zh").say(refused.value.said) == (
        f"宽.{suffix} 超过 256 列或 1048576 行。请只导出应收账款。"
    )


@pytest.mark.slow
def test_few_cells_of_the_longest_texts_are_refused_with_the_limit(
    tmp_path: Path,
) -> None:
    long = [["应收" * 16_000 + str(row) for _ in range(4)] for row in range(20)]
    path = workbook(tmp_path / "长.xlsx", [list(HEADINGS), *long])
    with pytest.raises(TextsTooLong) as refused:
        open_file(path, Progress())
    assert words("en").say(refused.value.said) == (
        "The first 500 rows of 长.xlsx hold more than 2,000,000 characters. "
        "Export only the receivables, without long texts."
    )
    assert words("zh").say(refused.value.said) == (
        "长.xlsx 的前 500 行超过 2,000,000 个字符。请只导出应收账款，不带长文本。"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        pytest.param('"' + "5" * 3_000_000 + '",1,2026-01-05,5', id="one cell of digits"),
        pytest.param('"' + "年月日" * 1_000_000 + '",1,2026-01-05,5', id="one cell of words"),
        pytest.param("x" * 5_000_000, id="one line without an end"),
        pytest.param('"' + "a,b\n" * 1_000_000, id="a quotation that never ends"),
        pytest.param("x," * 100_000, id="a line of very many cells"),
    ],
)  # fmt: skip
def test_a_text_table_with_a_very_long_line_ends_in_a_sentence(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "长.csv"
    path.write_text(f"{','.join(HEADINGS)}\n{content}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"长\.csv"):
        open_file(path, Progress())


@pytest.mark.slow
def test_a_ledger_with_one_long_remark_and_empty_columns_beside_it_is_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "应收.csv"
    text = ",".join((*HEADINGS, "摘要")) + "," * 10_000 + "\n"
    path.write_text(text + invoice(memo="说明" * 10_000), encoding="utf-8")
    found = look(path, open_file(path, Progress()), headings())
    assert (found.shape, found.fault) == (Shape.LEDGER, None)


def test_the_limits_themselves_are_allowed() -> None:
    must_be_a_table(table(("a",) * MOST_COLUMNS))
    must_be_a_table(table((*("a",) * MOST_COLUMNS, None, None)))
    with pytest.raises(TableTooLarge):
        must_be_a_table(table((*("a",) * MOST_COLUMNS, None, "b")))
    full = ("a" * (MOST_CHARACTERS // FIRST_ROWS),)
    must_be_a_table(table(*[full] * FIRST_ROWS))
    with pytest.raises(TextsTooLong):
        must_be_a_table(table(*[full] * (FIRST_ROWS - 1), ("b", *full)))
    must_be_a_table(table(*[full] * FIRST_ROWS, full))


def test_more_rows_than_a_spreadsheet_holds_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cells, "MOST_ROWS", 3)
    must_be_a_table(table(("a",), ("a",), ("a",)))
    with pytest.raises(TableTooLarge):
        must_be_a_table(table(("a",), ("a",), ("a",), ("a",)))


@pytest.mark.parametrize("cell", ["5" * 2_000_000, "1," * 500_000, "2026-" * 40])
def test_a_very_long_text_is_neither_an_amount_nor_a_day(cell: str) -> None:
    assert not figures.is_amount(cell)
    with pytest.raises(dates.NotADate):
        dates.day(cell, dates.Convention(dates.Order.DAY_FIRST))
    assert dates.decide([cell, "13/05/2026"]).order is dates.Order.DAY_FIRST
    assert is_word(cell)


def test_a_long_text_is_no_heading_but_its_beginning_is_kept() -> None:
    assert normalised("Invoice_No." * 1_000).startswith("invoicenoinvoiceno")
    assert normalised("客户名称" * 1_000) not in headings().all_names
