"""The inputs of forms as a person uses them: typed short, left, picked from the calendar."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from creditdesk.i18n import Language
from creditdesk.presenters.parts.form import FormField
from creditdesk.presenters.parts.typed import FieldKind
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.parts.fields import DayInput, Input, input_for

TODAY = date(2026, 3, 1)

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", r"raise\(\)", "grabbing the keyboard"
)


Place = Callable[..., Input]


@pytest.fixture
def placed(qtbot: QtBot) -> Place:
    """An input with another field below it."""
    place = QWidget()
    layout = QVBoxLayout(place)

    def put(kind: FieldKind, language: Language = "zh") -> Input:
        field = FormField(key="on", label="On", kind=kind)
        made = input_for(field, Wording(language, lambda: TODAY))
        layout.addWidget(made)
        layout.addWidget(QLineEdit())
        with qtbot.waitActive(place):
            place.show()
            place.activateWindow()
        made.setFocus()
        return made

    qtbot.addWidget(place)
    return put


def typed(made: Input, text: str) -> None:
    QTest.keyClicks(made.inner, text)


def test_a_day_is_told_at_once_and_shown_when_the_field_is_left(placed: Place) -> None:
    made = placed(FieldKind.DATE)
    told: list[str] = []
    made.typed.connect(told.append)
    typed(made, "0315")
    assert isinstance(made.inner, QLineEdit)
    assert (made.inner.text(), told[-1]) == ("0315", "2026-03-15")
    QTest.keyClick(made.inner, Qt.Key.Key_Tab)
    assert made.inner.text() == "2026-03-15"


def test_the_weekday_stands_beside_a_day(placed: Place) -> None:
    made = placed(FieldKind.DATE)
    typed(made, "0315")
    assert isinstance(made, DayInput)
    assert made._weekday.text() == "周日"
    made.show_text("")
    assert not made._weekday.isVisible()


def test_an_amount_is_written_out_when_the_field_is_left(placed: Place) -> None:
    made = placed(FieldKind.AMOUNT)
    typed(made, "50w")
    QTest.keyClick(made.inner, Qt.Key.Key_Tab)
    assert made.text() == "500,000.00"


def test_a_field_nobody_typed_in_keeps_what_it_shows(placed: Place) -> None:
    made = placed(FieldKind.AMOUNT)
    made.show_text("500,000")
    QTest.keyClick(made.inner, Qt.Key.Key_Tab)
    assert made.text() == "500,000"


@pytest.mark.parametrize(("language", "monday"), [("zh", "周一"), ("en", "Mon")])
def test_the_calendar_speaks_the_language(
    placed: Place, language: Language, monday: str
) -> None:
    made = placed(FieldKind.DATE, language)
    assert isinstance(made, DayInput)
    made.open_calendar()
    month = made.findChild(QCalendarWidget)
    assert month is not None
    view = month.findChild(QTableView)
    assert view is not None
    assert view.model().index(0, 0).data() == monday


def test_the_calendar_stays_on_the_screen(placed: Place) -> None:
    made = placed(FieldKind.DATE)
    room = made.screen().availableGeometry()
    made.window().move(room.bottomRight() - QPoint(60, 60))
    assert isinstance(made, DayInput)
    made.open_calendar()
    popup = made.findChild(QCalendarWidget).window()  # type: ignore[union-attr]
    assert room.contains(popup.geometry())
