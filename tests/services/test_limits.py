"""Limits in detail: temporary amounts, back-dating, what replaces what, and requests with their answers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import RequestKind
from creditdesk.domain.cover.limit_states import LimitStage
from creditdesk.errors import UserError
from creditdesk.services.policies import (
    ANSWERED,
    WITHDRAWN,
    LimitDecision,
    SentRequest,
)
from creditdesk.services.policies.limit_doubts import (
    LimitAboveMaximum,
    LimitFarAboveBalance,
)
from creditdesk.services.policies.request_values import (
    AnswerTooEarly,
    NothingToChange,
    RequestAmountMissing,
    RequestAmountOdd,
    RequestInFuture,
    RequestSettled,
    RequestWaiting,
)
from creditdesk.services.policies.values import (
    BackdatedWrong,
    LimitAfterPolicy,
    LimitPercentWrong,
    LimitStepImpossible,
    TemporaryWrong,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
D = date.fromisoformat
TODAY = date(2025, 9, 10)
MOST = {"max_liability_basis": "AMOUNT", "max_liability": "400000"}


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


@pytest.fixture
def insured(office: Office) -> tuple[int, int]:
    """A policy and a buyer with three invoices and no limit."""
    client, buyer = office.m1()
    return office.policy(client), buyer


def decide(
    desk: Desk,
    insured: tuple[int, int],
    state: str,
    start: str,
    amount: int,
    **more: Any,  # noqa: ANN401 - what else a decision says
) -> int:
    policy, buyer = insured
    return desk.policies.decide(
        LimitDecision(
            policy_id=policy,
            buyer_id=buyer,
            state=state,
            start=D(start),
            amount=cny(amount),
            **more,
        )
    )


def limit_on(desk: Desk, insured: tuple[int, int], day: str) -> Money | None:
    now = desk.policies.limits_now(D(day)).get(insured[1])
    return now.amount if now else None


def test_a_limit_does_not_begin_after_its_policy(
    desk: Desk, insured: tuple[int, int]
) -> None:
    with pytest.raises(LimitAfterPolicy):
        decide(desk, insured, "APPROVED", "2052-01-01", 300)
    decide(desk, insured, "APPROVED", "2025-12-31", 300)
    assert limit_on(desk, insured, "2025-12-31") == cny(300)


def test_after_a_temporary_increase_the_former_decision_counts_again(
    desk: Desk, insured: tuple[int, int]
) -> None:
    decide(desk, insured, "APPROVED", "2025-01-01", 300)
    decide(
        desk, insured, "INCREASED", "2025-03-01", 0,
        temporary=cny(500), temporary_to=D("2025-04-30"),
    )  # fmt: skip
    assert limit_on(desk, insured, "2025-02-28") == cny(300)
    assert limit_on(desk, insured, "2025-03-01") == cny(500)
    assert limit_on(desk, insured, "2025-04-30") == cny(500)
    assert limit_on(desk, insured, "2025-05-01") == cny(300)


def test_a_decision_may_raise_for_a_time_and_for_good(
    desk: Desk, insured: tuple[int, int]
) -> None:
    decide(desk, insured, "APPROVED", "2025-01-01", 300)
    decide(
        desk, insured, "INCREASED", "2025-03-01", 400,
        temporary=cny(500), temporary_to=D("2025-04-30"),
    )  # fmt: skip
    assert limit_on(desk, insured, "2025-04-30") == cny(500)
    assert limit_on(desk, insured, "2025-05-01") == cny(400)


def test_a_cut_during_a_temporary_increase_stays_after_it(
    desk: Desk, insured: tuple[int, int]
) -> None:
    decide(
        desk, insured, "APPROVED", "2025-01-01", 300,
        temporary=cny(500), temporary_to=D("2025-04-30"),
    )  # fmt: skip
    decide(desk, insured, "REDUCED", "2025-03-01", 100)
    assert limit_on(desk, insured, "2025-03-01") == cny(100)
    assert limit_on(desk, insured, "2025-05-01") == cny(100)


def test_a_limit_dated_back_counts_from_that_day(
    desk: Desk, insured: tuple[int, int]
) -> None:
    decide(desk, insured, "APPROVED", "2025-03-01", 300, backdated_to=D("2025-02-10"))
    assert limit_on(desk, insured, "2025-02-09") is None
    assert limit_on(desk, insured, "2025-02-10") == cny(300)


def test_a_decision_takes_the_place_of_the_one_it_replaces(
    desk: Desk, insured: tuple[int, int]
) -> None:
    first = decide(desk, insured, "APPROVED", "2025-01-01", 300)
    decide(desk, insured, "APPROVED", "2025-01-01", 400, replaces=first)
    assert limit_on(desk, insured, "2025-06-01") == cny(400)
    second = decide(desk, insured, "INCREASED", "2025-03-01", 500)
    decide(
        desk, insured, "APPROVED", "2025-04-01", 450,
        end=D("2025-05-31"), replaces=second,
    )  # fmt: skip
    assert limit_on(desk, insured, "2025-03-31") == cny(500)
    assert limit_on(desk, insured, "2025-04-01") == cny(450)
    assert limit_on(desk, insured, "2025-06-01") == cny(400)


@pytest.mark.parametrize(
    ("refusal", "more"),
    [
        (TemporaryWrong, {"temporary": cny(5)}),
        (TemporaryWrong, {"temporary": cny(5), "temporary_to": D("2024-12-31")}),
        (BackdatedWrong, {"backdated_to": D("2025-01-02")}),
        (LimitPercentWrong, {"insured_pct": Decimal("0.9")}),
        (LimitPercentWrong, {"insured_pct": Decimal(101)}),
    ],
)
def test_what_can_not_be_meant_is_refused(
    desk: Desk,
    insured: tuple[int, int],
    refusal: type[Exception],
    more: dict[str, Any],
) -> None:
    with pytest.raises(refusal):
        decide(desk, insured, "APPROVED", "2025-01-01", 300, **more)


def test_a_state_that_can_not_follow_is_refused_and_an_application_opens_the_way(
    desk: Desk, insured: tuple[int, int]
) -> None:
    decide(desk, insured, "REFUSED", "2025-01-01", 0)
    with pytest.raises(LimitStepImpossible):
        decide(desk, insured, "REDUCED", "2025-02-01", 100)
    with pytest.raises(LimitStepImpossible):
        decide(desk, insured, "APPROVED_FULL", "2025-02-01", 100)
    decide(
        desk, insured, "APPROVED_FULL", "2025-02-01", 100, applied_on=D("2025-01-20")
    )
    assert limit_on(desk, insured, "2025-02-01") == cny(100)


def test_the_detail_of_a_decision_is_kept(desk: Desk, insured: tuple[int, int]) -> None:
    decide(
        desk, insured, "APPROVED", "2025-01-01", 300,
        requested=cny(500), reason="12", insured_pct=Decimal(80),
    )  # fmt: skip
    (line,) = desk.policies.limits(buyer_id=insured[1])
    assert line.stage is LimitStage.APPROVED_PART
    assert line.state == "APPROVED"
    assert line.reason == "12"
    assert line.insured_pct == Decimal(80)


def test_a_warning_of_an_idle_limit_leaves_it_in_force(
    desk: Desk, insured: tuple[int, int]
) -> None:
    decide(desk, insured, "APPROVED", "2025-01-01", 300)
    decide(desk, insured, "IDLE_WARNED", "2025-06-01", 0)
    now = desk.policies.limits_now(D("2025-06-02"))[insured[1]]
    assert now.amount == cny(300)
    assert now.stage is LimitStage.IDLE_WARNED
    decide(desk, insured, "IDLE_CANCELLED", "2025-07-01", 0)
    now = desk.policies.limits_now(D("2025-07-02"))[insured[1]]
    assert (now.amount, now.stage) == (None, LimitStage.IDLE_CANCELLED)


def sent(
    desk: Desk,
    insured: tuple[int, int],
    kind: RequestKind,
    amount: int | None,
    on: str = "2025-09-01",
) -> int:
    draft = desk.policies.request_draft(*insured, kind, TODAY)
    if amount is not None:
        draft = replace(draft, amount=cny(amount))
    return desk.policies.record_request(
        *insured, draft, SentRequest(sent_on=D(on), way="快递"), TODAY
    )


def test_a_request_is_filled_from_the_credit_file(
    desk: Desk, insured: tuple[int, int]
) -> None:
    draft = desk.policies.request_draft(*insured, RequestKind.NEW, TODAY)
    assert draft.figures.balance == (cny(478000),)
    assert draft.figures.overdue == (cny(478000),)
    assert draft.figures.turnover == (cny(678000),)
    assert draft.figures.longest_term == 60
    assert draft.buyer.name == "宁波海澜贸易有限公司"
    assert draft.in_force is None


def asked_on(desk: Desk, insured: tuple[int, int]) -> date | None:
    """Since when the insurer's answer is waited for."""
    now = desk.policies.limits_now(TODAY).get(insured[1])
    return now.asked_on if now else None


