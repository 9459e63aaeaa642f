"""All clients on one page: what each is looked at for, and figures that add up to the month report's."""

from pathlib import Path

import openpyxl
import pypdfium2

from creditdesk.domain.base.money import Money
from creditdesk.domain.review.firm import Only, Picture, firm_charts
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.firm_overview import FirmOverview
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import Workspace


def shown(workspace: Workspace, english: Wording) -> FirmOverview:
    made = FirmOverview(workspace, english)
    made.show(made.job()(Progress()))
    return made


def test_each_line_is_what_its_month_report_and_today_say(
    workspace: Workspace, english: Wording
) -> None:
    part, desk, today = shown(workspace, english), workspace.desk, workspace.today()
    assert len(part.states) == len(desk.clients.all())
    for state in part.states:
        agenda = desk.watch.agenda(state.id)
        assert state.late == sum(each.safe < today for each in agenda.lines)
        assert state.at_stake == agenda.at_stake
        assert state.standing == desk.policies.month(state.id, today, today).now
    late = [each.late for each in part.states]
    assert late == sorted(late, reverse=True)


def test_a_client_without_policy_and_ledger_says_so(
    workspace: Workspace, english: Wording
) -> None:
    new = workspace.desk.clients.add(ClientCard(name="新企业有限公司"))
    state = next(each for each in shown(workspace, english).states if each.id == new)
    assert state.reason is not None
    assert english.message(state.reason) == "no policy"
    assert state.standing.balance == Money.zero("CNY")


def test_a_figure_filters_the_list_and_once_more_shows_all(
    workspace: Workspace, english: Wording
) -> None:
    part = shown(workspace, english)
    whole = part.table.count
    part.choose(Only.LATE)
    assert all(row.late for row in part.table.rows)
    assert part.figure(Only.LATE)[0] == str(sum(row.late for row in part.table.rows))
    part.choose(Only.LATE)
    assert part.table.count == whole


def test_screen_paper_and_workbook_say_the_same(
    workspace: Workspace, english: Wording, tmp_path: Path
) -> None:
    part, paper, book = shown(workspace, english), tmp_path / "f.pdf", tmp_path / "f.xlsx"  # fmt: skip
    for path in (paper, book):
        part.writing(path)(Progress())
    with pypdfium2.PdfDocument(paper) as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    listed, sums, pictures = openpyxl.load_workbook(book, data_only=True).worksheets
    cells = [cell.value for row in listed.iter_rows() for cell in row]
    drawn = [cell.value for row in pictures.iter_rows() for cell in row]
    figures = 0
    charts = firm_charts(part.states, workspace.today())
    for picture, chart in zip(part.pictures, charts, strict=True):
        assert picture.title in drawn
        for bar, exact in zip(picture.bars, chart.bars, strict=True):
            assert bar.figure in text.replace("\r\n", " ")
            assert bar.figure in drawn
            assert float(exact.hatched) in drawn
            figures += 1
    assert figures > 3
    for state in part.states:
        assert float(state.standing.uncovered.amount) in cells
    whole = Money.total((each.standing.uncovered for each in part.states), "CNY")
    assert [row[2] for row in sums.iter_rows(values_only=True) if row[0] == "CNY"] == [whole.amount]  # fmt: skip
    live = openpyxl.load_workbook(book).worksheets[1]
    assert any(str(cell.value).startswith("=SUMIF(") for row in live.iter_rows() for cell in row)  # fmt: skip
    there = vars(pictures)["_charts"]
    assert len(there) == sum(
        any(each.length for each in chart.bars) for chart in charts
    )


def test_a_bar_leads_to_its_rows_with_the_client_chosen(
    workspace: Workspace, english: Wording
) -> None:
    part = shown(workspace, english)
    client = part.states[0].id
    assert part.opened((Picture.UNCOVERED, "CNY"), client) == (
        "portfolio",
        {"client": client},
    )
    assert workspace.client == client
    assert part.opened((Picture.DUTIES, ""), client) == ("today", {})


def test_a_written_review_is_kept_and_the_client_lacks_none(
    workspace: Workspace, english: Wording
) -> None:
    desk, today = workspace.desk, workspace.today()
    client = desk.clients.all()[0].id
    assert [each.id for each in shown(workspace, english).states if each.lacks_review(today)] == [client]  # fmt: skip
    desk.reviews.record(client, today.replace(month=1, day=1), today)
    (state,) = shown(workspace, english).states
    assert state.reviewed_on == desk.reviews.written()[client]
