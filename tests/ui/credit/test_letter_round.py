"""Letters to all buyers of a client: who gets one is shown before anything is written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from creditdesk.i18n import Language
from creditdesk.ui.letters.pages.letter import LetterPage
from creditdesk.ui.letters.pages.letter_round import RoundPage
from creditdesk.ui.reviews.pages.reports import ReportsPage
from creditdesk.ui.window.main_window import DeskWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


@BOTH
def test_the_round_shows_who_gets_what_and_writes_it(
    window: Open, language: Language, tmp_path: Path
) -> None:
    opened = window(language)
    opened.go("letter_round")
    page = opened.page
    assert isinstance(page, RoundPage)
    (line,) = page._presenter.table.rows
    assert line.refused is None
    assert line.days == 96
    assert page._presenter.said == {"zh": "将出具 1 份", "en": "1 paper will be written"}[language]  # fmt: skip
    page.write_to(tmp_path / "out")
    page.write_to(tmp_path / "out")
    folders = sorted(each for each in (tmp_path / "out").iterdir())
    assert [len(list(each.glob("*.pdf"))) for each in folders] == [1, 1]
    assert [len(list(each.glob("*.xlsx"))) for each in folders] == [1, 1]


def test_enter_opens_one_letter_and_the_confirmation_has_a_round_too(
    window: Open,
) -> None:
    opened = window("en")
    opened.go("letter_round", letter="balance_confirmation")
    page = opened.page
    assert isinstance(page, RoundPage)
    fields = [each.key for each in page._presenter.form.fields]
    assert fields == ["on", "sent_on", "sent_way", "files"]
    (row,) = page._presenter.table.rows
    page._open(row.key)
    assert isinstance(opened.page, LetterPage)
    assert opened.page._presenter.letter.id == "balance_confirmation"


def test_a_missing_day_keeps_the_letters_from_being_written(
    window: Open, tmp_path: Path
) -> None:
    opened = window("en")
    opened.go("letter_round")
    page = opened.page
    assert isinstance(page, RoundPage)
    page._presenter.form.set("until", "")
    page.start()
    assert page._presenter.form.faulty == "until"
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_stop_list_is_one_press_from_the_limits(window: Open) -> None:
    opened = window("en")
    opened.go("limits")
    assert opened.page is not None
    (press,) = [each for each in opened.page.findChildren(QPushButton) if each.text() == "Stop list…"]  # fmt: skip
    press.click()
    assert isinstance(opened.page, ReportsPage)
    assert opened.page._presenter.chosen.id == "stop_list"
