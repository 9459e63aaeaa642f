"""A round of balance confirmations in the window: recorded as sent, and its answers by a click."""

from collections.abc import Callable
from pathlib import Path

from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.jobs import Progress
from creditdesk.presenters.letters.round_page import RoundPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerId
from creditdesk.workspace import Workspace

Find = Callable[[str], BuyerId]


def kinds(workspace: Workspace, buyer: int) -> list[str]:
    return [each.kind for each in workspace.desk.watch.events(buyer)]


def test_a_round_is_recorded_as_sent_and_its_answers_come_back(
    workspace: Workspace, english: Wording, buyer: Find, tmp_path: Path
) -> None:
    workspace.client = workspace.desk.buyers.file(buyer("海澜")).client_id
    page = RoundPresenter(workspace, english, "balance_confirmation")
    page.show(page.job()(Progress()))
    assert page.has_returns
    day = workspace.today().isoformat()
    page.form.set("sent_on", day)
    page.form.set("sent_way", "courier")
    assert page.form.save()
    done = page.writing(tmp_path, None)(Progress())
    assert done.written
    for line, path in done.written:
        assert path.exists()
        assert line.buyer_id is not None
        assert kinds(workspace, line.buyer_id)[0] == BuyerEventKind.BALANCE_SENT
    line = done.written[0][0]
    first = line.buyer_id
    assert first is not None
    assert page.returning([line.key], agrees=True)(Progress()) == 1
    assert BuyerEventKind.BALANCE_AGREED in kinds(workspace, first)
    page.show(page.job()(Progress()))
    assert "came back" in page.said


def test_without_a_day_nothing_is_recorded(
    workspace: Workspace, english: Wording, buyer: Find, tmp_path: Path
) -> None:
    workspace.client = workspace.desk.buyers.file(buyer("海澜")).client_id
    page = RoundPresenter(workspace, english, "balance_confirmation")
    page.show(page.job()(Progress()))
    assert page.form.save()
    done = page.writing(tmp_path, None)(Progress())
    assert all(
        BuyerEventKind.BALANCE_SENT not in kinds(workspace, line.buyer_id or 0)
        for line, _ in done.written
    )
