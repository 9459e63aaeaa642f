"""A past year replayed under other policies: figures worked out by hand, and those the desk shows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.indemnity import calculate
from creditdesk.domain.insurers.what_if import (
    BuyerFails,
    Indication,
    LimitFactor,
    OtherPolicy,
    OwnPolicy,
    Replayed,
    Slower,
    WhatIf,
)
from creditdesk.errors import UserError
from creditdesk.i18n import LANGUAGES, words
from creditdesk.services.declarations import NewDeclaration
from creditdesk.services.policies import LimitDecision
from creditdesk.whatif import replayed
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
BUYER = "宁波海澜贸易有限公司"
OTHER = {
    "insured_pct": "80", "vat_insured": "true", "retention_insured": "false", "mep_days": "60",
    "deductible_order": "BEFORE_PCT", "premium_rate": "0.5", "minimum_premium": "0", "tax_rate": "6",
    "max_liability_basis": "AMOUNT", "max_liability": "2000000",
}  # fmt: skip
RATED = {
    "premium_rate": "0.25", "minimum_premium": "1000", "tax_rate": "6",
    "max_liability_basis": "AMOUNT", "max_liability": "2000000",
}  # fmt: skip


class Year:
    """The ledger of M1 (rules.md 4.9) under DT-1, limit 500,000, 90 %."""

    def __init__(self, office: Office, desk: Desk) -> None:
        self.desk = desk
        self.client, self.buyer = office.m1()
        self.policy = office.policy(self.client, values=RATED)
        self.limit = office.limit(self.policy, self.buyer, "500000")

    def asked(self, *policies: OwnPolicy | OtherPolicy, **more: Any) -> WhatIf:  # noqa: ANN401 - what a test changes
        given: dict[str, Any] = {
            "client_id": self.client, "client": "明达电子有限公司", "start": date(2025, 1, 1), "end": TODAY,
            "policies": policies or (OwnPolicy("DT-1"),), "stresses": (),
        }  # fmt: skip
        return WhatIf(**{**given, **more})

    def replay(
        self,
        *policies: OwnPolicy | OtherPolicy,
        **more: Any,  # noqa: ANN401 - what a test changes
    ) -> tuple[Replayed, ...]:
        return replayed(self.desk, self.asked(*policies, **more))


@pytest.fixture
def year(office: Office, desk: Desk) -> Year:
    return Year(office, desk)


def other(name: str = "B", **more: str) -> OtherPolicy:
    return OtherPolicy("sinosure-domestic", name, {**OTHER, **more})


def told(found: Replayed) -> list[str]:
    for language in LANGUAGES:
        assert all("{" not in words(language).say(each) for each in found.assumptions)
    return [words("en").say(each) for each in found.assumptions]


def amount(money: Money | None) -> str:
    assert money is not None
    return money.plain


def test_the_own_year_is_what_the_desk_shows(year: Year) -> None:
    (own,) = year.replay()
    file = year.desk.premiums.file(year.policy, TODAY)
    assert file.by_ledger is not None
    assert file.by_ledger.premium is not None
    # 678,000 at 0.25 % is 1,695, with 6 % tax 1,796.70.
    assert (
        own.premium
        == file.by_ledger.premium.premium
        == Money(Decimal("1695.00"), "CNY")
    )
    assert own.cost == file.by_ledger.premium.total == Money(Decimal("1796.70"), "CNY")
    lines = year.desk.watch.duties_of(client_id=year.client)
    due = [
        number
        for line in lines
        if line.state in {"open", "done"} and line.legal <= TODAY
        for number in line.ids
    ]
    assert own.duties.due == len(due)
    assert (own.indemnity, own.net) == (
        Money.zero("CNY"),
        Money(Decimal("-1695.00"), "CNY"),
    )
    # 90 % of 1,883.33 is 1,695.00, of a cent less 1,694.99.
    assert amount(own.break_even) == "1883.33"
    assert [(each.buyer, each.on) for each in own.stops] == [(BUYER, date(2025, 5, 10))]


def test_what_is_insured_through_time_by_hand(year: Year) -> None:
    (own,) = year.replay(start=date(2025, 3, 1), end=date(2025, 4, 30))
    days = {
        each.on: (each.covered.plain, each.uncovered.plain)
        for each in own.exposure.course
    }
    # Shipped under 500,000: 339,000 and 161,000 of 226,000; nothing of 113,000.
    assert days[date(2025, 3, 1)] == ("500000.00", "65000.00")
    assert days[date(2025, 3, 31)] == ("500000.00", "178000.00")
    # 200,000 came for the second on 20 April: 26,000 of it are open, all insured.
    assert days[date(2025, 4, 30)] == ("365000.00", "113000.00")
    assert list(days) == [date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 30)]
    peak = own.exposure.peak
    assert (peak.on, peak.uncovered.plain) == (date(2025, 3, 20), "178000.00")
    # 19 days of 65,000, 31 of 178,000, 11 of 113,000; 50 days of 500,000 and 11 of 365,000.
    assert own.exposure.uncovered_average.plain == "131081.97"
    assert own.exposure.covered_average.plain == "475655.74"
    assert own.exposure.uncovered_pct == Decimal("21.6")


def test_the_own_claim_is_its_estimate_under_the_own_policy(
    year: Year, office: Office
) -> None:
    claim = office.claim_on(year.client, year.buyer)
    estimate = year.desk.claims.estimate(claim, TODAY)
    own, less = year.replay(OwnPolicy("DT-1"), other())
    (loss,) = own.indemnities
    assert estimate.indemnity is not None
    assert loss.made is not None
    assert loss.made.indemnity == estimate.indemnity.indemnity
    assert loss.claim == "CL-2025-001"
    # M1: 465,000 of 478,000 are covered; 90 % and 80 % of it.
    assert amount(own.indemnity) == "418500.00"
    assert amount(less.indemnity) == "372000.00"
    assert amount(less.net) == "368610.00"  # the premium is 678,000 at 0.5 %: 3,390
    assert amount(less.net_of_cost) == "368406.60"
    (row,) = loss.not_insured
    assert (row.id, (row.residual - row.eligible).plain, row.held.plain) == (
        "INV3",
        "13000.00",
        "13000.00",
    )


def test_a_buyer_that_fails_pays_and_gets_nothing_more(year: Year) -> None:
    (found,) = year.replay(
        other(),
        end=date(2025, 9, 10),
        stresses=(BuyerFails(year.buyer, BUYER, date(2025, 3, 15)),),
    )
    (loss,) = found.indemnities
    assert loss.made is not None
    assert loss.claim == ""
    # INV3 was to leave on 20 March, and the 200,000 were to come in April: 565,000 are owed, 500,000 insured.
    assert loss.made.whole_debt.plain == "565000.00"
    assert loss.made.covered_loss.plain == "500000.00"
    assert (
        loss.made.indemnity.plain == calculate(loss.case).indemnity.plain == "400000.00"
    )
    # 565,000 at 0.5 %.
    assert amount(found.premium) == "2825.00"
    assert amount(found.net) == "397175.00"
    assert (found.stops[0].on, found.duties.late > 0) == (date(2025, 3, 15), True)


def test_the_desk_is_as_it_was(year: Year) -> None:
    before = (
        year.desk.policies.limits(client_id=year.client),
        year.desk.claims.all(),
        year.desk.watch.duties_of(),
    )
    heard: list[object] = []
    year.desk.changed.connect(heard.append)
    stresses = (
        BuyerFails(year.buyer, BUYER, date(2025, 4, 30)), Slower(20), LimitFactor(year.buyer, BUYER, Decimal("0.5")),
    )  # fmt: skip
    year.replay(
        OwnPolicy("DT-1"), other(), other("C", insured_pct="85"), stresses=stresses
    )
    after = (
        year.desk.policies.limits(client_id=year.client),
        year.desk.claims.all(),
        year.desk.watch.duties_of(),
    )
    assert after == before
    assert heard == []
    assert year.desk.check().problems == ()


def test_slower_payments_leave_more_open(year: Year) -> None:
    (found,) = year.replay(
        start=date(2025, 5, 1), end=date(2025, 5, 31), stresses=(Slower(20),)
    )
    days = {each.on: each.covered + each.uncovered for each in found.exposure.course}
    # The 200,000 of 20 April come on 10 May.
    assert days[date(2025, 5, 1)].plain == "678000.00"
    assert days[date(2025, 5, 31)].plain == "478000.00"


def test_half_a_limit_insures_half(year: Year) -> None:
    stress = LimitFactor(year.buyer, BUYER, Decimal("0.5"))
    own, less = year.replay(
        OwnPolicy("DT-1"),
        other(),
        start=date(2025, 3, 1),
        end=date(2025, 3, 31),
        stresses=(stress,),
    )
    for found in (own, less):
        assert [each.covered.plain for each in found.exposure.course] == [
            "250000.00",
            "250000.00",
        ]


def test_limits_that_were_indicated_take_the_place_of_todays(year: Year) -> None:
    policy = OtherPolicy(
        "sinosure-domestic", "B", OTHER, (
            Indication(year.buyer, BUYER, Decimal(100000), date(2025, 1, 1)),
            Indication(year.buyer, BUYER, Decimal(400000), date(2025, 2, 1)),
        ),
    )  # fmt: skip
    (found,) = year.replay(policy, start=date(2025, 1, 31), end=date(2025, 3, 31))
    # 100,000 of INV1; of INV2 what 400,000 leave beside the 339,000 of INV1: 61,000.
    assert [each.covered.plain for each in found.exposure.course] == [
        "100000.00",
        "161000.00",
        "161000.00",
    ]
    assert told(found)[0].startswith(f"The limits of {BUYER} are as entered")


def test_premium_that_was_paid_for_the_own_policy_pays_for_no_other(year: Year) -> None:
    own, found = year.replay(OwnPolicy("DT-1"), other())
    assert not any("not counted as premium paid" in each for each in told(own))
    assert any("not counted as premium paid" in each for each in told(found))
    assert any("today's decisions stand" in each for each in told(found))
    assert any("2025-09-10 still shows" in each for each in told(own))


def test_to_another_insurer_everything_counts_as_declared(year: Year) -> None:
    """March was never declared to the own insurer: INV3 is not insured there, and is with the other."""
    for month, end in ((1, 31), (2, 28)):
        told_of = NewDeclaration(
            policy_id=year.policy, start=date(2025, month, 1), end=date(2025, month, end), on=date(2025, month + 1, 10)
        )  # fmt: skip
        year.desk.declarations.record(told_of, TODAY)
    year.desk.policies.void_limit(year.limit, "higher")
    limit = LimitDecision(
        policy_id=year.policy, buyer_id=year.buyer, state="APPROVED", start=date(2025, 1, 1),
        amount=Money(Decimal(900000), "CNY"),
    )  # fmt: skip
    year.desk.policies.decide(limit)
    fails = BuyerFails(year.buyer, BUYER, date(2025, 4, 30))
    own, less = year.replay(
        OwnPolicy("DT-1"), other(), start=date(2025, 3, 31), stresses=(fails,)
    )
    assert own.exposure.course[0].covered.plain == "565000.00"
    assert less.exposure.course[0].covered.plain == "678000.00"
    # 478,000 less INV3; and 465,000 of M1.
    assert (amount(own.indemnity), amount(less.indemnity)) == ("328500.00", "372000.00")
    assert own.indemnities[0].not_insured[0].reasons == ("NOT_DECLARED",)


def test_days_without_a_policy_are_a_policy_of_their_own_under_other_terms(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    policy = OtherPolicy(
        "sinosure-domestic",
        "B",
        OTHER,
        (Indication(buyer, BUYER, Decimal(500000), date(2025, 1, 1)),),
    )
    asked = WhatIf(
        client,
        "明达电子有限公司",
        date(2025, 1, 1),
        TODAY,
        (policy,),
        (BuyerFails(buyer, BUYER, date(2025, 4, 30)),),
    )
    (found,) = replayed(desk, asked)
    assert amount(found.indemnity) == "372000.00"
    assert "No policy of the client ran from 2025-01-01 to 2025-09-10" in " ".join(
        told(found)
    )
    assert desk.policies.all(TODAY) == ()


def test_a_policy_per_year_adds_up(office: Office, desk: Desk) -> None:
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("A", "2024-06-01", "2024-07-01", "100000"),
            office.invoice("B", "2025-06-01", "2025-07-01", "200000"),
        ),
    )
    values = {**RATED, "minimum_premium": "300"}
    for year in ("2024", "2025"):
        office.policy(
            client, f"DT-{year}", f"{year}-01-01", f"{year}-12-31", values=values
        )
    asked = WhatIf(
        client,
        "明达电子有限公司",
        date(2024, 1, 1),
        TODAY,
        (OwnPolicy("DT-2025"), other("B", minimum_premium="600")),
    )
    own, found = replayed(desk, asked)
    # 100,000 at 0.25 % is 250, so the minimum of 300; 200,000 is 500. At 0.5 %: 500, so 600; 1,000.
    assert (amount(own.premium), amount(found.premium)) == ("800.00", "1600.00")
    assert "From 2024-01-01 to 2024-12-31 it is policy DT-2024." in told(own)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": date(2025, 9, 11)}, "2025-09-11"),
        ({"start": date(2010, 1, 1)}, "ten years"),
        ({"end": date(2025, 9, 11)}, "still to come"),
        ({"start": date(2024, 12, 1)}, "2024-12-31"),
        ({"policies": ()}, "between one and 4"),
        ({"policies": tuple(OwnPolicy(f"{n}") for n in range(5))}, "between one and 4"),
        ({"policies": (OwnPolicy("DT-1"), OwnPolicy("DT-1"))}, "a name of its own"),
        ({"policies": (OwnPolicy("DT-9"),)}, "no policy DT-9"),
        ({"policies": (OtherPolicy("nobody", "B", {}),)}, "nobody"),
        ({"policies": (OtherPolicy("sinosure-domestic", "B", {"insured": "1"}),)}, "insured"),
        ({"policies": (OtherPolicy("sinosure-domestic", "B", {"insured_pct": "x"}),)}, "x"),
        ({"policies": (OtherPolicy("sinosure-domestic", "B", {"policy_no": "1"}),)}, "can't be set"),
        ({"stresses": (Slower(0),)}, "between 1 and 366"),
        ({"stresses": (Slower(5), Slower(6))}, "given twice"),
        ({"stresses": (LimitFactor(1, BUYER, Decimal(0)),)}, "above 0"),
        ({"stresses": (LimitFactor(1, BUYER, Decimal(11)),)}, "up to 10"),
        ({"stresses": (LimitFactor(999, "Nobody", Decimal(2)),)}, "Nobody"),
        ({"stresses": (BuyerFails(1, BUYER, date(2025, 1, 5)),)}, "owes nothing on 2025-01-05"),
        ({"stresses": (BuyerFails(1, BUYER, date(2024, 1, 5)),)}, "can't fail on 2024-01-05"),
    ],
)  # fmt: skip
def test_what_can_t_be_replayed_is_said(
    year: Year, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(UserError) as refused:
        replayed(year.desk, year.asked(**change) if "policies" not in change else
                 WhatIf(year.client, "C", date(2025, 1, 1), TODAY, change["policies"]))  # fmt: skip
    assert said in words("en").say(refused.value.said)
    assert "{" not in words("zh").say(refused.value.said)


def test_two_policies_at_once_are_refused(year: Year, office: Office) -> None:
    office.policy(year.client, "DT-2", "2025-06-01", "2025-12-31")
    with pytest.raises(UserError) as refused:
        year.replay()
    assert "DT-1 and DT-2 ran at the same time from 2025-06-01" in words("en").say(
        refused.value.said
    )
