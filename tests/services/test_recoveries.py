"""Money that comes in after the loss: shared by the policy's rule, handed over, and the claim closed at last."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.db.errors import RecordMissing, VoidReasonMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.base.rates import RateMissing
from creditdesk.domain.claim.claims import ClaimState, Decision, RecoverySource
from creditdesk.services.claims import ClaimId, NewRecovery, Ruling, StepTaken
from creditdesk.services.claims.values import (
    CalculationNotKept,
    ClosingUnexplained,
    NotHandedOver,
    PaidCurrencyWrong,
    RecoveryBeforeLoss,
    RecoveryInFuture,
    RecoveryInvoiceUnknown,
    RemittedBeforeReceived,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 12, 1)
DAY = date(2025, 11, 3)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def recovery(
    amount: Money, costs: str = "0", on: date = DAY, against: tuple[str, ...] = ()
) -> NewRecovery:
    return NewRecovery(
        against=against,
        received_on=on,
        source=RecoverySource.COLLECTION,
        gross=amount,
        costs=Money(Decimal(costs), amount.currency),
    )


@pytest.fixture
def paid(office: Office, desk: Desk) -> ClaimId:
    """The claim of M1, paid in full: 418,500 of 478,000."""
    claim: ClaimId
    claim, _, _ = office.claim()
    desk.claims.keep(claim, TODAY)
    approved = Ruling(decision=Decision.APPROVED)
    for step in (
        StepTaken(state=ClaimState.FILED, on=date(2025, 9, 12)),
        StepTaken(state=ClaimState.DECIDED, on=date(2025, 10, 8), ruling=approved),
        StepTaken(state=ClaimState.PAID, on=date(2025, 10, 20), paid=cny("418500")),
    ):
        desk.claims.advance(claim, step)
    return claim


def test_m6_is_shared_pro_rata_and_the_shares_add_up(paid: ClaimId, desk: Desk) -> None:
    desk.claims.recover(paid, recovery(cny("100000"), "8000"), TODAY)
    (line,) = desk.claims.file(paid, TODAY).recoveries
    assert (line.insurer.plain, line.insured.plain) == ("80548.12", "11451.88")
    assert (line.gross, line.costs, line.net) == (cny("100000"), cny("8000"), cny("92000"))  # fmt: skip
    assert [step.amount for step in line.steps if step.code == "R3"] == [cny("92000")]


def test_money_for_one_invoice_is_shared_as_it_was_insured(
    paid: ClaimId, desk: Desk
) -> None:
    """All of INV1's 139,000 was insured at 90 %; of INV3's 113,000 all but 13,000 in dispute."""
    for number, insurer in (("INV1", "9000.00"), ("INV3", "7964.60")):
        desk.claims.recover(paid, recovery(cny("10000"), against=(number,)), TODAY)
        line = desk.claims.file(paid, TODAY).recoveries[-1]
        assert line.insurer.plain == insurer
        assert any(number in str(step.label.places) for step in line.steps)
    with pytest.raises(RecoveryInvoiceUnknown):
        desk.claims.recover(paid, recovery(cny("1"), against=("INV9",)), TODAY)


def test_costs_above_what_came_in_are_borne_by_both(paid: ClaimId, desk: Desk) -> None:
    """1,000 × 418,500 ÷ 478,000 are the insurer's to pay; what it has had back is less by them."""
    costs = desk.claims.recover(paid, recovery(cny("5000"), "6000"), TODAY)
    (line,) = desk.claims.file(paid, TODAY).recoveries
    assert (line.net, line.insurer, line.insured) == (cny("-1000"), cny("-875.52"), cny("-124.48"))  # fmt: skip
    assert (line.waits, line.is_owed) == (False, True)
    desk.claims.recover(paid, recovery(cny("478000")), TODAY)
    assert desk.claims.file(paid, TODAY).recoveries[1].insurer == cny("418500")
    desk.claims.remit(paid, costs, DAY)
    assert not desk.claims.file(paid, TODAY).recoveries[0].is_owed


def test_a_recovery_keeps_the_invoices_it_was_for(office: Office, desk: Desk) -> None:
    """By age: INV1 has 9,000 already, so that 330,000 (insured at 90 %) fill it and 1,000 go to INV2."""
    client, buyer = office.m1()
    policy = office.policy(client, values={"recovery_rule": "CHRONOLOGICAL"})
    office.limit(policy, buyer, "500000")
    claim = office.claim_on(client, buyer)
    desk.claims.keep(claim, TODAY)
    desk.claims.recover(claim, recovery(cny("9000"), against=("INV1",)), TODAY)
    desk.claims.recover(claim, recovery(cny("131000")), TODAY)
    first, second = desk.claims.file(claim, TODAY).recoveries
    assert (first.against, second.against) == (("INV1",), ())
    filled = [dict(step.label.places) for step in second.steps if len(step.label.places) > 3]  # fmt: skip
    assert [(each["invoice"], each["filled"]) for each in filled] == [
        ("INV1", cny("130000")), ("INV2", cny("1000"))
    ]  # fmt: skip


def test_the_insurer_never_gets_more_than_it_paid(paid: ClaimId, desk: Desk) -> None:
    for amount in ("300000", "178000", "50000"):
        desk.claims.recover(paid, recovery(cny(amount)), TODAY)
    lines = desk.claims.file(paid, TODAY).recoveries
    assert Money.total((line.insurer for line in lines), "CNY") == cny("418500")
    assert lines[-1].insured == cny("50000")


