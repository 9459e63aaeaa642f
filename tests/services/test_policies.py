"""Policies: values with their history, terms by the day, limits that are only added to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.catalog.policies import templates
from creditdesk.db.errors import RecordMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.policy.choices import LimitState
from creditdesk.domain.policy.terms import ValueStanding
from creditdesk.domain.policy.values import (
    PolicyDateWrong,
    PolicyFieldUnknown,
    PolicyPercentIsFraction,
)
from creditdesk.errors import UserError
from creditdesk.readings.policies import policy_on
from creditdesk.services.policies import (
    LimitDecision,
    NewPolicy,
    PolicyFile,
    PolicyId,
)
from creditdesk.services.policies.values import (
    EndorsementTooEarly,
    LimitAmountWrong,
    LimitCurrencyOdd,
    LimitDatesWrong,
    PolicyCurrencyOdd,
    PolicyFieldEmpty,
    PolicyNumberEmpty,
    PolicyNumberTaken,
    PolicyPeriodWrong,
)
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
Changes = dict[str, Any]
ON = date(2025, 6, 1)


def text_of(file: PolicyFile, key: str) -> str:
    return next(each.text for each in file.schedule if each.field.key == key)


def standing_of(file: PolicyFile, key: str) -> ValueStanding | None:
    return next(each.standing for each in file.schedule if each.field.key == key)


def history(desk: Desk, key: str) -> list[str]:
    with desk._database.raw() as connection:
        found = connection.execute(
            "SELECT value FROM policy_value WHERE field = ? ORDER BY id", (key,)
        )
        return [value for (value,) in found]


def test_a_value_entered_twice_keeps_both_and_shows_the_later(
    office: Office, desk: Desk
) -> None:
    policy = office.policy(office.client())
    desk.policies.set(
        policy, {"insured_pct": "85"}, ON, confirmed=True, page="明细表第 2 页"
    )
    file = desk.policies.file(policy, ON)
    assert text_of(file, "insured_pct") == "85"
    assert history(desk, "insured_pct") == ["90", "85"]
    value = next(each for each in file.schedule if each.field.key == "insured_pct")
    assert value.page == "明细表第 2 页"


def test_template_values_wait_to_be_confirmed_against_the_paper(
    office: Office, desk: Desk
) -> None:
    policy = office.policy(office.client())
    before = desk.policies.file(policy, ON)
    waiting = tuple(
        each.field.key
        for each in before.schedule
        if each.standing is ValueStanding.DEFAULT
    )
    assert len(waiting) == before.line.unconfirmed > 0
    assert standing_of(before, "insured_pct") is not ValueStanding.DEFAULT
    desk.policies.confirm(policy, waiting, ON, "第 1 页")
    after = desk.policies.file(policy, ON)
    assert after.line.unconfirmed == 0
    assert [each.text for each in after.schedule] == [
        each.text for each in before.schedule
    ]


def test_an_endorsement_changes_the_terms_from_its_day_on(
    office: Office, desk: Desk
) -> None:
    policy = office.policy(office.client())
    desk.policies.endorse(policy, date(2025, 7, 1), "批单 1 号")
    desk.policies.set(policy, {"insured_pct": "70"}, date(2025, 7, 1), confirmed=True)
    with desk._database.read() as session:
        shares = [
            policy_on(session, policy, day).terms.insured_pct
            for day in (date(2024, 1, 1), date(2025, 6, 30), date(2025, 7, 1))
        ]
    assert shares == [90, 90, 70]
    assert text_of(desk.policies.file(policy, date(2025, 6, 30)), "insured_pct") == "90"
    versions = desk.policies.file(policy, ON).versions
    assert [(each.effective_from, each.reason) for each in versions] == [
        (date(2025, 1, 1), ""),
        (date(2025, 7, 1), "批单 1 号"),
    ]
    with pytest.raises(EndorsementTooEarly):
        desk.policies.endorse(policy, date(2024, 12, 31), "")


def test_a_claim_is_computed_by_the_terms_on_its_date_of_loss(
    office: Office, desk: Desk
) -> None:
    claim, policy, _ = office.claim()
    desk.policies.endorse(policy, date(2025, 9, 8), "批单")
    desk.policies.set(policy, {"insured_pct": "50"}, date(2025, 9, 8), confirmed=True)
    made = desk.claims.estimate(claim, date(2025, 9, 10)).indemnity
    assert made is not None
    assert made.indemnity.plain == "418500.00"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"insured_pct": "0.9"}, PolicyPercentIsFraction),
        ({"insured_pct": "ninety"}, UserError),
        ({"insured_pct": "NaN"}, UserError),
        ({"insured_pct": "101"}, UserError),
        ({"max_liability": "Infinity"}, UserError),
        ({"max_liability": "-1"}, UserError),
        ({"unknown": "1"}, PolicyFieldUnknown),
        ({"period_start": ""}, PolicyFieldEmpty),
        ({"period_end": "2025-02-30"}, PolicyDateWrong),
        ({"period_end": "2024-02-28"}, PolicyPeriodWrong),
        ({"policy_currency": "RMBX"}, PolicyCurrencyOdd),
        ({"policy_currency": ""}, UserError),
        ({"policy_currency": "cny"}, UserError),
        ({"insurer_id": ""}, PolicyFieldEmpty),
        ({"policy_no": ""}, PolicyFieldEmpty),
    ],
)
def test_a_value_that_can_t_be_meant_is_refused_and_changes_nothing(
    office: Office, desk: Desk, values: dict[str, str], refusal: type[UserError]
) -> None:
    policy = office.policy(office.client())
    before = desk.policies.file(policy, ON)
    with pytest.raises(refusal):
        desk.policies.set(policy, values, ON, confirmed=True)
    assert desk.policies.file(policy, ON) == before


def test_a_policy_is_numbered_and_dated_before_it_is_made(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    office.policy(client, "DT-1")
    fresh = NewPolicy(
        client_id=client,
        template="sinosure-domestic",
        number=" DT-1 ",
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        values={},
    )
    with pytest.raises(PolicyNumberTaken):
        desk.policies.add(fresh)
    with pytest.raises(PolicyNumberEmpty):
        desk.policies.add(replace(fresh, number=" "))
    with pytest.raises(PolicyPeriodWrong):
        desk.policies.add(replace(fresh, number="X", end=date(2025, 1, 1)))
    with pytest.raises(PolicyPercentIsFraction):
        desk.policies.add(replace(fresh, number="X", values={"insured_pct": "0.9"}))
    with pytest.raises(UserError):
        desk.policies.add(replace(fresh, number="X", template="../../secret"))
    with pytest.raises(RecordMissing):
        desk.policies.add(replace(fresh, number="X", client_id=99))
    assert [line.number for line in desk.policies.all(ON)] == ["DT-1"]
    other = office.client("另一家")
    assert desk.policies.add(replace(fresh, client_id=other))


def test_every_template_makes_a_policy(office: Office, desk: Desk) -> None:
    client = office.client()
    for each in templates():
        made = desk.policies.add(
            NewPolicy(
                client_id=client,
                template=each.id,
                number=each.id,
                start=date(2025, 1, 1),
                end=date(2025, 12, 31),
                values={"insurer_id": "某保险公司"} if each.blank else {},
            )
        )
        file = desk.policies.file(made, ON)
        assert file.line.unconfirmed + file.line.to_enter > 0
    desk.recount(ON)


def test_a_policy_in_force_is_one_whose_period_holds_the_day(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    old = office.policy(client, "OLD", "2024-01-01", "2024-12-31")
    now = office.policy(client, "NOW")
    overlapping = office.policy(client, "BOTH", "2024-06-01", "2025-05-31")
    assert desk.policies.in_force(client, date(2024, 12, 31)) == (overlapping, old)
    assert desk.policies.in_force(client, date(2025, 1, 1)) == (now, overlapping)
    assert desk.policies.in_force(client, date(2026, 1, 1)) == ()


def test_limits_are_added_to_and_the_latest_holds(office: Office, desk: Desk) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "500000", "2025-01-01")
    office.limit(policy, buyer, "800000", "2025-03-01", state=LimitState.INCREASED)
    office.limit(policy, buyer, "200000", "2025-05-01", state=LimitState.REDUCED)
    assert [line.amount.plain for line in desk.policies.limits(buyer_id=buyer)] == [
        "200000.00",
        "800000.00",
        "500000.00",
    ]
    held = [
        desk.policies.limits_now(day)[buyer].amount
        for day in (date(2025, 1, 1), date(2025, 4, 30), date(2025, 5, 1))
    ]
    assert [amount.plain if amount else None for amount in held] == [
        "500000.00",
        "800000.00",
        "200000.00",
    ]


@pytest.mark.parametrize(
    ("state", "amount", "shown"),
    [
        ("APPLIED", "0", "APPLIED"),
        ("REFUSED", "0", "REFUSED"),
        ("CANCELLED", "0", "CANCELLED"),
        ("SUSPENDED", "300", "SUSPENDED"),
        ("EXPIRED", "0", "EXPIRED"),
    ],
)
def test_no_limit_in_force_is_a_word_and_never_a_zero(
    office: Office, desk: Desk, state: str, amount: str, shown: str
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, amount, state=state)
    now = desk.policies.limits_now(ON)[buyer]
    assert (now.state, now.amount) == (shown, None)


def test_a_limit_past_its_end_has_expired_and_one_never_asked_for_is_absent(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    assert buyer not in desk.policies.limits_now(ON)
    office.limit(policy, buyer, "5", "2025-01-01", end="2025-05-31")
    now = desk.policies.limits_now(date(2025, 5, 31))[buyer]
    assert (now.state, now.amount) == ("APPROVED", Money(Decimal("5.00"), "CNY"))
    now = desk.policies.limits_now(ON)[buyer]
    assert (now.state, now.amount) == ("EXPIRED", None)


def test_a_decision_keeps_its_limit_while_another_is_applied_for(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    office.limit(policy, buyer, "5")
    office.limit(policy, buyer, "0", "2025-03-01", state="APPLIED")
    assert desk.policies.limits_now(ON)[buyer].state == "APPROVED"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"amount": Money(Decimal(0), "CNY")}, LimitAmountWrong),
        ({"amount": Money(Decimal(-5), "CNY")}, LimitAmountWrong),
        ({"amount": Money(Decimal("NaN"), "CNY")}, LimitAmountWrong),
        ({"amount": Money(Decimal("Infinity"), "CNY")}, LimitAmountWrong),
        ({"amount": Money(Decimal("1e30"), "CNY")}, LimitAmountWrong),
        ({"requested": Money(Decimal("1e30"), "CNY")}, LimitAmountWrong),
        ({"amount": Money(Decimal(5), "RM8")}, LimitCurrencyOdd),
        ({"end": date(2024, 12, 31)}, LimitDatesWrong),
        ({"buyer_id": 99}, RecordMissing),
        ({"policy_id": 99}, RecordMissing),
    ],
)
def test_a_decision_that_can_t_be_meant_is_refused(
    office: Office, desk: Desk, changes: Changes, refusal: type[UserError]
) -> None:
    client, buyer = office.m1()
    policy = office.policy(client)
    decision = LimitDecision(
        policy_id=policy,
        buyer_id=buyer,
        state=LimitState.APPROVED,
        start=date(2025, 1, 1),
        amount=Money(Decimal(5), "CNY"),
    )
    with pytest.raises(refusal):
        desk.policies.decide(replace(decision, **changes))
    assert desk.policies.limits() == ()


def test_a_decision_is_about_a_buyer_of_the_policy_s_client(office: Office) -> None:
    _, buyer = office.m1()
    policy = office.policy(office.client("另一家"))
    with pytest.raises(RecordMissing):
        office.limit(policy, buyer, "5")


def test_an_unknown_policy_is_told(desk: Desk) -> None:
    for ask in (
        lambda: desk.policies.file(PolicyId(9), ON),
        lambda: desk.policies.set(PolicyId(9), {}, ON, confirmed=True),
        lambda: desk.policies.endorse(PolicyId(9), ON, ""),
    ):
        with pytest.raises(RecordMissing):
            ask()
