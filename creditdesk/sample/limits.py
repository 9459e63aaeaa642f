"""What stands around the sample's limits: a request that waits, a temporary increase, grounds of one's own."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.discretionary import Basis
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.domain.policy.choices import PaymentMethod
from creditdesk.services.buyers import BuyerId
from creditdesk.services.policies import (
    LimitDecision,
    NewGround,
    PolicyId,
    SentRequest,
)
from creditdesk.workspace import Desk

RAISED = 4
"""The place among a client's buyers of the one with more for the season."""
_WAITING, _NEVER_ASKED, _OWN = 12, 13, 14


def undecided(  # noqa: PLR0913, PLR0917 - whose, under what, for how much
    desk: Desk,
    policy: PolicyId,
    buyer: BuyerId,
    asked: Money,
    place: int,
    today: date,
) -> bool:
    """Whether the insurer has decided nothing on the buyer at this place."""
    if place == _OWN:
        _keep_grounds(desk, policy, buyer, today)
    if place == _WAITING:
        _ask(desk, policy, buyer, asked, today)
    return place in {_WAITING, _NEVER_ASKED, _OWN}


def _ask(
    desk: Desk, policy: PolicyId, buyer: BuyerId, asked: Money, today: date
) -> None:
    """An application that went out nine days ago."""
    sent_on = today - timedelta(days=9)
    draft = desk.policies.request_draft(policy, buyer, RequestKind.NEW, sent_on)
    draft = replace(
        draft,
        amount=asked,
        payment_method=PaymentMethod.OA.value,
        max_term_days=90,
        reason="订单增加，年底前陆续交货。",
    )
    sent = SentRequest(sent_on=sent_on, way="快递")
    desk.policies.record_request(policy, buyer, draft, sent, today)


def raise_for_a_time(
    desk: Desk, policy: PolicyId, buyer: BuyerId, asked: Money, today: date
) -> None:
    """More for the season; after it the former decision counts again."""
    start = today - timedelta(days=20)
    desk.policies.decide(
        LimitDecision(
            policy_id=policy,
            buyer_id=buyer,
            state=LimitStage.INCREASED,
            start=start,
            amount=Money.zero(asked.currency),
            temporary=asked.times(Decimal("1.5")).rounded(),
            temporary_to=today + timedelta(days=40),
            applied_on=start - timedelta(days=6),
            decided_on=start,
            max_term_days=90,
            condition="仅限旺季订单",
            decision_no=f"XE-{policy}{buyer:03d}-L",
        )
    )


def _keep_grounds(desk: Desk, policy: PolicyId, buyer: BuyerId, today: date) -> None:
    """Payment experience, where the policy allows it and the ledger proves it."""
    rules = {
        each.field.key: each.text for each in desk.policies.file(policy, today).schedule
    }
    if not rules.get("dcl_amount"):
        return
    looked = desk.policies.check_grounds(policy, buyer, today)
    if looked.experience.amount is not None and not looked.forbidden:
        made = NewGround(policy_id=policy, buyer_id=buyer, basis=Basis.EXPERIENCE)
        desk.policies.keep_grounds(made, today)
