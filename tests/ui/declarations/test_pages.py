"""Declarations and premium in the window, in both languages."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from creditdesk.domain.declare.declarations import DeclarationKind
from creditdesk.i18n import Language
from creditdesk.ui.declarations.pages.declaration import DeclarationPage
from creditdesk.ui.declarations.pages.declarations import DeclarationsPage
from creditdesk.ui.policies.pages.premium import PremiumPage
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.workspace import Desk

DAY = date(2025, 9, 10)
Open = Callable[[Language], DeskWindow]
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def said(page: QWidget) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel))


def shown(window: DeskWindow, place: str, **where: object) -> QWidget:
    window.go(place, **where)
    assert window.page is not None
    return window.page


def primary(page: QWidget) -> list[str]:
    return [
        each.text()
        for each in page.findChildren(QPushButton)
        if each.property("role") == "primary" and each.isVisible()
    ]


@BOTH
def test_the_periods_are_listed_and_the_most_urgent_is_opened(
    window: Open, language: Language
) -> None:
    opened = window(language)
    page = shown(opened, "declarations")
    assert isinstance(page, DeclarationsPage)
    model = page.panel.view.model()
    assert model is not None
    assert model.rowCount() == 9
    assert len(primary(page)) == 1
    page.start_new()
    assert isinstance(opened.page, DeclarationPage)
    assert ("2025年1月" if language == "zh" else "January 2025") in said(opened.page)


@BOTH
def test_a_period_is_recorded_as_sent(
    window: Open, filled: Desk, qtbot: QtBot, language: Language
) -> None:
    opened = window(language)
    page = shown(opened, "declaration", policy=1, kind="turnover", start="2025-01-01")
    assert isinstance(page, DeclarationPage)
    assert len(primary(page)) == 1
    page.form.set("way", page.form.fields[1].options[0].value)
    page.view.save()
    qtbot.waitUntil(lambda: page.history.view.model().rowCount() == 1, timeout=60_000)
    assert not page._form_part.isVisible()
    file = filled.declarations.period(
        1, DeclarationKind.TURNOVER, date(2025, 1, 1), DAY
    )
    (kept,) = file.declared
    assert kept.totals[0].plain == "339000.00"


def test_a_period_an_endorsement_did_away_with_is_told(
    window: Open, filled: Desk
) -> None:
    page = shown(
        window("en"), "declaration", policy=1, kind="turnover", start="2025-02-01"
    )
    line = filled.policies.all(DAY)[0]
    filled.policies.set(line.id, {"declaration_mode": "ANNUAL"}, DAY, confirmed=True)
    assert page.isVisible()


@BOTH
def test_the_paper_is_saved_where_it_was_asked_to(
    window: Open, tmp_path: Path, language: Language
) -> None:
    page = shown(
        window(language), "declaration", policy=1, kind="turnover", start="2025-01-01"
    )
    assert isinstance(page, DeclarationPage)
    page.save_to(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").exists()


@BOTH
def test_a_policy_that_asks_for_nothing_says_so_and_leads_to_the_policies(
    window: Open, filled: Desk, language: Language
) -> None:
    line = filled.policies.all(DAY)[0]
    filled.policies.set(
        line.id, {"declaration_mode": "NONE"}, line.start, confirmed=True
    )
    opened = window(language)
    page = shown(opened, "declarations", policy=int(line.id))
    assert isinstance(page, DeclarationsPage)
    (word,) = primary(page)
    button = next(
        each for each in page.findChildren(QPushButton) if each.text() == word
    )
    button.click()
    assert opened.page is not page


@BOTH
def test_a_note_is_added_paid_and_told(
    window: Open, qtbot: QtBot, language: Language
) -> None:
    page = shown(window(language), "premium", policy=1)
    assert isinstance(page, PremiumPage)
    assert "3,390.00" in said(page)
    page.start_new()
    for key, text in {"kind": "deposit", "amount": "100", "due": "2025-09-01"}.items():
        page.new_form.set(key, text)
    page.new_view.save()
    model = page.panel.view.model()
    assert model is not None
    assert model.rowCount() == 1
    assert len(primary(page)) == 1
    page._presenter.choose(page._presenter.notes.rows[0].id)
    assert not page._new.isVisible()
    page.pay_view.save()
    qtbot.waitUntil(lambda: page._presenter.file.paid.plain == "100.00", timeout=60_000)
    assert page._new.isVisible()


@BOTH
def test_today_leads_to_the_declarations(window: Open, language: Language) -> None:
    opened = window(language)
    page = shown(opened, "today")
    word = "去申报" if language == "zh" else "Declare"
    button = next(
        each for each in page.findChildren(QPushButton) if each.text() == word
    )
    button.click()
    assert isinstance(opened.page, DeclarationsPage)
