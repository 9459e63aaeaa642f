"""The declaration on paper: read back for its words, its sums, and names that are only text."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook

from creditdesk.domain.base.money import Money
from creditdesk.domain.base.parties import Party
from creditdesk.domain.declare.declarations import DeclarationKind, Period
from creditdesk.domain.ledger.documents import DocumentKind
from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.reports import declaration
from creditdesk.reports.declaration import (
    DeclarationKindUnknown,
    DeclarationLine,
    DeclarationPaper,
)

LINE = DeclarationLine(
    buyer="<b>A & B</b> =cmd()",
    code="91330200XXXXXXXXXX",
    country="CN",
    number="INV-1",
    kind=DocumentKind.INVOICE,
    shipped=date(2017, 10, 27),
    due=date(2017, 12, 26),
    term="60",
    amount=Money(Decimal(182600), "USD"),
)
PAPER = DeclarationPaper(
    policyholder=Party(name="明达电子"),
    insurer=Party(name="某某保险"),
    policy_no="SCH-1",
    kind=DeclarationKind.TURNOVER,
    period=Period(date(2017, 10, 1), date(2017, 10, 31)),
    on=date(2017, 11, 24),
    lines=(
        LINE,
        replace(LINE, number="CN-1", kind=DocumentKind.CREDIT_NOTE, amount=Money(Decimal(-600), "USD")),
        replace(LINE, number="INV-2", amount=Money(Decimal("99.5"), "EUR")),
    ),
    currency="USD",
    vat_insured=False,
)  # fmt: skip


def text_of(path: Path) -> str:
    pdf = pdfium.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("出运申报单", "保单号", "被保险人（盖章）", "60 天", "红字")),
        ("en", ("Declaration of shipments", "without VAT", "60 days", "Credit note")),
    ],
)
def test_the_paper_says_who_what_and_how_much(
    tmp_path: Path, language: Language, words: tuple[str, ...]
) -> None:
    path = tmp_path / "a.pdf"
    declaration.write(PAPER, path, language, Progress())
    found = text_of(path)
    for word in (*words, "SCH-1", "182,000.00", "99.50", "<b>A & B</b> =cmd()"):
        assert word in found
    assert "182,099" not in found


def test_a_supplement_and_a_correction_say_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    declaration.write(replace(PAPER, supplement=True), path, "en", Progress())
    assert "Supplement" in text_of(path)
    declaration.write(replace(PAPER, corrects="SB-1"), path, "en", Progress())
    assert "Corrects" in text_of(path)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_to_declare_is_said(tmp_path: Path, language: Language) -> None:
    pdf, book = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    nothing = replace(PAPER, lines=())
    declaration.write(nothing, pdf, language, Progress())
    declaration.write(nothing, book, language, Progress())
    said = "本期没有可保出运" if language == "zh" else "Nothing insurable was shipped"
    assert said in text_of(pdf)
    assert "USD 0.00" in text_of(pdf)


def test_balances_name_their_day(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    unassigned = replace(LINE, number="", kind=DocumentKind.CREDIT_NOTE)
    balance = replace(PAPER, kind=DeclarationKind.BALANCE, lines=(unassigned,))
    declaration.write(balance, path, "en", Progress())
    found = text_of(path)
    assert "Balances on" in found
    assert "Money not yet assigned" in found


def test_the_workbook_has_a_sheet_a_currency_with_a_live_sum(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    declaration.write(PAPER, path, "en", Progress())
    book = load_workbook(path)
    assert len(book.worksheets) == 2
    dollars = book.worksheets[1]
    values = [cell.value for row in dollars.iter_rows() for cell in row]
    assert "<b>A & B</b> =cmd()" in values
    assert any(str(value).startswith("=SUM(") for value in values)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeclarationKindUnknown):
        declaration.write(PAPER, tmp_path / "a.doc", "en", Progress())
