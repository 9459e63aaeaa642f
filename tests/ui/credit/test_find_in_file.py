"""One search for a buyer's whole file."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from creditdesk.i18n import Language
from creditdesk.ui.credit.pages.buyer_file import BuyerFilePage, Part
from creditdesk.ui.window.main_window import DeskWindow

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support", "load glyph failed"
)
Open = Callable[[Language], DeskWindow]


@pytest.fixture
def page(window: Open) -> BuyerFilePage:
    shell = window("en")
    shell.go("buyer_file", buyer=1)
    found = shell.page
    assert isinstance(found, BuyerFilePage)
    return found


def offered(page: BuyerFilePage, typed: str) -> list[str]:
    """What answers to what is typed."""
    page.focus_filter()
    finder = page.finder._finder
    assert finder is not None
    finder.typed.setText(typed)
    return [finder.rows.item(row).text() for row in range(finder.rows.count())]


def choose(page: BuyerFilePage, typed: str) -> None:
    assert offered(page, typed)
    finder = page.finder._finder
    assert finder is not None
    QTest.keyClick(finder, Qt.Key.Key_Return)


def shown(page: BuyerFilePage) -> int:
    return page.tabs._buttons.checkedId()


def test_an_invoice_leads_to_its_row(page: BuyerFilePage) -> None:
    number = offered(page, "invoice ")[0].split(" ")[1]
    choose(page, number)
    assert shown(page) == Part.DOCUMENTS
    assert page.documents.panel.filter.text() == number


def test_a_value_of_the_master_data_leads_to_them(page: BuyerFilePage) -> None:
    name = page._presenter.file.card.name
    choose(page, name)
    assert shown(page) == Part.CARD


def test_a_limit_leads_to_the_limits(page: BuyerFilePage) -> None:
    (first, *_) = offered(page, "insurer's limit")
    assert "approved" in first.lower()
    choose(page, "insurer's limit")
    assert shown(page) == Part.LIMITS


def test_it_is_empty_again_and_finds_nothing_for_nonsense(page: BuyerFilePage) -> None:
    choose(page, "insurer's limit")
    assert page.finder.currentIndex() == -1
    assert offered(page, "qqqqzzzz") == []
