"""Imports and traces in the window, in both languages."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.ledger_import import LedgerImportPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.ui.credit.pages.buyer_file import BuyerFilePage
from creditdesk.ui.ledger.pages.import_file import ImportFilePage
from creditdesk.ui.ledger.pages.imports import ImportsPage
from creditdesk.ui.ledger.pages.trace import TracePage
from creditdesk.ui.parts import messages
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

# What the offscreen display says of itself: it has no window manager and trips over a system font now and then.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
Open = Callable[[Language], DeskWindow]
ROWS = (
    ("客户名称", "发票号", "开票日期", "到期日", "金额", "已收金额"),
    ("海澜 <b>贸易</b>", "INV1", "2026-01-10", "2026-03-11", "1000.00", "300"),
    ("合计", "", "", "", "1000.00", ""),
)


@pytest.fixture
def imported(window: Open, desk: Desk, tmp_path: Path) -> Open:
    path = tmp_path / "一月.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)

    def opened(language: Language) -> DeskWindow:
        made = window(language)
        workspace = made._workspace
        presenter = LedgerImportPresenter(workspace, Wording("en"))
        presenter.client = desk.clients.all()[0].id
        presenter.show_files(presenter.opening([path])(Progress()))
        presenter.show_files(presenter.checking()(Progress()))
        presenter.taking_in()(Progress())
        return made

    return opened


def press(page: QWidget, word: str) -> None:
    next(each for each in page.findChildren(QPushButton) if each.text() == word).click()


@BOTH
def test_an_import_opens_from_the_list_and_leads_to_its_documents(
    imported: Open, language: Language
) -> None:
    window = imported(language)
    window.go("imports")
    assert isinstance(window.page, ImportsPage)
    window.page.panel.view.doubleClicked.emit(window.page.panel.view.model().index(0, 0))  # fmt: skip
    assert isinstance(window.page, ImportFilePage)
    page = window.page
    for part in range(6):
        page.tabs.show_part(part)
    page.recount()
    page.compare()
    assert page.differences.isVisible()
    assert page._presenter.compared is not None
    page._go_document(1)
    assert isinstance(window.page, TracePage)
    window.back()
    assert isinstance(window.page, ImportFilePage)
    window.page._go_payment(1)
    assert isinstance(window.page, TracePage)
    window.page._go_buyer()
    assert isinstance(window.page, BuyerFilePage)
    assert window.page.payments.view.model().rowCount() == 1
    window.page.documents._go_document(1)
    assert isinstance(window.page, TracePage)
    window.page._go_import()
    assert isinstance(window.page, ImportFilePage)


@BOTH
def test_the_source_file_is_opened_and_saved_from_the_trace(
    imported: Open,
    language: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = imported(language)
    shown: list[Path] = []
    monkeypatch.setattr(messages, "show_file", shown.append)
    target = tmp_path / "out.csv"
    monkeypatch.setattr(messages, "choose_target", lambda *told: told[-1](target))
    window.go("trace", invoice=1)
    page = window.page
    assert isinstance(page, TracePage)
    page.open.click()
    page.save.click()
    assert shown[0].read_bytes() == target.read_bytes()
    assert shown[0].read_bytes() == (tmp_path / "一月.csv").read_bytes()


@BOTH
def test_taking_back_asks_once_and_what_is_gone_is_gone(
    imported: Open, desk: Desk, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = imported(language)
    asked: list[str] = []

    def agree(*told: object) -> None:
        asked.append(str(told[2]))
        then = told[-1]
        assert callable(then)
        then()

    monkeypatch.setattr(messages, "ask", agree)
    window.go("imports")
    page = window.page
    assert isinstance(page, ImportsPage)
    page._take_back()
    assert asked == []
    page.panel.view.selectRow(0)
    page._take_back()
    assert "一月.csv" in asked[0]
    assert desk.ledger.batches()[0].undone_at is not None
    page._take_back()
    assert len(asked) == 1
