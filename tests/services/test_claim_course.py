"""The file of a claim: the insurer's questions, payments in parts, steps taken back, one claim a debt."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.db.errors import VoidReasonMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause, ClaimState, Decision
from creditdesk.domain.claim.clocks import ClockOf
from creditdesk.i18n import Message, words
from creditdesk.services.claims import (
    ClaimId,
    GivenAnswer,
    NewClaim,
    NewQuestion,
    Ruling,
    StepTaken,
)
from creditdesk.services.claims.values import (
    AnswerEmpty,
    ClaimedElsewhere,
    DueBeforeAsked,
    NothingToClaim,
    NothingToTakeBack,
    NotPaidYet,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
FILED = date(2025, 9, 12)


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def filed(office: Office) -> ClaimId:
    claim: ClaimId = office.claim()[0]
    office.desk.claims.advance(claim, StepTaken(state=ClaimState.FILED, on=FILED))
    return claim


def decided(office: Office) -> ClaimId:
    claim = filed(office)
    ruling = Ruling(decision=Decision.APPROVED)
    step = StepTaken(state=ClaimState.DECIDED, on=date(2025, 10, 1), ruling=ruling)
    office.desk.claims.advance(claim, step)
    return claim


def duties(desk: Desk, on: date) -> list[date]:
    """The first day of what the insurer asks for."""
    desk.recount(on)
    return [line.legal for line in desk.watch.open_duties() if line.code == "D21"]


def test_a_question_is_a_duty_by_the_day_the_insurer_named_until_it_is_answered(
    office: Office, desk: Desk
) -> None:
    claim = filed(office)
    asked = NewQuestion(
        asked_on=date(2025, 9, 15), text="补充签收单", item="C12", due_on=date(2025, 9, 24)
    )  # fmt: skip
    number = desk.claims.ask(claim, asked)
    usual = desk.claims.ask(
        claim, NewQuestion(asked_on=date(2025, 9, 15), text="付款流水")
    )
    # 15 September + 30 days is 15 October.
    assert duties(desk, date(2025, 9, 16)) == [date(2025, 9, 24)]
    desk.claims.answer(claim, number, GivenAnswer(on=date(2025, 9, 20), text="已补寄"))
    assert duties(desk, date(2025, 9, 21)) == [date(2025, 10, 15)]
    desk.claims.void_question(claim, usual, "重复录入")
    assert duties(desk, date(2025, 9, 21)) == []
    first, second = desk.claims.file(claim, TODAY).questions
    assert (first.answer, first.answered_on) == ("已补寄", date(2025, 9, 20))
    assert second.voided
    assert second.voided.why == "重复录入"


def test_what_makes_no_question_or_answer_is_refused(
    office: Office, desk: Desk
) -> None:
    claim = filed(office)
    with pytest.raises(DueBeforeAsked):
        desk.claims.ask(claim, NewQuestion(asked_on=TODAY, text="x", due_on=date(2025, 9, 9)))  # fmt: skip
    number = desk.claims.ask(claim, NewQuestion(asked_on=TODAY, text="x"))
    with pytest.raises(AnswerEmpty):
        desk.claims.answer(claim, number, GivenAnswer(on=TODAY, text=" "))
    with pytest.raises(VoidReasonMissing):
        desk.claims.void_question(claim, number, "")


def test_the_law_waits_for_the_last_answer(office: Office, desk: Desk) -> None:
    claim = filed(office)

    def by_law() -> date:
        found = desk.claims.file(claim, TODAY).clocks
        return next(each.by for each in found if each.of is ClockOf.LAW)

    assert by_law() == date(2025, 10, 12)
    number = desk.claims.ask(claim, NewQuestion(asked_on=date(2025, 9, 15), text="x"))
    desk.claims.answer(claim, number, GivenAnswer(on=date(2025, 9, 20), text="y"))
    assert by_law() == date(2025, 10, 20)


def test_the_indemnity_comes_in_parts_and_a_wrong_one_is_voided(
    office: Office, desk: Desk
) -> None:
    claim = decided(office)
    with pytest.raises(NotPaidYet):
        desk.claims.pay(claim, cny("1"), TODAY)
    step = StepTaken(state=ClaimState.PAID, on=date(2025, 10, 8), paid=cny("300000"))
    desk.claims.advance(claim, step)
    second = desk.claims.pay(claim, cny("118500"), date(2025, 11, 3), "尾款")
    assert desk.claims.file(claim, TODAY).line.paid == cny("418500")
    desk.claims.void_payment(claim, second, "金额有误")
    file = desk.claims.file(claim, TODAY)
    assert file.line.paid == cny("300000")
    assert [(each.amount, bool(each.voided)) for each in file.payments] == [
        (cny("300000"), False),
        (cny("118500"), True),
    ]


def test_a_step_taken_back_leaves_the_claim_as_it_was(
    office: Office, desk: Desk
) -> None:
    claim = decided(office)
    step = StepTaken(state=ClaimState.PAID, on=date(2025, 10, 8), paid=cny("300000"))
    desk.claims.advance(claim, step)
    desk.claims.take_back_step(claim, "尚未到账")
    file = desk.claims.file(claim, TODAY)
    assert (file.line.state, file.line.paid, file.paid_on) == (
        ClaimState.DECIDED,
        None,
        None,
    )
    desk.claims.take_back_step(claim, "批复看错")
    desk.claims.take_back_step(claim, "尚未提交")
    file = desk.claims.file(claim, TODAY)
    assert file.line.state is ClaimState.PREPARATION
    assert (file.filed_on, file.decided_on) == (None, None)
    assert [each.voided.why for each in file.steps if each.voided] == [
        "尚未提交", "批复看错", "尚未到账",
    ]  # fmt: skip
    with pytest.raises(NothingToTakeBack):
        desk.claims.take_back_step(claim, "x")


def test_two_claims_never_claim_the_same_debt(office: Office, desk: Desk) -> None:
    claim, _policy, buyer = office.claim()
    client = desk.claims.file(claim, TODAY).line.client_id

    def again(*numbers: str) -> ClaimId:
        return desk.claims.open(
            NewClaim(
                client_id=client,
                buyer_id=buyer,
                cause=Cause.PROTRACTED_DEFAULT,
                date_of_loss=date(2025, 9, 8),
                numbers=numbers,
                today=TODAY,
            )
        )

    with pytest.raises(ClaimedElsewhere):
        again("INV1")
    with pytest.raises(NothingToClaim):
        again()
    desk.claims.advance(claim, StepTaken(state=ClaimState.WITHDRAWN, on=TODAY, reason="买方已付款"))  # fmt: skip
    second = again("INV1")
    assert desk.claims.file(second, TODAY).invoices[0].number == "INV1"
    with pytest.raises(ClaimedElsewhere):
        desk.claims.take_back_step(claim, "买方又不付了")
    desk.claims.advance(second, StepTaken(state=ClaimState.WITHDRAWN, on=TODAY))
    desk.claims.take_back_step(claim, "买方又不付了")
    assert desk.claims.file(claim, TODAY).line.state is ClaimState.PREPARATION


def test_an_invoice_may_have_a_loss_payee_of_its_own(
    office: Office, desk: Desk
) -> None:
    claim = office.claim()[0]
    desk.claims.set_loss_payee(claim, ("INV1",), " 示例银行 ")
    shown = {
        each.number: each.loss_payee for each in desk.claims.file(claim, TODAY).invoices
    }
    assert (shown["INV1"], shown["INV2"]) == ("示例银行", "")
    packed = {
        each.number: each.loss_payee
        for each in desk.claims.draft(claim, TODAY).invoices
    }
    assert (packed["INV1"], packed["INV2"]) == ("示例银行", "")
    desk.claims.set_joint_insured(claim, ("INV1", "INV2"), "子公司")
    draft = desk.claims.draft(claim, TODAY)
    packed = {each.number: each.joint_insured for each in draft.invoices}
    assert (packed["INV1"], packed["INV2"]) == ("子公司", "子公司")
    asked = {field.fact.key: field.values for field in draft.form.fields}
    say = words("zh").say
    (payee,), (insured,) = asked["policy.loss_payee"], asked["claim.joint_insured"]
    assert isinstance(payee, Message)
    assert isinstance(insured, Message)
    assert say(payee) == "示例银行（发票 INV1）"
    assert say(insured) == "子公司（发票 INV1、INV2）"
    desk.claims.set_loss_payee(claim, ("INV1",), "")
    assert not any(each.loss_payee for each in desk.claims.file(claim, TODAY).invoices)
