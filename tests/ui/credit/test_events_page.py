"""What happened to a buyer, in the window, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton

from creditdesk.i18n import Language
from creditdesk.ui.credit.pages.buyer_events import BuyerEventsPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]


def report(shell: DeskWindow, kind: str, known: str) -> BuyerEventsPage:
    shell.go("buyer_file", buyer=1)
    shell.go("buyer_events", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerEventsPage)
    page.form.inputs["kind"].typed.emit(kind)
    for key in ("happened_on", "known_on"):
        page._presenter.form.set(key, known)
    QTest.keyClicks(page.form.inputs["note"].inner, "court notice")
    page.form.save()
    return page


@pytest.mark.parametrize(
    ("language", "effect"),
    [("en", "Stops deliveries at once"), ("zh", "立即停止发货")],
)
def test_an_insolvency_is_kept_with_its_paper_and_starts_its_clocks(
    window: Open, filled: Desk, tmp_path: Path, language: Language, effect: str
) -> None:
    shell = window(language)
    notice = tmp_path / "裁定.txt"
    notice.write_text("bankrupt", encoding="utf-8")
    shell.go("buyer_events", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerEventsPage)
    page.form.inputs["kind"].typed.emit("INSOLVENCY")
    assert effect in "".join(each.text() for each in page.findChildren(QLabel))
    page.paper.take([notice])
    page.form.save()
    (line,) = filled.watch.events(1)
    assert line.kind == "INSOLVENCY"
    assert line.document_id is not None
    assert "D19" in {duty.code for duty in filled.watch.open_duties()}


def test_a_day_that_has_not_come_is_refused_at_its_field(
    window: Open, filled: Desk
) -> None:
    page = report(window("en"), "ADVERSE_INFO", "2030-01-01")
    fault = page._presenter.form.fault_of("known_on")
    assert fault is not None
    assert filled.watch.events(1) == ()


def test_an_entry_that_was_a_mistake_is_voided_with_its_reason(
    window: Open, filled: Desk
) -> None:
    shell = window("en")
    report(shell, "ADVERSE_INFO", "2026-11-20")
    shell.go("buyer_events", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerEventsPage)
    page.entries.view.selectRow(0)
    page._ask_void()
    (dialog,) = page.findChildren(QDialog)
    (line,) = dialog.findChildren(QLineEdit)
    (yes,) = (
        each for each in dialog.findChildren(QPushButton) if each.text() == "Void it"
    )
    assert not yes.isEnabled()
    line.setText("another company")
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    (voided,) = (each.voided for each in filled.watch.events(1))
    assert voided is not None
    assert voided.why == "another company"
    assert page._presenter.lines.cell(0, 2).struck
