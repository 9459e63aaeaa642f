"""The claim form: what an insurer asks, in its order, filled once from where each fact belongs."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.catalog.claim_forms import facts, form_for, forms
from creditdesk.catalog.policies import templates
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.i18n import words
from creditdesk.readings.particulars import FactUnknown
from creditdesk.reports.style import answer
from creditdesk.services.claims import ClaimId
from creditdesk.services.claims.form import highest_balance
from creditdesk.services.watch import SentNotice
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)


def said(desk: Desk, claim: ClaimId, key: str) -> str:
    form = desk.claims.draft(claim, TODAY).form
    field = next(each for each in form.fields if each.fact.key == key)
    return answer(field, words("en"))


def test_every_policy_has_a_form_and_every_form_ends_with_the_account() -> None:
    for template in templates():
        kind = form_for(template.id)
        asked = [field.ask for section in kind.sections for field in section.fields]
        assert asked[-1] == "client.account_number", kind.id
        assert "claim.amount" in asked
    assert form_for("sinosure-st-export").id == "chinese_export"
    assert form_for("other-insurer").id == "standard"


def test_no_template_is_in_two_forms_and_every_fact_is_asked_somewhere() -> None:
    named = [template for form in forms().values() for template in form.templates]
    assert len(named) == len(set(named))
    assert set(named) <= {each.id for each in templates()}
    asked = {
        field.ask for form in forms().values() for section in form.sections for field in section.fields
    }  # fmt: skip
    silent = {"insurer.claims_address", "insurer.claims_contact", "client.mandate"}
    # What only the credit report asks.
    silent |= {
        "buyer.size_basis", "buyer.legal_representative", "buyer.foreign_number", "buyer.group", "buyer.related",
        "buyer.buys", "buyer.securities", "buyer.contract_party", "buyer.receiver", "buyer.retention_of_title",
    }  # fmt: skip
    assert set(facts()) - asked <= silent


def test_a_fact_is_entered_once_for_its_owner(office: Office, desk: Desk) -> None:
    claim, _policy, _buyer = office.claim()
    file = desk.claims.file(claim, TODAY).line
    client, buyer = Owner(of=Of.CLIENT, id=file.client_id), Owner(of=Of.BUYER, id=file.buyer_id)  # fmt: skip
    desk.particulars.set(client, "client.bank", " 中国银行上海分行 ")
    desk.particulars.set(client, "client.address", "上海市黄浦区 1 号")
    desk.particulars.set(buyer, "buyer.industry", "服装")
    desk.particulars.set(Owner(of=Of.CLAIM, id=claim), "claim.goods", "电容器")
    assert said(desk, claim, "client.bank") == "中国银行上海分行"
    assert said(desk, claim, "client.address") == "上海市黄浦区 1 号"
    assert said(desk, claim, "buyer.industry") == "服装"
    assert said(desk, claim, "claim.goods") == "电容器"
    card = next(each for each in desk.clients.all() if each.id == file.client_id)
    assert card.address == "上海市黄浦区 1 号"
    desk.particulars.set(client, "client.bank", "")
    assert said(desk, claim, "client.bank") == ""
    with pytest.raises(FactUnknown):
        desk.particulars.set(client, "claim.goods", "电容器")
    with pytest.raises(FactUnknown):
        desk.particulars.set(client, "client.name", "another")


def test_the_limit_is_the_one_in_force_at_the_shipments(
    office: Office, desk: Desk
) -> None:
    claim, policy, buyer = office.claim()
    before = said(desk, claim, "claim.limit")
    office.limit(policy, buyer, "0", "2025-09-08", state="CANCELLED")
    assert said(desk, claim, "claim.limit") == before
    assert before.startswith("CNY 500,000.00")


def test_only_a_notice_that_names_a_claimed_invoice_counts(
    office: Office, desk: Desk
) -> None:
    claim, policy, buyer = office.claim()
    draft = desk.watch.notice_draft(policy, buyer, TODAY)
    others = replace(draft, invoices=(replace(draft.invoices[0], number="INV9"),))
    desk.watch.record_notice(
        policy, others, buyer, SentNotice(sent_on=TODAY, way="邮寄"), TODAY
    )
    assert said(desk, claim, "claim.notice_sent") == ""
    package = desk.claims.draft(claim, TODAY)
    assert package.notice_sent_on is None
    assert "a notice of loss that names a claimed invoice" in [
        words("en").say(gap) for gap in package.gaps
    ]


def test_a_paid_invoice_shows_how_late_it_was_paid(office: Office, desk: Desk) -> None:
    client = office.client()
    books = office.draft(
        office.invoice("INV1", "2025-01-10", "2025-03-11", "100"),
        office.invoice("INV2", "2025-02-10", "2025-04-11", "100"),
        office.paid("P1", "2025-03-31", "100"),
    )
    desk.ledger.take_in(client, books)
    policy = office.policy(client)
    buyer_id = desk.buyers.all(client)[0].id
    office.limit(policy, buyer_id, "500")
    claim = office.claim_on(client, buyer_id)
    desk.claims.keep(claim, TODAY)
    late = {
        each.number: each.days_overdue
        for each in desk.claims.draft(claim, TODAY).invoices
    }
    # 11 March to 31 March, when it was paid; 11 April to the loss on 7 September.
    assert late == {"INV1": 20, "INV2": 149}


def test_the_highest_balance_is_of_one_currency_and_of_the_days_before() -> None:
    def row(on: str, amount: str, currency: str = "CNY", kind: str = "invoice") -> dict[str, Any]:  # fmt: skip
        return {"issued": on, "amount": [amount, currency], "kind": kind}

    inputs = {
        "documents": [
            row("2025-01-05", "100"), row("2025-01-10", "50"), row("2025-02-01", "900"),
            row("2025-01-06", "30", kind="credit_note"), row("2025-01-05", "7", "USD"),
        ],
        "payments": [{"paid_on": "2025-01-10", "amount": ["60", "CNY"]}],
    }  # fmt: skip
    # 100, then 70, then 70 + 50 − 60 = 60; the 900 come on the day itself.
    assert highest_balance(inputs, date(2025, 2, 1)) == (
        Money(Decimal(100), "CNY"),
        Money(Decimal(7), "USD"),
    )
    after = date(2025, 2, 1) + timedelta(days=1)
    assert highest_balance(inputs, after)[0] == Money(Decimal(960), "CNY")
