"""Tasks: given to a department, done with a word or a paper, taken from a claim once."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from creditdesk.db.errors import RecordMissing, VoidReasonMissing
from creditdesk.domain.duties.tasks import Department, NewTask, TaskId, TaskOrigin
from creditdesk.services.tasks import TaskDone
from creditdesk.services.tasks.values import (
    TaskDoneAlready,
    TaskDoneInFuture,
    TaskOfAnother,
    TaskProofMissing,
    TaskTextMissing,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)


@pytest.fixture
def new(office: Office, desk: Desk) -> NewTask:
    claim, _, _ = office.claim()
    line = desk.claims.file(claim, TODAY).line
    return NewTask(
        client_id=line.client_id,
        claim_id=claim,
        text=" 取签收单 ",
        department=Department.LOGISTICS,
        due_on=date(2025, 9, 8),
    )


def test_a_task_of_a_claim_is_about_its_buyer(new: NewTask, desk: Desk) -> None:
    assert new.claim_id is not None
    made = desk.tasks.add(new)
    (line,) = desk.tasks.of_claim(new.claim_id)
    claim = desk.claims.all()[0]
    assert (line.id, line.text, line.buyer, line.claim) == (made, "取签收单", claim.buyer, claim.number)  # fmt: skip
    assert line.origin is TaskOrigin.OWN
    assert line.is_late(TODAY)
    assert not line.is_late(date(2025, 9, 8))


def test_what_is_done_needs_a_word_or_a_paper(
    new: NewTask, desk: Desk, office: Office
) -> None:
    made, other = desk.tasks.add(new), desk.tasks.add(replace(new, text="对账"))
    with pytest.raises(TaskProofMissing):
        desk.tasks.finish(made, TaskDone(TODAY, "  "), TODAY)
    with pytest.raises(TaskDoneInFuture):
        desk.tasks.finish(made, TaskDone(date(2025, 9, 11), "x"), TODAY)
    desk.tasks.finish(made, TaskDone(TODAY, "已取回"), TODAY)
    paper = desk.watch.keep_paper(new.client_id, office.file(b"p"), b"p")
    desk.tasks.finish(other, TaskDone(TODAY, document=paper), TODAY)
    done = {each.id: each for each in desk.tasks.all(new.client_id)}
    assert (done[made].word, done[made].proof) == ("已取回", None)
    assert (done[other].word, done[other].proof) == ("", paper)
    assert not any(each.is_open or each.is_late(TODAY) for each in done.values())
    with pytest.raises(TaskDoneAlready):
        desk.tasks.finish(made, TaskDone(TODAY, "again"), TODAY)
    with pytest.raises(TaskDoneAlready):
        desk.tasks.give(made, Department.SALES, "", None)


def test_a_task_passes_to_another_department_and_day(new: NewTask, desk: Desk) -> None:
    made = desk.tasks.add(new)
    desk.tasks.give(made, Department.SALES, " 李 ", None)
    (line,) = desk.tasks.all()
    assert (line.department, line.owner, line.due_on) == (Department.SALES, "李", None)


def test_what_a_claim_gives_is_taken_once_and_stays_away_when_it_was_done(
    new: NewTask, desk: Desk
) -> None:
    assert new.claim_id is not None
    given = tuple(replace(new, origin=TaskOrigin.ITEM, source=code) for code in ("C12", "C07"))  # fmt: skip
    assert desk.tasks.take(new.claim_id, given) == 2
    done = desk.tasks.of_claim(new.claim_id)[0].id
    desk.tasks.finish(done, TaskDone(TODAY, "there"), TODAY)
    assert desk.tasks.take(new.claim_id, given) == 0


def test_a_void_task_is_on_no_list_but_its_claims_history(
    new: NewTask, desk: Desk
) -> None:
    assert new.claim_id is not None
    made = desk.tasks.add(new)
    with pytest.raises(VoidReasonMissing):
        desk.tasks.void(made, " ")
    desk.tasks.void(made, "twice")
    assert desk.tasks.all() == ()
    (line,) = desk.tasks.of_claim(new.claim_id)
    assert line.voided is not None
    assert line.voided.why == "twice"
    assert not line.is_open


def test_a_task_of_nothing_or_of_another_client_is_refused(
    new: NewTask, desk: Desk, office: Office
) -> None:
    with pytest.raises(TaskTextMissing):
        desk.tasks.add(replace(new, text=" "))
    other = office.client(name="别家有限公司")
    with pytest.raises(TaskOfAnother):
        desk.tasks.add(replace(new, client_id=other))
    buyer = desk.claims.all()[0].buyer_id
    with pytest.raises(TaskOfAnother):
        desk.tasks.add(replace(new, client_id=other, claim_id=None, buyer_id=buyer))
    with pytest.raises(RecordMissing):
        desk.tasks.finish(TaskId(99), TaskDone(TODAY, "x"), TODAY)
