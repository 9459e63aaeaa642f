"""Recoveries on the claim's page: entered, explained, handed over, voided."""

from datetime import date
from typing import Any

import pytest

from creditdesk.jobs import Progress
from creditdesk.presenters.claims import claim_timeline
from creditdesk.presenters.claims.claim_recoveries import RecoveriesPresenter
from creditdesk.presenters.parts.table import Cell, Table
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.claims import ClaimId
from creditdesk.workspace import Workspace

TODAY = date(2025, 9, 10)


@pytest.fixture
def page(workspace: Workspace, claim: ClaimId, wording: Wording) -> RecoveriesPresenter:
    """The recoveries of a claim whose whole debt is insured at 90 %; its calculation is kept."""
    workspace.desk.claims.keep(claim, TODAY)
    made = RecoveriesPresenter(workspace, claim, "CNY", wording)
    made.show(workspace.desk.claims.file(claim, TODAY))
    return made


def typed(page: RecoveriesPresenter, **values: str) -> bool:
    for key, text in {"source": "buyer", **values}.items():
        page.form.set(key, text)
    return page.form.save()


def keep(page: RecoveriesPresenter, workspace: Workspace, claim: ClaimId) -> None:
    page.recording()(Progress())
    page.show(workspace.desk.claims.file(claim, TODAY))


def test_a_recovery_is_shared_and_its_working_is_shown(
    page: RecoveriesPresenter, workspace: Workspace, claim: ClaimId
) -> None:
    assert page.sums == ""
    assert typed(page, on="2025-09-09", gross="100,000", costs="8000")
    keep(page, workspace, claim)
    (line,) = page.lines.rows
    assert (line.insurer.plain, line.insured.plain) == ("82800.00", "9200.00")
    assert page.sums.endswith("82,800.00 is still to be handed over.")
    steps = page.working(line.id)
    assert [step.code for step in steps] == ["R0", "R1", "R2", "R3", "R4", "R5"]
    assert (
        steps[0].label.text
        == "The indemnity is not paid yet: shared by the expected one of {amount}."
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on": "2025-09-11", "gross": "1"}, "on"),
        ({"on": "2025-09-01", "gross": "1"}, "on"),
        ({"on": "2025-09-09", "gross": "1", "currency": "dollars"}, "currency"),
        ({"on": "2025-09-09"}, "gross"),
        ({"on": "2025-09-09", "gross": "1", "against": "X9"}, "against"),
    ],
)
def test_what_can_not_be_is_said_under_its_field(
    page: RecoveriesPresenter, values: dict[str, str], field: str
) -> None:
    assert not typed(page, **values)
    assert page.form.faulty == field


def test_costs_above_what_came_in_say_what_the_insurer_bears(
    page: RecoveriesPresenter, workspace: Workspace, claim: ClaimId
) -> None:
    """1,000 of costs too much, insured at 90 %."""
    assert typed(page, on="2025-09-09", gross="5,000", costs="6000")
    keep(page, workspace, claim)
    (line,) = page.lines.rows
    assert (line.insurer.plain, line.insured.plain) == ("-900.00", "-100.00")
    assert page.sums.endswith("The insurer still bears ¥\u00a0900.00 of the costs.")
    assert page.settles(line.id) == "Paid by the insurer today"
    file = workspace.desk.claims.file(claim, TODAY)
    moments = list(claim_timeline.moments(file, (), page._wording))
    assert any(
        (each.what, each.detail)
        == ("Costs above what was recovered", "¥\u00a01,000.00, of which ¥\u00a0900.00 is the insurer's")
        for each in moments
    )  # fmt: skip
    page.remitting(line.id, TODAY)(Progress())
    page.show(workspace.desk.claims.file(claim, TODAY))
    assert "bears" not in page.sums


def test_the_share_is_handed_over_once_and_a_mistake_leaves_no_share(
    page: RecoveriesPresenter, workspace: Workspace, claim: ClaimId
) -> None:
    for gross in ("1000", "2000"):
        assert typed(page, on="2025-09-09", gross=gross)
        keep(page, workspace, claim)
    second, first = page.lines.rows
    page.remitting(first.id, TODAY)(Progress())
    page.voiding(second.id, "booked twice")(Progress())
    page.show(workspace.desk.claims.file(claim, TODAY))
    assert [row.waits for row in page.lines.rows] == [False, False]
    assert "1,000.00" in page.sums
    assert "handed over" not in page.sums


def rows_of(table: Table[Any]) -> list[dict[str, Cell]]:
    """What each row shows, by column."""
    keys = [column.key for column in table.columns]
    return [{key: table.cell(row, place) for place, key in enumerate(keys)} for row in range(table.count)]  # fmt: skip


def test_a_voided_recovery_is_struck_out_in_the_list_and_in_the_history(
    page: RecoveriesPresenter, workspace: Workspace, claim: ClaimId, wording: Wording
) -> None:
    for gross in ("1000", "2000"):
        assert typed(page, on="2025-09-09", gross=gross)
        keep(page, workspace, claim)
    second, _ = page.lines.rows
    page.voiding(second.id, "booked twice")(Progress())
    file = workspace.desk.claims.file(claim, TODAY)
    page.show(file)
    history = claim_timeline.table(wording)
    history.show(list(claim_timeline.moments(file, (), wording)))
    for table, told in ((page.lines, "source"), (history, "detail")):
        shown = rows_of(table)
        (void,) = (row for row in shown if row[told].text.endswith(": booked twice"))
        assert void[told].text.startswith("Void since ")
        assert {key for key, cell in void.items() if not cell.struck} == {told}
        assert not any(cell.struck for row in shown if row is not void for cell in row.values())  # fmt: skip
