"""A choice among many, as a person types in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts.find_box import FindBox, forget_lately

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", r"raise\(\)", "grabbing the keyboard"
)


@pytest.fixture
def box(qtbot: QtBot) -> FindBox:
    forget_lately()
    place = QWidget()
    made = FindBox("buyer", Wording("zh"))
    QVBoxLayout(place).addWidget(made)
    made.addItem("请选择", None)
    for number in range(10_000):
        made.addItem(f"买方{number}", number)
    made.addItem("杭州明达电子有限公司", 10_000)
    place.show()
    qtbot.addWidget(place)
    made.place = place  # type: ignore[attr-defined] # keeps the window for the test
    return made


def test_typing_finds_and_enter_chooses(box: FindBox) -> None:
    chosen: list[int] = []
    box.activated.connect(chosen.append)
    QTest.keyClicks(box, "h")
    assert box._finder is not None
    QTest.keyClicks(box._finder.typed, "zmd")
    assert box._finder.rows.count() == 1
    QTest.keyClick(box._finder.typed, Qt.Key.Key_Return)
    assert (box.currentData(), chosen) == (10_000, [10_001])


def test_what_was_chosen_stands_first_the_next_time(box: FindBox) -> None:
    box.take(5_001)
    box.showPopup()
    assert box._finder is not None
    assert box._finder.rows.item(0).text() == "买方5000"
    QTest.keyClick(box._finder.typed, Qt.Key.Key_Down)
    assert box._finder.rows.currentItem().text() == "请选择"


def test_escape_leaves_the_choice_as_it_was(box: FindBox) -> None:
    box.setCurrentIndex(7)
    QTest.keyClicks(box, "9999")
    assert box._finder is not None
    QTest.keyClick(box._finder.typed, Qt.Key.Key_Escape)
    assert box.currentIndex() == 7


def test_a_short_list_opens_as_lists_do(box: FindBox) -> None:
    box.clear()
    box.addItems(["一", "二"])
    box.showPopup()
    assert box._finder is None
    box.hidePopup()
