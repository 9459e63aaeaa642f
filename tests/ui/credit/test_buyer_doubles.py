"""Possible doubles in the window, in both languages."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.i18n import Language
from creditdesk.ui.credit.pages.buyer_doubles import DoublesPage
from creditdesk.ui.credit.pages.buyer_file import Part
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

# What the offscreen display says of itself: it has no window manager and trips over a system font now and then.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
NAME = "海澜 <b>贸易</b>有限公司"
Open = Callable[[Language], DeskWindow]


@pytest.fixture
def doubled(filled: Desk) -> Desk:
    """The buyer of the desk stands there twice: B1 and 0B1."""
    client = filled.clients.named("明达电子")
    invoice = DraftDocument(
        row=2,
        buyer=BuyerRef(code="0B1", name=NAME),
        number="INV-9",
        kind=DocumentKind.INVOICE,
        issued=date(2026, 6, 1),
        due=date(2026, 8, 19),
        amount=Money(Decimal(9), "CNY"),
    )
    source = LedgerSource(file_name="七月.xlsx", digest="e")
    filled.ledger.take_in(client, LedgerDraft(source=source, documents=(invoice,)))
    return filled


def page_of(window: DeskWindow, **where: object) -> DoublesPage:
    window.go("buyer_doubles", **where)
    assert isinstance(window.page, DoublesPage)
    return window.page


def said(page: QWidget | None) -> str:
    assert page is not None
    return "\n".join(each.text() for each in page.findChildren(QLabel))


def pressed(*starts: str, on: QWidget | None) -> QPushButton:
    """The button whose words begin so, in either language."""
    assert on is not None
    buttons = on.findChildren(QPushButton)
    return next(each for each in buttons if each.text().startswith(starts))


def agree(page: QWidget) -> str:
    """Press the yes of the question that is open; the answer is what it asked."""
    box = page.findChildren(QMessageBox)[-1]
    text = box.text()
    box.buttons()[0].click()
    return text


@BOTH
def test_both_cards_stand_beside_each_other_and_one_press_makes_them_one(
    doubled: Desk, window: Open, language: Language
) -> None:
    page = page_of(window(language))
    shown = said(page)
    assert NAME in shown
    assert "0B1" in shown
    assert "{" not in shown
    page.side.first.click()
    assert NAME in agree(page)
    assert len(doubled.buyers.all()) == 1
    assert not page.side.isVisible()
    page.tabs.show_part(1)
    page.merges.view.selectAll()
    pressed("撤销", "Undo", on=page.merges).click()
    agree(page)
    assert len(doubled.buyers.all()) == 2


@BOTH
def test_two_that_are_two_are_answered_with_the_keyboard(
    doubled: Desk, window: Open, language: Language
) -> None:
    page = page_of(window(language))
    QTest.keyClick(page.pairs.view, Qt.Key.Key_Return)
    QTest.keyClick(page.side.apart, Qt.Key.Key_Space)
    assert doubled.buyers.doubles() == ()
    assert not page.side.isVisible()


@BOTH
@pytest.mark.usefixtures("doubled")
def test_credit_files_lead_to_the_pairs_only_when_there_are_any(
    window: Open, language: Language
) -> None:
    opened = window(language)
    opened.go("buyers")
    said_ = "疑似重复（1）…" if language == "zh" else "Possible doubles (1)…"
    button = pressed(said_, on=opened.page)
    button.click()
    page = opened.page
    assert isinstance(page, DoublesPage)
    page.side.apart.click()
    opened.go("buyers")
    assert not pressed("疑似", "Possible", on=opened.page).isVisible()


@BOTH
def test_the_credit_file_shows_who_was_merged_into_it(
    doubled: Desk, window: Open, language: Language
) -> None:
    client = doubled.clients.named("明达电子")
    keep, gone = doubled.buyers.named(client, "B1"), doubled.buyers.named(client, "0B1")
    doubled.buyers.merge(keep, gone)
    opened = window(language)
    opened.go("buyer_file", buyer=keep, part=Part.CARD)
    assert f"{NAME}  0B1" in said(opened.page)
