"""The renewal questionnaire on paper and as a workbook, both from the same answers."""

import contextlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.review.book import ReviewBook
from creditdesk.domain.review.questionnaire import Questionnaire, questionnaire
from creditdesk.domain.review.rows import AgeingRow, PortfolioRow
from creditdesk.i18n import Language
from creditdesk.reports import renewal_questionnaire

END = date(2025, 12, 31)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


@pytest.fixture
def filled() -> Questionnaire:
    """A client with one buyer, who bought less the year before."""
    nobody, zero = Party(name=""), cny("0")
    row = PortfolioRow(
        buyer="=B <b>", country="DE", turnover=cny("123456.78"), balance=cny("60000"), peak=zero, average=zero,
        limit=zero, insured=zero, own_share=Decimal(10), terms=75, dbt=Decimal("4.5"),
    )  # fmt: skip
    ages = AgeingRow(buyer="=B <b>", amounts=(zero, zero, zero, cny("11"), zero, zero))
    book = ReviewBook(
        firm=nobody, client=Party(name="明达"), start=date(2025, 1, 1), end=END, data_date=END, prepared_on=END,
        currency="CNY", policy=None, portfolio=(row,), ageing=(ages,),
    )  # fmt: skip
    before = replace(book, portfolio=(replace(row, turnover=cny("100000")),))
    return questionnaire(book, before)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("续保问卷", "前十大买方", "75 天")),
        ("en", ("Renewal questionnaire", "The ten largest buyers", "75 days")),
    ],
)  # fmt: skip
def test_the_paper_has_both_years_the_buyers_and_room_to_sign(
    filled: Questionnaire, tmp_path: Path, language: Language, words: tuple[str, ...]
) -> None:
    path = tmp_path / "q.pdf"
    pages = renewal_questionnaire.write(filled, path, language)
    with contextlib.closing(pdfium.PdfDocument(path)) as pdf:
        assert len(pdf) == pages
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    for each in (*words, "123,456.78", "100,000.00", "11.00", "=B <b>"):
        assert each in text


def test_the_workbook_has_the_same_answers_as_numbers(
    filled: Questionnaire, tmp_path: Path
) -> None:
    path = tmp_path / "q.xlsx"
    renewal_questionnaire.write(filled, path, "zh")
    with contextlib.closing(openpyxl.load_workbook(path)) as book:
        first, buyers = book.worksheets
        rows = {row[0].value: (row[1].value, row[2].value) for row in first.iter_rows()}
        names = [cell.value for cell in buyers["A"]]
    assert rows["近十二个月赊销额"] == (123456.78, 100000)
    assert rows["DE"] == (123456.78, 100000)
    assert rows["下一年度预计销售额"] == (None, None)
    assert names.count("=B <b>") == 2