def test_a_request_waits_until_the_decision_that_answers_it(
    desk: Desk, insured: tuple[int, int]
) -> None:
    number = sent(desk, insured, RequestKind.NEW, 500000)
    (line,) = desk.policies.requests(buyer_id=insured[1])
    assert (line.id, line.amount, line.sent_on) == (
        number,
        cny(500000),
        D("2025-09-01"),
    )
    assert desk.policies.limits_now(TODAY)[insured[1]].asked_on == D("2025-09-01")
    made = decide(
        desk, insured, "APPROVED", "2025-09-05", 300000, requested=cny(500000), answers=number
    )  # fmt: skip
    assert asked_on(desk, insured) is None
    (line,) = desk.policies.requests(buyer_id=insured[1])
    assert (line.state, line.answer, line.decision_id) == (ANSWERED, "4507:5", made)
    assert line.answered_on == D("2025-09-05")


def test_a_request_being_investigated_goes_on_waiting(
    desk: Desk, insured: tuple[int, int]
) -> None:
    number = sent(desk, insured, RequestKind.NEW, 500000)
    desk.policies.answer_request(number, D("2025-09-03"), "4507:6")
    (line,) = desk.policies.requests(buyer_id=insured[1])
    assert line.state == LimitStage.INVESTIGATING
    assert asked_on(desk, insured) == D("2025-09-01")
    desk.policies.withdraw_request(number, D("2025-09-04"))
    assert asked_on(desk, insured) is None
    assert desk.policies.requests(buyer_id=insured[1])[0].state == WITHDRAWN
    with pytest.raises(RequestSettled):
        desk.policies.answer_request(number, D("2025-09-05"), "4507:3")


