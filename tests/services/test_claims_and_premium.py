"""What declarations and premium do to a claim: cover of each shipment, the maximum liability, what is paid out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause, ClaimState, Decision
from creditdesk.domain.claim.readiness import Finding, Verdict
from creditdesk.domain.policy.premium_notes import NoteKind
from creditdesk.i18n import LANGUAGES, Message, words
from creditdesk.services.claims import ClaimId, NewClaim, Ruling, StepTaken
from creditdesk.services.claims.values import Estimate
from creditdesk.services.declarations import NewDeclaration
from creditdesk.services.premiums import NewNote
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
AMOUNT = {"max_liability_basis": "AMOUNT", "max_liability": "2000000"}
STATES = (
    ClaimState.FILED, ClaimState.ACCEPTED, ClaimState.INVESTIGATION, ClaimState.ASSESSED, ClaimState.DECIDED,
    ClaimState.ASSIGNED,
)  # fmt: skip


@pytest.fixture
def claim(office: Office, desk: Desk) -> ClaimId:
    """M1 (rules.md 4.9): 418,500 at 90 %."""
    client, buyer = office.m1()
    under = office.policy(client, values=AMOUNT)
    office.limit(under, buyer, "500000")
    made: ClaimId = office.claim_on(client, buyer)
    assert desk.claims.estimate(made, TODAY).indemnity is not None
    return made


def policy(desk: Desk, claim: ClaimId) -> int:
    return desk.claims.file(claim, TODAY).line.policy_id


def declare(desk: Desk, claim: ClaimId, month: int, on: date, **more: Any) -> None:  # noqa: ANN401 - a test's own words  # fmt: skip
    start = date(2025, month, 1)
    end = date.fromordinal(date(2025, month + 1, 1).toordinal() - 1)
    desk.declarations.record(
        NewDeclaration(policy_id=policy(desk, claim), start=start, end=end, on=on, **more), TODAY
    )  # fmt: skip


def declare_in_time(desk: Desk, claim: ClaimId, *months: int) -> None:
    for month in months:
        declare(desk, claim, month, date(2025, month + 1, 10))


def ask(desk: Desk, claim: ClaimId, amount: str, due: str) -> int:
    return desk.premiums.add_note(
        NewNote(
            policy_id=policy(desk, claim),
            kind=NoteKind.INSTALMENT,
            amount=Money(Decimal(amount), "CNY"),
            due_on=date.fromisoformat(due),
            reference="N-1",
        )
    )


def indemnity(made: Estimate) -> str:
    assert made.indemnity is not None
    return made.indemnity.indemnity.plain


def granted(made: Estimate) -> list[str]:
    for language in LANGUAGES:
        assert all("{" not in words(language).say(each) for each in made.calculation.granted)  # fmt: skip
    return [words("en").say(each) for each in made.calculation.granted]


def answer(desk: Desk, claim: ClaimId) -> Finding:
    found = desk.claims.file(claim, TODAY).findings
    return next(each for each in found if each.code == "declared_and_paid")


def test_nothing_recorded_counts_as_declared_and_is_said(
    desk: Desk, claim: ClaimId
) -> None:
    made = desk.claims.estimate(claim, TODAY)
    assert indemnity(made) == "418500.00"
    (note,) = granted(made)
    assert "INV1, INV2, INV3 count as declared" in note
    assert answer(desk, claim).verdict is Verdict.UNKNOWN


def test_a_shipment_no_declaration_holds_is_not_covered(
    desk: Desk, claim: ClaimId
) -> None:
    declare_in_time(desk, claim, 1, 3)
    made = desk.claims.estimate(claim, TODAY)
    assert made.indemnity is not None
    reasons = {row.id: [each.value for each in row.reasons] for row in made.indemnity.rows}  # fmt: skip
    assert reasons == {"INV1": [], "INV2": ["NOT_DECLARED"], "INV3": []}
    # 90 % of 139,000 + 100,000: the payment went to INV1.
    assert indemnity(made) == "215100.00"
    assert granted(made) == [
        (
            "Left out because they were not declared in time: INV2. If they had been, the indemnity would be "
            "CNY 418,500.00 instead of CNY 215,100.00."
        )
    ]
    kept = made.inputs["basis"]
    assert isinstance(kept, dict)
    assert kept["declared"] == {"INV1": "declared", "INV2": "not_declared", "INV3": "declared"}  # fmt: skip
    found = answer(desk, claim)
    assert found.verdict is Verdict.BAD
    assert "INV2" in words("en").say(found.words)


def test_everything_declared_waits_for_the_premium_only(
    desk: Desk, claim: ClaimId
) -> None:
    declare_in_time(desk, claim, 1, 2, 3)
    assert indemnity(desk.claims.estimate(claim, TODAY)) == "418500.00"
    assert answer(desk, claim).verdict is Verdict.UNKNOWN
    note = ask(desk, claim, "5000", "2025-07-01")
    assert answer(desk, claim).verdict is Verdict.BAD
    desk.premiums.pay(note, TODAY, TODAY)
    assert answer(desk, claim).verdict is Verdict.GOOD


def test_a_late_declaration_is_said(desk: Desk, claim: ClaimId) -> None:
    declare_in_time(desk, claim, 1, 2)
    declare(desk, claim, 3, date(2025, 5, 10))
    made = desk.claims.estimate(claim, TODAY)
    assert indemnity(made) == "418500.00"
    (note,) = granted(made)
    assert note.startswith("Declared late: INV3;")


def test_a_declaration_after_the_stop_of_10_may_is_none(
    desk: Desk, claim: ClaimId
) -> None:
    declare_in_time(desk, claim, 1, 2)
    declare(desk, claim, 3, date(2025, 6, 1))
    made = desk.claims.estimate(claim, TODAY)
    assert indemnity(made) == "328500.00"
    late, left_out = granted(made)
    assert late.startswith("Declared late: INV3;")
    assert left_out.endswith("would be CNY 418,500.00 instead of CNY 328,500.00.")


def test_what_is_left_out_on_purpose_is_not_declared(
    desk: Desk, claim: ClaimId
) -> None:
    declare_in_time(desk, claim, 1, 2)
    buyer = desk.claims.file(claim, TODAY).line.buyer_id
    declare(desk, claim, 3, date(2025, 4, 10), left_out=frozenset({(buyer, "INV3", "invoice")}))  # fmt: skip
    assert indemnity(desk.claims.estimate(claim, TODAY)) == "328500.00"


def test_premium_owed_comes_off_what_is_paid_and_not_off_the_indemnity(
    desk: Desk, claim: ClaimId
) -> None:
    ask(desk, claim, "8500", "2025-08-01")
    ask(desk, claim, "9999", "2025-12-01")
    made = desk.claims.estimate(claim, TODAY)
    assert indemnity(made) == "418500.00"
    owed, left = made.calculation.steps[-2:]
    assert owed.amount == Money(Decimal(-8500), "CNY")
    assert left.amount == Money(Decimal(410000), "CNY")
    assert isinstance(owed.detail, Message)
    assert "N-1" in words("zh").say(owed.detail)
    desk.claims.keep(claim, TODAY)
    kept = desk.claims.file(claim, TODAY).kept
    assert kept is not None
    assert kept.steps[-1] == left
    assert kept.result == Money(Decimal(418500), "CNY")
    assert kept.granted == made.calculation.granted


def test_other_claims_leave_less_of_the_maximum_liability(
    office: Office, desk: Desk
) -> None:
    """Open ones count with what is kept as expected, paid ones with what was paid (rules.md 12, trap 19)."""
    client, buyer = office.m1()
    under = office.policy(
        client, values={"max_liability_basis": "AMOUNT", "max_liability": "500000"}
    )
    office.limit(under, buyer, "500000")
    first = office.claim_on(client, buyer)
    second = _other_claim(office, desk, client, under)
    assert indemnity(desk.claims.estimate(second, TODAY)) == "270000.00"
    desk.claims.keep(first, TODAY)
    made = desk.claims.estimate(second, TODAY)
    assert indemnity(made) == "81500.00"
    assert any("418,500.00" in each for each in granted(made))
    for state in STATES:
        desk.claims.advance(
            first,
            StepTaken(state=state, on=TODAY, ruling=Ruling(decision=Decision.APPROVED)),
        )
    desk.claims.advance(
        first,
        StepTaken(state=ClaimState.PAID, on=TODAY, paid=Money(Decimal(300000), "CNY")),
    )
    assert indemnity(desk.claims.estimate(second, TODAY)) == "200000.00"


def _other_claim(office: Office, desk: Desk, client: int, under: int) -> ClaimId:
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("X1", "2025-02-01", "2025-04-01", "300000", buyer="乙方")
        ),
    )
    other = desk.buyers.named(client, "乙方")
    office.limit(under, other, "500000")
    return desk.claims.open(
        NewClaim(
            client_id=client,
            buyer_id=other,
            cause=Cause.PROTRACTED_DEFAULT,
            date_of_loss=date(2025, 9, 8),
            today=TODAY,
        )
    )


def test_the_first_loss_is_used_in_the_order_of_the_losses(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    under = office.policy(
        client,
        values={**AMOUNT, "afl": "100000", "afl_basis": "ERODED_BY_INDEMNITY"},
    )
    office.limit(under, buyer, "500000")
    first = office.claim_on(client, buyer)
    second = _other_claim(office, desk, client, under)
    assert indemnity(desk.claims.estimate(second, TODAY)) == "170000.00"
    desk.claims.keep(second, TODAY)
    assert indemnity(desk.claims.estimate(first, TODAY)) == "318500.00"
    desk.claims.keep(first, TODAY)
    assert indemnity(desk.claims.estimate(second, TODAY)) == "270000.00"


def test_a_maximum_in_times_of_the_premium_paid_grows_with_it(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    under = office.policy(
        client,
        values={
            "max_liability_basis": "MULT_PREMIUM_PAID",
            "max_liability_multiple": "20",
            "minimum_premium": "50000",
        },
    )
    office.limit(under, buyer, "500000")
    claim = office.claim_on(client, buyer)
    made = desk.claims.estimate(claim, TODAY)
    assert indemnity(made) == "418500.00"
    assert any("minimum premium" in each for each in granted(made))
    note = ask(desk, claim, "10000", "2025-02-01")
    desk.premiums.pay(note, date(2025, 2, 1), TODAY)
    made = desk.claims.estimate(claim, TODAY)
    assert indemnity(made) == "200000.00"
    assert not any("minimum premium" in each for each in granted(made))


def test_debt_claimed_twice_and_a_loss_to_come_are_said(
    office: Office, desk: Desk
) -> None:
    first, client, buyer = office.claim()
    assert not any("Also claimed" in each for each in granted(desk.claims.estimate(first, TODAY)))  # fmt: skip
    second = twice_claimed(office, client, buyer, first)
    number = desk.claims.file(first, TODAY).line.number
    said = granted(desk.claims.estimate(second, date(2025, 9, 1)))
    assert any(f"Also claimed in {number}: INV1, INV2, INV3." in each for each in said)
    assert any("2025-09-07 is still to come" in each for each in said)
    desk.claims.advance(first, StepTaken(state=ClaimState.WITHDRAWN, on=TODAY))
    after = granted(desk.claims.estimate(second, TODAY))
    assert not any("Also claimed" in each or "to come" in each for each in after)


def twice_claimed(office: Office, client: int, buyer: int, first: ClaimId) -> ClaimId:
    """A second claim on the debt of the first, as desks of earlier versions may hold one."""
    desk = office.desk
    desk.claims.advance(first, StepTaken(state=ClaimState.WITHDRAWN, on=TODAY))
    second: ClaimId = office.claim_on(client, buyer)
    with desk._database.write() as session:
        session.execute(text("UPDATE claim SET state = 'preparation'"))
    return second


@pytest.mark.parametrize(
    ("payee", "ends"),
    [
        ("", "the policy names no loss payee."),
        ("某银行", "the policy's loss payee is 某银行."),
    ],
)
def test_a_claim_remarks_bills_and_assigned_invoices(
    office: Office, desk: Desk, payee: str, ends: str
) -> None:
    client, buyer = office.m1()
    claim = claim_under(office, client, buyer, payee)
    plain = granted(desk.claims.estimate(claim, TODAY))
    assert not any("bill" in each or "Assigned" in each for each in plain)
    drafts = (
        replace(office.invoice("INV1", "2025-01-10", "2025-03-11", "339000"), memo="已转让：某银行；货款"),
        replace(office.invoice("INV2", "2025-02-10", "2025-04-11", "226000"), memo="票据：银承 2025-04-11"),
    )  # fmt: skip
    desk.ledger.take_in(client, office.draft(*drafts, name="另一份.xlsx"))
    said = granted(desk.claims.estimate(claim, TODAY))
    assert f"Assigned: INV1 (某银行). Look at who is paid: {ends}" in said
    assert any(each.endswith("records the money: INV2 (银承 2025-04-11).") for each in said)  # fmt: skip


def claim_under(office: Office, client: int, buyer: int, payee: str) -> Any:  # noqa: ANN401 - as `office` gives it
    office.limit(office.policy(client, values={"loss_payee": payee}), buyer, "500000")
    return office.claim_on(client, buyer)
