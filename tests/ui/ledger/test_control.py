"""The control account in the window, in both languages."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.i18n import Language
from creditdesk.ui.credit.pages.buyer_file import BuyerFilePage
from creditdesk.ui.ledger.pages.control import ControlPage
from creditdesk.ui.ledger.pages.imports import ImportsPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

# What the offscreen display says of itself: it has no window manager and trips over a system font now and then.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
Open = Callable[[Language], DeskWindow]


@pytest.fixture
def ledger(window: Open, desk: Desk) -> Open:
    buyer = BuyerRef(name="海澜 <b>贸易</b>")
    document = DraftDocument(
        row=2, buyer=buyer, number="INV1", kind=DocumentKind.INVOICE, issued=date(2026, 6, 1),
        due=date(2026, 8, 1), amount=Money(Decimal(1000), "CNY"),
    )  # fmt: skip
    payment = DraftPayment(
        row=3, buyer=buyer, key="P", paid_on=date(2026, 7, 1), amount=Money(Decimal(1200), "CNY"), to="INV1",
    )  # fmt: skip
    source = LedgerSource(file_name="应收.xlsx", digest="d")
    desk.ledger.take_in(
        desk.clients.all()[0].id,
        LedgerDraft(source=source, documents=(document,), payments=(payment,)),
    )
    return window


@BOTH
def test_a_figure_is_typed_kept_and_explained(
    ledger: Open, desk: Desk, language: Language
) -> None:
    window = ledger(language)
    window.go("imports")
    assert isinstance(window.page, ImportsPage)
    window.page._go_control()
    page = window.page
    assert isinstance(page, ControlPage)
    page.figures["CNY"].edit.setText("x")
    page.figures["CNY"].typed.emit("x")
    assert not page.keep()
    page.figures["CNY"].edit.setText("0")
    page.figures["CNY"].typed.emit("0")
    page.figures["CNY"].edit.returnPressed.emit()
    told = [each.text() for each in page.findChildren(QLabel)]
    assert "200.00" in told
    (account,) = desk.imports.control(desk.clients.all()[0].id, date(2026, 11, 23)).balances  # fmt: skip
    assert account.unexplained == Money.zero("CNY")
    page.rows.view.doubleClicked.emit(page.rows.view.model().index(0, 0))
    assert isinstance(window.page, BuyerFilePage)


@BOTH
def test_another_day_and_currency_are_counted_anew(
    ledger: Open, language: Language
) -> None:
    window = ledger(language)
    window.go("control", day="2026-06-30")
    page = window.page
    assert isinstance(page, ControlPage)
    page.other.typed.emit("USD")
    assert set(page.figures) == {"CNY", "USD"}
    page.day.show_text("2026-07-31")
    page.day.left.emit()
    assert set(page.figures) == {"CNY"}
    page.focus_filter()
