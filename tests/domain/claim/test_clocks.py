"""The insurer's clocks (rules.md 5.2, 14.6), every day worked out by hand."""

from dataclasses import replace
from datetime import date

from creditdesk.domain.claim.claims import Decision
from creditdesk.domain.claim.clocks import Clock, ClockOf, Course, clocks

FILED = Course(
    filed_on=date(2026, 3, 2),
    complete_on=None,
    assessed_on=None,
    decided_on=None,
    decision=None,
    paid_on=None,
    policy_by=date(2026, 4, 1),
    chase_days=20,
    under_law=True,
)


def by(found: tuple[Clock, ...]) -> list[tuple[ClockOf, str, date, date | None]]:
    return [(each.of, each.what.text, each.by, each.ended_on) for each in found]


def test_nothing_runs_before_the_claim_is_filed() -> None:
    assert clocks(replace(FILED, filed_on=None)) == ()


def test_a_filed_claim_runs_by_law_policy_and_our_own_days() -> None:
    assert by(clocks(FILED)) == [
        (ClockOf.LAW, "Decide on the claim", date(2026, 4, 1), None),
        (ClockOf.POLICY, "Decide on the claim", date(2026, 4, 1), None),
        (ClockOf.OWN, "Ask the insurer how far it is", date(2026, 3, 22), None),
        (ClockOf.LAW, "Pay the part nobody disputes", date(2026, 5, 1), None),
    ]


def test_the_law_counts_from_the_last_paper_the_policy_from_the_filing() -> None:
    answered = clocks(replace(FILED, complete_on=date(2026, 3, 12)))
    assert [each.by for each in answered] == [
        date(2026, 4, 11),
        date(2026, 4, 1),
        date(2026, 4, 1),
        date(2026, 5, 11),
    ]


def test_a_granted_claim_is_paid_within_ten_days() -> None:
    decided = replace(FILED, decided_on=date(2026, 3, 30), decision=Decision.REDUCED)
    pay = clocks(decided)[-1]
    assert (pay.what.text, pay.by) == ("Pay the indemnity", date(2026, 4, 9))
    assert not pay.is_late(date(2026, 4, 9))
    assert pay.is_late(date(2026, 4, 10))
    late = clocks(replace(decided, paid_on=date(2026, 4, 12)))[-1]
    assert late.days_late(date(2027, 1, 1)) == 3


def test_a_refusal_is_explained_within_three_days_of_the_assessment() -> None:
    refused = replace(
        FILED,
        assessed_on=date(2026, 3, 20),
        decided_on=date(2026, 3, 25),
        decision=Decision.REFUSED,
    )
    told = clocks(refused)[-1]
    assert (told.what.text, told.by) == (
        "Say why the claim is refused",
        date(2026, 3, 23),
    )
    assert told.days_late(date(2026, 3, 30)) == 2


def test_policy_business_and_foreign_insurers_have_the_policys_clock_and_ours() -> None:
    found = clocks(replace(FILED, under_law=False))
    assert [each.of for each in found] == [ClockOf.POLICY, ClockOf.OWN]


def test_what_is_suspended_for_a_dispute_is_not_to_be_paid() -> None:
    held = replace(FILED, decided_on=date(2026, 3, 30), decision=Decision.SUSPENDED_DISPUTE)  # fmt: skip
    assert "Pay the indemnity" not in {each.what.text for each in clocks(held)}
