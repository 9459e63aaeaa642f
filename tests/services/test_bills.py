"""A bill is no cash before it is honoured; honoured it is the receipt, refused the warning. rules.md 14.2."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import Reason
from creditdesk.domain.ledger.bills import BillOutcome, Recourse, recourse
from creditdesk.domain.ledger.marks import Mark, marked
from creditdesk.errors import UserError
from creditdesk.i18n import words
from creditdesk.presenters.ledger.document_words import number_words
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import BatchInUse
from creditdesk.services.ledger.bills import (
    BillDayImpossible,
    BillEnded,
    NoBillTaken,
    NothingLeftOnBill,
)
from creditdesk.workspace import Desk
from tests.services.conftest import Office

BUYER = "宁波海澜贸易有限公司"
TODAY = date(2025, 9, 10)
HONOURED, REFUSED = BillOutcome.HONOURED, BillOutcome.REFUSED


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


@pytest.fixture
def billed(office: Office, desk: Desk) -> int:
    """500 due on 1 August by the bill taken for it, 50 of them paid; 30 shipped on 20 August."""
    client = office.client()
    made = replace(
        office.invoice("C1", "2025-02-10", "2025-08-01", "500"), memo=marked("", Mark.BILL, "商业承兑汇票 2025-08-01")
    )  # fmt: skip
    later = office.invoice("C2", "2025-08-20", "2025-10-20", "30")
    desk.ledger.take_in(client, office.draft(made, later, office.paid("P", "2025-03-01", "50", "C1")))  # fmt: skip
    return next(each.id for each in desk.ledger.open_items(client) if each.number == "C1")  # fmt: skip


def open_(desk: Desk, invoice: int) -> Money:
    (line,) = desk.ledger.invoices([invoice])
    return line.open


def shown(desk: Desk, invoice: int) -> str:
    (line,) = desk.ledger.invoices([invoice])
    return number_words(line, Wording("en"))


def test_honoured_it_is_received_on_that_day(desk: Desk, billed: int) -> None:
    assert shown(desk, billed) == "C1 · paid with a bill"
    desk.ledger.end_bill(billed, HONOURED, date(2025, 8, 4), TODAY)
    assert open_(desk, billed) == cny("0")
    assert shown(desk, billed) == "C1 · bill honoured"
    client = desk.clients.all()[0].id
    before, after = (
        desk.ledger.aging(day, client_id=client).aging.by_currency["CNY"].outstanding
        for day in (date(2025, 8, 3), date(2025, 8, 4))
    )
    assert (before, after) == (cny("450"), cny("0"))
    assert desk.check().ok


def test_refused_it_stays_owed_and_the_risk_counts_as_known(
    office: Office, desk: Desk, billed: int
) -> None:
    client = desk.clients.all()[0].id
    buyer = desk.buyers.named(client, BUYER)
    policy = office.policy(client, values={"mep_days": "90"})
    office.limit(policy, buyer, "2000")
    desk.recount(TODAY)
    numbers = {each.id: each.number for each in desk.ledger.open_items(client)}

    def reasons() -> dict[str, tuple[Reason, ...]]:
        found = desk.policies.covers(buyer, TODAY)
        return {numbers[record]: kept.reasons for record, kept in found.items() if record in numbers}  # fmt: skip

    assert Reason.KNOWN_RISK not in reasons()["C2"]
    number = desk.ledger.end_bill(billed, REFUSED, date(2025, 8, 2), TODAY)
    assert open_(desk, billed) == cny("450")
    assert shown(desk, billed) == "C1 · bill refused"
    # C1 left before the refusal, C2 after it.
    assert Reason.KNOWN_RISK in reasons()["C2"]
    assert Reason.KNOWN_RISK not in reasons()["C1"]
    desk.ledger.void_bill_end(number, "the bank's mistake")
    assert Reason.KNOWN_RISK not in reasons()["C2"]
    assert desk.check().ok


def test_voided_it_is_as_before_and_can_be_said_anew(desk: Desk, billed: int) -> None:
    first = desk.ledger.end_bill(billed, HONOURED, date(2025, 8, 4), TODAY)
    desk.ledger.void_bill_end(first, "another invoice's")
    assert open_(desk, billed) == cny("450")
    assert shown(desk, billed) == "C1 · paid with a bill"
    desk.ledger.end_bill(billed, REFUSED, date(2025, 8, 5), TODAY)
    told = [
        (each.outcome, each.on, each.voided.why if each.voided else "")
        for each in desk.ledger.bill_ends(billed)
    ]
    assert told == [
        (REFUSED, date(2025, 8, 5), ""),
        (HONOURED, date(2025, 8, 4), "another invoice's"),
    ]


def test_what_cannot_be_is_refused(desk: Desk, billed: int) -> None:
    client = desk.clients.all()[0].id
    plain = next(each.id for each in desk.ledger.open_items(client) if each.number == "C2")  # fmt: skip
    wrong: list[tuple[int, BillOutcome, date, type[UserError]]] = [
        (plain, REFUSED, TODAY, NoBillTaken),
        (billed, HONOURED, date(2025, 2, 9), BillDayImpossible),
        (billed, HONOURED, date(2025, 9, 11), BillDayImpossible),
    ]
    for invoice, outcome, on, error in wrong:
        with pytest.raises(error):
            desk.ledger.end_bill(invoice, outcome, on, TODAY)
    desk.ledger.end_bill(billed, REFUSED, TODAY, TODAY)
    with pytest.raises(BillEnded):
        desk.ledger.end_bill(billed, HONOURED, TODAY, TODAY)


def test_a_paid_invoices_bill_needs_no_receipt(
    office: Office, desk: Desk, billed: int
) -> None:
    client = desk.clients.all()[0].id
    desk.ledger.take_in(client, office.draft(office.paid("Q", "2025-08-03", "450", "C1")))  # fmt: skip
    with pytest.raises(NothingLeftOnBill):
        desk.ledger.end_bill(billed, HONOURED, TODAY, TODAY)


def test_an_import_is_not_taken_back_under_it(desk: Desk, billed: int) -> None:
    desk.ledger.end_bill(billed, REFUSED, TODAY, TODAY)
    (batch,) = (each.id for each in desk.ledger.batches())
    with pytest.raises(BatchInUse) as refused:
        desk.ledger.undo(batch)
    assert "the bill for C1" in words("en").say(refused.value.said)


def test_duties_and_claims_say_it(office: Office, desk: Desk, billed: int) -> None:
    client = desk.clients.all()[0].id
    policy = office.policy(client)
    office.limit(policy, desk.buyers.named(client, BUYER), "2000")
    desk.recount(TODAY)
    assert any(each.bills for each in desk.watch.open_duties(client))
    desk.ledger.end_bill(billed, REFUSED, date(2025, 8, 2), TODAY)
    assert not any(each.bills for each in desk.watch.open_duties(client))
    claim = office.claim_on(client, desk.buyers.named(client, BUYER))
    said = [words("en").say(each) for each in desk.claims.estimate(claim, TODAY).calculation.granted]  # fmt: skip
    assert any("refused: C1 (2025-08-02)" in each for each in said)
    assert not any("counts as owed as long" in each for each in said)


def test_recourse_ends_on_days_of_its_own() -> None:
    found = recourse(date(2025, 8, 31), date(2025, 8, 1))
    assert found == Recourse(date(2026, 2, 28), date(2027, 8, 1))
    assert recourse(date(2025, 8, 2), None).drawer is None
