"""Requests that wait and limits that lie idle come to Today by themselves."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.duties.agenda import DutyLine
from creditdesk.services.policies import LimitDecision, SentRequest
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
D = date.fromisoformat


def duties(desk: Desk, code: str, on: str) -> list[DutyLine]:
    desk.recount(D(on))
    return [line for line in desk.watch.open_duties() if line.code == code]


@pytest.fixture
def insured(office: Office) -> tuple[int, int]:
    """A policy under which limits lapse after 60 idle days, and a buyer last shipped to on 20 March 2025."""
    client, buyer = office.m1()
    policy = office.policy(client, values={"limit_idle_days": "60"})
    return policy, buyer


def test_a_request_that_waits_is_asked_after_until_it_is_answered(
    desk: Desk, insured: tuple[int, int]
) -> None:
    draft = desk.policies.request_draft(*insured, RequestKind.NEW, D("2025-09-01"))
    draft = replace(draft, amount=Money(Decimal(500000), "CNY"))
    number = desk.policies.record_request(
        *insured, draft, SentRequest(sent_on=D("2025-09-01"), way="快递"), D("2025-09-01")
    )  # fmt: skip
    (line,) = duties(desk, "L01", "2025-09-02")
    assert (line.safe, line.amount) == (D("2025-09-15"), Money(Decimal(500000), "CNY"))
    desk.policies.answer_request(number, D("2025-09-05"), "4507:3")
    assert duties(desk, "L01", "2025-09-06") == []


def test_an_application_entered_by_hand_is_asked_after_too(
    desk: Desk, insured: tuple[int, int]
) -> None:
    policy, buyer = insured
    desk.policies.decide(
        LimitDecision(
            policy_id=policy,
            buyer_id=buyer,
            state="APPLIED",
            start=D("2025-09-01"),
            applied_on=D("2025-09-01"),
            amount=Money.zero("CNY"),
            requested=Money(Decimal(700), "CNY"),
        )
    )
    (line,) = duties(desk, "L01", "2025-09-02")
    assert line.anchor_on == D("2025-09-01")


def test_a_limit_warns_before_it_lapses_unused(
    office: Office, desk: Desk, insured: tuple[int, int]
) -> None:
    office.limit(*insured, "500000", "2025-01-01")
    assert duties(desk, "L02", "2025-04-01") == []
    (line,) = duties(desk, "L02", "2025-04-20")
    assert (line.anchor_on, line.legal) == (D("2025-03-20"), D("2025-05-19"))
    office.limit(*insured, "0", "2025-05-20", state="CANCELLED")
    assert duties(desk, "L02", "2025-05-21") == []
