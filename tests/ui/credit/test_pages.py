"""Credit files and policies in the window, in both languages."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from creditdesk.i18n import Language
from creditdesk.presenters.parts.typed import YES
from creditdesk.services.buyers import BuyerCard, BuyerId
from creditdesk.services.policies import PolicyId
from creditdesk.ui.credit.pages.buyer_file import BuyerFilePage, Part
from creditdesk.ui.credit.pages.buyers import BuyersPage
from creditdesk.ui.credit.pages.limit_entry import LimitEntryPage
from creditdesk.ui.credit.pages.new_buyer import NewBuyerPage
from creditdesk.ui.parts.table_input import TableInput
from creditdesk.ui.policies.pages.new_policy import NewPolicyPage
from creditdesk.ui.policies.pages.policies import PoliciesPage
from creditdesk.ui.policies.pages.policy_file import PolicyFilePage
from creditdesk.ui.watch.done_dialog import DoneDialog
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

# What the offscreen display says of itself: it has no window manager and trips over a system font now and then.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]
TODAY = date(2026, 11, 23)
NAME = "海澜 <b>贸易</b>有限公司"
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
PLACES: list[tuple[str, dict[str, object]]] = [
    ("buyers", {}),
    ("new_buyer", {}),
    ("buyer_file", {"buyer": 1}),
    ("policies", {}),
    ("new_policy", {}),
    ("policy_file", {"policy": 1}),
    ("contract_review", {"policy": 1}),
    ("letter", {"letter": "insurer_questions", "policy": 1}),
    ("limit_entry", {"policy": 1, "buyer": 1}),
    ("buyer_events", {"buyer": 1}),
    ("limits", {}),
    ("limit_list", {}),
    ("answer_list", {}),
    ("beside_paper", {"policy": 1}),
    ("portfolio", {"client": 1}),
    ("credit_rules", {"client": 1}),
    ("firm_overview", {}),
    ("help", {}),
    ("outlooks", {}),
    ("insurers", {}),
    ("relations", {}),
    ("lessons", {}),
    ("work_list", {}),
    ("insurer_record", {"insurer": "中国信保"}),
    ("quotes", {}),
    ("letter", {"letter": "limit_increase", "policy": 1, "buyer": 1}),
    ("discretionary", {"policy": 1, "buyer": 1}),
]


def said(page: QWidget | None) -> str:
    """Every word a person sees on a page."""
    assert page is not None
    return "\n".join(
        label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)
    )


@BOTH
@pytest.mark.parametrize(("place", "where"), PLACES, ids=[name for name, _ in PLACES])
def test_every_control_of_a_page_has_a_name_and_words_are_translated(
    window: Open, language: Language, place: str, where: dict[str, object]
) -> None:
    shell = window(language)
    shell.go(place, **where)
    page = shell.page
    assert page is not None
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    for kind in kinds:
        for control in page.findChildren(kind):
            if control.isVisibleTo(page):
                assert control.accessibleName() or control.text(), control  # type: ignore[attr-defined]  # buttons have words
    for label in page.findChildren(QLabel):
        assert label.textFormat() is not Qt.TextFormat.RichText
        if language == "zh" and label.isVisibleTo(page):
            plain = label.text().replace("CNY", "").replace("INV-1", "")
            letters = [each for each in plain.split() if each.isalpha() and each.isascii()]  # fmt: skip
            assert len(letters) < 3, label.text()


@BOTH
def test_a_buyer_is_opened_from_the_list_by_enter(
    window: Open, language: Language
) -> None:
    shell = window(language)
    shell.go("buyers")
    page = shell.page
    assert isinstance(page, BuyersPage)
    page.panel.view.selectRow(0)
    QTest.keyClick(page.panel.view, Qt.Key.Key_Return)
    assert isinstance(shell.page, BuyerFilePage)
    assert NAME in said(shell.page)


@BOTH
def test_a_change_of_a_file_is_saved_from_the_bar_that_appears(
    window: Open, language: Language
) -> None:
    shell = window(language)
    shell.go("buyer_file", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerFilePage)
    page.tabs.show_part(Part.CARD)
    contact = page.card.form.inputs["contact"].inner
    assert not page.card.form.bar.isVisible()
    QTest.keyClicks(contact, "Wang")
    assert page.card.form.bar.isVisible()
    page.card.form.save()
    assert not page.card.form.bar.isVisible()
    assert page.card.form.inputs["contact"].text() == "Wang"


@BOTH
def test_what_is_wrong_with_a_code_is_said_above_the_form(
    window: Open, language: Language
) -> None:
    shell = window(language)
    shell.go("buyer_file", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerFilePage)
    page.tabs.show_part(Part.CARD)
    page.card.form.inputs["uscc"].typed.emit("9144O30071526726XG")
    offer = [
        button
        for button in page.findChildren(QPushButton)
        if button.text() in {"Take it over", "采用"}
    ]
    offer[0].click()
    assert page.card.form.inputs["uscc"].text() == "9144030071526726XG"


def test_a_duty_is_marked_as_done_where_it_is_listed(window: Open) -> None:
    shell = window("en")
    shell.go("buyer_file", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerFilePage)
    page.tabs.show_part(3)
    assert not page.duties.done.isEnabled()
    page.duties.panel.view.selectRow(0)
    assert page.duties.done.isEnabled()
    page.duties.done.click()
    (dialog,) = page.duties.findChildren(DoneDialog)
    dialog.agree()
    states = [line.state for line in page.duties.lines]
    assert "done" in states


def test_a_waiver_without_a_letter_is_refused_beside_the_field(window: Open) -> None:
    shell = window("en")
    shell.go("buyer_file", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerFilePage)
    page.tabs.show_part(3)
    page.duties.panel.view.selectRow(0)
    page.duties.waive.click()
    page.duties.letter.returnPressed.emit()
    assert "letter" in said(page.duties)
    page.duties.letter.setText("letter of 20 November")
    page.duties.letter.returnPressed.emit()
    assert "waived" in [line.state for line in page.duties.lines]


@BOTH
def test_a_new_buyer_without_a_name_leads_back_to_its_field(
    window: Open, language: Language
) -> None:
    shell = window(language)
    shell.go("new_buyer")
    page = shell.page
    assert isinstance(page, NewBuyerPage)
    page.form.save()
    assert page.form.inputs["name"].inner.property("faulty") == "true"
    QTest.keyClicks(page.form.inputs["name"].inner, "Nova")
    page.form.save()
    assert isinstance(shell.page, BuyerFilePage)
    assert "Nova" in said(shell.page)


@BOTH
def test_a_new_policy_shows_what_its_template_says_and_opens_its_file(
    window: Open, qtbot: QtBot, language: Language
) -> None:
    shell = window(language)
    shell.go("new_policy")
    page = shell.page
    assert isinstance(page, NewPolicyPage)
    page.form.inputs["template"].typed.emit("coface-tradeliner")
    qtbot.wait(1)
    assert "90\u00a0%" in said(page)
    QTest.keyClicks(page.form.inputs["number"].inner, "C-7")
    QTest.keyClicks(page.form.inputs["start"].inner, "2026/3/1")
    page.form.inputs["start"].left.emit()
    assert page.form.inputs["end"].text() == "2027-02-28"
    page.form.save()
    assert isinstance(shell.page, PolicyFilePage)


@BOTH
def test_a_policy_is_opened_from_the_list(window: Open, language: Language) -> None:
    shell = window(language)
    shell.go("policies")
    page = shell.page
    assert isinstance(page, PoliciesPage)
    page.panel.view.doubleClicked.emit(page.panel.view.model().index(0, 0))
    assert isinstance(shell.page, PolicyFilePage)


def test_values_are_checked_one_after_the_other_with_the_space_bar(
    window: Open,
) -> None:
    shell = window("en")
    shell.go("policy_file", policy=1)
    page = shell.page
    assert isinstance(page, PolicyFilePage)
    before = page.schedule.waiting
    page.start_new()
    for _ in range(3):
        focused = shell.window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Space)
    # The third that waits is required and missing: it is entered, not checked.
    assert page.schedule.waiting == before - 2
    assert page.schedule.editor is not None


def test_a_value_is_entered_below_its_line_and_escape_leaves_it(window: Open) -> None:
    shell = window("en")
    shell.go("policy_file", policy=1)
    page = shell.page
    assert isinstance(page, PolicyFilePage)
    page.schedule.edit("insured_pct")
    editor = page.schedule.editor
    assert editor is not None
    line = editor.inputs["value"].inner
    assert isinstance(line, QLineEdit)
    line.clear()
    QTest.keyClicks(line, "0.9")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "fraction" in said(editor)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert page.schedule.editor is None
    assert shell.page is page


def test_a_fault_is_mended_and_kept(window: Open) -> None:
    shell = window("zh")
    shell.go("policy_file", policy=1)
    page = shell.page
    assert isinstance(page, PolicyFilePage)
    page.schedule.edit("insured_pct")
    editor = page.schedule.editor
    assert editor is not None
    line = editor.inputs["value"].inner
    assert isinstance(line, QLineEdit)
    line.clear()
    QTest.keyClicks(line, "85")
    QTest.keyClicks(editor.inputs["page"].inner, "4")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "85\u00a0%" in said(page)
    assert "已核对 第 4 页" in said(page)


def test_a_yes_or_no_is_entered_as_a_choice(window: Open) -> None:
    shell = window("zh")
    shell.go("policy_file", policy=1)
    page = shell.page
    assert isinstance(page, PolicyFilePage)
    page.schedule.edit("vat_insured")
    editor = page.schedule.editor
    assert editor is not None
    editor.inputs["value"].typed.emit(YES)
    editor.keep()
    assert page.schedule.editor is None
    assert page.schedule.row("vat_insured").line.words == "是"


def test_an_endorsement_is_added_on_the_page(window: Open) -> None:
    shell = window("en")
    shell.go("policy_file", policy=1)
    page = shell.page
    assert isinstance(page, PolicyFilePage)
    page.start_endorsement()
    page.endorsement.inputs["from"].typed.emit("2026-07-01")
    page.endorsement.inputs["reason"].typed.emit("no. 3")
    page.endorsement.save()
    assert not page.endorsement.isVisible()
    words = [each.text() for each in page.findChildren(QPushButton)]
    assert "1 Jul 2026  no. 3" in words


@BOTH
def test_a_limit_is_entered_and_seen_in_the_file(
    window: Open, language: Language
) -> None:
    shell = window(language)
    shell.go("limit_entry", policy=1, buyer=1)
    page = shell.page
    assert isinstance(page, LimitEntryPage)
    page.form.inputs["state"].typed.emit("REDUCED")
    QTest.keyClicks(page.form.inputs["amount"].inner, "100000")
    QTest.keyClicks(page.form.inputs["start"].inner, "2026-11-01")
    page.form.save()
    assert isinstance(shell.page, BuyerFilePage)
    assert "¥\u00a0100,000.00" in said(shell.page)


def test_leaving_with_unsaved_changes_asks(window: Open) -> None:
    shell = window("en")
    shell.go("buyer_file", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerFilePage)
    page.tabs.show_part(Part.CARD)
    QTest.keyClicks(page.card.form.inputs["contact"].inner, "Wang")
    shell.go("buyers")
    assert shell.page is page


@pytest.mark.parametrize(("place", "where"), PLACES, ids=[name for name, _ in PLACES])
def test_a_page_that_was_left_hears_nothing_more(
    window: Open, filled: Desk, place: str, where: dict[str, object]
) -> None:
    shell = window("en")
    shell.go(place, **where)
    left = shell.page
    shell.go("settings")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert left is not None
    assert not isValid(left)
    filled.buyers.change(BuyerId(1), BuyerCard(name="Nova"))


def put(table: TableInput, line: int, place: int, text: str) -> None:
    cell = table.grid.item(line, place)
    assert cell is not None
    cell.setText(text)


@BOTH
def test_a_table_of_the_schedule_is_filled_in_row_by_row(
    window: Open, filled: Desk, language: Language
) -> None:
    shell = window(language)
    shell.go("policy_file", policy=1)
    page = shell.page
    assert isinstance(page, PolicyFilePage)
    page.schedule.edit("country_table")
    editor = page.schedule.editor
    assert editor is not None
    table = editor.inputs["value"]
    assert isinstance(table, TableInput)
    put(table, 0, 0, "br")
    flag = table.grid.cellWidget(0, 1)
    assert isinstance(flag, QComboBox)
    flag.setCurrentIndex(flag.findData("false"))
    table.add_row()
    put(table, 1, 0, "DE")
    put(table, 1, 3, "0.9")
    editor.keep()
    assert page.schedule.editor is editor
    table.remove_row()
    editor.keep()
    assert page.schedule.editor is not editor
    kept = {each.field.key: each.text for each in filled.policies.file(PolicyId(1), TODAY).schedule}  # fmt: skip
    assert kept["country_table"] == '[{"country": "br", "covered": "false"}]'


def test_a_duty_of_the_policy_itself_is_waived_on_its_page(
    window: Open, filled: Desk
) -> None:
    filled.recount(TODAY)
    shell = window("en")
    shell.go("policy_file", policy=1)
    page = shell.page
    assert isinstance(page, PolicyFilePage)
    assert all(line.buyer_id is None for line in page.duties.lines)
    declaring = next(line for line in page.duties.lines if line.code == "D07" and line.state == "open")  # fmt: skip
    page.duties.panel.view.select(declaring.ids)
    page.duties.waive.click()
    page.duties.letter.setText("letter of 20 November")
    page.duties.letter.returnPressed.emit()
    states = {line.ids: line.state for line in page.duties.lines}
    assert states[declaring.ids] == "waived"
