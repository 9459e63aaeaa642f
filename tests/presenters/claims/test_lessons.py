"""Lessons: taken from a cut claim, given to somebody, on Today until they are done with a word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from creditdesk.domain.duties.tasks import Department, LateDone, NewTask, TaskOrigin
from creditdesk.i18n import Bilingual
from creditdesk.jobs import Progress
from creditdesk.presenters.claims.lessons import LessonsPresenter
from creditdesk.presenters.claims.task_proposals import lessons_of
from creditdesk.presenters.parts.wording import Wording
from creditdesk.presenters.watch.besides import besides
from creditdesk.presenters.watch.today import TodayPresenter
from creditdesk.services.watch import DutyDone
from creditdesk.workspace import Workspace

pytestmark = pytest.mark.usefixtures("claim")


def late(workspace: Workspace) -> int:
    """A duty of the client that was done three days after its last legal day; the client."""
    desk, today = workspace.desk, workspace.today()
    duty = next(each for each in desk.watch.open_duties() if each.legal < today - timedelta(days=3))  # fmt: skip
    done = DutyDone(on=duty.legal + timedelta(days=3), note="by telephone")
    desk.watch.close(duty.ids, done, today)
    return duty.client_id


def test_a_late_duty_teaches_one_lesson_that_isnt_taken_twice(
    workspace: Workspace, wording: Wording
) -> None:
    client = late(workspace)
    part = LessonsPresenter(workspace, wording)
    assert part.taking()(Progress()) == 1
    assert part.taking()(Progress()) == 0
    part.reload()
    (row,) = part.table.rows
    assert "was done late" in row.text
    assert (row.client_id, row.department) == (client, Department.FIRM)
    assert part.said == "1 lesson open · 1 without anybody who sees to it"
    part.voiding(row.id, "not ours")(Progress())
    assert part.taking()(Progress()) == 0


def test_a_lesson_stands_on_today_until_it_is_done_with_a_word(
    workspace: Workspace, wording: Wording
) -> None:
    late(workspace)
    part = LessonsPresenter(workspace, wording)
    part.taking()(Progress())
    part.reload()
    (row,) = part.table.rows
    today = TodayPresenter(workspace, wording)
    today.reload()
    (line,) = today.besides
    assert (line.place, line.by, line.late) == ("lessons", None, False)
    assert "nobody sees to it yet" in line.subject
    assert today.besides_title == "Lessons and follow-ups 1"
    today.show_besides()
    assert today.alone
    today.show_kind(None)
    assert not today.alone
    part.start_giving(row.id)
    part.give_form.set("owner", "王")
    part.give_form.set("due_on", (workspace.today() - timedelta(days=1)).isoformat())
    assert part.give_form.save()
    (line,) = besides(workspace.desk, None, workspace.today(), wording)
    assert line.late
    assert "王" in line.subject
    part.reload()
    part.start_done(row.id)
    assert not part.done_form.save()
    part.done_form.set("word", "the calendar warns ten days before")
    assert part.done_form.save()
    today.reload()
    assert today.besides == ()
    part.reload()
    assert part.table.count == 0
    part.show_whole(on=True)
    assert part.table.count == 1


def test_a_lesson_by_hand_is_the_chosen_clients(
    workspace: Workspace, wording: Wording
) -> None:
    client = workspace.desk.clients.all()[0].id
    workspace.choose(client)
    part = LessonsPresenter(workspace, wording)
    part.form.set("text", "ask for the limit before the order")
    part.form.set("department", "sales")
    assert part.form.save()
    part.reload()
    (row,) = part.table.rows
    assert (row.client_id, row.origin) == (client, TaskOrigin.LESSON)
    late_done = LateDone(
        code="D14", title=Bilingual("催收", "Collect"), buyer_id=3, buyer="B", by=workspace.today(),
        done_on=workspace.today(), count=1,
    )  # fmt: skip
    assert replace(late_done, buyer_id=None).source == f"D14//{workspace.today().year}"
    kept = NewTask(client_id=client, text="x", department=Department.FIRM)
    assert kept not in list(lessons_of(workspace.desk, client, workspace.today(), "en"))
