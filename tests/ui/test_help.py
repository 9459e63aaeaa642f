"""The guides and the words of the field in the window."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from creditdesk.catalog.library import guides
from creditdesk.i18n import Language
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.desk.help import guide_key
from creditdesk.ui.desk.pages.help import HelpPage
from creditdesk.ui.parts.list_view import ListView
from creditdesk.ui.parts.text import label
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, tmp_path: Path, language: Language) -> DeskWindow:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language=language, look="light")
    workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: date(2026, 11, 23))  # fmt: skip
    frame = Frame()
    qtbot.addWidget(frame)
    return DeskWindow(frame, workspace, screens(), lambda _look: None)


def _page(window: DeskWindow) -> HelpPage:
    assert isinstance(window._page, HelpPage)
    return window._page


@pytest.mark.parametrize("language", ["en"])
def test_every_guide_leads_to_its_page(window: DeskWindow) -> None:
    for guide in guides():
        window.go("help", chosen=guide_key(guide))
        page = _page(window)
        assert page.title.text() == guide.title.en
        assert guide.text.en.strip().splitlines()[-1] in page.text.toPlainText()
        shown = QUrl.fromLocalFile(str(guide.picture("en"))).toString()
        assert f'src="{shown}"' in page.text.toHtml()
        page.there.click()
        assert window._stops[-1].place == guide.leads


@pytest.mark.parametrize(
    ("language", "typed", "title", "aside"),
    [
        ("zh", "ljmpe", "累计免赔额", "aggregate first loss"),
        ("zh", "franchise", "起赔额", "non-qualifying loss"),
        ("zh", "自掌限额", "自行掌握限额", "discretionary credit limit"),
        ("en", "leijimianpeie", "aggregate first loss", "累计免赔额"),
        ("en", "importing", "Importing a ledger", ""),
    ],
)
def test_typing_finds_a_word_in_either_language(
    window: DeskWindow, typed: str, title: str, aside: str
) -> None:
    window.go("help")
    page = _page(window)
    page.filter.setText(typed)
    assert (page.title.text(), page.aside.text()) == (title, aside)
    assert page.list.currentItem().text() == title


@pytest.mark.parametrize("language", ["zh"])
def test_what_goes_by_no_name_says_so(window: DeskWindow) -> None:
    window.go("help")
    page = _page(window)
    page.filter.setText("没有这样的词")
    assert [page.list.item(at).text() for at in range(page.list.count())] == ["没有这个名称。"]  # fmt: skip


@pytest.mark.parametrize("language", ["zh"])
def test_the_windows_search_finds_words_and_guides(window: DeskWindow) -> None:
    search = window._top.search
    found = search._presenter
    assert found is not None
    found.ask("延展期")
    (hit,) = [each for each in found.found if each.kind == "help"]
    assert (hit.title, hit.detail) == ("最长延展期", "maximum extension period")
    window.go(hit.place, **hit.where)
    assert _page(window).title.text() == "最长延展期"


@pytest.mark.parametrize("language", ["zh"])
def test_a_word_on_a_page_is_explained_by_its_hint(window: DeskWindow) -> None:
    assert "每一件索赔先扣除的金额" in label("每次免赔额（CNY）").toolTip()
    assert label("宁波海澜贸易有限公司").toolTip() == ""
    window.go("limits")
    assert window._page is not None
    model = window._page.findChildren(ListView)[0].model()
    across, hint = Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
    columns = range(model.columnCount())
    (at,) = (each for each in columns if str(model.headerData(each, across)) == "买方")
    assert "法律主体" in model.headerData(at, across, hint)
