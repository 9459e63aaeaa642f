"""Answers to balance confirmations in the window: pasted, the day of the balances said, recorded."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from creditdesk.i18n import Language
from creditdesk.ui.credit.pages.answer_list import AnswerListPage
from creditdesk.ui.window.main_window import DeskWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "load glyph failed")  # fmt: skip
Open = Callable[[Language], DeskWindow]


def test_pasted_answers_are_judged_and_recorded(window: Open) -> None:
    shell = window("en")
    shell.go("letter_round", letter="balance_confirmation")
    assert shell.page is not None
    (press,) = [each for each in shell.page.findChildren(QPushButton) if each.text() == "Paste answers…"]  # fmt: skip
    assert not press.isHidden()
    press.click()
    page = shell.page
    assert isinstance(page, AnswerListPage)
    page.client.take(1)
    name = page._presenter.buyers[0][1]
    QGuiApplication.clipboard().setText(
        f"Buyer\tBalance\tDate\n{name}\t12.50\t2026-08-01\nNobody Ltd\t5\t2026-08-01\n"
    )
    page._paste()
    assert not page.record.isEnabled()
    assert page.answered.isHidden()
    assert not page.balance_day.isHidden()
    page.balance_day.show_text("2026-07-31")
    page.balance_day.left.emit()
    assert page.record.text() == "Record 1 answer"
    page.start_record()
    assert [row.state.value for row in page._presenter.table.rows] == ["done", "buyer"]


def test_other_papers_have_no_answers_to_paste(window: Open) -> None:
    shell = window("zh")
    shell.go("letter_round", letter="statement")
    assert shell.page is not None
    found = [each for each in shell.page.findChildren(QPushButton) if each.text() == "粘贴回函结果…"]  # fmt: skip
    assert all(each.isHidden() for each in found)
