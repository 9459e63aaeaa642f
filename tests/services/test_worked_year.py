"""The worked year of rules.md 9.2, kept by a bookkeeper from its first limit to its last recovery."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import (
    Cause,
    ClaimState,
    Decision,
    RecoverySource,
)
from creditdesk.domain.ledger.documents import CreditKind
from creditdesk.domain.policy.premium_notes import NoteKind
from creditdesk.domain.review.kpis import kpis
from creditdesk.jobs import Progress
from creditdesk.reports.review_book import book_of
from creditdesk.services.claims import NewClaim, NewRecovery, Ruling, StepTaken
from creditdesk.services.policies import LimitDecision
from creditdesk.services.premiums import NewNote
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
START, END = date(2025, 1, 1), date(2025, 12, 31)
TODAY = date(2026, 1, 15)
TERMS = {
    "premium_rate": "0.25",
    "minimum_premium": "96000",
    "max_liability_basis": "MULT_PREMIUM_PAID",
    "max_liability_multiple": "50",
    "declaration_mode": "ANNUAL",
}


NOTES, LATE = 93, 5
EXPECTED = {
    "premium_cost": "25.0",
    "accepted_amount": "0.8000",
    "accepted_count": "0.6000",
    "utilisation": "0.7188",
    "uninsured": "0.1786",
    "own_risk": "0.2607",
    "loss_ratio": "0.7167",
    "net_loss_ratio": "0.6667",
    "punctuality": "0.9479",
    "missed": "5",
    "headroom": "0.82",
}
"""25.0 bps, 80.0 %, 60 %, 71.9 %, 17.9 %, 26.1 %, 71.7 %, 66.7 %, 94.8 % and 0.82 (rules.md 9.2)."""


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def buyer(number: int) -> str:
    return f"第{number}号客户"


def sold(office: Office) -> list[Any]:
    """48 m: 7.2 m open at the end of June, 8.4 m at the end of the year, 32.3 m paid within a month, and a loss."""
    rows = [
        office.invoice("LOSS", "2025-01-10", "2025-03-11", "100000", buyer=buyer(20))
    ]
    written_off = office.paid("W1", "2025-12-20", "100000", "LOSS", buyer=buyer(20))
    rows.append(replace(written_off, kind=CreditKind.WRITTEN_OFF))
    for at in range(1, 13):
        amount = "600000" if at < 12 else "500000"
        rows.append(
            office.invoice(
                f"J{at}", "2025-06-05", "2025-08-04", amount, buyer=buyer(at)
            )
        )
        rows.append(
            office.paid(f"PJ{at}", "2025-07-20", amount, f"J{at}", buyer=buyer(at))
        )
        rows.append(
            office.invoice(
                f"D{at}", "2025-12-05", "2026-02-03", "500000", buyer=buyer(at)
            )
        )
    rows.extend(
        office.invoice(f"D{at}", "2025-12-05", "2026-02-03", "100000", buyer=buyer(at))
        for at in range(13, 19)
    )
    rows.append(
        office.invoice("D19", "2025-12-05", "2026-02-03", "1800000", buyer=buyer(19))
    )
    for at in range(54):
        month, name = 1 + at % 5, buyer(1 + at % 12)
        rows.append(
            office.invoice(
                f"S{at}", f"2025-0{month}-02", f"2025-0{month}-28", "600000", buyer=name
            )
        )
        rows.append(
            office.paid(f"PS{at}", f"2025-0{month}-20", "600000", f"S{at}", buyer=name)
        )
    return rows


def insure(desk: Desk, client: int, policy: int) -> None:
    """12.0 m asked for, 9.6 m approved: 12 of 20 in full."""
    for at in range(1, 21):
        desk.policies.decide(
            LimitDecision(
                policy_id=policy,
                buyer_id=desk.buyers.named(client, buyer(at)),
                state="APPROVED",
                start=START,
                amount=cny("600000" if at <= 12 else "300000"),
                requested=cny("600000"),
                applied_on=date(2024, 12, 23),
                decided_on=date(2024, 12, 27),
            )
        )


def pay_premium(desk: Desk, policy: int) -> None:
    """120,000 in 93 instalments, 5 of them a week late."""
    for at in range(NOTES):
        due = START + timedelta(days=7 + 3 * at)
        rest = 120_000 - 1_290 * (NOTES - 1)
        note = desk.premiums.add_note(
            NewNote(
                policy_id=policy,
                kind=NoteKind.INSTALMENT,
                amount=cny("1290" if at else str(rest)),
                due_on=due,
            )
        )
        paid = due + timedelta(days=15) if at < LATE else due
        desk.premiums.pay(note, paid, TODAY)


def claim(desk: Desk, client: int) -> None:
    """86,000 paid, 10,000 recovered at a cost of 4,000 and shared with the insurer."""
    opened = NewClaim(
        client_id=client,
        buyer_id=desk.buyers.named(client, buyer(20)),
        cause=Cause.PROTRACTED_DEFAULT,
        date_of_loss=date(2025, 9, 7),
        today=date(2025, 9, 8),
    )
    number = desk.claims.open(opened)
    desk.claims.keep(number, TODAY)
    for step in (
        StepTaken(state=ClaimState.FILED, on=date(2025, 9, 10)),
        StepTaken(
            state=ClaimState.DECIDED,
            on=date(2025, 10, 9),
            ruling=Ruling(decision=Decision.PARTIAL),
        ),
        StepTaken(state=ClaimState.PAID, on=date(2025, 10, 15), paid=cny("86000")),
    ):
        desk.claims.advance(number, step)
    recovery = NewRecovery(
        received_on=date(2025, 11, 3),
        source=RecoverySource.COLLECTION,
        gross=cny("10000"),
        costs=cny("4000"),
    )
    got = desk.claims.recover(number, recovery, TODAY)
    desk.claims.remit(number, got, date(2025, 11, 5))


def test_the_worked_year_is_reproduced_from_a_desk(office: Office, desk: Desk) -> None:
    desk.move_to(TODAY)
    client = office.client()
    policy = office.policy(client, values=TERMS)
    desk.ledger.take_in(client, office.draft(*sold(office)))
    insure(desk, client, policy)
    pay_premium(desk, policy)
    claim(desk, client)
    book = book_of(desk, client, START, END, TODAY, Progress())
    assert len(book.duties) == 96
    found = {each.code: each for each in kpis(book)}
    assert {code: str(found[code].value) for code in EXPECTED} == EXPECTED
    assert found["headroom"].good is False
    assert book.last_year == ()
