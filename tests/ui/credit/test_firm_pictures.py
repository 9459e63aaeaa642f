"""The firm's clients in pictures: bars are reached by keys, and open their rows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from creditdesk.domain.review.firm import Picture
from creditdesk.i18n import Language
from creditdesk.ui.ledger.pages.receivables import ReceivablesPage
from creditdesk.ui.watch.pages.firm_overview import FirmOverviewPage
from creditdesk.ui.window.main_window import DeskWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_enter_on_a_bar_opens_the_clients_receivables(
    window: Open, language: Language
) -> None:
    opened = window(language)
    opened.go("firm_overview")
    page = opened.page
    assert isinstance(page, FirmOverviewPage)
    bars = page.grid.pictures[Picture.OVERDUE, "CNY"]
    assert bars.focusPolicy() is Qt.FocusPolicy.StrongFocus
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert isinstance(opened.page, ReceivablesPage)


def test_the_list_takes_the_place_of_the_pictures(window: Open) -> None:
    opened = window("en")
    opened.go("firm_overview")
    page = opened.page
    assert isinstance(page, FirmOverviewPage)
    page.listed.click()
    assert (page.panel.isHidden(), page._pictures.isHidden()) == (False, True)
    page.listed.click()
    assert (page.panel.isHidden(), page._pictures.isHidden()) == (True, False)
