"""A list of decisions in the window: pasted, the buyer chosen, recorded."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from creditdesk.i18n import Language
from creditdesk.ui.credit.pages.limit_list import LimitListPage
from creditdesk.ui.window.main_window import DeskWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "load glyph failed")  # fmt: skip
Open = Callable[[Language], DeskWindow]


def opened(shell: DeskWindow) -> LimitListPage:
    shell.go("limit_list")
    page = shell.page
    assert isinstance(page, LimitListPage)
    page.policy.take(page.policy.findData(1))
    return page


def test_pasted_rows_are_judged_and_recorded(window: Open) -> None:
    page = opened(window("en"))
    name = page._presenter.buyers[0][1]
    QGuiApplication.clipboard().setText(
        "Buyer\tLimit\tValid from\tDecision\n"
        f"{name}\t64,000\t2026-08-01\tApproved\n"
        "Nobody Ltd\t5,000\t2026-08-01\tApproved\n"
    )
    page._paste()
    assert page.record.text() == "Record 1 decision"
    page.panel.view.selectRow(1)
    page.buyer.take(1)
    assert page.record.text() == "Record 2 decisions"
    page.start_record()
    assert not page.record.isEnabled()
    assert {row.state.value for row in page._presenter.table.rows} == {"done"}


def test_nothing_to_paste_is_said(window: Open) -> None:
    shell = window("zh")
    page = opened(shell)
    QGuiApplication.clipboard().setText("x")
    page._paste()
    assert page._presenter.list is None


def test_the_limits_lead_to_it(window: Open) -> None:
    shell = window("zh")
    shell.go("limits")
    assert shell.page is not None
    found = [each for each in shell.page.findChildren(QPushButton) if each.text() == "批复清单…"]  # fmt: skip
    found[0].click()
    assert isinstance(shell.page, LimitListPage)
