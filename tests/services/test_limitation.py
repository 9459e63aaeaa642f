"""The limitation guard (rules.md 14.6), every day worked out by hand."""

from datetime import date
from typing import Any

import pytest

from creditdesk.domain.claim.claims import ClaimState
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.credit.buyer_events import BuyerEvent, BuyerEventKind
from creditdesk.domain.credit.limitation import begins, names_somebody
from creditdesk.services.claims import StepTaken
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
DUE = date(2025, 3, 11)


def event(kind: BuyerEventKind, on: date) -> BuyerEvent:
    return BuyerEvent(id=1, buyer_id=1, kind=kind, happened_on=on, known_on=on)


def days(desk: Desk, code: str, on: date) -> list[date]:
    desk.recount(on)
    return [line.legal for line in desk.watch.open_duties() if line.code == code]


def test_limitation_begins_anew_with_what_interrupts_it() -> None:
    served = event(BuyerEventKind.DEMAND_SERVED, date(2026, 1, 5))
    before = event(BuyerEventKind.DEMAND_SERVED, date(2025, 2, 1))
    adverse = event(BuyerEventKind.ADVERSE_INFO, date(2026, 8, 1))
    assert begins(DUE, (), ()) == DUE
    assert begins(DUE, (before, adverse), ()) == DUE
    assert begins(DUE, (served, before), ()) == date(2026, 1, 5)
    assert begins(DUE, (served,), (date(2026, 4, 1),)) == date(2026, 4, 1)


@pytest.mark.parametrize("words", ["", " 无 ", "None", "没有"])
def test_nobody_is_no_guarantor(words: str) -> None:
    assert not names_somebody(words)
    assert names_somebody("张某公司")


def test_a_debt_is_barred_three_years_after_it_was_due_unless_demanded(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    office.policy(client)
    # M1: the oldest is due on 11 March 2025; 11 March 2028 is a Saturday, Monday the 13th counts.
    assert days(desk, "B01", date(2027, 9, 1)) == []
    assert days(desk, "B01", date(2027, 12, 1)) == [date(2028, 3, 13)]
    served = NewEvent(
        buyer_id=buyer,
        kind=BuyerEventKind.DEMAND_SERVED,
        happened_on=date(2027, 12, 2),
        known_on=date(2027, 12, 2),
    )
    desk.watch.report(served, date(2027, 12, 3))
    assert days(desk, "B01", date(2027, 12, 3)) == []
    assert days(desk, "B01", date(2030, 9, 1)) == [date(2030, 12, 2)]


def test_the_insurer_is_pressed_within_two_years_of_the_last_step(
    office: Office, desk: Desk
) -> None:
    claim = office.claim()[0]
    # The loss of M1 is on 7 September 2025; 7 September 2027 is a Tuesday.
    assert days(desk, "B03", date(2027, 6, 1)) == [date(2027, 9, 7)]
    desk.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=date(2025, 9, 29)))
    assert days(desk, "B03", date(2027, 6, 1)) == [date(2027, 9, 29)]
    desk.claims.take_back_step(claim, "尚未提交")
    assert days(desk, "B03", date(2027, 6, 1)) == [date(2027, 9, 7)]
    desk.claims.advance(
        claim, StepTaken(state=ClaimState.WITHDRAWN, on=date(2025, 9, 30))
    )
    assert days(desk, "B03", date(2027, 6, 1)) == []


def test_a_guarantor_is_called_on_within_six_months_of_the_due_date(
    office: Office, desk: Desk
) -> None:
    claim, _policy, buyer = office.claim()
    on = date(2025, 9, 8)
    assert days(desk, "B02", on) == []
    owner = Owner(of=Of.CLAIM, id=claim)
    desk.particulars.set(owner, "claim.guarantor", "宁波某实业有限公司")
    # The first of M1 is due on 11 March 2025: 11 September.
    assert days(desk, "B02", on)[0] == date(2025, 9, 11)
    called = NewEvent(
        buyer_id=buyer,
        kind=BuyerEventKind.GUARANTOR_CALLED,
        happened_on=on,
        known_on=on,
    )
    desk.watch.report(called, on)
    assert days(desk, "B02", on) == []
    desk.particulars.set(owner, "claim.guarantor", "无")
    assert days(desk, "B02", on) == []


def test_recourse_on_a_refused_bill_ends_after_six_months(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    office.policy(client)
    refused = NewEvent(
        buyer_id=buyer,
        kind=BuyerEventKind.BILL_REFUSED,
        happened_on=date(2025, 6, 3),
        known_on=date(2025, 6, 3),
    )
    desk.watch.report(refused, date(2025, 6, 3))
    assert days(desk, "B04", date(2025, 7, 1)) == [date(2025, 12, 3)]
