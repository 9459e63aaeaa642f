"""Which decision holds on a day, and which way of payment goes beyond it (rules.md 1, 3.1, 3.2, 3.5)."""

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.cover.limits import (
    CoverEvent,
    CoverEventKind,
    Discretionary,
    Limit,
    is_lifted,
    is_riskier,
    limit_reason,
    stops,
)
from creditdesk.domain.policy.choices import LimitState, PaymentMethod

D = date.fromisoformat
M = PaymentMethod
BY_RISK = (
    {M.TT_ADVANCE},
    {M.LC_SIGHT, M.LC_USANCE, M.BANK_ACCEPTANCE},
    {M.CAD, M.DP},
    {M.DA, M.COMMERCIAL_ACCEPTANCE, M.OA, M.OTHER},
)


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


def test_a_way_of_payment_is_riskier_than_those_of_the_groups_before_it() -> None:
    assert set().union(*BY_RISK) == set(M)
    for safer, riskier in combinations(BY_RISK, 2):
        assert all(is_riskier(one, other) for one in riskier for other in safer)
        assert not any(is_riskier(one, other) for one in safer for other in riskier)
    for group in BY_RISK:
        assert not any(is_riskier(one, other) for one in group for other in group)


@pytest.mark.parametrize(
    ("state", "notice", "day", "holds"),
    [
        pytest.param("APPROVED", 30, "2024-12-31", False, id="the day before"),
        pytest.param("APPROVED", 30, "2025-01-01", True, id="the day itself"),
        pytest.param("APPROVED", 30, "2025-06-30", True, id="the last day"),
        pytest.param("APPROVED", 30, "2025-07-01", False, id="the day after"),
        pytest.param("INCREASED", 30, "2025-01-01", True, id="a rise waits for nothing"),
        pytest.param("SUSPENDED", 30, "2025-01-01", True, id="nor does a suspension"),
        pytest.param("REDUCED", 30, "2025-01-30", False, id="a cut: the last day of notice"),
        pytest.param("REDUCED", 30, "2025-01-31", True, id="a cut: notice has run"),
        pytest.param("CANCELLED", 30, "2025-01-30", False, id="withdrawn: the last day of notice"),
        pytest.param("CANCELLED", 30, "2025-01-31", True, id="withdrawn: notice has run"),
        pytest.param("CANCELLED", 0, "2025-01-01", True, id="withdrawn without notice"),
    ],
)  # fmt: skip
def test_a_decision_holds_from_its_day_to_its_last_day(
    state: str, notice: int, day: str, *, holds: bool
) -> None:
    decision = Limit(D("2025-01-01"), D("2025-06-30"), cny(100), LimitState(state))
    assert decision.holds(D(day), notice) is holds


def test_without_a_word_about_notice_there_is_none() -> None:
    withdrawn = Limit(D("2025-01-01"), None, cny(100), LimitState.CANCELLED)
    assert limit_reason([withdrawn], D("2025-01-01")) == "LIMIT_ZERO"
    assert limit_reason([withdrawn], D("2024-12-31")) == "BEFORE_LIMIT"


@pytest.mark.parametrize(
    ("day", "justified"),
    [
        pytest.param("2024-02-28", False, id="before the evidence"),
        pytest.param("2024-02-29", True, id="its day"),
        pytest.param("2024-06-09", True, id="the day before adverse information"),
        pytest.param("2024-06-10", False, id="its day"),
    ],
)
def test_own_evidence_counts_until_adverse_information(
    day: str, *, justified: bool
) -> None:
    own = Discretionary(cny(100), D("2024-02-29"), adverse_on=D("2024-06-10"))
    assert own.is_justified(D(day)) is justified
    assert not Discretionary(cny(100), None).is_justified(D(day))


@pytest.mark.parametrize(
    ("lifted", "day", "stopped"),
    [
        pytest.param(None, "2025-03-10", False, id="on the day of the stop"),
        pytest.param(None, "2025-03-11", True, id="the day after"),
        pytest.param("2025-03-10", "2025-03-11", False, id="lifted on its own day"),
        pytest.param("2025-03-20", "2025-03-19", True, id="before it is lifted"),
        pytest.param("2025-03-20", "2025-03-20", False, id="on the day it is lifted"),
        pytest.param("2025-03-09", "2025-03-11", True, id="a lift from before the stop"),
    ],
)  # fmt: skip
def test_a_stop_counts_from_the_day_after_until_it_is_lifted(
    lifted: str | None, day: str, *, stopped: bool
) -> None:
    stop = CoverEvent(CoverEventKind.INSOLVENCY, D("2025-03-10"))
    events = [stop]
    if lifted:
        events.append(CoverEvent(CoverEventKind.STOP_LIFTED, D(lifted)))
    found = stops(events, {CoverEventKind.INSOLVENCY}, D(day))
    assert found == ((stop.on,) if stopped else ())
    assert stops(events, {CoverEventKind.KNOWN_RISK}, D(day)) == ()
    assert not is_lifted([stop], stop.on, D(day))


def test_a_cut_that_ended_before_its_notice_ran_is_no_limit_to_come() -> None:
    """Cut from 1 January with 30 days' notice, ended on 15 January: on the 31st it has begun, and ended."""
    cut = Limit(D("2025-01-01"), D("2025-01-15"), cny(100), LimitState("REDUCED"))
    assert limit_reason([cut], D("2025-01-30"), 30) == "BEFORE_LIMIT"
    assert limit_reason([cut], D("2025-01-31"), 30) == "AFTER_EXPIRY"
