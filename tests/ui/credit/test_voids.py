"""Wrong entries voided in the window: asked for the reason, struck out where the history is, gone from the lists."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from creditdesk.i18n import Language
from creditdesk.services.clients import ClientCard
from creditdesk.services.watch import SentNotice
from creditdesk.ui.credit.pages.buyer_file import BuyerFilePage
from creditdesk.ui.credit.pages.buyers import BuyersPage
from creditdesk.ui.desk.pages.clients import ClientsPage
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.policies.pages.policies import PoliciesPage
from creditdesk.ui.watch.done_dialog import DoneDialog
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]
TODAY = date(2026, 11, 23)


def answer(page: QWidget | None, reason: str) -> str:
    """Give the reason in the question that is open; the answer is what was asked."""
    assert page is not None
    (dialog,) = (each for each in page.findChildren(QDialog) if each.isVisible())
    (line,) = dialog.findChildren(QLineEdit)
    (yes,) = (each for each in dialog.findChildren(QPushButton) if each.text() in {"Void it", "作废"})  # fmt: skip
    line.setText("  ")
    assert not yes.isEnabled()
    line.setText(reason)
    asked: str = dialog.findChildren(QLabel)[0].text()
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    return asked


def struck(panel: TablePanel, row: int, column: int) -> bool:
    """Whether the cell is drawn struck out."""
    model = panel.view.model()
    font: Any = model.data(model.index(row, column), Qt.ItemDataRole.FontRole)
    return font is not None and bool(font.strikeOut())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_limit_is_voided_from_the_credit_file_and_stays_struck_out(
    window: Open, filled: Desk, language: Language
) -> None:
    shell = window(language)
    shell.go("buyer_file", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerFilePage)
    page.tabs.show_part(2)
    assert not page.limits.voiding.isEnabled()
    assert not struck(page.limits.decided, 0, 1)
    page.limits.decided.view.selectRow(0)
    page.limits.voiding.click()
    asked = answer(page, "零多打了")
    assert "{" not in asked
    assert filled.policies.limits(buyer_id=1) == ()
    assert struck(page.limits.decided, 0, 1)
    told = next(
        page._presenter.limits.cell(0, place).text
        for place, each in enumerate(page._presenter.limits.columns)
        if each.key == "condition"
    )
    assert told.endswith("零多打了")
    page.limits.decided.view.selectRow(0)
    assert not page.limits.voiding.isEnabled()


def test_a_notice_is_voided_from_the_credit_file(window: Open, filled: Desk) -> None:
    draft = filled.watch.notice_draft(1, 1, TODAY)
    filled.watch.record_notice(1, draft, 1, SentNotice(sent_on=TODAY, way="x"), TODAY)
    shell = window("en")
    shell.go("buyer_file", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerFilePage)
    page.tabs.show_part(4)
    page.notices.panel.view.selectRow(0)
    page.notices.void.click()
    assert "23 Nov 2026" in answer(page, "never sent")
    assert filled.watch.notices() == ()
    assert struck(page.notices.panel, 0, 0)


def test_a_policy_with_a_limit_stays_and_one_without_is_listed_as_void(
    window: Open, filled: Desk
) -> None:
    shell = window("en")
    shell.go("buyers")
    shell.go("policy_file", policy=1)
    shell.go("policies")
    # Pages that were left go at once, as they do while a person looks at the next one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    page = shell.page
    assert isinstance(page, PoliciesPage)
    page.panel.view.selectRow(0)
    page._ask_void()
    answer(page, "another client's")
    assert len(filled.policies.all(TODAY)) == 1
    (limit,) = filled.policies.limits()
    filled.policies.void_limit(limit.id, "wrong")
    page.panel.view.selectRow(0)
    page._ask_void()
    answer(page, "another client's")
    assert filled.policies.all(TODAY) == ()
    assert page._presenter.voided.cell(0, 1).struck
    assert page._presenter.voided.cell(0, 3).text.endswith(": another client's")
    shell.back()  # to the page of the policy, which is no more
    assert shell.page is page
    shell.back()
    assert isinstance(shell.page, BuyersPage)


def test_a_client_chosen_above_is_voided_and_no_longer_chosen(
    window: Open, filled: Desk
) -> None:
    nobody = filled.clients.add(ClientCard(name="无此公司"))
    shell = window("en")
    shell._workspace.choose(nobody)
    shell.go("clients")
    page = shell.page
    assert isinstance(page, ClientsPage)
    page._panel.view.select(nobody)
    page._ask_void()
    assert "无此公司" in answer(page, "typed twice")
    assert [each.name for each in filled.clients.all()] == ["明达电子"]
    assert shell._workspace.client is None
    assert page._presenter.voided.count == 1


def test_the_question_when_a_duty_was_done_is_asked_in_the_persons_language(
    window: Open,
) -> None:
    shell = window("zh")
    shell.go("buyer_file", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerFilePage)
    page.tabs.show_part(3)
    page.duties.panel.view.selectRow(0)
    page.duties.done.click()
    (dialog,) = page.duties.findChildren(DoneDialog)
    assert dialog.findChildren(QLabel)[0].text() == "这 1 项是哪一天办理的？"
    dialog.agree()
    page.duties.panel.view.selectRow(0)
    done = [line for line in page.duties.lines if line.state == "done"]
    place = page._presenter.duties.table.row_of(done[0].ids)
    assert place is not None
    page.duties.panel.view.selectRow(place)
    page.duties.again.click()
    assert "误标" in answer(page, "另一家")
    struck_out = [line for line in page.duties.lines if line.voided is not None]
    assert [line.ids for line in struck_out] == [done[0].ids]
