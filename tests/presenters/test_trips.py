"""Away and home on its page: who may leave, what a file would bring, whose word counts."""

from dataclasses import replace
from pathlib import Path

import pytest

from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.desk.trips import TripsPresenter
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerCard
from creditdesk.services.clients import ClientCard
from creditdesk.services.trips import Side
from creditdesk.workspace import Desk, Workspace, open_desk

AWAY = "on the train"


@pytest.fixture
def workspace(desk: Desk, tmp_path: Path) -> Workspace:
    preferences = PreferenceFile(tmp_path / "preferences.json")
    return Workspace(desk, ImmediateRunner(), preferences)


@pytest.fixture
def presenter(workspace: Workspace) -> TripsPresenter:
    client = workspace.desk.clients.add(ClientCard(name="甲方有限公司"))
    workspace.desk.buyers.add(client, BuyerCard(name="乙方有限公司"))
    return TripsPresenter(workspace, Wording("en"))


def test_nobody_leaves_without_a_tick_and_a_passphrase_typed_twice(
    presenter: TripsPresenter,
) -> None:
    say = Wording("en").message
    faults = []
    for typed, again in (
        (AWAY, AWAY),
        ("short", "short"),
        (AWAY, "other"),
        (AWAY, AWAY),
    ):
        found = presenter.fault(typed, again)
        faults.append(say(found) if found else "")
        presenter.tick(0, on=True)
    assert faults == [
        "Tick the clients to take out.",
        "What leaves the office needs a passphrase of at least 8 characters.",
        "The two passphrases are not the same.",
        "",
    ]


def test_a_file_is_looked_at_and_taken_over_with_an_answer(
    presenter: TripsPresenter, workspace: Workspace, tmp_path: Path
) -> None:
    desk, file = workspace.desk, tmp_path / "away.creditdesk"
    assert presenter.out_lines == []
    presenter.tick(0, on=True)
    presenter.taking(file, AWAY, 5)(Progress())
    presenter.reload()
    ((_, line),) = presenter.out_lines
    assert line.startswith("甲方有限公司: out since ")
    assert " expected by " in line
    (buyer,) = [each.id for each in desk.buyers.all()]
    card = desk.buyers.file(buyer).card
    away = open_desk(file, AWAY, backups=tmp_path)
    away.buyers.change(buyer, replace(card, note="there"))
    away.buyers.add(1, BuyerCard(name="丙方有限公司"))
    away.close()
    desk.buyers.change(buyer, replace(card, note="here"))
    presenter.show(file, AWAY, presenter.looking(file, AWAY)(Progress()))
    assert desk.buyers.file(buyer).card.note == "here"
    assert presenter.lines == ["Buyers: 1"]
    (question,) = presenter.questions
    assert question.what == "Buyer: 乙方有限公司"
    assert (question.here[:6], question.there[:7]) == ("here (", "there (")
    assert presenter.waits
    presenter.brought(presenter.bringing()(Progress()))
    assert not presenter.waits
    presenter.choose(question.id, Side.THERE)
    assert presenter.waits
    presenter.brought(presenter.bringing()(Progress()))
    assert desk.buyers.file(buyer).card.note == "there"
    assert (presenter.questions, presenter.out_lines) == ([], [])