def test_an_increase_that_is_refused_leaves_the_limit_as_it_is(
    desk: Desk, insured: tuple[int, int]
) -> None:
    decide(desk, insured, "APPROVED", "2025-01-01", 300)
    number = sent(desk, insured, RequestKind.INCREASE, 500)
    desk.policies.answer_request(number, D("2025-09-03"), "4507:3/4509:13")
    assert limit_on(desk, insured, "2025-09-10") == cny(300)
    assert asked_on(desk, insured) is None


def test_an_application_entered_in_the_history_waits_too(
    desk: Desk, insured: tuple[int, int]
) -> None:
    decide(
        desk, insured, "APPLIED", "2025-08-01", 0,
        requested=cny(700), applied_on=D("2025-08-01"),
    )  # fmt: skip
    now = desk.policies.limits_now(TODAY)[insured[1]]
    assert (now.state, now.amount, now.asked_on) == ("APPLIED", None, D("2025-08-01"))
    decide(desk, insured, "REFUSED", "2025-08-20", 0)
    assert asked_on(desk, insured) is None


def test_requests_that_make_no_sense_are_refused(
    desk: Desk, insured: tuple[int, int]
) -> None:
    with pytest.raises(NothingToChange):
        desk.policies.request_draft(*insured, RequestKind.INCREASE, TODAY)
    decide(desk, insured, "APPROVED", "2025-01-01", 300)
    with pytest.raises(RequestAmountMissing):
        sent(desk, insured, RequestKind.INCREASE, None)
    with pytest.raises(RequestAmountOdd):
        sent(desk, insured, RequestKind.INCREASE, 300)
    with pytest.raises(RequestAmountOdd):
        sent(desk, insured, RequestKind.REDUCTION, 400)
    with pytest.raises(RequestInFuture):
        sent(desk, insured, RequestKind.INCREASE, 400, "2025-09-11")
    number = sent(desk, insured, RequestKind.CANCELLATION, None)
    with pytest.raises(RequestWaiting):
        sent(desk, insured, RequestKind.INCREASE, 400)
    with pytest.raises(AnswerTooEarly):
        desk.policies.answer_request(number, D("2025-08-01"), "4507:8")


@pytest.mark.parametrize(
    ("shares", "paid"),
    [
        pytest.param([None, None], "418500.00", id="the policy's"),
        pytest.param([80, 80], "372000.00", id="the decisions' own"),
        # INV1, shipped in January, at 80 %: 139,000; the others, 326,000, at the policy's 90 %.
        pytest.param([80, None], "404600.00", id="each invoice by its decision"),
    ],
)
def test_a_claim_is_paid_by_the_percentage_of_the_decisions(
    office: Office,
    desk: Desk,
    insured: tuple[int, int],
    shares: list[int | None],
    paid: str,
) -> None:
    for share, start in zip(shares, ("2025-01-01", "2025-02-01"), strict=True):
        pct = Decimal(share) if share else None
        decide(desk, insured, "APPROVED", start, 500000, insured_pct=pct)
    claim = office.claim_on(desk.clients.all()[0].id, insured[1])
    found = desk.claims.estimate(claim, TODAY)
    assert found.indemnity
    assert found.indemnity.indemnity.plain == paid


@pytest.mark.parametrize(
    ("amount", "values", "question"),
    [
        pytest.param("6779999", {}, None, id="below ten times the highest balance of 678,000"),
        pytest.param("6780000", {}, LimitFarAboveBalance, id="ten times"),
        pytest.param("400000", MOST, None, id="all the policy pays"),
        pytest.param("400001", MOST, LimitAboveMaximum, id="more than it pays"),
    ],
)  # fmt: skip
def test_a_limit_of_too_many_digits_is_asked_about_and_taken_when_it_is_meant(
    office: Office, desk: Desk, amount: str, values: dict[str, str], question: type[UserError] | None
) -> None:  # fmt: skip
    client, buyer = office.m1()
    policy = office.policy(client, values=values)
    made = LimitDecision(
        policy_id=policy,
        buyer_id=buyer,
        state="APPROVED",
        start=date(2025, 1, 1),
        amount=Money(Decimal(amount), "CNY"),
    )
    if question is not None:
        with pytest.raises(question):
            desk.policies.decide(made)
        made = replace(made, sure=True)
    assert desk.policies.decide(made)
