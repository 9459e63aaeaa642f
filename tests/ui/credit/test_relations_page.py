"""Relations and an insurer's service by keys: a contact is kept, a bar leaves its rows."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from creditdesk.domain.review.insurer import RecordPicture
from creditdesk.i18n import Language
from creditdesk.ui.insurers.pages.insurer_record import InsurerRecordPage
from creditdesk.ui.insurers.pages.relations import RelationsPage
from creditdesk.ui.reviews.pages.work_list import WorkListPage
from creditdesk.ui.window.main_window import DeskWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]


def test_a_contact_is_typed_kept_and_undone(window: Open) -> None:
    opened = window("en")
    opened.go("relations")
    page = opened.page
    assert isinstance(page, RelationsPage)
    page.start_new()
    assert page.panel.isHidden()
    for key, text in {"party": "A", "way": "CALL", "course": "out", "said": "asked"}.items():  # fmt: skip
        page._presenter.form.set(key, text)
    assert page._is_dirty()
    page.entry.form.save()
    assert not page.panel.isHidden()
    assert [row.party for row in page._presenter.table.rows] == ["A"]
    opened.go("relations", contact=page._presenter.added)
    there = opened.page
    assert isinstance(there, RelationsPage)
    assert there.panel.view.selected() == [1]
    assert there.void.isEnabled()
    assert not there.answer.isEnabled()


def test_enter_on_a_bar_leaves_its_rows_and_once_more_all(window: Open) -> None:
    opened = window("en")
    opened.go("insurers")
    insurer = opened._workspace.desk.insurers.all()[0].name
    opened.go("insurer_record", insurer=insurer)
    page = opened.page
    assert isinstance(page, InsurerRecordPage)
    bars = page.grid.pictures[RecordPicture.ANSWERS, ""]
    if bars._bars:
        QTest.keyClick(bars, Qt.Key.Key_Return)
        assert page._presenter.chosen is not None
        QTest.keyClick(bars, Qt.Key.Key_Return)
    assert page._presenter.chosen is None
    assert page._said.text() == "All rows. A bar shows only its own."


def test_a_bar_of_the_work_list_chooses_its_client_and_again_all(window: Open) -> None:
    opened = window("en")
    opened.go("work_list")
    page = opened.page
    assert isinstance(page, WorkListPage)
    # The desk's clock isn't the window's: all that was ever done stands in this month.
    page._presenter.show(
        opened._workspace.desk.reviews.work(date(2000, 1, 1), date(2100, 1, 1))
    )
    (bar,) = page._presenter.bars
    QTest.keyClick(page.bars, Qt.Key.Key_Return)
    assert page.client.text() == str(bar.key)
    QTest.keyClick(page.bars, Qt.Key.Key_Return)
    assert page.client.text() == ""
