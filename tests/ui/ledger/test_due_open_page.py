"""The page of due dates that nobody knows: keys choose a reading, a date is typed, and Today leads there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from creditdesk.i18n import Language
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.ui.ledger.pages.due_open import DueOpenPage
from creditdesk.ui.ledger.pages.ledger_import import LedgerImportPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
TERMS = (
    "客户名称,单据编号,单据日期,付款条件,应收金额\n"
    "甲,XS1,2026-05-10,月结60天,1000\n"
    "乙,XS2,2026-05-26,,20\n"
)


def dues(desk: Desk) -> dict[str, str]:
    found = desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    return {each.number: str(each.due or "") for each in found}


@BOTH
def test_today_leads_to_what_is_open_and_it_is_settled_there(
    window: Open, language: Language, tmp_path: Path, desk: Desk
) -> None:
    path = tmp_path / "应收.csv"
    path.write_text(TERMS, encoding="utf-8")
    opened = window(language)
    opened.go("ledger_import")
    taking = opened.page
    assert isinstance(taking, LedgerImportPage)
    taking._start([path])
    taking._card._press_leave()
    taking._press()
    opened.go("today")
    QTest.qWait(1)
    today = opened.page
    assert today is not None
    (settle,) = (
        each
        for each in today.findChildren(QPushButton)
        if each.text() == {"zh": "去确定", "en": "Settle"}[language]
        and each.isVisibleTo(today)
    )
    QTest.mouseClick(settle, Qt.MouseButton.LeftButton)
    page = opened.page
    assert isinstance(page, DueOpenPage)
    # Without a wording there is nothing to choose from: a date is typed.
    assert not page.card.isVisibleTo(page)
    page.documents.view.selectAll()
    page.day.setText("2026-05-01")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    assert page._fault.isVisibleTo(page)
    page.day.setText("2026-06-30")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    assert dues(desk) == {"XS1": "", "XS2": "2026-06-30"}
    assert page.card.isVisibleTo(page)
    QTest.keyClick(page, Qt.Key.Key_2)
    QTest.keyClick(page.card._buttons[1], Qt.Key.Key_Return)
    assert dues(desk)["XS1"] == "2026-07-30"
    assert page._presenter.lines.rows == []
