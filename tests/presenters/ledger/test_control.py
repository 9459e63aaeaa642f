"""The control account without a window: figures typed, the difference, and the rows that make it."""

from pathlib import Path
from typing import Any

import pytest

from creditdesk.i18n import Language
from creditdesk.jobs import Progress
from creditdesk.presenters.ledger.control import CAUSES, HINTS, ControlPresenter
from creditdesk.presenters.ledger.ledger_import import LedgerImportPresenter
from creditdesk.presenters.parts.table import Tone
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace

Writer = Any  # the fixture of conftest, which tests can't import
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
ROWS = (
    ("客户名称", "发票号", "开票日期", "到期日", "金额", "已收金额", "作废标志"),
    ("海澜贸易", "INV1", "2026-01-10", "2026-03-11", "1000.00", "300", ""),
    ("海澜贸易", "INV2", "昨天", "2026-03-11", "45.50", "", ""),
    ("乙", "INV3", "2026-01-12", "2026-03-11", "60.00", "", "是"),
    ("合计", "", "", "", "1105.50", "300", ""),
)


@pytest.fixture
def imported(workspace: Workspace, written: Writer) -> Workspace:
    path: Path = written("一月.csv", *ROWS)
    presenter = LedgerImportPresenter(workspace, Wording("en"))
    presenter.show_files(presenter.opening([path])(Progress()))
    presenter.show_files(presenter.checking()(Progress()))
    presenter.taking_in()(Progress())
    return workspace


def opened(workspace: Workspace, language: Language = "en") -> ControlPresenter:
    presenter = ControlPresenter(workspace, Wording(language), None, "2026-06-30")
    presenter.show(presenter.job()(Progress()))
    return presenter


def keep(presenter: ControlPresenter, figure: str) -> None:
    presenter.type("CNY", figure)
    job = presenter.keeping()
    assert job is not None
    presenter.show(job(Progress()))


def test_rows_that_were_not_taken_are_read_again_for_their_figures(
    imported: Workspace,
) -> None:
    presenter = opened(imported)
    found = [row.what for row in presenter.rows.rows]
    rows = [(each.cause, each.row, each.effect.plain) for each in found if each.effect]
    assert ("refused", 3, "45.50") in rows
    assert ("skipped", 4, "60.00") in rows
    words, tone = presenter.verdict("CNY")
    assert (words, tone) == ("Type what account 1122 shows.", Tone.QUIET)


@BOTH
def test_the_row_that_makes_the_difference_is_marked_and_leads_to_its_import(
    imported: Workspace, language: Language
) -> None:
    presenter = opened(imported, language)
    keep(presenter, "¥745.50")
    words, tone = presenter.verdict("CNY")
    assert tone is Tone.WARNING
    assert Wording(language)(CAUSES[presenter.rows.rows[0].what.cause]) in words
    (exact,) = [row for row in presenter.rows.rows if row.exact]
    assert presenter.place(exact.place) == ("import_file", {"batch": 1, "part": 3})
    assert [cell.text for cell in presenter.line("CNY")][1:] == ["700.00", "", "", "700.00", "45.50"]  # fmt: skip
    assert "tester" in presenter.apart("CNY")
    assert presenter.typed("CNY") == "¥745.50"
    again = opened(imported, language)
    assert again.typed("CNY") == "745.50"
    assert not again.is_edited


def test_a_difference_nothing_makes_is_said_to_stay_unexplained(
    imported: Workspace,
) -> None:
    presenter = opened(imported)
    keep(presenter, "1")
    words, tone = presenter.verdict("CNY")
    assert words.startswith("−¥\u00a0699.00 stays unexplained")
    assert tone is Tone.DANGER
    keep(presenter, "700")
    assert presenter.verdict("CNY")[1] is Tone.DONE
    keep(presenter, "")
    assert presenter.verdict("CNY")[1] is Tone.QUIET


def test_what_cant_be_read_is_said_at_its_field(imported: Workspace) -> None:
    presenter = opened(imported)
    presenter.type("CNY", "viel")
    assert presenter.is_edited
    assert presenter.keeping() is None
    assert "viel" in presenter.faults["CNY"]
    presenter.set_day("morgen")
    assert "morgen" in presenter.refused
    presenter.set_day("2026-07-01")
    assert (presenter.refused, presenter.account) == ("", None)
    assert presenter.typed("CNY") == ""


def test_books_may_show_a_currency_the_ledger_lacks(imported: Workspace) -> None:
    presenter = opened(imported)
    presenter.add_currency("USD")
    assert presenter.currencies == ("CNY", "USD")
    assert "USD" not in {option.value for option in presenter.others}
    presenter.type("USD", "5")
    keep(presenter, "700")
    assert presenter.verdict("USD")[1] is Tone.DANGER


def test_every_cause_has_its_words() -> None:
    assert CAUSES.keys() == HINTS.keys()
