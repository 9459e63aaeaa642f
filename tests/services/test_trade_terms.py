"""Contract, invoices and limit beside each other: what differs is said before the goods leave (rules.md 3.2, 11.2)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from creditdesk.domain.claim.forms import Of, Owner
from creditdesk.domain.cover.trade_terms import Party
from creditdesk.i18n import words
from creditdesk.services.buyers import BuyerId
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
BUYER = "宁波海澜贸易有限公司"


@pytest.fixture
def buyer(office: Office, desk: Desk) -> BuyerId:
    """Two invoices: one of 60 days, one of 90. The limit allows 60 days."""
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2025-07-01", "2025-08-30", "100000"),
            office.invoice("B", "2025-08-01", "2025-10-30", "100000"),
        ),
    )
    found = desk.buyers.named(client, BUYER)
    office.limit(office.policy(client), found, "200000", max_term_days=60)
    return found


def agree(desk: Desk, buyer: BuyerId, term: str) -> None:
    desk.buyers.change(buyer, replace(desk.buyers.file(buyer).card, term=term))


def said(desk: Desk, buyer: BuyerId) -> list[str]:
    answer = desk.policies.may_ship(buyer, TODAY)
    found = desk.policies.trade_terms(buyer, TODAY)
    assert answer.differences == found.differences
    return [words("en").say(each) for each in answer.differences]


def test_nothing_is_said_where_no_term_is_agreed(desk: Desk, buyer: BuyerId) -> None:
    found = desk.policies.trade_terms(buyer, TODAY)
    assert found.invoice_days == (60, 90)
    assert found.contract_due is None
    assert found.allowed_due == date(2025, 11, 9)
    assert said(desk, buyer) == []


def test_a_contract_longer_than_the_limit_is_flagged_before_shipping(
    desk: Desk, buyer: BuyerId
) -> None:
    agree(desk, buyer, "90天")
    first, other = said(desk, buyer)
    assert first == (
        "By the contract goods of 2025-09-10 fall due on 2025-12-09; policy and limit allow 2025-11-09 at the latest: "
        "they would not be insured."
    )
    assert other.startswith("1 of 2 invoices")
    assert "A: 2025-08-30 instead of 2025-09-29" in other


def test_a_contract_within_the_limit_flags_only_the_invoices_that_differ(
    desk: Desk, buyer: BuyerId
) -> None:
    agree(desk, buyer, "60天")
    (only,) = said(desk, buyer)
    assert "B: 2025-10-30 instead of 2025-09-30" in only


def test_words_that_give_no_day_are_held_against_nothing(
    desk: Desk, buyer: BuyerId
) -> None:
    agree(desk, buyer, "按合同")
    assert said(desk, buyer) == []


def test_a_way_of_payment_riskier_than_the_approved_one_is_flagged(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client, office.draft(office.invoice("A", "2025-07-01", "2025-08-30", "100000"))
    )
    buyer = desk.buyers.named(client, BUYER)
    office.limit(office.policy(client), buyer, "200000", payment_method="DP")
    agree(desk, buyer, "OA60天")
    assert (
        "The buyer pays by open account; the limit is for documents against payment."
        in said(desk, buyer)
    )


def test_other_parties_on_contract_and_delivery_are_named(
    desk: Desk, buyer: BuyerId
) -> None:
    owner = Owner(of=Of.BUYER, id=buyer)
    desk.particulars.set(owner, "buyer.contract_party", "宁波海澜贸易有限责任公司")
    assert said(desk, buyer) == []
    desk.particulars.set(owner, "buyer.receiver", "宁波海澜贸易有限公司杭州分公司")
    assert said(desk, buyer) == [
        "Receiver of the goods is 宁波海澜贸易有限公司杭州分公司, not the buyer of the limit."
    ]
    flows = {
        each.party: each.same for each in desk.policies.trade_terms(buyer, TODAY).flows
    }
    assert flows == {
        Party.SELLER: True,
        Party.CONTRACT: True,
        Party.INVOICE: True,
        Party.RECEIVER: False,
    }
