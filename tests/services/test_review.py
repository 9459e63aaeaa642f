"""The review's rows reconcile with the aging, the limits and the claims of the same desk."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import ClaimState, Decision
from creditdesk.domain.policy.choices import LimitState
from creditdesk.domain.policy.premium_notes import NoteKind
from creditdesk.domain.review.findings import findings
from creditdesk.i18n import words
from creditdesk.jobs import Progress
from creditdesk.reports import annual_review
from creditdesk.services.claims import Ruling, StepTaken
from creditdesk.services.policies import NewPolicy
from creditdesk.services.premiums import NewNote
from creditdesk.services.review import ReviewPeriodTooLong, ReviewPeriodWrong
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
START, END = date(2025, 1, 1), date(2025, 6, 30)
TODAY = date(2025, 7, 5)


def test_the_figures_of_the_book_add_up_to_the_aging(
    office: Office, desk: Desk
) -> None:
    claim, policy, buyer = office.claim()
    office.limit(policy, buyer, "300000", "2025-05-01", state=LimitState.REDUCED)
    client = desk.clients.named("明达电子有限公司")
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("N1", "2025-06-01", "2025-07-01", "1000.01", buyer="另一买方"),
            office.invoice("N2", "2025-06-02", None, "100", buyer="另一买方", note=True, against="N1"),
            office.invoice("N3", "2025-07-02", None, "5000", buyer="另一买方"),
        ),
    )  # fmt: skip
    desk.recount(END)
    desk.claims.keep(claim, TODAY)
    book = desk.reviews.book(client, START, END, TODAY)
    figures = desk.ledger.aging(
        END, client_id=client, brackets=(30, 60, 90, 180)
    ).aging.by_currency["CNY"]
    assert Money.total((row.balance for row in book.portfolio), "CNY") == (
        figures.outstanding
    )
    columns = zip(*(row.amounts for row in book.ageing), strict=True)
    assert [Money.total(column, "CNY") for column in columns] == list(figures.columns)
    turnover = Money.total((row.turnover for row in book.portfolio), "CNY")
    assert turnover.plain == "678900.01"
    assert book.policy is not None
    assert book.policy.insurable == turnover
    row = next(row for row in book.portfolio if row.buyer == "宁波海澜贸易有限公司")
    # What was shipped before the cut stays insured, but for the disputed 13,000.
    assert (row.limit.plain, row.insured.plain) == ("300000.00", "465000.00")
    assert row.peak >= row.balance
    assert row.own_share == 10
    assert [each.approved for each in book.limits] == [
        Money(Decimal(500000), "CNY"),
        Money(Decimal(300000), "CNY"),
    ]
    assert {duty.code for duty in book.duties} >= {"D14"}
    assert [each.rows for each in book.sources] == [4, 3]
    assert book.sources[0].taken_in.plain == "678000.00"
    assert book.currency == "CNY"
    findings(book)


def test_a_claim_is_in_the_book_of_the_year_it_was_opened(
    office: Office, desk: Desk
) -> None:
    claim, _, _ = office.claim()
    desk.claims.keep(claim, TODAY)
    client = desk.clients.named("明达电子有限公司")
    (row,) = desk.reviews.book(client, START, date(2025, 12, 31), TODAY).claims
    assert row.claimed == Money(Decimal(418500), "CNY")
    assert desk.reviews.book(client, START, END, TODAY).claims == ()


def test_a_client_without_policy_or_ledger_has_an_honest_book(
    office: Office, desk: Desk
) -> None:
    client = office.client(currency="JPY")
    book = desk.reviews.book(client, START, END, TODAY)
    assert book.currency == "JPY"
    assert book.policy is None
    assert book.portfolio == ()
    assert len(book.notes) == 1
    findings(book)


def test_money_of_another_currency_is_told_and_not_added(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    desk.ledger.take_in(
        client,
        office.draft(office.invoice("U", "2025-01-01", None, "70", currency="USD")),
    )
    book = desk.reviews.book(client, START, END, TODAY)
    assert Money.total((row.balance for row in book.portfolio), "CNY").plain == "478000.00"  # fmt: skip
    told = [dict(note.places).get("amount") for note in book.notes]
    assert Money(Decimal("70.00"), "USD") in told


def test_a_period_is_in_order_and_not_longer_than_books_are_kept(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    with pytest.raises(ReviewPeriodWrong):
        desk.reviews.book(client, END, START, TODAY)
    with pytest.raises(ReviewPeriodTooLong):
        desk.reviews.book(client, date(1900, 1, 1), END, TODAY)
    desk.reviews.book(client, END, END, TODAY)


def test_claims_limits_and_duties_in_another_currency_are_not_added(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    claim, _, buyer = office.claim()
    client = desk.clients.named("明达电子有限公司")
    desk.claims.keep(claim, TODAY)
    lost = date(2025, 9, 7)
    for state in (ClaimState.FILED, ClaimState.DECIDED):
        desk.claims.advance(
            claim,
            StepTaken(state=state, on=lost, ruling=Ruling(decision=Decision.APPROVED)),
        )
    paid = Money(Decimal(418500), "CNY")
    desk.claims.advance(claim, StepTaken(state=ClaimState.PAID, on=lost, paid=paid))
    export = desk.policies.add(
        NewPolicy(
            client_id=client,
            template="sinosure-st-export",
            number="ST-1",
            start=date(2025, 2, 1),
            end=date(2026, 1, 31),
            values={"policy_currency": "USD", "insured_pct": "90"},
        )
    )
    office.limit(export, buyer, "9000", currency="EUR")
    desk.recount(END)
    book = desk.reviews.book(client, START, date(2025, 12, 31), TODAY)
    assert book.currency == "USD"
    assert book.claims == ()
    assert book.limits == ()
    assert {duty.exposed for duty in book.duties if duty.exposed} == set()
    findings(book)
    written = annual_review.write(book, tmp_path / "review.xlsx", "zh", Progress())
    assert written
    told = [note for note in book.notes if note.text.startswith("Claim")]
    assert [dict(note.places) for note in told] == [{"number": "CL-2025-001"}]


def test_review_and_claim_count_one_maximum_liability(
    office: Office, desk: Desk
) -> None:
    """30 times the 50,000 paid, whatever the year's turnover would cost."""
    claim, policy, _ = office.claim()
    paid = NewNote(
        policy_id=policy,
        kind=NoteKind.INSTALMENT,
        amount=Money(Decimal(50_000), "CNY"),
        due_on=date(2025, 1, 31),
    )
    desk.premiums.pay(desk.premiums.add_note(paid), date(2025, 1, 31), TODAY)
    client = desk.clients.named("明达电子有限公司")
    book = desk.reviews.book(client, START, END, TODAY)
    assert book.policy is not None
    assert book.policy.max_liability == Money(Decimal(1_500_000), "CNY")
    told = [words("en").say(each) for each in desk.claims.estimate(claim, END).calculation.granted]  # fmt: skip
    assert any("CNY 50,000.00" in each for each in told)


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("0", "另一买方 owes CNY 1,000,000.00 and has no credit limit: nothing of it is insured."),
        (
            "800000",
            ("另一买方 uses 125 % of its credit limit of CNY 800,000.00: "
             "CNY 200,000.00 of what it owes are above it."),
        ),
    ],
)  # fmt: skip
def test_a_finding_says_of_a_buyer_what_is_true_of_it(
    office: Office, desk: Desk, limit: str, said: str
) -> None:
    client = office.client()
    policy = office.policy(client)
    desk.ledger.take_in(
        client,
        office.draft(office.invoice("N1", "2025-06-01", "2025-07-01", "1000000", buyer="另一买方")),
    )  # fmt: skip
    if limit != "0":
        office.limit(policy, desk.buyers.named(client, "另一买方"), limit)
    book = desk.reviews.book(client, START, END, TODAY)
    assert said in [words("en").say(each.said) for each in findings(book)]
