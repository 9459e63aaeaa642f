"""A policy beside its paper in the window, by the keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from reportlab.pdfgen.canvas import Canvas

from creditdesk.i18n import Language
from creditdesk.ui.policies.pages.beside_paper import BesidePaperPage
from creditdesk.ui.window.main_window import DeskWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]


def opened(shell: DeskWindow) -> BesidePaperPage:
    shell.go("beside_paper", policy=1)
    page = shell.page
    assert isinstance(page, BesidePaperPage)
    return page


def typed(page: BesidePaperPage) -> QLineEdit:
    """The first input of the open value."""
    assert page.open_value is not None
    inner = next(iter(page.open_value.inputs.values())).inner
    assert isinstance(inner, QLineEdit)
    return inner


def test_enter_agrees_and_goes_on(window: Open) -> None:
    page = opened(window("en"))
    page._presenter.go_to("mep_days")
    QTest.keyClick(typed(page), Qt.Key.Key_Return)
    assert page._presenter.lines["mep_days"].origin == "checked"
    assert page._presenter.current != "mep_days"
    assert page.open_value is not None


def test_the_arrows_walk_and_what_was_typed_is_kept(window: Open) -> None:
    page = opened(window("en"))
    page._presenter.go_to("max_invoicing_days")
    assert page.open_value is not None
    QTest.keyClick(typed(page), Qt.Key.Key_Down)
    assert page._presenter.current == "mep_days"
    field = typed(page)
    field.clear()
    QTest.keyClicks(field, "75")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert page._presenter.lines["mep_days"].words == "75 days"


def test_f4_on_what_every_policy_says_is_refused_under_it(window: Open) -> None:
    page = opened(window("en"))
    page._presenter.go_to("mep_days")
    QTest.keyClick(typed(page), Qt.Key.Key_F4)
    assert page.open_value is not None
    assert "every policy says it" in page.open_value._fault.text()
    assert page._presenter.current == "mep_days"


def test_f2_without_a_readable_place_says_what_to_do(window: Open) -> None:
    page = opened(window("zh"))
    page._presenter.go_to("mep_days")
    QTest.keyClick(typed(page), Qt.Key.Key_F2)
    assert page.open_value is not None
    assert page.open_value._compared.text() == "请照纸上的内容填写，按 Enter 保存。"


def test_a_dropped_file_becomes_the_paper_and_is_there_next_time(
    window: Open, tmp_path: Path
) -> None:
    path = tmp_path / "保单.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(60, 700, "60 days")
    canvas.showPage()
    canvas.save()
    shell = window("en")
    page = opened(shell)
    assert page.drop.isVisibleTo(page)
    page.take_file(path)
    assert page._presenter.paper is not None
    assert page._where.text() == "page 1 of 1"
    assert not page.drop.isVisibleTo(page)
    again = opened(shell)
    assert again._name.text() == "保单.pdf"


def test_a_file_that_is_no_paper_is_said_on_the_page(
    window: Open, tmp_path: Path
) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    page = opened(window("en"))
    page.take_file(path)
    assert page._presenter.paper is None
    assert page.drop.isVisibleTo(page)
    assert not page._presenter.papers


def test_all_values_are_shown_on_demand(window: Open) -> None:
    page = opened(window("en"))
    few = len(page._rows)
    page._all.click()
    assert len(page._rows) > few
