"""The stop list says of every buyer what “may we still ship?” says."""

from datetime import date
from typing import Any

from creditdesk.services.policies import Verdict
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
ON = date(2025, 5, 20)


def test_the_list_is_the_answer_of_every_buyer(office: Office, desk: Desk) -> None:
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-01-10", "2025-03-11", "1000", buyer="甲公司"),
            office.invoice("B", "2025-04-10", "2025-06-09", "1000", buyer="乙公司"),
            office.invoice("C", "2025-04-10", "2025-06-09", "9000", buyer="丙公司"),
            office.invoice("D", "2025-04-10", "2025-06-09", "10", buyer="丁公司"),
        ),
    )
    policy = office.policy(client)
    for name, amount in (("甲公司", "5000"), ("乙公司", "5000"), ("丙公司", "9000")):
        office.limit(policy, desk.buyers.named(client, name), amount)
    found = desk.policies.stop_list(client, ON)
    listed = {each.name: each for each in found.buyers}
    # Overdue beyond the extension, limit used up, no limit; the fourth has room.
    assert set(listed) == {"甲公司", "丙公司", "丁公司"}
    assert found.asked == 4
    for line in desk.buyers.all(client):
        answer = desk.policies.may_ship(line.id, ON)
        stopped = listed.get(line.name)
        assert (stopped is not None) == (answer.verdict in {Verdict.NO, Verdict.UNKNOWN})  # fmt: skip
        if stopped is not None:
            assert stopped.reasons == tuple((each.said, each.lifted_by) for each in answer.obstacles)  # fmt: skip
            assert stopped.reasons


def test_what_cant_be_said_is_asked_about_and_not_left_out(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    row = office.invoice("A", "2025-04-10", "2025-06-09", "100", currency="USD")
    desk.ledger.take_in(client, office.draft(row))
    policy = office.policy(client)
    (line,) = desk.buyers.all(client)
    office.limit(policy, line.id, "500")
    found = desk.policies.stop_list(client, ON)
    assert desk.policies.may_ship(line.id, ON).verdict is Verdict.UNKNOWN
    assert [each.name for each in found.open] == [line.name]
    assert found.stopped == ()


def test_without_a_policy_nobody_gets_anything(office: Office, desk: Desk) -> None:
    client, _ = office.m1()
    found = desk.policies.stop_list(client, ON)
    assert len(found.stopped) == found.asked == 1