def test_an_insurer_that_refused_has_no_share(office: Office, desk: Desk) -> None:
    claim, _, _ = office.claim()
    desk.claims.keep(claim, TODAY)
    refused = Ruling(decision=Decision.REFUSED)
    desk.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=date(2025, 9, 12)))
    desk.claims.advance(
        claim, StepTaken(state=ClaimState.DECIDED, on=date(2025, 10, 8), ruling=refused)
    )
    desk.claims.recover(claim, recovery(cny("1000")), TODAY)
    (line,) = desk.claims.file(claim, TODAY).recoveries
    assert (line.insurer, line.insured) == (cny("0"), cny("1000"))
    assert "R0" not in [step.code for step in line.steps]


def test_a_voided_recovery_counts_no_more(paid: ClaimId, desk: Desk) -> None:
    wrong = desk.claims.recover(paid, recovery(cny("478000")), TODAY)
    with pytest.raises(VoidReasonMissing):
        desk.claims.void_recovery(paid, wrong, " ")
    desk.claims.void_recovery(paid, wrong, "another claim's money")
    with pytest.raises(RecordMissing):
        desk.claims.void_recovery(paid, wrong, "again")
    desk.claims.recover(paid, recovery(cny("47800")), TODAY)
    before, after = desk.claims.file(paid, TODAY).recoveries
    assert before.voided is not None
    assert (before.voided.why, before.waits) == ("another claim's money", False)
    assert after.voided is None
    assert after.insurer == cny("41850")


def test_foreign_money_is_converted_on_the_day_it_came(
    paid: ClaimId, desk: Desk
) -> None:
    dollars = recovery(Money(Decimal(1000), "USD"))
    with pytest.raises(RateMissing):
        desk.claims.recover(paid, dollars, TODAY)
    rates = "2025-11-01 USD CNY 7.10\n2025-11-04 USD CNY 9"
    desk.upkeep.set({"fx_rates": rates})
    desk.claims.recover(paid, dollars, TODAY)
    (line,) = desk.claims.file(paid, TODAY).recoveries
    assert (line.net, line.rate) == (cny("7100"), Decimal("7.1"))
    assert line.gross == Money(Decimal(1000), "USD")


@pytest.mark.parametrize(
    ("new", "refused"),
    [
        (recovery(cny("1"), on=date(2025, 12, 2)), RecoveryInFuture),
        (recovery(cny("1"), on=date(2025, 9, 7)), RecoveryBeforeLoss),
    ],
)
def test_what_can_not_be_a_recovery_is_refused(
    paid: ClaimId, desk: Desk, new: NewRecovery, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        desk.claims.recover(paid, new, TODAY)
    assert desk.claims.file(paid, TODAY).recoveries == ()


def test_shares_need_a_kept_calculation(office: Office, desk: Desk) -> None:
    claim, _, _ = office.claim()
    with pytest.raises(CalculationNotKept):
        desk.claims.share(claim, recovery(cny("1")), TODAY)


def test_a_claim_is_closed_when_the_insurer_has_its_share_and_the_reason_is_said(
    paid: ClaimId, desk: Desk
) -> None:
    number = desk.claims.recover(paid, recovery(cny("100000"), "8000"), TODAY)
    closing = StepTaken(state=ClaimState.CLOSED, on=TODAY, reason="written off")
    with pytest.raises(NotHandedOver, match=r"80,548\.12"):
        desk.claims.advance(paid, closing)
    with pytest.raises(RemittedBeforeReceived):
        desk.claims.remit(paid, number, date(2025, 11, 2))
    desk.claims.remit(paid, number, date(2025, 11, 10))
    with pytest.raises(ClosingUnexplained):
        desk.claims.advance(paid, StepTaken(state=ClaimState.CLOSED, on=TODAY))
    desk.claims.advance(paid, closing)
    file = desk.claims.file(paid, TODAY)
    assert file.line.state is ClaimState.CLOSED
    assert (file.steps[-1].state, file.steps[-1].reason) == (ClaimState.CLOSED, "written off")  # fmt: skip


def test_a_reduction_of_the_insurer_lowers_the_next_calculation(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    desk.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=TODAY))
    reduced = Ruling(decision=Decision.REDUCED, reduction_pct=Decimal(20))
    step = StepTaken(state=ClaimState.DECIDED, on=TODAY, ruling=reduced, reason="late")
    desk.claims.advance(claim, step)
    made = desk.claims.estimate(claim, TODAY).indemnity
    assert made is not None
    assert made.indemnity == cny("334800")


def test_a_provisional_payment_comes_off_what_is_paid_out_and_not_off_the_indemnity(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    desk.claims.note_provisional(claim, cny("100000"), TODAY)
    made = desk.claims.estimate(claim, TODAY)
    assert made.indemnity is not None
    assert made.indemnity.indemnity == cny("418500")
    assert made.calculation.steps[-1].amount == cny("318500")
    assert desk.claims.file(claim, TODAY).provisional == cny("100000")
    desk.claims.note_provisional(claim, cny("0"), TODAY)
    assert desk.claims.file(claim, TODAY).provisional is None
    with pytest.raises(PaidCurrencyWrong):
        desk.claims.note_provisional(claim, Money(Decimal(1), "USD"), TODAY)
