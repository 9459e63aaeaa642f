"""The life of a limit as a table (rules.md 3.1)."""

from decimal import Decimal

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.codes import (
    REASONS,
    REQUESTS,
    RESPONSES,
    RequestKind,
    answer_code,
    reason_of,
)
from creditdesk.domain.cover.limit_states import (
    NEXT,
    NO_DECISION,
    STAGE_TITLES,
    WITH_AMOUNT,
    LimitStage,
    may_follow,
    seen_by_rules,
    stage_of,
)
from creditdesk.domain.policy.choices import LimitState

S = LimitStage


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


def test_every_state_has_words_and_something_that_may_follow() -> None:
    assert NEXT.keys() == set(S) == STAGE_TITLES.keys()
    assert all(NEXT.values())


@pytest.mark.parametrize(
    ("before", "after", "asked", "possible"),
    [
        pytest.param(S.DRAFT, S.APPLIED, False, True, id="a draft is sent"),
        pytest.param(S.APPLIED, S.INVESTIGATING, False, True, id="looked into"),
        pytest.param(S.INVESTIGATING, S.CONDITIONAL, False, True, id="conditions"),
        pytest.param(S.APPROVED_FULL, S.REDUCED, False, True, id="a cut"),
        pytest.param(S.IDLE_WARNED, S.IDLE_CANCELLED, False, True, id="lapsed unused"),
        pytest.param(S.SUSPENDED, S.APPROVED_FULL, False, True, id="arrears cleared"),
        pytest.param(S.REFUSED, S.APPLIED, False, True, id="applied for again"),
        pytest.param(S.REFUSED, S.APPROVED_FULL, True, True, id="applied, then yes"),
        pytest.param(S.REFUSED, S.APPROVED_FULL, False, False, id="not by itself"),
        pytest.param(S.REFUSED, S.REDUCED, True, False, id="nothing to reduce"),
        pytest.param(S.NOT_ASKED, S.CANCELLED, False, True, id="papers elsewhere"),
        pytest.param(S.NOT_ASKED, S.IDLE_CANCELLED, False, False, id="never warned"),
        pytest.param(S.CANCELLED, S.SUSPENDED, False, False, id="nothing to suspend"),
        pytest.param(S.APPROVED_PART, S.IDLE_CANCELLED, False, False, id="unwarned"),
        pytest.param(S.APPROVED_PART, S.REFUSED, False, False, id="a limit is cut"),
    ],
)
def test_what_may_follow_what(
    before: LimitStage, after: LimitStage, *, asked: bool, possible: bool
) -> None:
    assert may_follow(after, [before], asked=asked) is possible


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        (S.APPROVED_FULL, LimitState.APPROVED),
        (S.APPROVED_PART, LimitState.APPROVED),
        (S.CONDITIONAL, LimitState.APPROVED),
        (S.IDLE_CANCELLED, LimitState.CANCELLED),
        (S.SUSPENDED, LimitState.SUSPENDED),
        (S.INVESTIGATING, "APPLIED"),
        (S.INCREASE_APPLIED, "APPLIED"),
        (S.IDLE_WARNED, "IDLE_WARNED"),
    ],
)
def test_the_rules_see_fewer_states_than_a_person(
    stage: LimitStage, state: str
) -> None:
    assert seen_by_rules(stage) == state


def test_whatever_decides_is_a_state_the_rules_know() -> None:
    assert NO_DECISION.isdisjoint(WITH_AMOUNT)
    for stage in set(S) - NO_DECISION:
        assert LimitState(seen_by_rules(stage))


def test_less_than_was_asked_for_is_approved_in_part() -> None:
    assert stage_of("APPROVED", cny(3), cny(5)) is S.APPROVED_PART
    assert stage_of("APPROVED", cny(5), cny(5)) is S.APPROVED_FULL
    assert stage_of("APPROVED", cny(3), None) is S.APPROVED_FULL
    assert stage_of("REDUCED", cny(3), cny(5)) is S.REDUCED


@pytest.mark.parametrize(
    ("stage", "reason", "code"),
    [
        (S.APPROVED_PART, "12", "4507:5/4509:12"),
        (S.REFUSED, "", "4507:3"),
        (S.IDLE_CANCELLED, "", "4507:8/4509:14"),
        (S.SUSPENDED, "15", "4509:15"),
        (S.EXPIRED, "", ""),
    ],
)
def test_answers_carry_the_codes_of_edifact(
    stage: LimitStage, reason: str, code: str
) -> None:
    assert answer_code(stage, reason) == code
    assert reason_of(code) == (reason or ("14" if stage is S.IDLE_CANCELLED else ""))


def test_the_code_lists_are_whole() -> None:
    assert list(REQUESTS) == [str(each) for each in range(1, 9)]
    assert list(RESPONSES) == [str(each) for each in range(1, 12)]
    assert list(REASONS) == [str(each) for each in range(1, 16)]
    assert [kind.code for kind in RequestKind] == ["2", "3", "8", "7", "6"]
