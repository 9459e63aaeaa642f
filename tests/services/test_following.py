"""What follows from the facts is never behind them: the desk brings it up to date in the very write."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.db import touched
from creditdesk.domain.base.money import Money
from creditdesk.errors import Cancelled, UserError
from creditdesk.i18n import N_, words
from creditdesk.jobs import Progress, Step
from creditdesk.models import Base
from creditdesk.readings.calendars import CALENDAR_DAYS
from creditdesk.readings.queries import FX_RATES
from creditdesk.services.policies import PolicyId
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)


class Refused(UserError):
    """A change thinks better of it."""

    message = N_("There is nothing to do.")


def tamper(desk: Desk, statement: str) -> None:
    with desk._database.raw() as connection:
        connection.execute(statement)


def insured(desk: Desk, buyer: int) -> dict[str, str]:
    with desk._database.raw() as connection:
        numbers = dict(connection.execute("SELECT id, number FROM invoice").fetchall())
    return {
        numbers[record]: kept.insured.plain
        for record, kept in desk.policies.covers(buyer, TODAY).items()
    }


def test_every_table_says_what_follows_from_it_or_why_nothing_does() -> None:
    tables = {mapper.class_ for mapper in Base.registry.mappers}
    assert set(touched.FACTS) | set(touched.NOTHING_FOLLOWS) == tables
    assert set(touched.FACTS) & set(touched.NOTHING_FOLLOWS) == set()
    assert touched.SETTINGS == (FX_RATES, CALENDAR_DAYS)


def test_a_limit_cancelled_and_dated_back_is_seen_in_the_cover_at_once(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "500000")
    before = insured(desk, buyer)
    assert before == {"INV1": "339000.00", "INV2": "161000.00", "INV3": "0.00"}
    office.limit(policy, buyer, "0", "2025-01-01", state="CANCELLED")
    assert insured(desk, buyer) == {"INV1": "0.00", "INV2": "0.00", "INV3": "0.00"}
    assert desk.recount(TODAY) == 0


def test_another_waiting_time_moves_the_deadlines_at_once(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    policy = office.policy(client)
    desk.policies.set(PolicyId(policy), {"overdue_rule": "DUE_DATE + 60 CD"}, TODAY, confirmed=True)  # fmt: skip
    sixty = [each.legal for each in desk.watch.open_duties() if each.code == "D14"]
    desk.policies.set(PolicyId(policy), {"overdue_rule": "DUE_DATE + 45 CD"}, TODAY, confirmed=True)  # fmt: skip
    forty_five = [each.legal for each in desk.watch.open_duties() if each.code == "D14"]
    assert (min(sixty), min(forty_five)) == (date(2025, 5, 12), date(2025, 4, 25))
    assert desk.recount(TODAY) == 0


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param(
            "UPDATE duty SET legal = '2061-01-01' WHERE state = 'open'",
            "deadlines are not what its books say",
            id="a deadline was moved",
        ),
        pytest.param(
            "DELETE FROM duty", "deadlines are not what its books say", id="duties are gone"
        ),
        pytest.param(
            "UPDATE buyer_cover SET digest = 'x'",
            "the cover kept for 1 buyers is not what its books say",
            id="the cover is of other facts",
        ),
    ],
)  # fmt: skip
def test_the_check_names_a_client_that_is_behind(
    office: Office, desk: Desk, statement: str, said: str
) -> None:
    client, buyer = office.m1()
    office.limit(office.policy(client), buyer, "500000")
    assert desk.check().ok
    tamper(desk, statement)
    (problem,) = desk.check().problems
    assert said in words("en").say(problem)
    assert "明达电子有限公司" in words("zh").say(problem)
    assert desk.recount(TODAY) > 0
    assert desk.check().ok


@pytest.mark.parametrize(
    "what", ["Working out the cover of the invoices", "Watching the dates"]
)
def test_an_import_can_be_cancelled_while_what_follows_is_worked_out(
    office: Office, desk: Desk, what: str
) -> None:
    client, _ = office.m1()
    office.policy(client)
    before = desk.ledger.batches()
    said: list[str] = []

    def hear(step: Step) -> None:
        said.append(step.what.text)
        if step.what.text == what:
            progress.cancel()

    progress = Progress(hear)
    draft = office.draft(office.invoice("INV9", "2025-02-01", "2025-03-01", "7"))
    with pytest.raises(Cancelled):
        desk.ledger.take_in(client, draft, progress=progress)
    assert said[-1] == what
    assert desk.ledger.batches() == before
    assert desk.recount(TODAY) == 0


def test_several_writes_are_one_change_and_heard_of_once(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    told: list[frozenset[str]] = []
    desk.changed.connect(told.append)

    def both() -> None:
        office.limit(policy, buyer, "500000")
        office.limit(policy, buyer, "0", "2025-02-01", state="CANCELLED")

    desk.do(both)
    assert len(told) == 1
    assert {"credit_limit", "invoice_cover"} <= told[0]
    assert insured(desk, buyer)["INV2"] == "0.00"


def test_a_change_that_fails_half_way_leaves_nothing(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    held = insured(desk, buyer)

    def half() -> None:
        office.limit(policy, buyer, "500000")
        raise Refused

    with pytest.raises(Refused):
        desk.do(half)
    assert desk.policies.limits(buyer_id=buyer) == ()
    assert insured(desk, buyer) == held
    assert desk.recount(TODAY) == 0


def test_a_part_that_is_refused_is_undone_alone(office: Office, desk: Desk) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)

    def change() -> None:
        office.limit(policy, buyer, "500000")
        with pytest.raises(UserError):
            office.limit(policy, buyer, "9", "2031-01-01")

    desk.do(change)
    assert [each.amount.plain for each in desk.policies.limits(buyer_id=buyer)] == ["500000.00"]  # fmt: skip
    assert desk.recount(TODAY) == 0


def test_another_day_is_asked_about_without_moving_the_desk(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    office.policy(client)
    held = desk.watch.duties_of(client_id=client)
    told: list[frozenset[str]] = []
    desk.changed.connect(told.append)
    early = desk.as_on(date(2025, 4, 1), lambda: desk.watch.duties_of(client_id=client))
    late = [each for each in early if each.code == "D14" and each.state == "open"]
    assert [each.amount for each in late] == [Money(Decimal(339000), "CNY")]
    assert desk.watch.duties_of(client_id=client) == held
    assert (desk.day, told) == (TODAY, [])


def test_a_day_that_was_not_reached_for_every_client_is_begun_again(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    office.policy(client)
    tomorrow = date(2025, 9, 11)
    desk.upkeep.move_to(tomorrow)
    assert (desk.day, desk.is_on(tomorrow)) == (tomorrow, False)
    desk.move_to(tomorrow)
    assert desk.is_on(tomorrow)
    assert desk.check().ok


def test_a_holiday_entered_by_hand_moves_the_deadlines_of_every_client(
    office: Office, desk: Desk
) -> None:
    for name in ("甲公司", "乙公司"):
        client = office.client(name)
        desk.ledger.take_in(client, office.draft(office.invoice("A", "2025-06-02", "2025-08-01", "100")))  # fmt: skip
        office.policy(client)
    legal = {each.client: each.legal for each in desk.watch.duties_of() if each.code == "D14"}  # fmt: skip
    assert len(legal) == 2
    (day,) = set(legal.values())
    desk.upkeep.set({CALENDAR_DAYS: f"CN {day} rest"})
    moved = {each.client: each.legal for each in desk.watch.open_duties() if each.code == "D14"}  # fmt: skip
    assert all(each > day for each in moved.values())
    assert desk.recount(TODAY) == 0
