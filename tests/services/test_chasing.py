"""Reminders: everything late, without what is contested, held by others or not assigned; interest by the day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.catalog.letters import letters
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.credit.buyer_events import BuyerEvent, BuyerEventKind
from creditdesk.domain.credit.limitation import begins
from creditdesk.domain.ledger.bills import BillOutcome, BillWay
from creditdesk.domain.ledger.chasing import (
    AllContested,
    InterestAsked,
    InterestRateMissing,
    InterestUnassigned,
    NothingLate,
    PaidUnassigned,
    StatutoryNotOwed,
)
from creditdesk.domain.ledger.marks import Mark, marked
from creditdesk.presenters.letters.demand import DemandDraft
from creditdesk.presenters.letters.letter_draft import About
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.services.ledger.disputes import NewDispute, Settlement
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
BUYER = "宁波海澜贸易有限公司"


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def taken(office: Office, *rows: object) -> tuple[int, int]:
    client = office.client()
    office.desk.ledger.take_in(client, office.draft(*rows))
    return client, office.desk.buyers.named(client, BUYER)


def invoice(desk: Desk, number: str) -> int:
    found = desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    return next(each.id for each in found if each.number == number)


def test_all_late_items_less_the_disputed_part(office: Office, desk: Desk) -> None:
    _, buyer = office.m1()
    found = desk.ledger.reminder(buyer, TODAY)
    days = {each.number: each.days_overdue for each in found.items}
    assert days == {"INV1": 183, "INV2": 152, "INV3": 114}
    # 339,000 + (226,000 − 200,000) + (113,000 − 13,000)
    assert found.demanded == found.total == (cny("465000"),)
    assert found.left_out == (cny("13000"),)
    assert found.refusal() is None
    assert found.oldest is not None
    assert found.oldest.number == "INV1"


def test_what_a_settlement_took_off_is_not_demanded_either(
    office: Office, desk: Desk
) -> None:
    _, buyer = office.m1()
    new = NewDispute(
        invoice_id=invoice(desk, "INV3"), amount=cny("13000"), opened_on=date(2025, 6, 1), nature="质量",
    )  # fmt: skip
    dispute = desk.ledger.contest(new, TODAY)
    end = Settlement(on=date(2025, 9, 1), upheld=Decimal(3000), outcome="仲裁裁决")
    desk.ledger.settle_dispute(dispute, end, TODAY)
    found = desk.ledger.reminder(buyer, TODAY)
    assert found.left_out == (cny("10000"),)
    assert found.demanded == (cny("468000"),)


def test_nothing_late_is_refused(office: Office, desk: Desk) -> None:
    _, buyer = taken(office, office.invoice("A", "2025-08-01", "2025-09-10", "100"))
    refused = desk.ledger.reminder(buyer, TODAY).refusal()
    assert isinstance(refused, NothingLate)
    assert desk.ledger.reminder(buyer, date(2025, 9, 11)).refusal() is None


def test_a_due_date_nobody_knows_is_not_late(office: Office, desk: Desk) -> None:
    _, buyer = taken(
        office,
        office.invoice("A", "2025-01-01", None, "100"),
        office.invoice("B", "2025-01-01", "2025-02-01", "70"),
    )
    found = desk.ledger.reminder(buyer, TODAY)
    assert (found.demanded, found.due_open) == ((cny("70"),), (cny("100"),))


def test_what_is_contested_alone_is_refused(office: Office, desk: Desk) -> None:
    _, buyer = taken(
        office, office.invoice("A", "2025-01-01", "2025-03-01", "100", disputed="100")
    )
    assert isinstance(desk.ledger.reminder(buyer, TODAY).refusal(), AllContested)


def test_money_nobody_assigned_is_taken_off_and_may_cover_all(
    office: Office, desk: Desk
) -> None:
    _, buyer = taken(
        office,
        office.invoice("A", "2025-01-01", "2025-03-01", "100"),
        office.paid("P", "2025-04-01", "60", "NOBODY"),
    )
    found = desk.ledger.reminder(buyer, TODAY)
    assert (found.demanded, found.unassigned, found.total) == ((cny("100"),), (cny("60"),), (cny("40"),))  # fmt: skip
    with pytest.raises(InterestUnassigned):
        found.with_interest(InterestAsked.STATUTORY, None)


def test_enough_money_that_nobody_assigned_is_refused(
    office: Office, desk: Desk
) -> None:
    _, buyer = taken(
        office,
        office.invoice("A", "2025-01-01", "2025-03-01", "100"),
        office.paid("P", "2025-04-01", "100", "NOBODY"),
    )
    assert isinstance(desk.ledger.reminder(buyer, TODAY).refusal(), PaidUnassigned)


def test_interest_of_the_reference(office: Office, desk: Desk) -> None:
    # Due 90 days before 2025-09-10: 113,000 × 0.05 % × 90 = 5,085.00 (rules.md 14.6)
    _, buyer = taken(office, office.invoice("A", "2025-04-01", "2025-06-12", "113000"))
    found = desk.ledger.reminder(buyer, TODAY)
    statutory = found.with_interest(InterestAsked.STATUTORY, None)
    assert statutory.interest == (cny("5085.00"),)
    assert statutory.total == (cny("118085.00"),)
    # 113,000 × 3 % ÷ 365 × 90 = 835.89
    agreed = found.with_interest(InterestAsked.AGREED, Decimal(3))
    assert agreed.interest == (cny("835.89"),)
    assert found.interest == ()
    with pytest.raises(InterestRateMissing):
        found.with_interest(InterestAsked.AGREED, None)


@pytest.mark.parametrize(
    ("own", "other", "protected", "too_long"),
    [
        ("小型", "大型", True, 1),
        ("micro", "Public body", True, 1),
        ("大型", "大型", False, 0),
        ("小型", "中型", False, 0),
        ("小型", "", None, 0),
        ("", "", None, 0),
    ],
)
def test_overlong_terms_only_where_the_decree_applies(  # noqa: PLR0913, PLR0917 - two sizes and what follows
    office: Office,
    desk: Desk,
    own: str,
    other: str,
    protected: bool | None,  # noqa: FBT001 - a parameter of the case
    too_long: int,
) -> None:
    client, buyer = taken(
        office,
        office.invoice("LONG", "2025-01-01", "2025-03-03", "100"),
        office.invoice("SHORT", "2025-01-01", "2025-03-02", "100"),
    )
    desk.particulars.set(Owner(of=Of.CLIENT, id=client), "client.size", own)
    desk.particulars.set(Owner(of=Of.BUYER, id=buyer), "buyer.size", other)
    found = desk.ledger.reminder(buyer, TODAY)
    assert found.is_protected is protected
    assert [each.number for each in found.over_long] == ["LONG"][:too_long]
    if protected is False:
        with pytest.raises(StatutoryNotOwed):
            found.with_interest(InterestAsked.STATUTORY, None)


def test_a_bill_is_named_and_one_passed_on_is_its_holders(
    office: Office, desk: Desk
) -> None:
    row = office.invoice("A", "2025-03-01", "2025-07-01", "500")
    _, buyer = taken(
        office,
        replace(row, memo=marked("", Mark.BILL, "商票 77")),
        office.invoice("B", "2025-03-01", "2025-07-01", "70"),
    )
    found = desk.ledger.reminder(buyer, TODAY)
    assert [(each.number, each.bill) for each in found.demands] == [("A", "商票 77"), ("B", None)]  # fmt: skip
    record = invoice(desk, "A")
    desk.ledger.pass_bill_on(record, BillWay.ENDORSED, date(2025, 5, 1), TODAY)  # fmt: skip
    assert desk.ledger.reminder(buyer, TODAY).demanded == (cny("70"),)
    desk.ledger.end_bill(record, BillOutcome.REFUSED, date(2025, 7, 2), TODAY)
    refused = desk.ledger.reminder(buyer, TODAY)
    assert refused.demanded == (cny("570"),)
    assert [each.bill for each in refused.demands] == [None, None]


def test_the_round_of_a_client_knows_only_those_that_are_late(
    office: Office, desk: Desk
) -> None:
    client, _ = taken(
        office,
        office.invoice("A", "2025-01-01", "2025-03-01", "100"),
        office.invoice("B", "2025-08-01", "2025-12-01", "100", buyer="乙公司"),
        office.invoice("C", "2025-01-01", "2025-03-01", "9", buyer="丙公司", disputed="9"),
    )  # fmt: skip
    found = desk.ledger.reminders(client, TODAY)
    gets = [(each.buyer.name, each.refusal() is None) for each in found]
    assert gets == [("丙公司", False), (BUYER, True)]
    assert found[1] == desk.ledger.reminder(found[1].buyer_id, TODAY)


def test_a_served_final_demand_begins_the_limitation_anew(
    office: Office, desk: Desk
) -> None:
    _, buyer = taken(office, office.invoice("A", "2025-01-01", "2025-03-01", "100"))
    letter = letters()["final_demand"]
    about = About.of(desk, letter, TODAY, Wording("zh"), policy=None, buyer=buyer)
    record = DemandDraft(about).record
    assert record is not None
    record(date(2025, 9, 8), "EMS", None)
    (event,) = desk.watch.events(buyer)
    assert event.kind == BuyerEventKind.DEMAND_SERVED
    assert (event.happened_on, event.note) == (date(2025, 9, 8), "EMS")
    served = BuyerEvent(
        id=1, buyer_id=buyer, kind=BuyerEventKind(event.kind), happened_on=event.happened_on,
        known_on=event.happened_on,
    )  # fmt: skip
    assert begins(date(2025, 3, 1), [served], []) == date(2025, 9, 8)
