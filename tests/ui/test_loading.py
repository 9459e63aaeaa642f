"""A page whose rows are on their way says so, and never that there is nothing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from creditdesk.i18n import Language
from creditdesk.jobs import ImmediateRunner, Job, Progress, Step
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.parts.table import Column, Table
from creditdesk.sample import desk as sample
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.ui.window import rendering
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace, open_desk

TODAY = date(2026, 11, 23)
LOADING = {"en": "Loading…", "zh": "正在加载…"}
NOTHING = {
    "0 rows", "0 行",
    "No receivables yet. Import the ledger your client's program exports.",
}  # fmt: skip
SLOW = ("today", "buyers", "limits", "receivables", "declarations")


class HeldRunner(ImmediateRunner):
    """Keeps the jobs until the test lets them run."""

    def __init__(self) -> None:
        self._held: list[Callable[[], object]] = []

    def start(
        self,
        job: Job[Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        step: Callable[[Step], None] | None = None,
    ) -> Progress:
        """Later."""
        run = super().start
        self._held.append(lambda: run(job, done=done, failed=failed, step=step))
        return Progress(step)

    def go_on(self) -> None:
        """Run what waits, and what comes of it."""
        while self._held:
            self._held.pop(0)()


@contextmanager
def opened(
    desk: Desk, qtbot: QtBot, folder: Path, language: Language = "en"
) -> Iterator[tuple[DeskWindow, HeldRunner]]:
    preferences = PreferenceFile(folder / "preferences.json")
    preferences.change(language=language)
    runner = HeldRunner()
    frame = Frame()
    workspace = Workspace(desk, runner, preferences, today=lambda: TODAY)
    window = DeskWindow(frame, workspace, screens(), lambda _look: None)
    qtbot.addWidget(frame)
    frame.show()
    yield window, runner
    frame.close()


def said(window: DeskWindow) -> list[str]:
    """Every word a person sees on the page."""
    assert window.page is not None
    found = window.page.findChildren(QLabel)
    return [each.text() for each in found if each.isVisible()]


@pytest.fixture(scope="module")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.creditdesk"
    sample.build(path, TODAY)
    return path


@pytest.fixture
def sample_desk(sample_path: Path, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(sample_path, backups=tmp_path)
    yield desk
    desk.close()


def test_a_list_tells_loading_from_having_nothing(
    qtbot: QtBot,
    lone_shell: Any,  # noqa: ANN401 - as much of a shell as a list needs
) -> None:
    table: Table[str] = Table([Column(key="a", title="A", cell=str)], str, footer=lambda _: ["total 0"])  # fmt: skip
    panel = TablePanel(table, lone_shell, empty="Nothing here yet.", search="Filter")
    frame = Frame()
    frame.setCentralWidget(panel)
    qtbot.addWidget(frame)
    frame.show()

    def shown() -> list[str]:
        QCoreApplication.sendPostedEvents()
        found = panel.findChildren(QLabel)
        return [each.text() for each in found if each.isVisible() and each.text()]

    assert shown() == ["Loading…"]
    table.show([])
    assert shown() == ["0 rows", "Nothing here yet.", "total 0"]
    table.show(["x"])
    assert shown() == ["1 row", "total 0"]
    table.wait()
    assert shown() == ["Loading…"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("place", SLOW)
def test_a_slow_page_says_that_it_loads_until_its_rows_stand(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path, place: str, language: Language
) -> None:
    with opened(sample_desk, qtbot, tmp_path, language) as (window, runner):
        window.go(place)
        assert LOADING[language] in said(window)
        assert not NOTHING & set(said(window))
        runner.go_on()
        assert LOADING[language] not in said(window)


def test_another_day_is_loaded_before_its_rows_are_shown(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(sample_desk, qtbot, tmp_path) as (window, runner):
        window.go("receivables")
        runner.go_on()
        page: Any = window.page
        page._day.setDate(page._day.date().addDays(-30))
        assert LOADING["en"] in said(window)
        runner.go_on()
        assert LOADING["en"] not in said(window)


def test_no_page_of_the_sample_goes_on_loading_or_names_a_rule_by_its_number(
    sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    """D13, R05 and 4.1 S7 are numbers of docs/rules.md, nobody's words."""
    numbers = re.compile(r"(?<![\w-])(?:[DRW]\d\d[a-c]?|\d\d?\.\d\d? S\d+)(?![\w-])")
    with opened(sample_desk, qtbot, tmp_path) as (window, runner):
        for name, place, where in rendering._places(sample_desk, TODAY):
            window.go(place, **where)
            runner.go_on()
            assert LOADING["en"] not in said(window), name
            assert [each for each in said(window) if numbers.search(each)] == [], name


def test_no_page_of_an_empty_desk_goes_on_loading(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(desk, qtbot, tmp_path) as (window, runner):
        for name, place, where in rendering._places(desk, TODAY):
            window.go(place, **where)
            runner.go_on()
            assert LOADING["en"] not in said(window), name
