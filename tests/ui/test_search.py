"""The search field: what matches while one types, as wide as it is, opened by Enter."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from creditdesk.presenters.desk.search import SearchPresenter, Suggestion
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.window.top_bar import SearchField
from creditdesk.workspace import Desk

# A list shown above everything is a window, and no display is there to size it.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")


@pytest.fixture
def chosen() -> list[Suggestion]:
    """What was opened."""
    return []


@pytest.fixture
def field(
    filled: Desk, qtbot: QtBot, chosen: list[Suggestion]
) -> Iterator[SearchField]:
    """In a window of its own, with the keyboard's attention."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1300, 80)
    made = SearchField(Wording("en"), chosen.append)
    made.serve(SearchPresenter(filled.buyers, Wording("en"), ()))
    # The field asks itself whether it has the keyboard; without a screen no window is ever active.
    made.hasFocus = lambda: True  # type: ignore[method-assign]
    QHBoxLayout(window).addWidget(made, alignment=Qt.AlignmentFlag.AlignLeft)
    window.show()
    yield made
    window.close()


def test_enter_opens_the_document_of_the_typed_amount(
    field: SearchField, qtbot: QtBot, chosen: list[Suggestion]
) -> None:
    QTest.keyClicks(field, "26,000.00")
    qtbot.waitUntil(field._list.isVisible)
    text = field._list.item(0).text()
    assert text.startswith("Invoice  INV2  ·  ")
    assert text.endswith("¥\u00a0226,000.00, ¥\u00a026,000.00 of it open")
    assert field._list.sizeHintForColumn(0) <= field._list.viewport().width()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [(each.place, each.kind) for each in chosen] == [("receivables", "invoice")]
    assert (field.text(), field._list.isVisible()) == ("", False)


def test_the_list_stays_within_its_window(field: SearchField, qtbot: QtBot) -> None:
    field.window().resize(520, 80)
    QTest.keyClicks(field, "226000")
    qtbot.waitUntil(field._list.isVisible)
    assert field._list.width() <= 520


def test_what_matches_nothing_offers_nothing_to_open(
    field: SearchField, qtbot: QtBot, chosen: list[Suggestion]
) -> None:
    QTest.keyClicks(field, "77,777.00")
    qtbot.wait(field._timer.interval() + 50)
    assert (field._list.count(), field._list.isVisible()) == (0, False)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen == []
