"""Claims, their package, notices and reviews in the window, in both languages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from creditdesk.catalog.letters import Source, Start, letters_from
from creditdesk.domain.claim.claims import ClaimState, ItemState, Supplier
from creditdesk.domain.claim.manner import Manner
from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.package_choices import DRAFT, Choices
from creditdesk.reports.pages import Pages
from creditdesk.services.buyers import BuyerCard
from creditdesk.services.claims import ClaimId, NewAddition, StepTaken
from creditdesk.ui.claims.item_dialog import ItemDialog
from creditdesk.ui.claims.package_dialog import PackageDialog
from creditdesk.ui.claims.pages.claim_file import ClaimFilePage
from creditdesk.ui.claims.pages.claims import ClaimsPage
from creditdesk.ui.claims.pages.new_claim import NewClaimPage
from creditdesk.ui.claims.pages.package import PackagePage
from creditdesk.ui.ledger.pages.trace import TracePage
from creditdesk.ui.letters.pages.letter import LetterPage
from creditdesk.ui.parts import messages
from creditdesk.ui.parts.printing import printing
from creditdesk.ui.reviews.pages.reviews import ReviewsPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
TODAY = date(2025, 9, 10)
NAME = "宁波 <b>海澜</b> 有限公司"


def said(page: QWidget | None) -> str:
    assert page is not None
    return "\n".join(each.text() for each in page.findChildren(QLabel))


def buttons(page: QWidget | None) -> dict[str, QAbstractButton]:
    assert page is not None
    return {each.text(): each for each in page.findChildren(QPushButton)}


def shown(window: DeskWindow, place: str, **where: object) -> QWidget:
    window.go(place, **where)
    assert window.page is not None
    return window.page


def unsaved(window: DeskWindow) -> bool:
    return window._unsaved is not None and window._unsaved()


@BOTH
def test_the_claims_are_listed_and_open_with_enter(
    window: Open, language: Language
) -> None:
    opened = window(language)
    page = shown(opened, "claims")
    assert isinstance(page, ClaimsPage)
    rows = page.panel.view.model()
    assert rows.data(rows.index(0, 2)) == NAME
    page.panel.view.selectRow(0)
    page.panel.view.setCurrentIndex(rows.index(0, 0))
    QTest.keyClick(page.panel.view, Qt.Key.Key_Return)
    assert isinstance(opened.page, ClaimFilePage)


@BOTH
def test_a_claim_shows_checklist_calculation_and_tests_side_by_side(
    window: Open, language: Language
) -> None:
    page = shown(window(language), "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    words = said(page)
    assert "¥\u00a0430,200.00" in words
    assert ("预计赔款" if language == "zh" else "Expected indemnity") in words
    assert ("拒赔风险自查" if language == "zh" else "Would it be refused?") in words
    assert words.count("未通过" if language == "zh" else "not met") >= 2
    assert page.checklist.items.count > 20
    roles = [
        each.property("role")
        for each in page.findChildren(QPushButton)
        if each.isVisible()
    ]
    assert roles.count("primary") == 1


def test_an_invoice_of_a_claim_leads_to_the_row_of_its_file(window: Open) -> None:
    opened = window("zh")
    page = shown(opened, "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    page.debt.invoices.view.doubleClicked.emit(
        page.debt.invoices.view.model().index(0, 0)
    )
    assert isinstance(opened.page, TracePage)


@BOTH
def test_every_control_of_a_claim_has_a_name(window: Open, language: Language) -> None:
    page = shown(window(language), "claim_file", claim=1)
    nameless = [
        each
        for each in (*page.findChildren(QAbstractButton), *page.findChildren(QComboBox))
        if each.isVisible()
        and not (
            each.accessibleName() or (isinstance(each, QAbstractButton) and each.text())
        )
    ]
    assert nameless == []


def test_a_file_dropped_on_an_item_is_attached(
    window: Open, desk: Desk, scan: Path
) -> None:
    page = shown(window("en"), "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    page.papers.list.view.select("C07")
    assert page.checklist.title.startswith("C07")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.papers.item.dropEvent(event)
    assert "1 file attached to C07." in said(page)
    kept = desk.claims.all()[0]
    assert kept.present == 1
    assert page.papers.list.view.selected() == ["C07"]


def test_the_state_of_an_item_is_said_with_its_remark(window: Open, desk: Desk) -> None:
    page = shown(window("en"), "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    page.papers.list.view.select("C12")
    item = page.papers.item
    waived = item.state.findData(ItemState.WAIVED)
    item.state.setCurrentIndex(waived)
    item.state.activated.emit(waived)
    assert "Write in the remark" in said(page)
    item.remark.setText("insurer's letter of 1 September")
    item.remark.editingFinished.emit()
    rows = {row.code: row for row in desk.claims.file(desk.claims.all()[0].id, page.today).checklist}  # fmt: skip
    assert rows["C12"].state is ItemState.WAIVED


def test_an_unsaved_story_holds_the_person_until_it_is_kept(
    window: Open, desk: Desk
) -> None:
    opened = window("en")
    page = shown(opened, "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    page.narrative.setPlainText("The buyer has no money.")
    assert unsaved(opened)
    page.keep_story.click()
    assert not unsaved(opened)
    file = desk.claims.file(desk.claims.all()[0].id, page.today)
    assert file.narrative == "The buyer has no money."


def test_a_next_step_is_recorded_and_the_form_offers_the_following_ones(
    window: Open, desk: Desk
) -> None:
    page = shown(window("en"), "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    assert page.course.form is not None
    page.course.form.set("state", "filed")
    page.course.view.save()
    assert desk.claims.all()[0].state is ClaimState.FILED
    offered = [option.value for option in page.course.form.fields[0].options]
    assert "accepted" in offered
    assert "Claim filed" in said(page)


def test_a_step_just_recorded_is_undone_and_the_claim_stands_where_it_stood(
    window: Open, desk: Desk
) -> None:
    opened = window("en")
    page = shown(opened, "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    before = desk.claims.all()[0].state
    assert not page.course.back.isVisibleTo(page.course)
    assert page.course.form is not None
    page.course.form.set("state", "filed")
    page.course.view.save()
    assert page.course.back.isVisibleTo(page.course)
    opened._foot._undo.click()
    assert desk.claims.all()[0].state is before
    assert not page.course.back.isVisibleTo(page.course)


@BOTH
def test_a_package_is_previewed_saved_and_recorded(
    window: Open, language: Language, desk: Desk, tmp_path: Path
) -> None:
    opened = window(language)
    page = shown(opened, "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    page.start_print()
    preview = opened.page
    assert isinstance(preview, PackagePage)
    assert preview.preview.presenter.count > 5
    assert ("不完整" if language == "zh" else "incomplete") in said(preview)
    # The contents are in the insurer's language, whatever the window's.
    buttons(preview)["C02 索赔申请书"].click()
    assert preview.preview.presenter.page == 3
    preview.save_to(tmp_path / "package.pdf")
    assert (tmp_path / "package.pdf").is_file()
    assert desk.claims.file(desk.claims.all()[0].id, page.today).packages
    opened.back()
    assert isinstance(opened.page, ClaimFilePage)


def _asked(window: QWidget) -> PackageDialog:
    """The dialog that is open."""
    (found,) = [each for each in window.findChildren(PackageDialog) if each.isVisible()]
    return found


@BOTH
def test_a_package_is_a_draft_unless_a_clear_question_is_agreed_to(
    window: Open, language: Language, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = window(language)
    page = shown(opened, "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    path, questions = tmp_path / "package.pdf", list[str]()
    monkeypatch.setattr(messages, "choose_target", lambda *given: given[-1](path))

    def agree(*given: object) -> None:
        questions.append(str(given[2]))
        decide = given[-1]
        assert callable(decide)
        decide()

    monkeypatch.setattr(messages, "ask", agree)
    page.write()
    dialog = _asked(page)
    assert dialog.draft.isChecked()
    assert dialog.choices == DRAFT
    dialog.final.setChecked(True)
    dialog.switches["duplex"].setChecked(True)
    dialog.switches["cross_seal"].setChecked(False)
    dialog.divided.setChecked(True)
    dialog.megabytes.setValue(7)
    dialog.yes.click()
    (question,) = questions
    assert "C12" in question
    written = opened.page
    assert isinstance(written, PackagePage)
    assert path.is_file()
    assert ("正式稿" if language == "zh" else "final") in said(written)
    # What was chosen is where the next question begins.
    written.choose()
    again = _asked(written)
    assert again.choices == Choices(
        final=True, manner=Manner(duplex=True, cross_seal=False, megabytes=7)
    )
    again.reject()


def test_refusing_the_question_makes_no_final_package(
    window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(window("en"), "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    monkeypatch.setattr(messages, "ask", lambda *_given: None)
    chosen = list[object]()
    monkeypatch.setattr(messages, "choose_target", lambda *given: chosen.append(given))
    page.write()
    dialog = _asked(page)
    dialog.final.setChecked(True)
    dialog.yes.click()
    assert chosen == []
    assert dialog.isVisible()
    dialog.draft.setChecked(True)
    dialog.yes.click()
    assert len(chosen) == 1


def test_a_preview_is_shown_in_another_manner_and_saved_so(
    window: Open, tmp_path: Path
) -> None:
    page = shown(window("en"), "package", claim=1, language="en")
    assert isinstance(page, PackagePage)
    before = page.preview.presenter.count
    page.preview_with(Choices(manner=Manner(duplex=True)))
    assert page.preview.presenter.count > before
    page.save_to(tmp_path / "package.pdf", Choices(final=True))
    assert "final" in said(page)
    # On one side again, and without the assumptions of a draft.
    assert page.preview.presenter.count == before - 1


def test_writing_leads_to_the_package_that_was_written(
    window: Open, tmp_path: Path
) -> None:
    opened = window("en")
    page = shown(opened, "claim_file", claim=1)
    assert isinstance(page, ClaimFilePage)
    page.write_to(tmp_path / "package.pdf")
    assert isinstance(opened.page, PackagePage)
    assert f"saved as {tmp_path / 'package.pdf'}" in said(opened.page)


def test_a_package_prints_page_by_page(
    window: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    page = shown(window("en"), "package", claim=1, language="en")
    assert isinstance(page, PackagePage)
    qtbot.waitUntil(lambda: page.preview.presenter.shown is not None, timeout=60_000)
    assert page.preview.presenter.path is not None
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    printer.setFromTo(1, 2)
    failed = printing(printer, Pages(page.preview.presenter.path))(Progress())
    assert failed == ()
    pdf = pdfium.PdfDocument((tmp_path / "printed.pdf").read_bytes())
    assert len(pdf) == 2
    pdf.close()


@BOTH
def test_a_claim_is_opened_on_the_ticked_invoices(
    window: Open, language: Language, desk: Desk
) -> None:
    opened = window(language)
    given_up = StepTaken(state=ClaimState.WITHDRAWN, on=date(2025, 9, 9))
    desk.claims.advance(desk.claims.all()[0].id, given_up)
    page = shown(opened, "new_claim", buyer=desk.buyers.all()[0].id)
    assert isinstance(page, NewClaimPage)
    page.open_claim()
    assert ("定损日" if language == "zh" else "date of loss") in said(page)
    assert isinstance(opened.page, NewClaimPage)
    page.day.show_text("2025-09-07")
    page.day.left.emit()
    assert page.list.rowCount() == 3
    page.list.setCurrentCell(2, 3)
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert "¥\u00a0365,000.00" in page.sums.text()
    page.open_claim()
    assert isinstance(opened.page, ClaimFilePage)
    assert len(desk.claims.all()) == 2


@BOTH
def test_what_is_claimed_already_is_not_ticked_and_says_so(
    window: Open, language: Language, desk: Desk
) -> None:
    opened = window(language)
    page = shown(opened, "new_claim", buyer=desk.buyers.all()[0].id)
    assert isinstance(page, NewClaimPage)
    page.day.show_text("2025-09-07")
    page.day.left.emit()
    told = {"zh": "已在 CL-2025-001 索赔", "en": "claimed in CL-2025-001"}[language]
    assert told in page._presenter.invoices[0].overdue
    assert not page._presenter.ticked


@BOTH
def test_a_notice_is_seen_saved_and_recorded(
    window: Open, language: Language, desk: Desk, tmp_path: Path, scan: Path
) -> None:
    opened = window(language)
    claim = desk.claims.all()[0]
    page = shown(
        opened,
        "letter",
        letter="overdue_notice",
        policy=claim.policy_id,
        buyer=claim.buyer_id,
    )
    assert isinstance(page, LetterPage)
    assert NAME in said(page)
    assert page.preview.presenter.count == 1
    page.save_to(tmp_path / "letter.pdf")
    assert (tmp_path / "letter.pdf").is_file()
    page.sending.receipt.take([scan])
    page.sending.view.save()
    assert desk.watch.notices() == ()
    page.sending.form.set("way", "Courier")
    page.sending.view.save()
    assert desk.watch.notices()[0].receipt_id is not None
    word = "已登记寄出" if language == "zh" else "Recorded as sent"
    assert word in said(page)


def test_nothing_to_notify_is_said_with_a_way_back(
    window: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = window("en")
    claim = desk.claims.all()[0]
    monkeypatch.setattr("creditdesk.services.watch.notices.age", _nothing)
    page = shown(
        opened,
        "letter",
        letter="overdue_notice",
        policy=claim.policy_id,
        buyer=claim.buyer_id,
    )
    assert "nothing to notify" in said(page)
    assert "Back" in buttons(page)


@BOTH
def test_a_review_shows_its_figures_and_writes_edited_sentences(
    window: Open, language: Language, tmp_path: Path
) -> None:
    opened = window(language)
    page = shown(opened, "reviews")
    assert isinstance(page, ReviewsPage)
    assert ("正常" if language == "zh" else "healthy") in said(page)
    assert NAME in page.finding_editors[1].toPlainText()
    page.finding_editors[0].setPlainText("我的话")
    assert unsaved(opened)
    page.write_to(tmp_path / "review.xlsx")
    assert (tmp_path / "review.xlsx").is_file()
    assert not unsaved(opened)


class _Nothing:
    rows: tuple[object, ...] = ()


def _nothing(*_given: object) -> _Nothing:
    return _Nothing()


@BOTH
def test_a_recovery_is_entered_explained_and_handed_over(
    window: Open, filled: Desk, claim: ClaimId, language: Language
) -> None:
    filled.claims.keep(claim, TODAY)
    opened = window(language)
    page = shown(opened, "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    part = page.recoveries
    part.start()
    part.form.inputs["source"].typed.emit("buyer")
    part._presenter.form.set("on", "2025-09-09")
    part._presenter.form.set("gross", "100000")
    assert unsaved(opened)
    part.form.save()
    assert not unsaved(opened)
    (line,) = filled.claims.file(claim, TODAY).recoveries
    assert line.insurer.plain == "90000.00"
    part.panel.view.selectRow(0)
    assert "90,000.00" in said(page)
    part.handed.click()
    (line,) = filled.claims.file(claim, TODAY).recoveries
    assert line.remitted_on == TODAY
    assert not part.handed.isEnabled()


def test_goods_before_the_loss_are_entered_and_voided_among_the_recoveries(
    window: Open, filled: Desk, claim: ClaimId
) -> None:
    filled.claims.keep(claim, TODAY)
    page = shown(window("zh"), "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    part = page.recoveries
    assert part.goods_part.isHidden()
    part.start()
    part.form.inputs["source"].typed.emit("resale")
    part._presenter.form.set("on", "2025-09-07")
    part._presenter.form.set("gross", "1000")
    part._presenter.form.set("against", "INV1")
    part.form.save()
    (line,) = filled.claims.file(claim, TODAY).goods
    assert (line.invoice, line.net.plain) == ("INV1", "1000.00")
    assert not part.goods_part.isHidden()
    assert not part.goods_mistake.isEnabled()
    part.goods.view.selectRow(0)
    part.goods_mistake.click()
    part._void_goods("记错发票")
    (line,) = filled.claims.file(claim, TODAY).goods
    assert line.voided is not None
    assert not part.goods_mistake.isEnabled()


def test_an_invoice_gets_a_cause_of_its_own(
    window: Open, claim: ClaimId, desk: Desk
) -> None:
    page = shown(window("zh"), "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    page.tabs.show_part(1)
    assert not page.debt.cause.isEnabled()
    page.debt.invoices.view.select("INV1")
    assert page.debt.cause.currentText() == "拖欠"
    place = page.debt.cause.findText("拒收")
    page.debt.cause.setCurrentIndex(place)
    page.debt.cause.activated.emit(place)
    told = {each.number: each.cause for each in desk.claims.file(claim, TODAY).invoices}
    assert told["INV1"] == "repudiation"
    assert told["INV2"] == "protracted_default"


def test_invoices_get_a_joint_insured_and_a_loss_payee_of_their_own(
    window: Open, claim: ClaimId, desk: Desk
) -> None:
    page = shown(window("zh"), "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    page.tabs.show_part(1)
    debt = page.debt
    assert not debt.set_parties.isEnabled()
    debt.invoices.view.select("INV1")
    debt.insured.setText("明达苏州")
    debt.payee.setText("示例银行")
    debt.set_parties.click()
    told = {each.number: each for each in desk.claims.file(claim, TODAY).invoices}
    assert (told["INV1"].joint_insured, told["INV1"].loss_payee) == (
        "明达苏州",
        "示例银行",
    )
    assert not told["INV2"].joint_insured
    hint = debt.invoices.view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert hint == "明达苏州 → 示例银行"
    debt.invoices.view.select("INV2")
    assert debt.insured.text() == debt.payee.text() == ""


@BOTH
def test_a_claim_offers_its_letters_and_one_that_lacks_a_fact_says_so(
    window: Open, claim: ClaimId, language: Language
) -> None:
    opened = window(language)
    for letter in letters_from(Start.CLAIM):
        page = shown(opened, "claim_file", claim=claim)
        word = {"zh": "函件", "en": "Letters"}[language]
        buttons = (
            each for each in page.findChildren(QPushButton) if each.text() == word
        )
        (menu,) = (each.menu() for each in buttons if each.menu())
        next(each for each in menu.actions() if each.data() == letter.id).trigger()
        paper = opened.page
        assert isinstance(paper, LetterPage)
        if letter.needs or letter.source is Source.EVENTS:
            assert not paper._presenter.there
            assert paper._presenter.refused
            assert "{" not in paper._presenter.refused
        else:
            assert paper.preview.presenter.count > 0
            assert "CL-" in paper._presenter.file_name


@BOTH
def test_tasks_are_taken_from_the_claim_done_with_a_word_and_printed(
    window: Open, claim: ClaimId, language: Language, tmp_path: Path
) -> None:
    opened = window(language)
    page = shown(opened, "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    tasks, presenter = page.tasks, page._tasks
    assert not tasks.slips.isEnabled()
    tasks._take()
    count = len(presenter.table.rows)
    assert count > 3
    assert str(count) in presenter.said
    tasks._take()
    assert len(presenter.table.rows) == count
    tasks.start()
    presenter.form.set("text", "催要签收单")
    presenter.form.set("department", "logistics")
    assert unsaved(opened)
    tasks.form.save()
    assert len(presenter.table.rows) == count + 1
    assert not unsaved(opened)
    mine = next(each for each in presenter.table.rows if each.text == "催要签收单")
    tasks.panel.view.select(mine.id)
    assert tasks.done.isEnabled()
    tasks._ask_done()
    tasks.done_form.save()
    assert presenter.done_form.fault_of("word")
    presenter.done_form.set("word", "已取回")
    tasks.done_form.save()
    done = next(each for each in presenter.table.rows if each.id == mine.id)
    assert (done.done_on, done.word) == (TODAY, "已取回")
    tasks._void("不对")
    slips = tmp_path / "slips.pdf"
    tasks.write(slips)
    with pdfium.PdfDocument(slips) as pdf:
        text = "".join(each.get_textpage().get_text_bounded() for each in pdf)
    assert "催要签收单" not in text
    assert presenter.file_name.endswith(".pdf")


@BOTH
def test_places_are_blackened_by_drawing_on_the_page(
    window: Open, scan: Path, desk: Desk, claim: ClaimId, language: Language
) -> None:
    opened = window(language)
    page = shown(opened, "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    panel = page.papers.item
    panel.attach([scan])
    panel.paper.black.click()
    dialog = panel.blacken
    assert dialog is not None
    sheet = dialog.sheet
    at = [QPoint(sheet.width() * x // 100, sheet.height() * y // 100) for x, y in ((10, 10), (60, 30))]  # fmt: skip
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=at[0])
    QTest.mouseMove(sheet, at[1])
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=at[1])
    assert dialog.typed.text().startswith("1:")
    assert not dialog.earlier.isEnabled()
    dialog.typed.setText("9:1,1,1,1")
    dialog.keep.click()
    words = {"en": "there is no page 9", "zh": "没有第 9 页"}
    assert words[language] in said(dialog)
    dialog.typed.setText("1:5,5,20,10")
    dialog.keep.click()
    (line,) = desk.claims.file(claim, TODAY).evidence
    assert line.excerpt.areas == "1:5,5,20,10"
    assert panel.paper.black.text() in ("Blacken… (1)", "遮盖…（1）")


@BOTH
def test_an_item_of_our_own_is_added_and_withdrawn_in_the_checklist(
    window: Open, desk: Desk, claim: ClaimId, language: Language
) -> None:
    opened = window(language)
    page = shown(opened, "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    assert page.papers.take.isHidden()
    page.papers.new_item.click()
    (dialog,) = page.findChildren(ItemDialog)
    dialog.yes.click()
    words = {"en": "Say what the item is called", "zh": "请写明材料名称"}
    assert words[language] in said(dialog)
    dialog.title.setText("担保函")
    dialog.why.setText("2024 年要过")
    dialog.reach.setCurrentIndex(dialog.reach.findData("insurer"))
    dialog.yes.click()
    (kept,) = desk.claims.additions()
    assert (kept.title.zh, kept.claim_id, kept.mandatory) == ("担保函", None, True)
    assert kept.insurer
    page.papers.list.view.select("A1")
    panel = page.papers.item
    assert "2024 年要过" in said(panel)
    assert not panel.withdraw.isHidden()
    panel.withdraw.click()
    asked = next(
        each for each in panel.findChildren(QDialog) if each.findChildren(QLineEdit)
    )
    asked.findChildren(QLineEdit)[0].setText("typed twice")
    asked.accept()
    assert desk.claims.additions()[0].voided is not None
    assert panel.withdraw.isHidden()
    desk.claims.add_item(NewAddition(title="x", suppliers=(Supplier.BANK,)))
    assert page.papers.take.text() in ("Take 1 own item", "加入 1 项自定材料")
    page.papers.take.click()
    assert page.papers.take.isHidden()
    assert desk.claims.file(claim, TODAY).checklist[-1].code == "A2"


@BOTH
def test_a_paper_of_another_buyer_is_asked_about(
    window: Open, desk: Desk, claim: ClaimId, tmp_path: Path, language: Language
) -> None:
    client = desk.claims.file(claim, TODAY).line.client_id
    desk.buyers.add(client, BuyerCard(name="上海浦江贸易有限公司"))
    path = tmp_path / "合同.xml"
    path.write_text("<a>上海浦江贸易有限公司</a>", encoding="utf-8")
    opened = window(language)
    page = shown(opened, "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    panel = page.papers.item
    panel.attach([path])
    assert desk.claims.file(claim, TODAY).evidence == ()
    (box,) = panel.findChildren(QMessageBox)
    assert "上海浦江贸易有限公司" in box.text()
    words = {"en": "Attach it anyway", "zh": "仍然附上"}
    next(each for each in box.buttons() if each.text() == words[language]).click()
    (line,) = desk.claims.file(claim, TODAY).evidence
    assert line.file_name == "合同.xml"


@BOTH
def test_the_bar_under_a_paper_binds_turns_and_marks_it(
    window: Open, scan: Path, desk: Desk, claim: ClaimId, language: Language
) -> None:
    page = shown(window(language), "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    panel = page.papers.item
    assert panel.paper.isHidden()
    other = scan.with_name("other.png")
    other.write_bytes(scan.read_bytes() + b"\0")
    panel.attach([scan, other])
    bar = panel.paper
    assert not bar.isHidden()
    assert (bar.up.isEnabled(), bar.down.isEnabled()) == (False, True)
    bar.turns.setText("90")
    bar.turns.editingFinished.emit()
    bar.checked.click()
    first, _ = desk.claims.file(claim, TODAY).evidence
    assert (first.file_name, first.excerpt.turns) == (scan.name, "90")
    assert first.checked_on == TODAY
    bar.pages.setText("7")
    bar.pages.editingFinished.emit()
    words = {"en": "there is no page 7", "zh": "没有第 7 页"}
    assert words[language] in said(bar)
    bar.down.click()
    lines = desk.claims.file(claim, TODAY).evidence
    assert [line.file_name for line in lines] == ["other.png", scan.name]


def test_papers_are_put_in_order_by_drag_and_by_keys(
    window: Open, scan: Path, desk: Desk, claim: ClaimId
) -> None:
    page = shown(window("zh"), "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    panel = page.papers.item
    others = [scan.with_name(f"{name}.png") for name in "bc"]
    for number, other in enumerate(others):
        other.write_bytes(scan.read_bytes() + bytes([number]))
    panel.attach([scan, *others])
    names = [scan.name, "b.png", "c.png"]
    view = panel.files.view
    panel.resize(700, 700)

    def order() -> list[str]:
        return [line.file_name for line in desk.claims.file(claim, TODAY).evidence]

    def middle(row: int, below: int = 0) -> QPoint:
        return QPoint(
            60, view.rowViewportPosition(row) + view.rowHeight(row) // 2 + below
        )

    def drag(row: int, to: QPoint) -> None:
        area = view.viewport()
        QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=middle(row))
        QTest.mouseMove(area, middle(row) + QPoint(0, 30))
        QTest.mouseMove(area, to)
        QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=to)

    assert order() == names
    drag(0, middle(2, 5))
    assert order() == ["b.png", "c.png", scan.name]
    drag(2, middle(0, -5))
    assert order() == names
    drag(1, middle(1, 2))  # back where it was
    assert order() == names
    view.setCurrentIndex(view.model().index(1, 0))
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert order() == [scan.name, "c.png", "b.png"]
    assert view.currentIndex().row() == 2
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert order() == [scan.name, "c.png", "b.png"]


@BOTH
def test_the_password_of_a_protected_paper_is_asked_for_in_the_window(
    window: Open, tmp_path: Path, desk: Desk, claim: ClaimId, language: Language
) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(owner="x", user="four"))
    page = shown(window(language), "claim_file", claim=claim)
    assert isinstance(page, ClaimFilePage)
    panel = page.papers.item
    panel.attach([path])
    (locked,) = desk.claims.file(claim, TODAY).evidence
    assert locked.state == "needs_password"
    (asked,) = (
        each for each in panel.findChildren(QDialog) if each.findChildren(QLineEdit)
    )
    (typed,) = asked.findChildren(QLineEdit)
    assert typed.echoMode() is QLineEdit.EchoMode.Password
    typed.setText("four")
    asked.accept()
    (opened,) = desk.claims.file(claim, TODAY).evidence
    assert (opened.state, opened.pages, opened.file_name) == ("ok", 1, "locked.pdf")
