"""Insurers on the desk: entries added and voided, service by our own records, quotes compared (rules.md 8)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.files import EntryKind, NewEntry
from creditdesk.domain.insurers.kept_quotes import (
    NewQuote,
    QuoteInsurerMissing,
    QuoteTurnoverMissing,
)
from creditdesk.domain.insurers.quotes import Gate
from creditdesk.i18n import words
from creditdesk.services.insurers import InsurerNameMissing
from creditdesk.services.insurers.service import EntryInFuture, QuotesMissing
from creditdesk.services.policies import LimitDecision
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
TODAY = date(2025, 9, 10)
SINOSURE = "中国出口信用保险公司"
PLAIN = {
    "tax_pct": "6", "monitoring": "0", "collection_share": "0", "retained_loss": "0", "subsidy": "0", "limits": "20",
}  # fmt: skip
A = {
    **PLAIN, "rate_pct": "0.25", "minimum": "96000", "limit_fee": "300",
    "Q1": "4", "Q2": "3", "Q3": "5", "Q4": "4", "Q5": "4", "Q6": "3",
}  # fmt: skip
B = {
    **PLAIN, "rate_pct": "0.20", "minimum": "130000", "limit_fee": "0",
    "Q1": "3", "Q2": "4", "Q3": "5", "Q4": "3", "Q5": "5", "Q6": "4",
}  # fmt: skip


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def entry(desk: Desk, kind: EntryKind, day: str, **values: str) -> int:
    new = NewEntry(insurer="A", kind=kind, as_of=date.fromisoformat(day), values=values)
    return desk.insurers.add_entry(new, TODAY)


def offer(
    client: int, insurer: str, figures: dict[str, str], on: date = TODAY, turnover: Money | None = None
) -> NewQuote:  # fmt: skip
    asked = cny("48000000") if turnover is None else turnover
    return NewQuote(
        client_id=client, insurer=insurer, on=on, turnover=asked, figures=figures
    )


def test_the_newest_entry_that_stands_counts(desk: Desk) -> None:
    full = {"comprehensive_pct": "200", "risk_class": "A"}
    entry(desk, EntryKind.SOLVENCY, "2025-03-31", core_pct="90", **full)
    worse = entry(desk, EntryKind.SOLVENCY, "2025-06-30", core_pct="40", **full)
    assert desk.insurers.file("A").gate is Gate.FAIL
    desk.insurers.void_entry(worse, "another insurer's report")
    file = desk.insurers.file("A")
    assert file.gate is Gate.PASS
    assert [each.voided is None for each in file.entries] == [False, True]


def test_an_entry_of_nobody_or_of_tomorrow_is_refused(desk: Desk) -> None:
    values = {"core_pct": "90"}
    nobody = NewEntry(insurer=" ", kind=EntryKind.SOLVENCY, as_of=TODAY, values=values)
    with pytest.raises(InsurerNameMissing):
        desk.insurers.add_entry(nobody, TODAY)
    with pytest.raises(EntryInFuture):
        entry(desk, EntryKind.SOLVENCY, "2025-09-11", core_pct="90")


def test_service_is_counted_from_our_own_applications_and_shipments(
    office: Office, desk: Desk
) -> None:
    """Answered in 5, 20 and 9 days: the middle is 9; 500 + 300 of 500 + 400; the first in full."""
    client, buyer = office.m1()
    policy = office.policy(client)
    for asked, approved, applied, decided in (
        ("500000", "500000", date(2024, 12, 20), date(2024, 12, 25)),
        ("400000", "300000", date(2025, 6, 1), date(2025, 6, 21)),
        (None, "350000", date(2025, 7, 1), date(2025, 7, 10)),
    ):
        desk.policies.decide(
            LimitDecision(
                policy_id=policy, buyer_id=buyer, state="APPROVED", start=max(decided, date(2025, 1, 1)),
                amount=cny(approved), requested=cny(asked) if asked else None, applied_on=applied, decided_on=decided,
            )
        )  # fmt: skip
    found = next(each for each in desk.insurers.all() if each.name == SINOSURE).service
    assert (found.answered, found.in_full, found.days) == (2, 1, 9)
    assert found.accepted == ((cny("900000"), cny("800000")),)
    ((shipped, insured),) = found.insured
    assert shipped == cny("678000")
    assert cny("0") < insured <= cny("678000")
    assert found.reasons == ()


def test_the_reasons_an_insurer_gives_are_counted(office: Office, desk: Desk) -> None:
    client, buyer = office.m1()
    desk.policies.decide(
        LimitDecision(
            policy_id=office.policy(client), buyer_id=buyer, state="REFUSED", start=date(2025, 1, 1),
            amount=cny("0"), requested=cny("5"), applied_on=date(2025, 1, 1), reason="12",
        )
    )  # fmt: skip
    service = desk.insurers.file(SINOSURE).service
    assert [(words("en").say(text), count) for text, count in service.reasons] == [
        ("adverse public information", 1)
    ]
    assert (service.answered, service.in_full) == (1, 0)


def test_quotes_are_compared_by_cost_and_score_with_ties_told(
    office: Office, desk: Desk
) -> None:
    """133,200 = 27.75 bps against 137,800 = 28.71; both score 3.90 (rules.md 8)."""
    client = office.client()
    old = desk.insurers.add_quote(offer(client, "A", {"rate_pct": "9"}, on=date(2025, 1, 1)))  # fmt: skip
    desk.insurers.add_quote(offer(client, "A", A))
    desk.insurers.add_quote(offer(client, "B", B))
    desk.insurers.add_quote(offer(client, "C", {"rate_pct": "0.1"}))
    entry(desk, EntryKind.SOLVENCY, "2025-06-30", core_pct="40")
    found = desk.insurers.comparison(client)
    lines = {line.quote.name: line for line in found.quotes}
    assert [*lines] == ["A", "B", "C"]
    assert (lines["A"].total_cost, lines["A"].bps) == (cny("133200"), Decimal("27.75"))
    assert (lines["B"].total_cost, lines["B"].bps) == (cny("137800"), Decimal("28.71"))
    assert lines["A"].score == lines["B"].score == Decimal("3.90")
    assert found.ties == (("A", "B"),)
    assert lines["A"].gate is Gate.FAIL
    assert (lines["C"].total_cost, lines["C"].score) == (None, None)
    assert {"minimum", "subsidy"} <= set(lines["C"].missing)
    assert old in [each.id for each in desk.insurers.quotes(client)]


def test_a_void_quote_counts_no_more_and_other_currencies_are_left_out(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    with pytest.raises(QuotesMissing):
        desk.insurers.comparison(client)
    desk.insurers.add_quote(
        offer(client, "U", A, date(2025, 1, 1), Money(Decimal(5), "USD"))
    )
    first = desk.insurers.add_quote(offer(client, "A", A))
    assert [each.quote.name for each in desk.insurers.comparison(client).quotes] == ["A"]  # fmt: skip
    desk.insurers.void_quote(first, "another client's")
    assert [each.quote.name for each in desk.insurers.comparison(client).quotes] == ["U"]  # fmt: skip
    assert [each.voided is None for each in desk.insurers.quotes(client)] == [False, True]  # fmt: skip


def test_a_quote_of_nobody_or_for_nothing_is_refused(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    with pytest.raises(QuoteInsurerMissing):
        desk.insurers.add_quote(offer(client, "", A))
    with pytest.raises(QuoteTurnoverMissing):
        desk.insurers.add_quote(offer(client, "A", A, turnover=cny("0")))
