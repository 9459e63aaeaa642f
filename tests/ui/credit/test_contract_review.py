"""The contract review and its letter in the window, clicked and typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from creditdesk.domain.contract_review import ReviewState
from creditdesk.i18n import Language
from creditdesk.ui.main_window import DeskWindow
from creditdesk.ui.pages.contract_review import ContractReviewPage
from creditdesk.ui.pages.insurer_questions import InsurerQuestionsPage

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
    assert isinstance(letter, InsurerQuestionsPage)
    assert letter._presenter.language == "zh"
    letter._language.setCurrentIndex(letter._language.findData("en"))
    letter._choose_language(0)
    assert letter._presenter.language == "en"
    letter.save_to(tmp_path / "questions.pdf")
    assert (tmp_path / "questions.pdf").stat().st_size > 1000


def test_without_a_question_the_letter_says_what_belongs_there(window: Open) -> None:
    shell = window("zh")
    shell.go("insurer_questions", policy=1)
    letter = shell.page
    assert isinstance(letter, InsurerQuestionsPage)
    assert not letter.preview.isVisibleTo(letter)
    letter.start_print()
    letter._to_review()
    assert isinstance(shell.page, ContractReviewPage)
