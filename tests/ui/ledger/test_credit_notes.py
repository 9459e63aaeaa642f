"""The page of credit notes without an invoice."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.i18n import Language
from creditdesk.ui.ledger.pages.credit_notes import CreditNotesPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

# What the offscreen display says of itself: it has no window manager and trips over a system font now and then.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]


def document(number: str, day: date, kind: DocumentKind) -> DraftDocument:
    return DraftDocument(
        row=2,
        buyer=BuyerRef(code="B1", name="海澜 <b>"),
        number=number,
        kind=kind,
        issued=day,
        amount=Money(Decimal(113), "CNY"),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_proposed_invoice_is_taken_by_one_press(
    window: Open, language: Language, desk: Desk
) -> None:
    opened = window(language)
    documents = (
        document("INV-1", date(2026, 1, 5), DocumentKind.INVOICE),
        document("RED-1", date(2026, 2, 5), DocumentKind.CREDIT_NOTE),
    )
    source = LedgerSource(file_name="x", digest="d")
    client = desk.clients.all()[0].id
    desk.ledger.take_in(client, LedgerDraft(source=source, documents=documents))
    opened.go("credit_notes")
    page = opened.page
    assert isinstance(page, CreditNotesPage)
    assert page.list.view.model().rowCount() == 1
    assert "海澜 <b>" in page.about.text()
    assert page.invoice.currentData() == "INV-1"
    assert not page._all.isHidden()
    QTest.mouseClick(page._set, Qt.MouseButton.LeftButton)
    assert desk.ledger.unassigned_credits(client) == ()
    assert page._frame.isHidden()
