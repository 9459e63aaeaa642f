"""Limits in the window: the box before shipping, the list, the letter, the grounds."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from creditdesk.i18n import Language
from creditdesk.presenters.credit.limits import Keep
from creditdesk.ui.credit.pages.buyer_file import BuyerFilePage
from creditdesk.ui.credit.pages.discretionary import DiscretionaryPage
from creditdesk.ui.credit.pages.limit_entry import LimitEntryPage
from creditdesk.ui.credit.pages.limits import LimitsPage
from creditdesk.ui.letters.pages.letter import LetterPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

# What the offscreen display says of itself: it has no window manager and trips over a system font now and then.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]
TODAY = date(2026, 11, 23)
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def said(page: QWidget) -> str:
    return "\n".join(
        label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)
    )


@BOTH
def test_the_box_answers_another_day_when_one_is_typed(
    window: Open, language: Language
) -> None:
    opened = window(language)
    opened.go("buyer_file", buyer=1)
    page = opened.page
    assert isinstance(page, BuyerFilePage)
    assert page.ship.figure.text() == "¥\u00a00.00"
    assert "INV-1" in said(page.ship)
    day = page.ship.inputs["on"].inner
    QTest.keyClicks(day, "")
    page.ship.inputs["on"].show_text("2026-05-01")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert page.ship.figure.text() == "¥\u00a0300,000.00"
    page.ship.inputs["amount"].show_text("nonsense")
    QTest.keyClick(page.ship.inputs["amount"].inner, Qt.Key.Key_Return)
    assert "nonsense" in said(page.ship)


@BOTH
def test_a_request_goes_from_the_list_through_the_letter_to_its_answer(
    window: Open, language: Language, filled: Desk
) -> None:
    opened = window(language)
    opened.go("limits")
    listed = opened.page
    assert isinstance(listed, LimitsPage)
    listed.chips[Keep.WAITING].setChecked(True)
    assert listed.panel.view.model().rowCount() == 0
    listed.chips[Keep.NONE].setChecked(True)
    assert not listed.chips[Keep.WAITING].isChecked()
    listed.chips[Keep.NONE].setChecked(False)
    listed.panel.view.selectRow(0)
    QTest.mouseClick(listed._ask, Qt.MouseButton.LeftButton)
    letter = opened.page
    assert isinstance(letter, LetterPage)
    letter._presenter.form.set("amount", "450000")
    letter.asked.save()
    letter.sending.form.set("way", letter.sending.form.fields[1].options[0].value)
    letter.sending.view.save()
    (line,) = filled.policies.requests(buyer_id=1)
    assert str(line.amount) == "CNY 450,000.00"

    opened.go("buyer_file", buyer=1, part=2)
    file = opened.page
    assert isinstance(file, BuyerFilePage)
    assert not file.limits.answering.isEnabled()
    file.limits.panel.view.selectRow(0)
    assert file.limits.answering.isEnabled()
    QTest.mouseClick(file.limits.answering, Qt.MouseButton.LeftButton)
    entry = opened.page
    assert isinstance(entry, LimitEntryPage)
    entry.form.save()
    assert filled.policies.limits_now(TODAY)[1].asked_on is None
    assert str(filled.policies.limits_now(TODAY)[1].amount) == "CNY 450,000.00"


@BOTH
def test_further_fields_fold_out_and_in(window: Open, language: Language) -> None:
    opened = window(language)
    opened.go("limit_entry", policy=1, buyer=1)
    page = opened.page
    assert isinstance(page, LimitEntryPage)
    assert "temporary" not in page.form.inputs
    page._show_more(True)  # noqa: FBT003 - Qt's signal
    assert "temporary" in page.form.inputs
    page._show_more(False)  # noqa: FBT003 - Qt's signal
    assert "temporary" not in page.form.inputs


@BOTH
def test_grounds_are_refused_where_the_policy_gives_no_right(
    window: Open, language: Language, filled: Desk, qtbot: QtBot
) -> None:
    opened = window(language)
    opened.go("discretionary", policy=1, buyer=1)
    page = opened.page
    assert isinstance(page, DiscretionaryPage)
    assert "P-1" in said(page)
    policy = filled.policies.all(TODAY)[0].id
    filled.policies.set(policy, {"dcl_amount": "50000"}, TODAY, confirmed=True)
    page.recount()
    qtbot.waitUntil(lambda: "INV-1" in said(page), timeout=60_000)
    assert not page.form.isVisibleTo(page)
