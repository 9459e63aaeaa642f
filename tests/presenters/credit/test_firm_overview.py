"""All clients on one page: what each is looked at for, and figures that add up to the month report's."""

from creditdesk.domain.base.money import Money
from creditdesk.jobs import Progress
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.firm_overview import FirmOverview, Only
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
