"""Letters in the window: each is offered where it starts, and one page serves them all."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from creditdesk.catalog.letters import Source, Start, letters_from
from creditdesk.i18n import Language
from creditdesk.presenters.credit.buyer_standing import BuyerStanding
from creditdesk.services.letter_numbers import LETTER_PATTERN
from creditdesk.ui.credit.pages.buyer_events import BuyerEventsPage
from creditdesk.ui.credit.pages.buyer_file import BuyerFilePage
from creditdesk.ui.letters.pages.letter import LetterPage
from creditdesk.ui.policies.pages.policy_file import PolicyFilePage
from creditdesk.ui.window.main_window import DeskWindow

# What the offscreen display says of itself: it has no window manager and trips over a system font now and then.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def offered(page: QWidget | None, word: str) -> QPushButton:
    """The button with the letters of a page."""
    assert page is not None
    return next(each for each in page.findChildren(QPushButton) if each.menu() and each.text() == word)  # fmt: skip


def press(page: QWidget | None, word: str, letter: str) -> None:
    """Choose a letter of the menu."""
    actions = offered(page, word).menu().actions()
    next(each for each in actions if each.data() == letter).trigger()


@BOTH
def test_a_buyers_file_offers_every_letter_about_a_buyer(
    window: Open, language: Language
) -> None:
    opened = window(language)
    word = {"zh": "函件", "en": "Letters"}[language]
    for letter in letters_from(Start.BUYER):
        opened.go("buyer_file", buyer=1)
        assert isinstance(opened.page, BuyerFilePage)
        press(opened.page, word, letter.id)
        page = opened.page
        assert isinstance(page, LetterPage)
        assert page._presenter.title.startswith(letter.name.in_language(language))
        if letter.source is Source.EVENTS:
            continue
        assert page.preview.presenter.count > 0


@BOTH
def test_where_nothing_was_learned_the_letter_leads_to_where_it_is_recorded(
    window: Open, language: Language
) -> None:
    opened = window(language)
    opened.go("letter", letter="adverse_information", policy=1, buyer=1)
    page = opened.page
    assert isinstance(page, LetterPage)
    assert page._presenter.refused
    page._mend()
    assert isinstance(opened.page, BuyerEventsPage)


def test_a_policy_offers_the_letters_about_it(window: Open) -> None:
    opened = window("en")
    opened.go("policy_file", policy=1)
    assert isinstance(opened.page, PolicyFilePage)
    press(opened.page, "Letters", "insurer_questions")
    assert isinstance(opened.page, LetterPage)


def test_a_letter_under_a_policy_is_refused_where_none_is_known(
    window: Open,
) -> None:
    opened = window("en")
    opened.go("buyer_file", buyer=1)
    page = opened.page
    assert isinstance(page, BuyerFilePage)
    page._presenter.standing = BuyerStanding()
    press(page, "Letters", "overdue_notice")
    assert opened.page is page


def test_another_request_is_chosen_on_the_page(window: Open) -> None:
    opened = window("en")
    opened.go("letter", letter="limit_increase", policy=1, buyer=1)
    page = opened.page
    assert isinstance(page, LetterPage)
    page._presenter.form.set("reason", "season")
    assert "amount" in page.asked.inputs
    page._kind.setCurrentIndex(page._kind.findData("limit_cancellation"))
    page._choose_kind(0)
    assert "amount" not in page.asked.inputs
    assert page.asked.inputs["reason"].text() == "season"
    assert page._title.text().startswith("Request to cancel")


def test_a_letter_whose_sending_is_not_kept_has_no_form_for_it(window: Open) -> None:
    opened = window("en")
    opened.go("letter", letter="sme_statement", policy=1, buyer=1)
    page = opened.page
    assert isinstance(page, LetterPage)
    assert not page._sending.isVisibleTo(page)
    assert not page._kind.isVisibleTo(page)
    page._presenter.form.set("size", "小型")
    page.asked.save()
    assert page._presenter.draft is not None
    assert page._presenter.draft.places("en")["size"] == "小型"


@BOTH
def test_a_new_letter_is_one_file(
    window: Open, language: Language, reminder: str, tmp_path: Path
) -> None:
    opened = window(language)
    opened.go("buyer_file", buyer=1)
    press(opened.page, {"zh": "函件", "en": "Letters"}[language], reminder)
    page = opened.page
    assert isinstance(page, LetterPage)
    assert page._presenter.title.startswith({"zh": "催款函", "en": "Reminder"}[language])  # fmt: skip
    page.save()
    assert page._presenter.form.fault_of("until")
    page._presenter.form.set("until", "2026-12-10")
    assert page.is_taken()
    page.save_to(tmp_path / "reminder.pdf")
    assert (tmp_path / "reminder.pdf").is_file()


def test_what_is_typed_stands_on_the_printed_paper(
    window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def ask(_parent: QWidget, _shell: DeskWindow, path: Path, _title: str) -> None:
        with pypdfium2.PdfDocument(path) as pdf:
            printed.append(pdf[0].get_textpage().get_text_bounded())

    monkeypatch.setattr("creditdesk.ui.parts.paper_page.ask_and_print", ask)
    opened = window("en")
    opened.go("letter", letter="overdue_notice", policy=1, buyer=1)
    page = opened.page
    assert isinstance(page, LetterPage)
    page._presenter.form.set("reason", "停产")
    page.start_print()
    assert "已知情况：停产" in printed[0]


def test_a_letter_gets_its_number_when_it_leaves_and_keeps_it_until_it_is_undone(
    window: Open, tmp_path: Path
) -> None:
    opened = window("en")
    numbers = opened._workspace.desk.letter_numbers
    opened._workspace.desk.upkeep.set({LETTER_PATTERN: "No-{n:03}"})
    opened.go("letter", letter="reminder_1", buyer=1)
    page = opened.page
    assert isinstance(page, LetterPage)
    assert numbers.all() == ()
    for name in ("a.pdf", "b.pdf"):
        page.save_to(tmp_path / name)
        with pypdfium2.PdfDocument(tmp_path / name) as pdf:
            assert "No-001" in pdf[0].get_textpage().get_text_bounded()
    assert [each.number for each in numbers.all()] == ["No-001"]
    opened.run(page._presenter.unnumbering("never sent"), lambda _done: None)
    assert [each.undone for each in numbers.all()] == ["never sent"]
    page.save_to(tmp_path / "c.pdf")
    assert [each.number for each in numbers.all()] == ["No-001", "No-002"]
