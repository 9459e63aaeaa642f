"""The month report of a month that is over: its duties as they stood at its end, not as they stand today."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from creditdesk.reports.month import month_of
from creditdesk.services.watch import DutyDone
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
JULY, LATER = date(2025, 7, 31), date(2025, 9, 10)


def test_duties_closed_since_stood_open_then(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = [datetime(2025, 7, 10, 9, tzinfo=UTC).replace(tzinfo=None)]
    monkeypatch.setattr(desk.upkeep._db, "now", lambda: at[0])
    desk.move_to(date(2025, 7, 10))
    client = office.client()
    invoice = office.invoice("A", "2025-03-01", "2025-05-20", "100000")
    desk.ledger.take_in(client, office.draft(invoice))
    office.policy(client)
    then = {each.code for each in desk.watch.agenda(client).lines}
    assert then
    at[0] = at[0].replace(month=9)
    desk.move_to(LATER)
    for line in desk.watch.agenda(client).lines:
        desk.watch.close(line.ids, DutyDone(on=LATER, note="done"), LATER)
    assert desk.watch.agenda(client).lines == ()
    found = month_of(desk, client, JULY, LATER)
    assert {each.code for each in found.agenda.lines} == then
    assert found.today == JULY
    assert month_of(desk, client, LATER, LATER).agenda.lines == ()


def test_books_that_came_after_the_month_tell_what_was_to_be_done_in_it(
    office: Office, desk: Desk
) -> None:
    """The usual case: July's ledger comes in September, with a payment of July among its lines."""
    desk.move_to(LATER)
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-03-01", "2025-05-20", "100000", buyer="甲公司"),
            office.invoice("B", "2025-03-02", "2025-05-21", "700", buyer="乙公司"),
            office.invoice("C", "2025-06-30", "2025-08-29", "40", buyer="丙公司"),
            office.paid("P", "2025-07-30", "700", "B", buyer="乙公司"),
        ),
    )
    office.policy(client)
    found = month_of(desk, client, JULY, LATER).agenda
    late = {(each.code, each.buyer) for each in found.lines if each.buyer}
    assert ("D14", "甲公司") in late
    assert {buyer for _, buyer in late} == {"甲公司"}
    assert {each.amount.amount for each in found.lines if each.code == "D14"} == {
        100_000
    }
    now = {each.buyer for each in desk.watch.agenda(client).lines if each.buyer}
    assert now == {"甲公司", "丙公司"}
