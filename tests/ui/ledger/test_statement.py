"""The statement in the window: any period, either language, also as a workbook."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QDate

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.i18n import Language
from creditdesk.ui.ledger.pages.statement import StatementPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

# What the offscreen display says of itself: it has no window manager and trips over a system font now and then.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]


def page_of(window: DeskWindow, desk: Desk) -> StatementPage:
    client = desk.clients.all()[0].id
    invoice = DraftDocument(
        row=2,
        buyer=BuyerRef(code="B1", name="海澜"),
        number="INV-1",
        kind=DocumentKind.INVOICE,
        issued=date(2026, 6, 1),
        due=date(2026, 8, 19),
        amount=Money(Decimal("200000.5"), "CNY"),
    )
    source = LedgerSource(file_name="应收.xlsx", digest="d")
    desk.ledger.take_in(client, LedgerDraft(source=source, documents=(invoice,)))
    window.go("statement", buyer=1)
    page = window.page
    assert isinstance(page, StatementPage)
    return page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_shown_and_written(
    window: Open, language: Language, desk: Desk, tmp_path: Path
) -> None:
    page = page_of(window(language), desk)
    assert page.preview.presenter.count > 0
    path = tmp_path / "statement.xlsx"
    page.save_to(path)
    (sheet,) = load_workbook(path).worksheets
    shown = [cell.value for row in sheet.iter_rows() for cell in row]
    assert 200000.5 in shown
    words = {"zh": "对账单：海澜", "en": "Statement of account: 海澜"}
    assert page._presenter.title == words[language]


def test_a_period_that_ends_before_it_begins_is_told(window: Open, desk: Desk) -> None:
    page = page_of(window("en"), desk)
    page.first.setDate(QDate(2027, 1, 1))
    assert not page.fault.isHidden()
    page.first.setDate(QDate(2026, 1, 1))
    assert page.fault.isHidden()
