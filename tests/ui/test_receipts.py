"""The receipts in the window, in both languages."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.bank import BankLine, BankStatement
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.i18n import Language
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.services.clients import ClientCard
from creditdesk.ui.ledger.pages.receipts import ReceiptsPage
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace

# What the offscreen display says of itself: it has no window manager and trips over a system font now and then.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
TODAY = date(2026, 11, 23)
NAME = "海澜 <b>贸易</b> & Co. 有限公司"
Open = Callable[[Language], DeskWindow]


def line(row: int, amount: str, payer: str, text: str = "") -> BankLine:
    return BankLine(
        row=row,
        booked_on=date(2026, 11, row),
        amount=Money(Decimal(amount), "CNY"),
        payer=payer,
        text=text,
    )


@pytest.fixture
def client(desk: Desk) -> int:
    number = desk.clients.add(ClientCard(name="明达电子"))
    documents = tuple(
        DraftDocument(
            row=place,
            buyer=BuyerRef(name=NAME),
            number=f"INV-000{place}",
            kind=DocumentKind.INVOICE,
            issued=date(2026, 6, 1),
            due=date(2026, 8, 19),
            amount=Money(Decimal(1000 * place), "CNY"),
        )
        for place in (1, 2)
    )
    source = LedgerSource(file_name="应收.xlsx", digest="d")
    desk.ledger.take_in(number, LedgerDraft(source=source, documents=documents))
    return number


@pytest.fixture
def taken(desk: Desk, client: int) -> int:
    statement = BankStatement(
        source=LedgerSource(file_name="对账单.csv", digest="e", format="bank"),
        lines=(
            line(2, "1000", NAME, "INV-0001"),
            line(3, "2000", "张三", "INV-0002"),
            line(4, "9", ""),
        ),
    )
    desk.ledger.take_in_statement(client, statement)
    return client


@pytest.fixture
def window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    frames: list[Frame] = []

    def opened(language: Language) -> DeskWindow:
        preferences = PreferenceFile(tmp_path / "preferences.json")
        preferences.change(language=language)
        workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
        frame = Frame()
        frames.append(frame)
        qtbot.addWidget(frame)
        made = DeskWindow(frame, workspace, screens(), lambda _look: None)
        frame.show()
        return made

    yield opened
    for frame in frames:
        frame.close()


def page_of(window: DeskWindow, **where: object) -> ReceiptsPage:
    window.go("receipts", **where)
    assert isinstance(window.page, ReceiptsPage)
    return window.page


def said(page: QWidget) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel))


@BOTH
@pytest.mark.usefixtures("taken")
def test_the_lines_wait_with_the_suggestion_of_the_first(
    window: Open, language: Language
) -> None:
    page = page_of(window(language))
    assert page.waiting.view.model().rowCount() == 3
    assert NAME in said(page)
    assert "INV-0001" in said(page)
    assert page.side.confirm.isEnabled()


@BOTH
def test_enter_confirms_what_is_certain_and_asks_about_a_third_party(
    taken: int, desk: Desk, window: Open, language: Language
) -> None:
    page = page_of(window(language))
    QTest.keyClick(page.waiting.view, Qt.Key.Key_Return)
    assert desk.ledger.open_lines(taken) == 2
    assert not page.side.confirm.isEnabled()
    assert page.side.word.isVisible()
    QTest.keyClick(page.waiting.view, Qt.Key.Key_Return)
    assert desk.ledger.open_lines(taken) == 2
    page.side.word.setText("股东代付")
    assert page.side.confirm.isEnabled()
    page.side.confirm.click()
    assert desk.ledger.open_lines(taken) == 1
    page.side.why.setText("利息")
    page.side.aside.click()
    assert desk.ledger.open_lines(taken) == 0
    assert page.decided.view.model().rowCount() == 3


def test_all_certain_ones_are_listed_in_a_question_first(
    taken: int, desk: Desk, window: Open
) -> None:
    page = page_of(window("en"))
    page._ask_all()
    (box,) = page.findChildren(QMessageBox)
    assert "INV-0001" in box.text()
    box.buttons()[0].click()
    assert desk.ledger.open_lines(taken) == 2


def test_a_decided_line_is_taken_back_after_a_question(
    taken: int, desk: Desk, window: Open
) -> None:
    page = page_of(window("zh"))
    page._confirm_all()
    page.tabs.show_part(1)
    page.decided.view.selectRow(0)
    page._ask_back()
    (dialog,) = (each for each in page.findChildren(QDialog) if each.isVisible())
    (reason,) = dialog.findChildren(QLineEdit)
    reason.setText("another invoice")
    dialog.accept()
    assert desk.ledger.open_lines(taken) == 3
    assert page._presenter.voided.count == 1
    assert page._presenter.voided.cell(0, 0).struck


@BOTH
def test_a_statement_is_looked_at_and_taken_in(
    client: int, desk: Desk, window: Open, tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "对账单.csv"
    path.write_text(
        "交易日期,收入金额,支出金额,账户余额,对方户名,摘要\n2026-11-01,5.00,,1,甲,货款\n2026-11-02,,5.00,1,乙,房租\n",
        encoding="gb18030",
    )
    page = page_of(window(language), path=str(path))
    assert page.band.isVisible()
    assert desk.ledger.open_lines(client) == 0
    page.band.act.click()
    assert desk.ledger.open_lines(client) == 1
    assert not page.band.isVisible()


@BOTH
@pytest.mark.usefixtures("client")
def test_an_empty_place_says_what_belongs_there(
    window: Open, language: Language
) -> None:
    page = page_of(window(language))
    assert page.drop.isVisible()
    assert not page.tabs.isVisible()


@pytest.mark.usefixtures("taken")
def test_receivables_lead_to_the_receipts(window: Open) -> None:
    made = window("en")
    made.go("receivables")
    assert made.page is not None
    (found,) = (
        each
        for each in made.page.findChildren(QPushButton)
        if each.text() == "Money received (3)"
    )
    found.click()
    assert isinstance(made.page, ReceiptsPage)
