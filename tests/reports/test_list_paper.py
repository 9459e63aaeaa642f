"""A list on paper and in a workbook, read back."""

from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from creditdesk.domain.base.money import Money
from creditdesk.jobs import Progress
from creditdesk.reports import list_paper, list_workbook
from creditdesk.reports.list_paper import Head, PaperList
from creditdesk.reports.list_workbook import ShownList


def listed(rows: int, columns: int = 1) -> PaperList:
    return PaperList(
        "应收账款",
        "全部委托企业 · 截至 2026-11-23",
        "筛选：海澜",
        [Head("买方"), *[Head("金额", right=True)] * columns],
        [(f"买方{at}", *[f"{at:,}.00"] * columns) for at in range(rows)],
        [("合计（人民币）", *["1,234,567.00"] * columns)],
        ["人民币 合计 = 未到期 + 逾期"],
    )


def read(path: Path) -> tuple[list[str], tuple[float, float]]:
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
        return texts, pdf[0].get_size()


def test_a_list_on_paper_says_what_it_is_and_what_it_comes_to(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    assert list_paper.write(listed(3), path, "zh", Progress()) == 1
    (text,), (wide, high) = read(path)
    for said in (
        "应收账款",
        "截至 2026-11-23",
        "筛选：海澜",
        "买方2",
        "合计（人民币）",
        "1,234,567.00",
        "第 1 页 / 共 1 页",
        "人民币 合计 = 未到期 + 逾期",
    ):
        assert "".join(said.split()) in "".join(text.split()), said
    assert wide < high


def test_many_columns_turn_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "wide.pdf"
    list_paper.write(listed(3, columns=9), path, "zh", Progress())
    (text,), (wide, high) = read(path)
    assert wide > high
    assert text.count("1,234,567.00") == 9


def test_more_columns_than_a_sheet_holds_go_on_below_with_the_first_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "wider.pdf"
    list_paper.write(listed(2, columns=24), path, "zh", Progress())
    texts, _ = read(path)
    whole = "".join(texts)
    assert whole.count("1,234,567.00") == 24
    assert whole.count("买方1") >= 2


def test_a_long_list_repeats_its_heads_and_counts_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    pages = list_paper.write(listed(120), path, "zh", Progress())
    texts, _ = read(path)
    assert pages == len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert "买方" in text
        assert f"第{number}页/共{pages}页" in "".join(text.split())
    assert "买方119" in texts[-1]


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    list_paper.write(PaperList("X", "", "", [Head("A")], []), path, "en", Progress())
    assert "There is nothing in this list." in read(path)[0][0]


@pytest.mark.parametrize("several", [False, True])
def test_a_workbook_adds_each_currency_by_itself(
    tmp_path: Path,
    several: bool,  # noqa: FBT001 - the case
) -> None:
    path = tmp_path / "list.xlsx"
    second = Money(Decimal(5), "USD" if several else "CNY")
    rows = [["A", Money(Decimal(10), "CNY")], ["B", second], ["C", Money(Decimal(1), "CNY")]]  # fmt: skip
    shown = ShownList("List", "all", ["Name", "Amount"], rows, frozenset({1}))
    assert list_workbook.write(shown, path, "en", Progress()) == 3
    cells = list(load_workbook(path).active.values)  # type: ignore[union-attr]  # it has one sheet
    sums = [row for row in cells if str(row[0]).startswith("Σ")]
    if several:
        assert cells[2] == ("Name", "Currency", "Amount")
        assert cells[3] == ("A", "CNY", 10)
        assert sums == [
            ("Σ CNY", None, '=SUMIF(B4:B6,"CNY",C4:C6)'),
            ("Σ USD", None, '=SUMIF(B4:B6,"USD",C4:C6)'),
        ]
    else:
        assert cells[2] == ("Name", "Amount")
        assert sums == [("Σ CNY", "=SUBTOTAL(109,B4:B6)")]
    kept = list(load_workbook(path, data_only=True).active.values)  # type: ignore[union-attr]  # as above
    assert [row[-1] for row in kept if str(row[0]).startswith("Σ")] == ([11, 5] if several else [16])  # fmt: skip
