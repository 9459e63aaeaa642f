"""A claim of invoices with different causes: percentage, VAT, papers and waiting follow each one's own (14.7)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.claim.claims import Cause, ItemState
from creditdesk.i18n import words
from creditdesk.services.claims import ClaimId, Estimate
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
REFUSAL = '[{"cause": "REPUDIATION", "limit_type": "NAMED", "insured_pct": "80", "vat_insured": "false"}]'


def taxed(office: Office, number: str, issued: str, due: str, amount: str) -> Any:  # noqa: ANN401 - as `office` gives it
    return replace(office.invoice(number, issued, due, amount), vat_rate=Decimal(13))


def claimed(office: Office, desk: Desk, **values: str) -> ClaimId:
    """113,000 to be refused, 226,000 and 11,300 overdue; all with 13 % VAT, the loss on 7 September."""
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            taxed(office, "1", "2025-03-01", "2025-05-30", "113000"),
            taxed(office, "2", "2025-01-10", "2025-03-11", "226000"),
            taxed(office, "3", "2025-03-01", "2025-05-30", "11300"),
        ),
    )
    asked = {"risk_terms": REFUSAL, "waiting_period": "DUE_DATE + 4 M", **values}
    policy = office.policy(client, values=asked)
    buyer = desk.buyers.named(client, "宁波海澜贸易有限公司")
    office.limit(policy, buyer, "500000")
    claim: ClaimId = office.claim_on(client, buyer)
    return claim


def amount(found: Estimate) -> str:
    assert found.indemnity is not None
    return found.indemnity.indemnity.plain


def said(found: Estimate, code: str) -> list[str]:
    say = words("en").say
    steps = [each for each in found.calculation.steps if each.code == code]
    return [f"{say(each.label)} | {say(each.detail) if each.detail else ''}" for each in steps]  # fmt: skip


def test_vat_is_insured_by_the_cause_of_each_invoice(
    office: Office, desk: Desk
) -> None:
    """350,300 × 90 %; once 1 was refused 113,000 ÷ 1.13 × 80 % + 237,300 × 90 %."""
    claim = claimed(office, desk)
    assert amount(desk.claims.estimate(claim, TODAY)) == "315270.00"
    desk.claims.set_cause(claim, ("1",), Cause.REPUDIATION)
    found = desk.claims.estimate(claim, TODAY)
    assert amount(found) == "293570.00"
    (vat,) = (each for each in said(found, "S4") if "1 + its VAT rate" in each)
    assert "| 1: each is divided" in vat
    assert vat.endswith("VAT of the others is insured.")


def test_vat_nobody_spoke_of_for_one_of_the_causes_is_asked(
    office: Office, desk: Desk
) -> None:
    claim = claimed(office, desk, vat_insured="")
    desk.claims.set_cause(claim, ("1", "2", "3"), Cause.REPUDIATION)
    assert amount(desk.claims.estimate(claim, TODAY)) == "248000.00"
    desk.claims.set_cause(claim, ("2",), Cause.PROTRACTED_DEFAULT)
    found = desk.claims.estimate(claim, TODAY)
    assert found.indemnity is None
    assert "VAT" in words("en").say(found.missing[0])


def test_the_working_says_of_each_invoice_what_its_cause_makes_of_it(
    office: Office, desk: Desk
) -> None:
    """Four months from 11 March end before the loss of 7 September, those from 30 May after it."""
    claim = claimed(office, desk)
    assert said(desk.claims.estimate(claim, TODAY), "S0a") == []
    desk.claims.set_cause(claim, ("1",), Cause.REPUDIATION)
    rule = "(due date + 4 months)"
    third = "the waiting period ends on 2025-09-30, after the date of loss"
    assert said(desk.claims.estimate(claim, TODAY), "S0a") == [
        f"2: Protracted default | 90 % insured, with VAT, the waiting period ended on 2025-07-11 {rule}",
        "1: Repudiation | 80 % insured, without VAT",
        f"3: Protracted default | 90 % insured, with VAT, {third} {rule}",
    ]


def test_a_waiting_period_from_a_notice_nobody_sent_has_not_begun(
    office: Office, desk: Desk
) -> None:
    claim = claimed(office, desk, waiting_period="NOTICE_SENT + 4 M")
    desk.claims.set_cause(claim, ("1",), Cause.REPUDIATION)
    (first, *_) = said(desk.claims.estimate(claim, TODAY), "S0a")
    assert "the waiting period has not begun (notice sent + 4 months)" in first


def test_the_checklist_asks_for_the_papers_of_every_cause(
    office: Office, desk: Desk
) -> None:
    claim = claimed(office, desk)

    def wanted() -> dict[str, bool]:
        rows = desk.claims.file(claim, TODAY).checklist
        assert [each.code for each in rows] == sorted(each.code for each in rows)
        return {each.code: each.mandatory for each in rows}

    before = wanted()
    assert "C25" not in before
    desk.claims.set_cause(claim, ("1",), Cause.REPUDIATION)
    assert wanted() == {**before, "C25": True, "C26": True}
    desk.claims.set_item(claim, "C26", ItemState.REQUESTED, "asked the agent")
    desk.claims.set_cause(claim, ("1",), Cause.PROTRACTED_DEFAULT)
    assert wanted() == {**before, "C26": False}
    assert before


@pytest.mark.parametrize("cause", [Cause.REPUDIATION, Cause.INSOLVENCY])
def test_where_all_have_another_cause_the_papers_are_its_alone(
    office: Office, desk: Desk, cause: Cause
) -> None:
    claim = claimed(office, desk)
    desk.claims.set_cause(claim, ("1", "2", "3"), cause)
    codes = {each.code for each in desk.claims.file(claim, TODAY).checklist}
    assert ("C25" in codes) == (cause is Cause.REPUDIATION)
    assert ("C20" in codes) == (cause is Cause.INSOLVENCY)
    assert "C15" not in codes
