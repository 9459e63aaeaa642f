"""Items of checklists that the firm asks for itself."""

from datetime import date
from typing import Any

import pytest

from creditdesk.db.errors import RecordMissing, VoidAlready
from creditdesk.domain.claim.claims import (
    Cause,
    ChecklistRow,
    ClaimState,
    ItemState,
    Supplier,
)
from creditdesk.services.claims import ClaimId, NewAddition, StepTaken
from creditdesk.services.claims.additions import AdditionEmpty, AdditionForTwo
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)


def item(**given: Any) -> NewAddition:  # noqa: ANN401 - what a test says of it
    return NewAddition(**{"title": "担保函", "suppliers": (Supplier.BANK,), **given})


def own(desk: Desk, claim: ClaimId) -> list[ChecklistRow]:
    rows = desk.claims.file(claim, TODAY).checklist
    return [row for row in rows if row.own is not None]


def offered(desk: Desk, claim: ClaimId) -> list[str]:
    return [each.code for each in desk.claims.offered_items(claim)]


def test_a_new_claim_takes_what_applies_to_its_cause_and_insurer(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    insurer = desk.policies.file(policy, TODAY).line.insurer
    desk.claims.add_item(item(title="all", why="asked in 2024", english="All of them"))
    desk.claims.add_item(item(title="other cause", cause=Cause.REPUDIATION))
    desk.claims.add_item(item(title="cause", cause=Cause.PROTRACTED_DEFAULT, mandatory=False))  # fmt: skip
    desk.claims.add_item(item(title="other", insurer="another"))
    desk.claims.add_item(item(title="insurer", insurer=insurer.upper()))
    gone = desk.claims.add_item(item(title="gone"))
    desk.claims.void_item(gone, "no longer")
    claim = office.claim_on(client, buyer)
    rows = own(desk, claim)
    assert [(row.code, row.title.zh, row.mandatory) for row in rows] == [
        ("A1", "all", True),
        ("A3", "cause", False),
        ("A5", "insurer", True),
    ]
    assert (rows[0].title.en, rows[0].why) == ("All of them", "asked in 2024")
    assert rows == list(desk.claims.file(claim, TODAY).checklist[-3:])
    assert rows[0].missing
    assert offered(desk, claim) == []


def test_an_open_claim_is_offered_it_and_takes_it(office: Office, desk: Desk) -> None:
    claim, _, _ = office.claim()
    before = desk.claims.file(claim, TODAY).completeness
    desk.claims.add_item(item())
    assert own(desk, claim) == []
    assert offered(desk, claim) == ["A1"]
    assert desk.claims.take_items(claim) == ("A1",)
    assert (offered(desk, claim), desk.claims.take_items(claim)) == ([], ())
    after = desk.claims.file(claim, TODAY).completeness
    assert len(after.missing) == len(before.missing) + 1
    desk.claims.attach(claim, "A1", office.file(b"a", "a.pdf"), b"a")
    assert own(desk, claim)[0].state is ItemState.PRESENT


def test_an_item_of_one_claim_stands_on_it_at_once_and_follows_no_cause(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    desk.claims.add_item(item(claim_id=claim))
    assert [row.code for row in own(desk, claim)] == ["A1"]
    number = desk.claims.file(claim, TODAY).invoices[0].number
    desk.claims.set_cause(claim, [number], Cause.REPUDIATION)
    assert [row.code for row in own(desk, claim)] == ["A1"]
    with pytest.raises(AdditionForTwo):
        desk.claims.add_item(item(claim_id=claim, insurer="x"))
    with pytest.raises(AdditionEmpty):
        desk.claims.add_item(item(title="  "))
    with pytest.raises(AdditionEmpty):
        desk.claims.add_item(item(suppliers=()))
    assert len(desk.claims.additions()) == 1


def test_one_withdrawn_leaves_checklists_unless_somebody_worked_on_it(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    for title in ("idle", "worked"):
        desk.claims.add_item(item(title=title, claim_id=claim))
    desk.claims.set_item(claim, "A2", ItemState.REQUESTED)
    desk.claims.void_item(1, "typed twice")
    desk.claims.void_item(2, "not wanted")
    assert [(row.code, row.mandatory) for row in own(desk, claim)] == [("A2", False)]
    lines = desk.claims.additions()
    assert [line.voided.why for line in lines if line.voided] == ["typed twice", "not wanted"]  # fmt: skip
    with pytest.raises(VoidAlready):
        desk.claims.void_item(1, "again")
    with pytest.raises(RecordMissing):
        desk.claims.void_item(9, "none")
    assert offered(desk, claim) == []


def test_what_was_filed_keeps_its_checklist(office: Office, desk: Desk) -> None:
    claim, _, _ = office.claim()
    number = desk.claims.add_item(item(claim_id=claim))
    desk.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=TODAY))
    desk.claims.void_item(number, "no longer")
    assert [(row.code, row.mandatory) for row in own(desk, claim)] == [("A1", True)]
