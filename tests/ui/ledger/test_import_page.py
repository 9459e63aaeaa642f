"""The import page: files dropped, columns chosen over the columns, one button."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from creditdesk.i18n import Language
from creditdesk.ui.ledger.pages.ledger_import import LedgerImportPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

# What the offscreen display says of itself: it has no window manager and trips over a system font now and then.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
LEDGER = "客户名称,单据编号,单据日期,到期日,应收金额\n<b>甲</b>,XS1,2026-05-01,2026-06-30,1000.5\n合计,,,,1000.5\n"
UNKNOWN = "Kd,Obj,Wann,Wieviel\n" + "".join(
    f"{'AB'[n % 2]} GmbH,A-{n},2026-05-0{n},{n}.5\n" for n in range(1, 5)
)


def page_of(window: DeskWindow) -> LedgerImportPage:
    window.go("ledger_import")
    page = window.page
    assert isinstance(page, LedgerImportPage)
    return page


def press(qtbot: QtBot, page: QWidget, word: str) -> None:
    qtbot.wait(1)
    (found,) = (
        each
        for each in page.findChildren(QPushButton)
        if each.text() == word and each.isVisibleTo(page)
    )
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def said(page: QWidget) -> str:
    # What was added to a page that is shown appears when the event loop comes round.
    QTest.qWait(1)
    return "\n".join(
        label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)
    )


@BOTH
def test_a_dropped_file_is_looked_at_and_taken_in_by_one_press(
    window: Open, language: Language, tmp_path: Path, desk: Desk, qtbot: QtBot
) -> None:
    path = tmp_path / "应收.csv"
    path.write_text(LEDGER, encoding="utf-8")
    opened = window(language)
    page = page_of(opened)
    page._start([path])
    grid = page._grid
    first, buyer = grid.item(2, 0), grid.item(3, 0)
    assert first is not None
    assert buyer is not None
    assert (first.text(), buyer.text()) == ("客户名称", "<b>甲</b>")
    shown = page._items.view.model()
    assert shown.index(0, 1).data() == "<b>甲</b>"
    assert "1,000.5" in said(page)
    press(qtbot, page, {"zh": "导入 1 张单据", "en": "Import 1 document"}[language])
    assert len(desk.ledger.batches()) == 1
    assert not isinstance(opened.page, LedgerImportPage)


@BOTH
def test_the_question_is_answered_on_the_page(
    window: Open, language: Language, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(UNKNOWN, encoding="utf-8")
    page = page_of(window(language))
    page._start([path])
    assert "Wieviel" in said(page)
    press(qtbot, page, {"zh": "对，就这样读取", "en": "Yes, take them so"}[language])
    press(qtbot, page, {"zh": "导入 4 张单据", "en": "Import 4 documents"}[language])


def test_a_column_is_chosen_over_it(window: Open, tmp_path: Path) -> None:
    path = tmp_path / "应收.csv"
    path.write_text(LEDGER, encoding="utf-8")
    page = page_of(window("en"))
    page._start([path])
    box = page._grid.cellWidget(0, 3)
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Due date"
    place = box.findText("not read")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    (item,) = page._presenter.items.rows
    assert item.due is None


def test_a_refused_file_says_why_and_several_can_be_looked_at(
    window: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_bytes(b"")
    good.write_text(LEDGER, encoding="utf-8")
    page = page_of(window("en"))
    page._start([bad, good])
    assert "bad.csv is empty." in said(page)
    press(qtbot, page, "good.csv")
    assert "is empty" not in said(page)
    assert page._act.text() == "Import 1 document"


def test_codes_that_differ_by_zeros_lead_to_the_question(
    window: Open, tmp_path: Path, desk: Desk, qtbot: QtBot
) -> None:
    head = "客户编码,客户名称,单据编号,单据日期,应收金额\n"
    path = tmp_path / "应收.csv"
    rows = "00123,甲公司,XS1,2026-05-01,10\n123,甲公司,XS2,2026-05-02,20\n"
    path.write_text(head + rows, encoding="utf-8")
    opened = window("en")
    page = page_of(opened)
    page._start([path])
    press(qtbot, page, "Import 2 documents")
    assert len(desk.buyers.all()) == 2
    assert opened.page is not None
    assert "00123" in said(opened.page)


TERMS = (
    "客户名称,单据编号,单据日期,付款条件,应收金额,包装\n"
    "甲,XS1,2026-05-10,月结60天,1000,箱\n"
    "乙,XS2,2026-05-26,面议,20,箱\n"
)


@BOTH
def test_questions_of_a_file_are_answered_with_keys_and_taken_in(
    window: Open, language: Language, tmp_path: Path, desk: Desk, qtbot: QtBot
) -> None:
    path = tmp_path / "应收.csv"
    path.write_text(TERMS, encoding="utf-8")
    opened = window(language)
    page = page_of(opened)
    page._start([path])
    card = page._card
    assert {"zh": "2 个问题", "en": "2 questions"}[language] in said(page)
    assert not page._act.isEnabled()
    assert not card._take.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_2)
    assert card._take.isEnabled()
    QTest.keyClick(card._buttons[1], Qt.Key.Key_Return)
    assert {"zh": "1 个问题", "en": "1 question"}[language] in said(page)
    # The next answer takes a number: its key leads into the field, Enter says it.
    assert not card._take.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_1)
    field = card._buttons[0].typed
    assert field is not None
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "“x”" in said(page)
    field.clear()
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page._act.isEnabled()
    shown = page._items.view.model()
    due = {shown.index(row, 2).data(): shown.index(row, 5).data() for row in range(2)}
    assert due == {
        "XS1": {"zh": "2026-07-30", "en": "30 Jul 2026"}[language],
        "XS2": {"zh": "2026-06-07", "en": "7 Jun 2026"}[language],
    }
    press(qtbot, page, {"zh": "导入 2 张单据", "en": "Import 2 documents"}[language])
    assert len(desk.ledger.batches()) == 1


@BOTH
def test_an_unread_column_says_so_and_an_answer_can_be_changed(
    window: Open, language: Language, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "应收.csv"
    path.write_text(TERMS, encoding="utf-8")
    page = page_of(window(language))
    page._start([path])
    unread, asked = page._grid.item(1, 5), page._grid.item(3, 3)
    assert unread is not None
    assert asked is not None
    assert (
        unread.text() == {"zh": "有内容，未读", "en": "has content, unread"}[language]
    )
    assert asked.background().color() != unread.background().color()
    leave = {
        "zh": "先不定，1 行记“应付款日待定”",
        "en": "Leave it open: 1 row comes in with the due date open",
    }[language]
    press(qtbot, page, leave)
    press(qtbot, page, leave)
    assert page._act.isEnabled()
    press_first(page, {"zh": "修改", "en": "Change"}[language])
    assert "月结60天" in page._card._title.text()
    assert not page._act.isEnabled()


def press_first(page: QWidget, word: str) -> None:
    QTest.qWait(1)
    found = next(
        each
        for each in page.findChildren(QPushButton)
        if each.text() == word and each.isVisibleTo(page)
    )
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
