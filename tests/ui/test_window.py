"""The window as a person meets it: places, words, looks, keys, unsaved changes, a second start."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from creditdesk.catalog.letters import OVERDUE_NOTICE
from creditdesk.i18n import Language
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import Look, PreferenceFile
from creditdesk.presenters.desk.search import Suggestion
from creditdesk.presenters.watch.agenda import TaskList
from creditdesk.ui.claims.claim_side import ClaimSide
from creditdesk.ui.parts import messages, theme
from creditdesk.ui.parts.fold import Fold
from creditdesk.ui.parts.list_view import ListView
from creditdesk.ui.watch.done_dialog import DoneDialog
from creditdesk.ui.watch.pages.calendar import CalendarPage
from creditdesk.ui.watch.pages.today import TodayPage
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import pages, rail_of, screens
from creditdesk.workspace import Desk, Workspace, open_desk

TODAY = date(2028, 2, 29)


@pytest.fixture
def sample_desk(demo: Path, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "sample.creditdesk"
    shutil.copyfile(demo / path.name, path)
    desk = open_desk(path, backups=tmp_path)
    yield desk
    desk.close()


def opened(
    desk: Desk,
    qtbot: QtBot,
    tmp_path: Path,
    language: Language = "en",
    look: Look = "light",
) -> tuple[Frame, DeskWindow]:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    preferences.change(language=language, look=look)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, look)
    workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
    frame = Frame()
    window = DeskWindow(
        frame, workspace, screens(), lambda chosen: theme.apply(app, chosen)
    )
    frame.may_close = lambda _again: window.may_close()
    qtbot.addWidget(frame)
    frame.show()
    return frame, window


def texts(widget: QWidget | None) -> set[str]:
    assert widget is not None
    labels = {label.text() for label in widget.findChildren(QLabel)}
    return labels | {button.text() for button in widget.findChildren(QPushButton)}


def test_every_place_of_the_rail_opens_in_both_languages(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        frame, window = opened(sample_desk, qtbot, tmp_path, language)
        for screen in screens():
            window.go(screen.id)
            assert window.page is not None
            title = window.wording(screen.title)
            assert title in texts(window.page), (language, screen.id)
        frame.close()


def test_the_language_changes_without_a_restart(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(sample_desk, qtbot, tmp_path)
    window.go("receivables")
    assert "Import a ledger…" in texts(frame.centralWidget())
    window.set_language("zh")
    assert "导入台账…" in texts(frame.centralWidget())
    assert "Import a ledger…" not in texts(frame.centralWidget())
    assert PreferenceFile(tmp_path / "preferences.json").now.language == "zh"


def test_the_look_changes_every_colour(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    _, window = opened(sample_desk, qtbot, tmp_path)
    window.go("today")
    window.set_look("dark")
    assert theme.is_dark()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert theme.DARK.background in app.styleSheet()
    window.set_look("light")
    assert theme.LIGHT.background in app.styleSheet()


def test_escape_leads_back_to_the_page_before(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(sample_desk, qtbot, tmp_path)
    window.go("receivables")
    window.go("imports")
    assert "Take back…" in texts(frame.centralWidget())
    window.back()
    assert "Overdue only" in texts(frame.centralWidget())


def test_a_row_of_today_opens_what_its_button_says(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(sample_desk, qtbot, tmp_path)
    window.go("today")
    assert window.page is not None
    notice = next(
        each
        for each in window.page.findChildren(QPushButton)
        if each.text() == "Prepare the notice"
    )
    notice.click()
    assert "notice" in frame.windowTitle().casefold() or any(
        "notice" in text.casefold() for text in texts(frame.centralWidget())
    )


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize("place", ["today", "calendar"])
def test_a_duty_is_marked_as_done_on_the_day_the_person_said(
    place: str,
    sample_desk: Desk,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    _, window = opened(sample_desk, qtbot, tmp_path)
    window.go(place)
    (first, *_) = TaskList(sample_desk.watch.agenda(), TODAY, window.wording).tasks
    task = replace(first, act="Mark as done", place="", where={})
    waiting = len(sample_desk.watch.agenda().waiting)
    assert isinstance(window.page, TodayPage | CalendarPage)
    window.page._act(task)
    assert len(sample_desk.watch.agenda().waiting) == waiting
    (dialog,) = window.page.findChildren(DoneDialog)
    assert dialog.day.text() == TODAY.isoformat()
    dialog.day.show_text("2999-01-01")
    dialog.agree()
    assert dialog.fault.text() == "Enter the day it was done, today or earlier."
    assert len(sample_desk.watch.agenda().waiting) == waiting
    dialog.day.show_text("2026-01-05")
    dialog.remark.setText("by telephone")
    dialog.agree()
    assert len(sample_desk.watch.agenda().waiting) == waiting - 1
    done = [each for each in sample_desk.watch.duties_of() if each.ids == task.duty.ids]
    assert [each.closed_on for each in done] == [date(2026, 1, 5)]
    assert [each.closed_note for each in done] == ["by telephone"]


def test_the_rail_says_how_many_claims_wait_before_the_claims_are_opened(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(sample_desk, qtbot, tmp_path)
    window.go("today")
    claims = next(
        each for each in frame.findChildren(QPushButton) if each.text() == "Claims"
    )
    (count,) = claims.findChildren(QLabel)
    assert (count.text(), count.isVisible()) == ("1", True)


def test_the_client_switcher_narrows_every_list(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(sample_desk, qtbot, tmp_path)
    window.go("receivables")
    everyone = texts(frame.centralWidget())
    first = sample_desk.clients.all()[0]
    window._choose_client(first.id)
    assert any(first.name in text for text in texts(frame.centralWidget()))
    assert texts(frame.centralWidget()) != everyone


def test_every_control_of_every_place_has_a_name(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    _, window = opened(sample_desk, qtbot, tmp_path)
    for screen in screens():
        window.go(screen.id)
        assert window.page is not None
        nameless = [
            button
            for button in window.page.findChildren(QPushButton)
            if not (button.text() or button.accessibleName())
        ]
        assert nameless == [], screen.id


def test_names_are_never_markup(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(sample_desk, qtbot, tmp_path)
    for screen in screens():
        window.go(screen.id)
        for label in frame.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText, (
                screen.id,
                label.text(),
            )


def test_every_page_has_a_module_that_builds_it() -> None:
    assert {screen.id for screen in screens()} <= set(pages())


def test_enabling_a_widget_keeps_the_interpreter_alive(qtbot: QtBot) -> None:
    # PySide6 6.12.0 on Python 3.11 drops a reference of these for every call.
    widget = QWidget()
    qtbot.addWidget(widget)
    before = [sys.getrefcount(each) for each in (None, True, False)]
    for _ in range(1000):
        widget.setEnabled(False)
        widget.setEnabled(True)
    after = [sys.getrefcount(each) for each in (None, True, False)]
    assert all(now > then - 500 for now, then in zip(after, before, strict=True))


def test_the_rail_tells_of_a_backup_made_by_hand(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(sample_desk, qtbot, tmp_path)
    window.go("settings")
    assert any(each.text() == "No backup yet" for each in frame.findChildren(QLabel))
    pressed = next(
        each for each in frame.findChildren(QPushButton) if each.text() == "Back up now"
    )
    pressed.click()
    assert not any(
        each.text() == "No backup yet" for each in frame.findChildren(QLabel)
    )


def test_a_list_names_its_order_in_the_head_and_copies_without_it(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    _, window = opened(sample_desk, qtbot, tmp_path)
    window.go("receivables")
    assert window.page is not None
    view = next(each for each in window.page.findChildren(ListView) if each.isVisible())
    titles = [
        view.model().headerData(place, Qt.Orientation.Horizontal)
        for place in range(view.model().columnCount())
    ]
    assert "Outstanding ↓" in titles
    view.selectRow(0)
    view.copy()
    head, line = QApplication.clipboard().text().split("\n")
    assert "Outstanding\t" in head
    assert head.count("\t") == line.count("\t")


def test_an_amount_in_another_currency_says_which(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    _, window = opened(sample_desk, qtbot, tmp_path)
    window.go("receivables")
    assert window.page is not None
    view = next(each for each in window.page.findChildren(ListView) if each.isVisible())
    model = view.model()
    totals = [model.index(row, 3).data() for row in range(model.rowCount())]
    assert any(text.startswith("USD ") for text in totals)
    assert any(text[0].isdigit() for text in totals)


def test_what_stands_beside_the_work_folds_below_it_in_a_narrow_window(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    frame, window = opened(sample_desk, qtbot, tmp_path)
    window.go("claim_file", claim=sample_desk.claims.all()[0].id)
    assert window.page is not None
    (fold,) = window.page.findChildren(Fold)
    frame.resize(1366, 768)
    qtbot.waitUntil(lambda: not fold.is_folded, timeout=60_000)
    frame.resize(960, 600)
    qtbot.waitUntil(lambda: fold.is_folded, timeout=60_000)
    (side,) = fold.findChildren(ClaimSide)
    assert side.isVisible()
    qtbot.waitUntil(lambda: side.y() > 0, timeout=60_000)


def test_the_frame_is_no_larger_than_its_screen(qtbot: QtBot) -> None:
    frame = Frame()
    qtbot.addWidget(frame)
    frame.fit_screen()
    room = frame.screen().availableGeometry()
    assert frame.width() <= room.width()
    assert frame.height() <= room.height()


def test_unsaved_changes_keep_page_and_client_until_the_person_has_decided(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _frame, window = opened(sample_desk, qtbot, tmp_path)
    window.go("today")
    here, before = window.page, window._workspace.client
    asked: list[Callable[[], object]] = []
    monkeypatch.setattr(
        messages, "leave", lambda _parent, _say, _save, go: asked.append(go)
    )
    window.guard(lambda: True)
    (first, *_) = sample_desk.clients.all()
    window._choose_client(first.id)
    window._open(
        Suggestion("client", first.name, "", "receivables", {"client": first.id})
    )
    assert (window.page, window._workspace.client) == (here, before)
    switch, suggested = asked
    switch()
    assert window._workspace.client == first.id
    assert window._stops[-1].place == "today"
    window._workspace.choose(None)
    suggested()
    assert window._workspace.client == first.id
    assert window._stops[-1].place == "receivables"


def test_a_page_marks_its_own_place_on_the_rail_however_it_was_reached(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    _frame, window = opened(sample_desk, qtbot, tmp_path)
    (claim, *_) = sample_desk.claims.all()
    marked: list[str] = []
    window._rail.mark = marked.append  # type: ignore[assignment,method-assign]  # only what is marked matters here
    for place, where in (("settings", {}), ("claim_file", {"claim": claim.id}), ("calendar", {})):  # fmt: skip
        window.go(place, **where)
    assert marked == ["settings", "claims", "today"]


def test_every_page_belongs_to_a_place_of_the_rail() -> None:
    places = {screen.id for screen in screens()}
    about: dict[str, dict[str, object]] = {"letter": {"letter": OVERDUE_NOTICE}}
    assert {rail_of(page, about.get(page, {})) for page in pages()} == places
