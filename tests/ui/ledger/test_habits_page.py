"""The page of a client's ledger habits: reached from its form, said otherwise by a key."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from creditdesk.i18n import Language
from creditdesk.ui.desk.pages.client_form import ClientFormPage
from creditdesk.ui.ledger.pages.habits import HabitsPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_answer_is_said_otherwise_and_taken_back(
    window: Open, language: Language, desk: Desk
) -> None:
    opened = window(language)
    client = desk.clients.all()[0].id
    desk.ledger.keep_answers(client, {"terms:月结60天": "EOM_PLUS_N_DAYS"})
    opened.go("client_form", client=client)
    form = opened.page
    assert isinstance(form, ClientFormPage)
    QTest.mouseClick(form._habits, Qt.MouseButton.LeftButton)
    page = opened.page
    assert isinstance(page, HabitsPage)
    assert not page._remove.isEnabled()
    page.list.view.select("terms:月结60天")
    QTest.keyClick(page, Qt.Key.Key_1)
    QTest.keyClick(page.card._buttons[0], Qt.Key.Key_Return)
    assert desk.ledger.answers(client) == {"terms:月结60天": "END_OF_NEXT_MONTH"}
    page._take_back()
    assert desk.ledger.answers(client) == {}
    assert page._presenter.table.rows == []
