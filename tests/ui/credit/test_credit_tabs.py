"""The parts of a credit file that are filled in, in the window: what is begun is asked about, what is kept is shown."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from creditdesk.domain.credit.answers import Answer
from creditdesk.domain.credit.contacts import ContactWay
from creditdesk.domain.credit.facts import FactKind
from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.presenters.credit.log_part import EntryKind
from creditdesk.presenters.parts.attaching import take
from creditdesk.services.credit import NewContact, NewFact
from creditdesk.ui.credit.pages.buyer_file import BuyerFilePage, Part
from creditdesk.ui.parts import messages
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "load glyph failed")
Open = Callable[[Language], DeskWindow]
PASTED = "单位：元\n项目\t2025年\t2024年\n资产总计\t2000\t1900\n负债合计\t1300\t1200\n所有者权益合计\t700\t690"


def opened(shell: DeskWindow) -> BuyerFilePage:
    shell.go("buyer_file", buyer=1)
    page = shell.page
    assert isinstance(page, BuyerFilePage)
    return page


def said(page: BuyerFilePage) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel))


@pytest.mark.parametrize(
    ("language", "title", "doubt"),
    [
        ("en", "Balance sheet", "Assets are 1900"),
        ("zh", "资产负债表", "资产总计为 1900"),
    ],
)
def test_a_statement_is_pasted_and_what_does_not_fit_is_said(
    window: Open, filled: Desk, language: Language, title: str, doubt: str
) -> None:
    page = opened(window(language))
    page.tabs.show_part(Part.STATEMENTS)
    page.statements.start()
    assert not page.statements.entry.isHidden()
    page._presenter.statements.form.set("cells", PASTED)
    assert page._is_unsaved()
    page.statements.entry.form.save()
    assert not page.statements.entry.isHidden()
    page.statements.entry.form.save()
    assert page.statements.entry.isHidden()
    assert not page._is_unsaved()
    assert [line.sheet.period_end.year for line in filled.credit.statements(1)] == [2025, 2024]  # fmt: skip
    assert title in said(page)
    assert doubt in said(page)
    assert page.statements.grid.rowCount() >= 5


def test_a_warning_is_answered_in_the_window(window: Open, filled: Desk) -> None:
    shell = window("zh")
    today = shell._workspace.today()
    filled.credit.add_fact(NewFact(buyer_id=1, kind=FactKind.DISHONEST, on=today), today)  # fmt: skip
    page = opened(shell)
    assert not page.warnings.answers[Answer.STOP].isEnabled()
    page.warnings.panel.view.select("W08")
    assert page.warnings.answers[Answer.STOP].isEnabled()
    page.warnings.answers[Answer.STOP].click()
    page._presenter.warnings.form.set("reason", "列入失信名单")
    page.warnings.entry.form.save()
    (answer,) = filled.credit.answers(1)
    assert (answer.code, answer.answer) == ("W08", Answer.STOP)
    assert not page.warnings.stop.isHidden()
    assert "列入失信名单" in said(page)


def test_the_forms_of_the_log_take_turns(window: Open, filled: Desk) -> None:
    page = opened(window("en"))
    page.log.start(EntryKind.CONTACT)
    page.log.start(EntryKind.FACT)
    assert page.log.entries[EntryKind.CONTACT].isHidden()
    form = page._presenter.log.forms[EntryKind.FACT]
    form.set("kind", FactKind.PUBLIC_NOTICE.value)
    page.log.entries[EntryKind.FACT].form.save()
    (line,) = filled.credit.facts(1)
    assert line.kind is FactKind.PUBLIC_NOTICE
    page.log.panel.view.select(f"fact {line.id}")
    assert page.log.over.isEnabled()
    page.log.over.click()
    assert filled.credit.facts(1)[0].ended_on is not None


def test_a_decision_is_kept_in_the_window(window: Open, filled: Desk) -> None:
    page = opened(window("en"))
    page.score.decide.click()
    form = page._presenter.score.form
    form.set("verdict", "REFUSE")
    form.set("reason", "no statement, late payments")
    page.score.entry.form.save()
    (line,) = filled.credit.decisions(1)
    assert line.amount is None
    page.score.keep.click()
    assert len(filled.credit.scores(1)) == 2


def test_a_statement_is_typed_row_by_row(window: Open, filled: Desk) -> None:
    page = opened(window("zh"))
    page.tabs.show_part(Part.STATEMENTS)
    tab = page.statements
    tab.start_typing()
    assert not tab.typing.isHidden()
    assert not tab._empty.isVisibleTo(tab)
    grid = tab.typing.cells
    cells = grid.model()
    titles = [cells.index(line, 0).data() for line in range(grid.rowCount())]
    place = cells.index(titles.index("货币资金"), 1)
    grid.setCurrentIndex(place)
    cells.setData(place, "12345")
    assert place.data() == "12,345"
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert titles[grid.currentRow()] == "应收票据"
    assert page._is_unsaved()
    page._presenter.statements.typing.form.set("unit", "1")
    tab.typing.keep.click()
    assert tab.typing.isHidden()
    assert not page._is_unsaved()
    (kept,) = filled.credit.statements(1)
    assert dict(kept.sheet.values) == {"cash": Decimal(12345)}


def test_a_part_that_is_made_later_leaves_the_page_its_question(window: Open) -> None:
    shell = window("en")
    page = opened(shell)
    page.tabs.show_part(Part.CARD)
    page.tabs.show_part(Part.STATEMENTS)
    page.statements.start()
    page._presenter.statements.form.set("cells", "x")
    page.tabs.show_part(Part.LOG)
    shell.go("buyers")
    assert shell.page is page


def test_a_paper_of_the_file_is_opened_and_saved_by_its_buttons(
    window: Open, filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("pay", encoding="utf-8")
    looked, content = take(letter, Progress(), megabytes=10)
    kept = filled.watch.keep_paper(filled.clients.all()[0].id, looked, content)
    day = date(2026, 9, 1)
    new = NewContact(buyer_id=1, way=ContactWay.LETTER, on=day, said="x", document=kept)
    filled.credit.add_contact(new, day)
    page = opened(window("en"))
    page.tabs.show_part(Part.PAPERS)
    tab = page.papers
    assert not tab.open.isEnabled()
    tab.panel.view.selectRow(0)
    shown: list[Path] = []
    monkeypatch.setattr(messages, "show_file", shown.append)
    tab.open.click()
    assert [each.read_text(encoding="utf-8") for each in shown] == ["pay"]

    def chosen(_on: QWidget, _title: str, name: str, then: Callable[[Path], object]) -> None:  # fmt: skip
        then(tmp_path / f"copy {name}")

    monkeypatch.setattr(messages, "choose_target", chosen)
    tab.save.click()
    assert (tmp_path / "copy letter.txt").read_text(encoding="utf-8") == "pay"
