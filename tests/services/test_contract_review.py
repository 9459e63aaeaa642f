"""Answers to the contract review: added, never changed, and outdated by what the policy says later."""

from datetime import date
from typing import Any

import pytest

from creditdesk.domain.policy.contract_review import ReviewedItem, ReviewState
from creditdesk.services.policies import PolicyId
from creditdesk.services.policies.review import ReviewQuestionUnknown
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
ON = date(2025, 6, 1)
LATER = date(2025, 9, 1)


@pytest.fixture
def policy(office: Office) -> PolicyId:
    """A policy made from a template."""
    made: PolicyId = office.policy(office.client())
    return made


def asked(desk: Desk, policy: PolicyId, code: str, on: date = ON) -> ReviewedItem:
    items = desk.policies.contract_review(policy, on).items
    return next(each for each in items if each.item.code == code)


def test_the_newest_answer_counts_and_says_who_gave_it(
    desk: Desk, policy: PolicyId
) -> None:
    assert asked(desk, policy, "R10").state is ReviewState.OPEN
    desk.policies.answer_question(policy, "R10", ReviewState.AS_NEEDED, ON)
    desk.policies.answer_question(policy, "R10", ReviewState.ASK, ON, remark=" 13 % ")
    found = asked(desk, policy, "R10")
    assert found.answer
    assert (found.state, found.answer.remark, found.answer.on) == (ReviewState.ASK, "13 %", ON)  # fmt: skip
    assert found.answer.who
    assert [each.item.code for each in desk.policies.contract_review(policy, ON).to_ask] == ["R10"]  # fmt: skip


def test_a_question_nobody_wrote_is_refused(desk: Desk, policy: PolicyId) -> None:
    with pytest.raises(ReviewQuestionUnknown):
        desk.policies.answer_question(policy, "R99", ReviewState.ASK, ON)
    with pytest.raises(ReviewQuestionUnknown):
        desk.policies.remark_question(policy, "R99", "x", ON)


def test_a_deductible_checked_to_be_nothing_needs_no_order(
    desk: Desk, policy: PolicyId
) -> None:
    assert asked(desk, policy, "R15").applies
    desk.policies.set(policy, {"eel": "0", "min_retention": "0"}, ON, confirmed=True)
    assert not asked(desk, policy, "R15").applies


def test_an_endorsement_outdates_the_answers_it_touches_and_no_others(
    desk: Desk, policy: PolicyId
) -> None:
    for code in ("R26", "R10"):
        desk.policies.answer_question(policy, code, ReviewState.AS_NEEDED, ON)
    desk.policies.endorse(policy, date(2025, 8, 1), "3")
    assert not asked(desk, policy, "R26", LATER).changed
    desk.policies.set(policy, {"mep_days": "90"}, LATER, confirmed=True)
    (change,) = asked(desk, policy, "R26", LATER).changed
    assert (change.field, change.now) == ("mep_days", "90")
    assert asked(desk, policy, "R26", LATER).waits
    assert not asked(desk, policy, "R10", LATER).waits
    assert not asked(desk, policy, "R26", ON).waits


def test_a_remark_leaves_the_answer_and_what_it_was_given_on(
    desk: Desk, policy: PolicyId
) -> None:
    desk.policies.answer_question(policy, "R26", ReviewState.AS_NEEDED, ON)
    desk.policies.set(policy, {"mep_days": "90"}, ON, confirmed=True)
    desk.policies.remark_question(policy, "R26", "look again", ON)
    found = asked(desk, policy, "R26")
    assert found.answer
    assert (found.state, found.answer.remark) == (ReviewState.AS_NEEDED, "look again")
    assert found.changed
    desk.policies.remark_question(policy, "R02", "bank?", ON)
    assert asked(desk, policy, "R02").state is ReviewState.OPEN


def test_the_schedule_of_an_endorsement_says_what_stood_before(
    desk: Desk, policy: PolicyId
) -> None:
    first = desk.policies.file(policy, ON)
    assert {each.before for each in first.schedule} == {None}
    desk.policies.endorse(policy, date(2025, 8, 1), "3")
    desk.policies.set(policy, {"mep_days": "90"}, LATER, confirmed=True)
    lines = desk.policies.file(policy, LATER).schedule
    differing = {each.field.key for each in lines if each.before != each.text}
    assert differing == {"mep_days"}
