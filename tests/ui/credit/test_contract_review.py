"""The contract review and its letter in the window, clicked and typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from creditdesk.domain.policy.contract_review import ReviewState
from creditdesk.i18n import Language
from creditdesk.ui.letters.pages.letter import LetterPage
from creditdesk.ui.policies.pages.contract_review import ContractReviewPage
from creditdesk.ui.policies.pages.policy_file import PolicyFilePage
from creditdesk.ui.window.main_window import DeskWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]


def opened(shell: DeskWindow) -> ContractReviewPage:
    shell.go("contract_review", policy=1)
    page = shell.page
    assert isinstance(page, ContractReviewPage)
    return page


@pytest.mark.parametrize(
    ("language", "state"), [("zh", "未审阅"), ("en", "not looked at yet")]
)
def test_the_list_names_each_question_and_its_state(
    window: Open, language: Language, state: str
) -> None:
    page = opened(window(language))
    item = page.questions.item(1, 1)
    assert item is not None
    assert item.text() == state
    assert page.questions.currentRow() == 1


def test_the_arrow_keys_walk_and_an_answer_goes_on(window: Open) -> None:
    page = opened(window("en"))
    QTest.keyClick(page.questions, Qt.Key.Key_Down)
    assert page.questions.currentRow() == 2
    QTest.mouseClick(page.answers[ReviewState.AS_NEEDED], Qt.MouseButton.LeftButton)
    answered, following = page.questions.item(2, 1), page.questions.currentRow()
    assert answered is not None
    assert answered.text() == "as we need it"
    assert following == 3
    page.start_new()
    assert page.questions.currentRow() == 4


def test_a_value_is_checked_and_another_entered_beside_the_question(
    window: Open,
) -> None:
    page = opened(window("en"))
    while "mep_days" not in {line.key for line in page._presenter.values}:
        QTest.keyClick(page.questions, Qt.Key.Key_Down)
    page.edit("mep_days")
    editor = page.row_of("mep_days").editor
    assert editor is not None
    typed = editor.inputs["value"].inner
    assert isinstance(typed, QLineEdit)
    typed.clear()
    QTest.keyClicks(typed, "0")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    # Nought days are asked about once.
    assert page.row_of("mep_days").editor is editor
    typed.clear()
    QTest.keyClicks(typed, "90")
    # Answering keeps what is being entered first.
    QTest.mouseClick(page.answers[ReviewState.ASK], Qt.MouseButton.LeftButton)
    assert page._presenter.lines["mep_days"].words == "90 days"
    assert page._presenter.asked == 1


def test_a_question_is_answered_while_inputs_are_open_and_untouched(
    window: Open,
) -> None:
    page = opened(window("en"))
    page.edit("joint_insured")
    QTest.keyClicks(page.remark, "both")
    QTest.mouseClick(page.answers[ReviewState.AS_NEEDED], Qt.MouseButton.LeftButton)
    answered = page.questions.item(1, 1)
    assert answered is not None
    assert answered.text() == "as we need it"


def test_an_unreadable_value_is_said_before_its_question_is_answered(
    window: Open,
) -> None:
    page = opened(window("en"))
    page._presenter.choose("R26")
    page.edit("mep_days")
    editor = page.row_of("mep_days").editor
    assert editor is not None
    QTest.keyClicks(editor.inputs["value"].inner, "viel")
    QTest.mouseClick(page.answers[ReviewState.AS_NEEDED], Qt.MouseButton.LeftButton)
    assert page._presenter.chosen == "R26"
    assert page._presenter.item.answer is None


def test_what_is_to_be_asked_becomes_a_letter_in_either_language(
    window: Open, tmp_path: Path
) -> None:
    shell = window("en")
    page = opened(shell)
    page.open_letter()
    assert shell.page is page
    page.give(ReviewState.ASK)
    page.start_print()
    letter = shell.page
    assert isinstance(letter, LetterPage)
    assert letter._presenter.language == "zh"
    letter._language.setCurrentIndex(letter._language.findData("en"))
    letter._choose_language(0)
    assert letter._presenter.language == "en"
    letter.save_to(tmp_path / "questions.pdf")
    assert (tmp_path / "questions.pdf").stat().st_size > 1000


def test_without_a_question_the_letter_says_what_belongs_there(window: Open) -> None:
    shell = window("zh")
    shell.go("letter", letter="insurer_questions", policy=1)
    letter = shell.page
    assert isinstance(letter, LetterPage)
    assert not letter.preview.isVisibleTo(letter)
    letter.start_print()
    letter._mend()
    assert isinstance(shell.page, ContractReviewPage)


def test_the_policy_page_leads_to_review_declarations_premium_and_limits(
    window: Open,
) -> None:
    shell = window("en")
    places = {
        "Contract review…": "contract_review",
        "Declarations": "declarations",
        "Premium": "premium",
        "All limits": "limits",
    }
    for words, place in places.items():
        shell.go("policy_file", policy=1)
        page = shell.page
        assert isinstance(page, PolicyFilePage)
        pressed = next(each for each in page.findChildren(QPushButton) if each.text() == words)  # fmt: skip
        QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)
        assert type(shell.page).__module__.endswith(f"pages.{place}")


def test_a_long_reason_of_an_endorsement_gives_way_and_is_told_whole(
    window: Open,
) -> None:
    shell = window("zh")
    shell.go("policy_file", policy=1)
    page = shell.page
    assert isinstance(page, PolicyFilePage)
    reason = "批单 4 号：增加联合被保险人并延长最长付款期限，自本批单签发之日起生效"
    page._presenter.endorsement.set("from", "2026-07-01")
    page._presenter.endorsement.set("reason", reason)
    assert page._presenter.endorsement.save()
    page._presenter.reload()
    buttons = page.strip.findChildren(QPushButton)
    shown = next(each for each in buttons if reason in each.accessibleName())
    assert shown.text().endswith("…")
    assert reason in shown.toolTip()


def test_a_day_typed_shows_its_terms_and_what_the_endorsement_changed(
    window: Open,
) -> None:
    shell = window("en")
    shell.go("policy_file", policy=1)
    page = shell.page
    assert isinstance(page, PolicyFilePage)
    presenter = page._presenter
    for number in range(2):
        presenter.endorsement.set("from", f"2026-0{7 + number}-01")
        presenter.endorsement.set("reason", str(number))
        assert presenter.endorsement.save()
        presenter.reload()
    form = presenter.edit("mep_days")
    form.set("value", "90")
    assert form.save()
    presenter.reload()
    # Three versions are a choice, no longer three buttons.
    shown_now = page.strip._versions.itemAt(0)
    assert shown_now is not None
    choice = shown_now.widget()
    assert isinstance(choice, QComboBox)
    assert choice.count() == 3
    shown = page.schedule.row("mep_days")
    assert shown.line.was == "60 days"
    QTest.mouseClick(page.strip.only_changed, Qt.MouseButton.LeftButton)
    assert shown.isVisibleTo(page)
    assert not page.schedule.row("insured_pct").isVisibleTo(page)
    page.strip.day.typed.emit("2026-02-01")
    assert shown.line.words == "60 days"
    assert page.schedule.row("insured_pct").isVisibleTo(page)
    page.strip._choose_place(2)
    assert shown.line.words == "90 days"
