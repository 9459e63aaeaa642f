"""The portfolio of a client: its figures are those of the file and the month report, filters stay."""

from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2

from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.portfolio import is_worse
from creditdesk.jobs import Progress
from creditdesk.presenters.credit.portfolio import Narrow, PortfolioPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.workspace import Workspace


def shown(workspace: Workspace, english: Wording) -> PortfolioPresenter:
    client = workspace.desk.clients.all()[0].id
    made = PortfolioPresenter(workspace, english, client)
    made.show(made.job()(Progress()))
    return made


def test_its_figures_are_those_of_the_file_and_the_month_report(
    workspace: Workspace, english: Wording
) -> None:
    part = shown(workspace, english)
    found = part.found
    assert found is not None
    today = workspace.today()
    for line in found.lines:
        rating = workspace.desk.credit.rating(line.buyer_id, today)
        assert (line.balance, line.overdue, line.limit) == (
            rating.balance,
            rating.overdue,
            rating.limit,
        )
        assert line.score == rating.rating.score.score
    month = workspace.desk.policies.month(part.client, today, today).now
    assert found.uncovered == month.uncovered
    assert found.balance == Money.total(
        (each.balance for each in found.lines), found.currency
    )
    assert [each.balance.amount for each in found.lines] == sorted(
        (each.balance.amount for each in found.lines), reverse=True
    )
    assert sum(found.moves.values()) == len(found.lines)
    assert sum(found.by_grade.values(), Money.zero(found.currency)) == found.balance
    assert "HHI" in part.concentration


def test_filters_narrow_together_and_are_there_the_next_time(
    workspace: Workspace, english: Wording
) -> None:
    part = shown(workspace, english)
    whole = part.table.count
    part.narrow(Narrow.OVERDUE, on=True)
    late = [row.name for row in part.table.rows]
    assert 0 < len(late) <= whole
    again = shown(workspace, english)
    assert again.narrowed == {Narrow.OVERDUE}
    assert [row.name for row in again.table.rows] == late
    again.narrow(Narrow.OVERDUE, on=False)
    assert again.table.count == whole


def test_paper_and_workbook_say_the_same(
    workspace: Workspace, english: Wording, tmp_path: Path
) -> None:
    part = shown(workspace, english)
    assert part.found is not None
    paper, book = tmp_path / "p.pdf", tmp_path / "p.xlsx"
    for path in (paper, book):
        part.writing(path)(Progress())
    with pypdfium2.PdfDocument(paper) as pdf:
        text = "".join(
            "".join(page.get_textpage().get_text_bounded() for page in pdf).split()
        )
    sheet = openpyxl.load_workbook(book, data_only=True).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    for line in part.found.lines:
        assert line.name.replace(" ", "") in text
        assert english.figure(line.balance) in text
        assert line.name in cells
        assert float(line.balance.amount) in [
            float(each) for each in cells if isinstance(each, int | float)
        ]


def test_a_grade_that_came_or_went_is_no_fall() -> None:
    grades = ("A", "B", "C")
    assert is_worse("A", "C", grades)
    assert not is_worse("C", "A", grades)
    assert not is_worse("", "C", grades)
    assert not is_worse("A", "", grades)
    assert not is_worse("B", "B", grades)


def test_the_earlier_day_is_a_year_before(
    workspace: Workspace, english: Wording
) -> None:
    today = workspace.today()
    part = shown(workspace, english)
    assert part.since == date(today.year - 1, today.month, today.day)


def test_another_earlier_day_is_said_and_compared_with(
    workspace: Workspace, english: Wording
) -> None:
    part = shown(workspace, english)
    day = workspace.today()
    part.set_since(day)
    part.show(part.job()(Progress()))
    assert part.found is not None
    assert part.found.since == day
    assert english.day(day) in part.subtitle.partition("beside the grades of")[2]
    assert all(line.grade == line.before for line in part.found.lines)
