"""Statements typed row by row: what is kept, and what is asked or refused before."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.credit.sheets import Scheme
from creditdesk.i18n import words
from creditdesk.presenters.credit.statement_grid import StatementGrid
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.workspace import Workspace

Find = Callable[[str], BuyerId]


@pytest.fixture
def grid(workspace: Workspace, english: Wording, buyer: Find) -> StatementGrid:
    made = StatementGrid(workspace, english, buyer("海澜"))
    made.show("CNY", [])
    made.form.set("unit", "10000")
    return made


def fault(grid: StatementGrid, key: str = "") -> str:
    found = grid.form.fault_of(key) if key else grid.form.fault
    return words("en").say(found) if found else ""


def test_the_last_whole_years_are_offered_and_figures_become_statements(
    grid: StatementGrid, workspace: Workspace, buyer: Find
) -> None:
    assert grid.heads == ("31 Dec 2025", "31 Dec 2024", "31 Dec 2023")
    assert not grid.is_begun
    for key, text in {
        "total_assets": "200",
        "total_liabilities": "１３０",
        "equity": "70",
    }.items():
        grid.put(key, 0, text)
    grid.put("sales", 1, "1,234.5")
    assert grid.cell("total_liabilities", 0) == "130"
    assert grid.form.save()
    kept = workspace.desk.credit.statements(buyer("海澜"))
    periods = [(each.sheet.period_end, each.sheet.unit) for each in kept]
    assert periods == [(date(2025, 12, 31), 10000), (date(2024, 12, 31), 10000)]
    newest = {"total_assets": 200, "total_liabilities": 130, "equity": 70}
    assert dict(kept[0].sheet.values) == {key: Decimal(n) for key, n in newest.items()}
    assert dict(kept[1].sheet.values) == {"sales": Decimal("1234.5")}
    assert kept[0].sheet.value("total_assets") == Decimal(2_000_000)
    assert not grid.is_begun


def test_what_does_not_fit_is_shown_while_typing_and_asked_once(
    grid: StatementGrid, workspace: Workspace, buyer: Find
) -> None:
    for key, text in {"total_assets": "200", "total_liabilities": "130", "equity": "60"}.items():  # fmt: skip
        grid.put(key, 0, text)
    (doubt,) = grid.doubts
    assert doubt == "31 Dec 2025: Assets are 2000000, but liabilities and equity are 1900000 together."  # fmt: skip
    assert not grid.form.save()
    assert fault(grid).endswith("Then keep it once more.")
    assert workspace.desk.credit.statements(buyer("海澜")) == ()
    assert grid.form.save()
    assert len(workspace.desk.credit.statements(buyer("海澜"))) == 1


def test_a_change_after_the_question_is_asked_about_anew(grid: StatementGrid) -> None:
    grid.put("total_assets", 0, "200")
    grid.put("total_liabilities", 0, "130")
    grid.put("equity", 0, "60")
    assert not grid.form.save()
    grid.put("equity", 0, "61")
    assert not grid.form.save()


def test_a_block_from_a_spreadsheet_goes_down_and_right_and_over_headings(
    grid: StatementGrid,
) -> None:
    titles = [row.key for row in grid.rows]
    assert titles[0] == ""
    grid.paste(0, 1, "10\t20\t30\n-\t5x\nabc")
    first, second, third = titles[1:4]
    assert (grid.cell(first, 1), grid.cell(first, 2)) == ("10", "20")
    assert (grid.cell(second, 1), grid.is_faulty(second, 2)) == ("", True)
    assert grid.cell(third, 1) == "abc"
    assert grid.is_faulty(third, 1)
    assert not grid.form.save()
    assert "abc" in fault(grid)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "No figure is typed yet"),
        ({"end0": ""}, "last day of its period is missing"),
        ({"end0": "2024-12-31"}, "Two columns end on 2024-12-31"),
    ],
)
def test_a_grid_that_cannot_be_kept_says_why(
    grid: StatementGrid, typed: dict[str, str], said: str
) -> None:
    for key, text in typed.items():
        grid.form.set(key, text)
    if typed:
        grid.put("cash", 0, "1")
        grid.put("cash", 1, "1")
    assert not grid.form.save()
    assert said in fault(grid)
    assert grid.is_begun is bool(typed)


def test_the_short_layout_has_its_own_rows(grid: StatementGrid) -> None:
    chinese = {row.key for row in grid.rows}
    grid.form.set("scheme", Scheme.INTERNATIONAL.value)
    short = {row.key for row in grid.rows}
    assert "notes_receivable" in chinese - short
    assert "total_assets" in chinese & short


def test_years_that_are_kept_are_not_offered_again(
    grid: StatementGrid, workspace: Workspace, buyer: Find
) -> None:
    grid.put("cash", 0, "1")
    assert grid.form.save()
    kept = workspace.desk.credit.statements(buyer("海澜"))
    grid.show("CNY", [each.sheet for each in kept])
    assert grid.heads == ("31 Dec 2024", "31 Dec 2023", "31 Dec 2022")
