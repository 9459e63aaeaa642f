"""Claims: opened on the right invoices, proved by files, computed as in M1, kept for ever."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from creditdesk.db.documents import EvidenceChanged
from creditdesk.db.errors import RecordMissing
from creditdesk.domain.base.evidence import EvidenceState
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause, ClaimState, Decision, ItemState
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.i18n import Message, words
from creditdesk.services.claims import ClaimId, EvidenceId, NewClaim, Ruling, StepTaken
from creditdesk.services.claims.values import (
    ClaimUnknown,
    InvoiceUnknown,
    ItemUnknown,
    LossBeforeDebt,
    NoPolicyCovers,
    NothingToClaim,
    PaidCurrencyWrong,
    PolicyNotNamed,
    StateOutOfOrder,
)
from creditdesk.services.watch import NewEvent, SentNotice
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)


def new(client: int, buyer: int, **changes: object) -> NewClaim:
    asked = NewClaim(
        client_id=client,
        buyer_id=buyer,
        cause=Cause.PROTRACTED_DEFAULT,
        date_of_loss=date(2025, 9, 7),
        today=TODAY,
    )
    return replace(asked, **changes)  # type: ignore[arg-type]  # the names of its fields


def states(desk: Desk, claim: ClaimId) -> dict[str, ItemState]:
    return {row.code: row.state for row in desk.claims.file(claim, TODAY).checklist}


def given_up(desk: Desk, claim: ClaimId) -> None:
    """The claim is withdrawn: its debt is free for another."""
    step = StepTaken(state=ClaimState.WITHDRAWN, on=TODAY, reason="买方已付款")
    desk.claims.advance(claim, step)


def test_the_worked_example_m1_gives_418_500(office: Office, desk: Desk) -> None:
    """rules.md 4.9."""
    claim, _, _ = office.claim()
    made = desk.claims.estimate(claim, TODAY)
    assert made.indemnity is not None
    assert made.indemnity.indemnity.plain == "418500.00"
    assert made.indemnity.whole_debt.plain == "478000.00"
    assert made.indemnity.eligible_debt.plain == "465000.00"
    assert made.indemnity.stop_date == date(2025, 5, 10)
    assert [(row.id, row.residual.plain) for row in made.indemnity.rows] == [
        ("INV1", "139000.00"),
        ("INV2", "226000.00"),
        ("INV3", "113000.00"),
    ]


def test_an_invoice_dated_after_the_loss_is_not_claimed(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    office.policy(client)
    early = new(client, buyer, date_of_loss=date(2025, 1, 1), numbers=("INV1",))
    with pytest.raises(LossBeforeDebt) as told:
        desk.claims.open(early)
    places = dict(told.value.said.places)
    assert (str(places["number"]), places["on"]) == ("INV1", date(2025, 1, 1))
    assert str(places["issued"]) == "2025-01-10"
    assert desk.claims.all() == ()


def test_an_invoice_shipped_after_the_loss_is_not_claimed(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    late = replace(office.invoice("S1", "2025-01-10", "2025-03-11", "5"), shipped=date(2025, 4, 2))  # fmt: skip
    desk.ledger.take_in(client, office.draft(late))
    buyer = desk.buyers.all(client)[0].id
    office.policy(client)
    with pytest.raises(LossBeforeDebt) as told:
        desk.claims.open(new(client, buyer, date_of_loss=date(2025, 4, 1), numbers=("S1",)))  # fmt: skip
    assert str(dict(told.value.said.places)["issued"]) == "2025-04-02"
    desk.claims.open(new(client, buyer, date_of_loss=date(2025, 4, 2), numbers=("S1",)))  # fmt: skip


@pytest.mark.parametrize("cause", [Cause.PROTRACTED_DEFAULT, Cause.INSOLVENCY])
def test_a_default_whose_loss_is_before_its_notice_is_asked_about(
    office: Office, desk: Desk, cause: Cause
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "500000")
    asked = replace(new(client, buyer, date_of_loss=date(2025, 9, 7)), cause=cause)
    claim = desk.claims.open(asked)

    def notes() -> list[str]:
        granted = desk.claims.estimate(claim, TODAY).calculation.granted
        return [text for each in granted if "before the notice" in (text := words("en").say(each))]  # fmt: skip

    assert notes() == []
    draft = desk.watch.notice_draft(policy, buyer, TODAY)
    sent = SentNotice(sent_on=date(2025, 9, 8), way="邮寄")
    desk.watch.record_notice(policy, draft, buyer, sent, TODAY)
    said = notes()
    assert len(said) == (cause is Cause.PROTRACTED_DEFAULT)
    assert all("2025-09-07 is before the notice of 2025-09-08" in each for each in said)


def test_a_claim_takes_the_invoices_overdue_on_the_date_of_loss(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    office.policy(client)
    early = desk.claims.open(new(client, buyer, date_of_loss=date(2025, 4, 1)))
    numbers = [each.number for each in desk.claims.file(early, TODAY).invoices]
    assert numbers == ["INV1"]
    named = desk.claims.open(new(client, buyer, numbers=("INV3", "INV2", "INV3")))
    numbers = [each.number for each in desk.claims.file(named, TODAY).invoices]
    assert numbers == ["INV2", "INV3"]
    with pytest.raises(NothingToClaim):
        desk.claims.open(new(client, buyer, date_of_loss=date(2025, 1, 1)))
    with pytest.raises(InvoiceUnknown):
        desk.claims.open(new(client, buyer, numbers=("INV9",)))


def test_a_claim_needs_a_policy_that_ran_when_the_goods_left(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    with pytest.raises(NoPolicyCovers, match="2025-01-10"):
        desk.claims.open(new(client, buyer))
    office.policy(client, "LATER", "2025-02-01")
    with pytest.raises(NoPolicyCovers):
        desk.claims.open(new(client, buyer))
    assert desk.claims.open(new(client, buyer, numbers=("INV2",)))
    assert len(desk.claims.all()) == 1


def test_among_several_policies_the_one_that_knows_the_buyer_answers(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    first = office.policy(client, "FIRST")
    second = office.policy(client, "SECOND")
    with pytest.raises(PolicyNotNamed) as refused:
        desk.claims.open(new(client, buyer))
    assert ("policies", ("FIRST", "SECOND")) in refused.value.said.places
    named = desk.claims.open(new(client, buyer, policy_id=second))
    assert desk.claims.file(named, TODAY).line.policy_id == second
    given_up(desk, named)
    office.limit(first, buyer, "500000")
    found = desk.claims.open(new(client, buyer))
    assert desk.claims.file(found, TODAY).line.policy_id == first
    given_up(desk, found)
    elsewhere = office.policy(office.client("另一家"), "THIRD")
    with pytest.raises(RecordMissing):
        desk.claims.open(new(client, buyer, policy_id=elsewhere))


def test_a_claim_names_a_buyer_of_its_client(office: Office, desk: Desk) -> None:
    _, buyer = office.m1()
    other = office.client("另一家")
    with pytest.raises(RecordMissing):
        desk.claims.open(new(other, buyer))
    with pytest.raises(ClaimUnknown):
        desk.claims.file(ClaimId(9), TODAY)


def test_claims_are_numbered_by_the_year_beyond_a_thousand(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    with desk._database.write() as session:
        session.execute(text("UPDATE claim SET number = 'CL-2025-999'"))
    line = desk.claims.file(claim, TODAY).line
    again = new(line.client_id, line.buyer_id)
    numbers = []
    for each in (again, again, replace(again, today=date(2026, 1, 2))):
        given_up(desk, claim)
        claim = desk.claims.open(each)
        numbers.append(desk.claims.file(claim, TODAY).line.number)
    assert numbers == ["CL-2025-1000", "CL-2025-1001", "CL-2026-001"]


def test_the_checklist_tells_what_is_missing_there_unreadable_and_waived(
    office: Office, desk: Desk
) -> None:
    claim, policy, buyer = office.claim()
    assert states(desk, claim)["C07"] is ItemState.MISSING
    bad = office.file(b"?", "坏.pdf", EvidenceState.UNREADABLE)
    bad = replace(bad, reason=Message("the file is empty"))
    desk.claims.attach(claim, "C07", bad, b"?")
    assert states(desk, claim)["C07"] is ItemState.UNREADABLE
    desk.claims.attach(claim, "C07", office.file(b"contract"), b"contract")
    assert states(desk, claim)["C07"] is ItemState.PRESENT
    desk.claims.set_item(claim, "C12", ItemState.REQUESTED, "向物流部要")
    assert states(desk, claim)["C12"] is ItemState.REQUESTED
    desk.claims.set_item(claim, "C12", ItemState.WAIVED, "保险人 5 月 3 日来函")
    file = desk.claims.file(claim, TODAY)
    row = next(row for row in file.checklist if row.code == "C12")
    assert (row.state, row.missing, row.note) == (
        ItemState.WAIVED,
        False,
        "保险人 5 月 3 日来函",
    )
    assert states(desk, claim)["C01"] is ItemState.MISSING
    draft = desk.watch.notice_draft(policy, buyer, TODAY)
    desk.watch.record_notice(
        policy, draft, buyer, SentNotice(sent_on=TODAY, way="快递"), TODAY
    )
    assert states(desk, claim)["C01"] is ItemState.PRESENT
    with pytest.raises(ItemUnknown, match="C07"):
        desk.claims.set_item(claim, "X1", ItemState.PRESENT)


def test_the_same_bytes_twice_are_a_duplicate_and_kept_once(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    first = desk.claims.attach(claim, "C07", office.file(b"same"), b"same")
    second = desk.claims.attach(claim, "C08", office.file(b"same", "b.pdf"), b"same")
    assert (first.duplicate, second.duplicate) == (False, True)
    assert desk.upkeep.info().rows["file_content"] == 1
    assert desk.claims.evidence_content(second.digest) == b"same"
    desk.claims.detach(claim, first.id)
    (left,) = desk.claims.file(claim, TODAY).evidence
    assert (left.file_name, left.duplicate) == ("b.pdf", False)


def test_a_file_that_changed_while_it_was_attached_is_refused(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    with pytest.raises(EvidenceChanged):
        desk.claims.attach(claim, "C07", office.file(b"as looked at"), b"other")
    assert desk.upkeep.info().rows["document"] == 0


def test_a_file_is_taken_off_its_own_claim_once(office: Office, desk: Desk) -> None:
    claim, _, _ = office.claim()
    line = desk.claims.file(claim, TODAY).line
    given_up(desk, claim)
    other = desk.claims.open(new(line.client_id, line.buyer_id))
    file = desk.claims.attach(claim, "C07", office.file(b"a"), b"a")
    with pytest.raises(RecordMissing):
        desk.claims.detach(other, file.id)
    desk.claims.detach(claim, file.id)
    with pytest.raises(RecordMissing):
        desk.claims.detach(claim, file.id)
    with pytest.raises(RecordMissing):
        desk.claims.detach(claim, EvidenceId(99))


def test_a_kept_calculation_stays_whatever_the_ledger_becomes(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    desk.claims.keep(claim, TODAY)
    before = desk.claims.package(claim, TODAY)
    client = desk.clients.named("明达电子有限公司")
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("INV1", "2025-01-10", "2025-03-11", "1"),
            office.paid("P2", "2025-05-01", "226000", "INV2"),
        ),
    )
    after = desk.claims.package(claim, TODAY)
    assert after.amount == Money(Decimal(418500), "CNY")
    assert after.calculation == before.calculation
    assert after.invoices == before.invoices
    assert after.payments == before.payments
    assert desk.claims.all()[0].claimed == after.amount
    fresh = desk.claims.estimate(claim, TODAY).indemnity
    assert fresh is not None
    assert fresh.indemnity.plain != "418500.00"
    assert desk.upkeep.info().rows["indemnity_record"] == 1
    assert desk.upkeep.check().ok


def test_a_package_keeps_a_calculation_where_none_is_kept(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    assert desk.claims.file(claim, TODAY).kept is None
    package = desk.claims.package(claim, TODAY)
    kept = desk.claims.file(claim, TODAY).kept
    assert kept is not None
    assert package.amount == kept.result
    desk.claims.package(claim, TODAY)
    assert desk.upkeep.info().rows["indemnity_record"] == 1


def test_what_can_t_be_computed_names_what_is_missing_and_is_not_kept(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    office.policy(client, values={"vat_insured": ""})
    claim = desk.claims.open(new(client, buyer))
    made = desk.claims.keep(claim, TODAY)
    assert made.indemnity is None
    assert made.missing
    assert desk.upkeep.info().rows["indemnity_record"] == 0
    package = desk.claims.package(claim, TODAY)
    assert package.amount is None
    assert package.calculation.missing == made.missing
    assert [each.number for each in package.invoices] == ["INV1", "INV2", "INV3"]


def test_a_red_letter_row_with_its_invoice_s_number_is_not_that_invoice(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice(
                "INV3", "2025-04-01", None, "10000", note=True, against="INV3"
            )
        ),
    )
    policy = office.policy(client)
    office.limit(policy, buyer, "500000")
    claim = desk.claims.open(new(client, buyer))
    made = desk.claims.keep(claim, TODAY)
    assert made.indemnity is not None
    assert made.indemnity.whole_debt.plain == "468000.00"
    dues = {each.number: each.due for each in made.calculation.allocations}
    assert dues["INV3"] == date(2025, 5, 19)
    package = desk.claims.package(claim, TODAY)
    rows = [
        (each.number, each.credit_note, each.open.plain) for each in package.invoices
    ]
    assert rows == [
        ("INV1", False, "139000.00"),
        ("INV2", False, "226000.00"),
        ("INV3", False, "103000.00"),
        ("INV3", True, "0.00"),
    ]


def test_a_debt_in_two_currencies_is_computed_or_told_never_broken(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("USD1", "2025-01-10", "2025-03-11", "1000", currency="USD"),
            office.paid("U1", "2025-05-01", "10", "USD1", currency="USD"),
        ),
    )
    policy = office.policy(client)
    office.limit(policy, buyer, "500000")
    claim = desk.claims.open(new(client, buyer))
    made = desk.claims.estimate(claim, TODAY)
    assert made.indemnity is not None or made.missing
    desk.claims.package(claim, TODAY)


def test_a_claim_goes_on_in_order_and_keeps_its_days(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    with pytest.raises(StateOutOfOrder):
        desk.claims.advance(claim, StepTaken(state=ClaimState.PAID, on=TODAY))
    desk.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=date(2025, 9, 11)))
    desk.claims.advance(
        claim,
        StepTaken(
            state=ClaimState.DECIDED,
            on=date(2025, 9, 12),
            ruling=Ruling(decision=Decision.APPROVED),
        ),
    )
    with pytest.raises(PaidCurrencyWrong):
        desk.claims.advance(
            claim,
            StepTaken(
                state=ClaimState.PAID,
                on=date(2025, 9, 13),
                paid=Money(Decimal(1), "USD"),
            ),
        )
    desk.claims.advance(
        claim,
        StepTaken(
            state=ClaimState.PAID,
            on=date(2025, 9, 13),
            paid=Money(Decimal("418500.005"), "CNY"),
        ),
    )
    file = desk.claims.file(claim, TODAY)
    assert (file.filed_on, file.decided_on, file.paid_on) == (
        date(2025, 9, 11),
        date(2025, 9, 12),
        date(2025, 9, 13),
    )
    assert file.line.paid is not None
    assert file.line.paid.plain == "418500.01"
    desk.claims.advance(
        claim,
        StepTaken(state=ClaimState.CLOSED, on=TODAY, reason="the insurer confirmed"),
    )
    with pytest.raises(StateOutOfOrder):
        desk.claims.advance(claim, StepTaken(state=ClaimState.WITHDRAWN, on=TODAY))


def test_a_written_package_is_remembered_and_counts_as_made(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    assert states(desk, claim)["C02"] is ItemState.MISSING
    desk.claims.package(claim, TODAY)
    desk.claims.record_package(
        claim, file_name="a.pdf", digest="d", language="zh", pages=9, complete=False
    )
    (written,) = desk.claims.file(claim, TODAY).packages
    assert (written.file_name, written.pages, written.complete) == ("a.pdf", 9, False)
    assert states(desk, claim)["C02"] is ItemState.PRESENT


def test_an_export_policy_makes_an_export_claim_whatever_the_ledger_says(
    office: Office, desk: Desk
) -> None:
    """The ledger names no country; such goods go abroad: bill of lading, customs, no delivery note."""
    client, buyer = office.m1()
    office.policy(client, values={"policy_type": "ST_EXPORT_COMP"})
    claim = desk.claims.open(new(client, buyer))
    assert desk.claims.file(claim, TODAY).export
    assert {"C10", "C11"} <= states(desk, claim).keys()
    assert "C12" not in states(desk, claim)


def test_a_test_the_desk_can_answer_is_never_unknown(
    office: Office, desk: Desk
) -> None:
    """No calculation is kept yet: limits, stop and shipments are in the books all the same."""
    client, buyer = office.m1()
    policy = office.policy(client)
    claim = desk.claims.open(new(client, buyer))
    found = {
        each.code: each.verdict for each in desk.claims.file(claim, TODAY).findings
    }
    assert found["limit_in_force"] == "bad"
    office.limit(policy, buyer, "500000")
    found = {
        each.code: each.verdict for each in desk.claims.file(claim, TODAY).findings
    }
    for code in (
        "limit_in_force",
        "discretionary_limit",
        "shipped_into_default",
        "account_on_stop",
    ):
        assert found[code] == "good"


def test_a_claim_shows_the_indemnity_with_what_the_insurer_may_refuse(
    office: Office, desk: Desk
) -> None:
    """M1 without INV3 is (478,000 - 113,000) x 90 % = 328,500; with it 418,500 (rules.md 4.9)."""
    claim, buyer, _ = office.claim()
    event = NewEvent(
        buyer_id=buyer,
        kind=BuyerEventKind.KNOWN_RISK,
        happened_on=date(2025, 3, 1),
        known_on=date(2025, 3, 1),
    )
    desk.watch.report(event, TODAY)
    made = desk.claims.estimate(claim, TODAY)
    assert made.indemnity is not None
    assert made.indemnity.indemnity.plain == "328500.00"
    assert made.unless_refused is not None
    assert made.unless_refused.plain == "418500.00"
    told = " ".join(words("en").say(each) for each in made.calculation.granted)
    assert "INV3" in told
    assert "the indemnity is CNY 418,500.00 instead of CNY 328,500.00" in told


def test_a_claim_on_a_paid_invoice_says_so(office: Office, desk: Desk) -> None:
    client, buyer = office.m1()
    desk.ledger.take_in(
        client, office.draft(office.paid("P2", "2025-04-25", "26000", "INV2"))
    )
    policy = office.policy(client)
    office.limit(policy, buyer, "500000")
    claim = desk.claims.open(
        NewClaim(
            client_id=client,
            buyer_id=buyer,
            cause=Cause.PROTRACTED_DEFAULT,
            date_of_loss=date(2025, 9, 7),
            numbers=("INV1", "INV2"),
            today=TODAY,
        )
    )
    made = desk.claims.estimate(claim, TODAY)
    told = [words("en").say(each) for each in made.calculation.granted]
    assert [each for each in told if "nothing is open any more" in each] == [
        "By the ledger nothing is open any more on INV2: only what was owed on the date of loss is claimed."
    ]
