"""Scores and warnings of a buyer, from the ledger, the limit and what was reported; worked out by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from creditdesk.db.errors import RecordMissing
from creditdesk.domain.base.money import Money
from creditdesk.domain.credit.buyer_events import BuyerEventKind
from creditdesk.domain.credit.scorecard import fixed
from creditdesk.services.policies import LimitDecision
from creditdesk.services.watch import NewEvent
from creditdesk.workspace import Desk

MAY = date(2025, 5, 1)


def buyer_of(desk: Desk) -> int:
    return desk.buyers.named(desk.clients.all()[0].id, "B1")


def codes(desk: Desk, on: date) -> dict[str, str]:
    found = desk.credit.warnings(desk.clients.all()[0].id, on)
    return {each.warned.kind.code: each.warned.level.effect.value for each in found}


def decided(desk: Desk, state: str, amount: int, on: date) -> None:
    policy = desk.policies.all(on)[0].id
    desk.policies.decide(
        LimitDecision(
            policy_id=policy, buyer_id=buyer_of(desk), state=state, start=on, amount=Money(Decimal(amount), "CNY"),
        )
    )  # fmt: skip


def reported(desk: Desk, kind: BuyerEventKind, on: date) -> None:
    desk.watch.report(
        NewEvent(buyer_id=buyer_of(desk), kind=kind, happened_on=on, known_on=on),
        date(2025, 12, 31),
    )


def test_a_score_from_the_ledger_and_the_limit(filled: Desk) -> None:
    found = filled.credit.rating(buyer_of(filled), MAY)
    payments = found.rating.payments
    assert payments is not None
    # (339,000 × 51 + 200,000 × 9 + 26,000 × 20) ÷ 565,000
    assert fixed(payments.dbt, 2) == "34.71"
    assert payments.late_share == Decimal(339) / Decimal(565)
    points = {each.indicator.code: each.points for each in found.rating.score.points if each.known}  # fmt: skip
    assert points == {"P1": 2, "P2": 0, "P3": 1, "P4": 3, "P5": 3, "R1": 0, "R4": 4}
    assert fixed(found.rating.score.completeness, 2) == "0.43"
    assert (found.rating.score.score, found.rating.score.grade) == (13, None)


def test_the_need_rests_on_the_invoices_their_terms_and_the_delay(filled: Desk) -> None:
    limits = filled.credit.rating(buyer_of(filled), MAY).limits
    # 678,000 with VAT × (60 + 35) ÷ 365
    assert limits.need == Money(Decimal("176465.75"), "CNY")
    assert limits.ask == Money(Decimal(180000), "CNY").rounded()
    assert limits.capacity is limits.own is None


def test_the_balance_against_the_limit_warns(filled: Desk) -> None:
    (warning,) = filled.credit.warnings(filled.clients.all()[0].id, date(2025, 4, 20))
    assert warning.warned.kind.code == "W10"
    # 339,000 + 26,000 + 113,000 of 500,000
    assert fixed(Fraction(warning.warned.observed.value), 2) == "95.60"
    decided(filled, "APPROVED", 470000, date(2025, 4, 21))
    (above,) = filled.credit.warnings(filled.clients.all()[0].id, date(2025, 4, 21))
    assert str(above.warned.level.threshold) == "100"


def test_the_end_of_the_extension_period_comes_near_and_passes(filled: Desk) -> None:
    client = filled.clients.all()[0].id
    found = {}
    for day in (date(2025, 4, 24), date(2025, 4, 25), date(2025, 5, 10), date(2025, 5, 11)):  # fmt: skip
        found[day.isoformat()] = [
            (each.warned.kind.code, each.warned.level.effect.value, each.first_seen.isoformat())
            for each in filled.credit.warnings(client, day)
            if each.warned.kind.code in {"W01", "W02"}
        ]  # fmt: skip
    assert found == {
        "2025-04-24": [],
        "2025-04-25": [("W01", "N", "2025-04-25")],
        "2025-05-10": [("W01", "S", "2025-04-25")],
        "2025-05-11": [("W02", "S", "2025-05-11")],
    }


def test_what_was_reported_warns_until_the_insurer_lifts_it(filled: Desk) -> None:
    reported(filled, BuyerEventKind.EXTENSION_ASKED, date(2025, 4, 21))
    reported(filled, BuyerEventKind.BILL_REFUSED, date(2025, 4, 21))
    reported(filled, BuyerEventKind.REPUDIATION, date(2025, 4, 21))
    on = date(2025, 4, 22)
    assert codes(filled, on) == {"W03": "T", "W04": "S", "W05": "S", "W10": "N"}
    assert codes(filled, date(2025, 4, 20)) == {"W10": "N"}
    reported(filled, BuyerEventKind.STOP_LIFTED, on)
    assert codes(filled, on) == {"W10": "N"}


def test_an_insolvent_buyer_has_no_points_left(filled: Desk) -> None:
    reported(filled, BuyerEventKind.INSOLVENCY, date(2025, 4, 21))
    score = filled.credit.rating(buyer_of(filled), MAY).rating.score
    assert (score.raw, score.score) == (13, 0)
    assert [each.cap.code for each in score.caps] == ["INSOLVENCY"]
    assert codes(filled, MAY)["W07"] == "S"


def test_a_limit_that_was_cut_stops_and_caps(filled: Desk) -> None:
    decided(filled, "CANCELLED", 0, date(2025, 4, 21))
    later = date(2025, 6, 30)
    assert codes(filled, later)["W26"] == "S"
    score = filled.credit.rating(buyer_of(filled), later).rating.score
    assert {each.cap.code for each in score.caps} == {"LIMIT_ZERO", "BEYOND_MEP"}


def test_a_buyer_who_is_not_there_is_refused(filled: Desk) -> None:
    with pytest.raises(RecordMissing):
        filled.credit.rating(999, MAY)
