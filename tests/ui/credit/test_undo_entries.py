"""What was just entered is void again within the minute: a limit, a contact, a notice that went out."""

from collections.abc import Callable
from datetime import date

import pytest

from creditdesk.i18n import Language
from creditdesk.presenters.credit.log_part import EntryKind
from creditdesk.ui.credit.pages.buyer_file import BuyerFilePage, Part
from creditdesk.ui.credit.pages.limit_entry import LimitEntryPage
from creditdesk.ui.letters.pages.letter import LetterPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "load glyph failed")  # fmt: skip
Open = Callable[[Language], DeskWindow]


def test_a_limit(window: Open, desk: Desk) -> None:
    opened = window("en")
    opened.go("limit_entry", policy=1, buyer=1)
    page = opened.page
    assert isinstance(page, LimitEntryPage)
    before = desk.policies.limits(policy_id=1, buyer_id=1)
    for key, text in (("amount", "61,000"), ("start", "2026-10-01")):
        page.form.inputs[key].typed.emit(text)
    page.form.save()
    assert len(desk.policies.limits(policy_id=1, buyer_id=1)) == len(before) + 1
    opened._foot._undo.click()
    assert desk.policies.limits(policy_id=1, buyer_id=1) == before
    voided = desk.policies.limit_history(policy_id=1, buyer_id=1)
    assert sum(each.voided is not None for each in voided) == 1


def test_a_contact(window: Open) -> None:
    opened = window("en")
    opened.go("buyer_file", buyer=1)
    page = opened.page
    assert isinstance(page, BuyerFilePage)
    page.tabs.show_part(Part.LOG)
    page.log.start(EntryKind.CONTACT)
    form = page._presenter.log.forms[EntryKind.CONTACT]
    form.set("way", "CALL")
    form.set("said", "They pay on Friday.")
    page.log.entries[EntryKind.CONTACT].form.save()
    assert opened._foot._undo.isVisibleTo(opened._foot)
    opened._foot._undo.click()
    (line,) = [row for row in page._presenter.log.table.rows if row.kind is EntryKind.CONTACT]  # fmt: skip
    assert line.voided is not None


def test_a_notice_and_its_duty_waits_again(window: Open, desk: Desk) -> None:
    opened = window("en")
    opened.go("letter", letter="overdue_notice", policy=1, buyer=1)
    page = opened.page
    assert isinstance(page, LetterPage)
    waiting = len(desk.watch.duties_of(buyer_id=1))
    page.sending.form.set("on", date(2026, 11, 20).isoformat())
    page.sending.form.set("way", "courier")
    page.sending.view.save()
    assert page._presenter.recorded
    assert len(desk.watch.notice_history(buyer_id=1)) == 1
    opened._foot._undo.click()
    assert not page._presenter.recorded
    (notice,) = desk.watch.notice_history(buyer_id=1)
    assert notice.voided is not None
    assert len(desk.watch.duties_of(buyer_id=1)) >= waiting
