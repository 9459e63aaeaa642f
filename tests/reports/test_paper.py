"""Our own pages: no remnants, nothing torn, what stays Chinese on an English paper."""

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from creditdesk.i18n import Language
from creditdesk.paper.page import Cell, Column, Row
from creditdesk.paper.pdf import Document

Paper = Any  # the fixture of conftest, which tests can't import
_NOTE = "Words in Chinese stand as in the original"


def _rows(count: int) -> list[Row]:
    return [Row((Cell(f"Row {number}"),)) for number in range(1, count + 1)]


def _pages(path: Path, paper: Paper, rows: int, *, tail: str = "") -> list[list[str]]:
    """The rows of each page of a section with a table, and the sentence after it."""
    document = Document("en", "foot")
    document.section("List")
    document.table([Column("Name")], _rows(rows), tail=36 if tail else 0)
    if tail:
        document.space(8)
        document.text(tail, size=8.5)
    document.save(path, "List")
    return [
        [line.strip() for line in text.splitlines() if line.startswith(("Row", "Last"))]
        for text in paper.page_texts(path)
    ]


def test_a_table_a_little_too_long_is_made_to_fit_its_page(
    paper: Paper, tmp_path: Path
) -> None:
    path = tmp_path / "list.pdf"
    usual = max(n for n in range(20, 45) if len(_pages(path, paper, n)) == 1)
    # 664 points are left for rows of 21.15: 31, and 38 where each gives up 4.
    assert usual == 38
    (page,) = _pages(path, paper, usual)
    assert page[-1] == f"Row {usual}"


@pytest.mark.parametrize("tail", ["", "Last words."])
def test_no_page_has_one_row_alone_or_only_the_words_after_the_table(
    paper: Paper, tmp_path: Path, tail: str
) -> None:
    for rows in range(28, 48):
        pages = _pages(tmp_path / "list.pdf", paper, rows, tail=tail)
        told = [line for page in pages for line in page if line.startswith("Row")]
        assert told == [f"Row {number}" for number in range(1, rows + 1)]
        for page in pages:
            assert sum(line.startswith("Row") for line in page) >= 2
        assert not tail or pages[-1][-1] == tail


def test_dates_and_words_of_narrow_columns_are_not_torn(
    paper: Paper, tmp_path: Path
) -> None:
    document = Document("en", "foot")
    document.section("List")
    columns = [
        Column("Name", 9),
        Column("Issued", 0.5),
        Column("Mandatory", 0.5),
        Column("Amount", right=True),
    ]
    cells = ("A long name that takes its room " * 3, "2026-10-31", "mandatory", "1.00")
    row = Row(tuple(Cell(each) for each in cells))
    document.table(columns, [row, row])
    document.save(tmp_path / "list.pdf", "List")
    words = paper.page_texts(tmp_path / "list.pdf")[0].split()
    assert words.count("2026-10-31") == 2
    assert words.count("mandatory") == 2


@pytest.mark.parametrize(("language", "said"), [("en", [2]), ("zh", [])])
def test_chinese_on_an_english_paper_is_noted_once(
    paper: Paper, tmp_path: Path, language: Language, said: list[int]
) -> None:
    document = Document(language, "foot")
    for text in ("Plain words", "明达电子有限公司", "宁波海澜贸易有限公司"):
        document.page()
        document.text(text)
    document.save(tmp_path / "paper.pdf", "Paper")
    texts = paper.page_texts(tmp_path / "paper.pdf")
    noted = [
        n for n, text in enumerate(texts, 1) if _NOTE in text or "原件照录" in text
    ]
    assert noted == said


def test_a_blank_page_says_so_in_its_middle(tmp_path: Path) -> None:
    document = Document("en", "foot")
    document.blank()
    document.save(tmp_path / "paper.pdf", "Paper")
    with pdfium.PdfDocument(tmp_path / "paper.pdf") as pdf:
        text = pdf[0].get_textpage()
        found = text.search("This page is intentionally left blank.").get_next()
        assert found is not None
        left, low, _, _ = text.get_charbox(found[0])
        assert 200 < left < 250
        assert low == pytest.approx(421, abs=3)


def test_seals_are_never_on_a_page_without_what_they_seal(
    paper: Paper, tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    pages = set()
    for lines in range(20, 50):
        document = Document("en", "foot")
        document.section("Letter")
        for number in range(lines):
            document.text(f"Line {number}")
        document.seals(("Seal here",), "Date", below="Please answer.")
        document.save(path, "Letter")
        *before, last = paper.page_texts(path)
        assert "Please answer." in last
        assert "Seal here" in last
        assert "Please answer." not in "".join(before)
        pages.add(len(before))
    assert pages == {0, 1}
