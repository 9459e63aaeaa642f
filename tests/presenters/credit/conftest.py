"""A client with four buyers, a policy with an endorsement, and limits of every kind, on 23 November 2026."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.buyers import BuyerCard, BuyerId
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import LimitDecision, NewPolicy
from creditdesk.workspace import Desk, Workspace

TODAY = date(2026, 11, 23)


def _invoice(row: int, buyer: str, due: str, amount: str) -> DraftDocument:
    figure, _, currency = amount.partition(" ")
    return DraftDocument(
        row=row,
        buyer=BuyerRef(code=buyer, name=f"{buyer} 有限公司"),
        number=f"INV-{row}",
        kind=DocumentKind.INVOICE,
        issued=date(2026, 6, 1),
        due=date.fromisoformat(due),
        amount=Money(Decimal(figure), currency or "CNY"),
    )


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """The desk."""
    client = desk.clients.add(ClientCard(name="明达电子"))
    documents = (
        _invoice(2, "海澜", "2026-08-19", "200000"),
        _invoice(3, "海澜", "2026-12-19", "300000"),
        _invoice(4, "嘉禾", "2026-12-10", "60000"),
        _invoice(5, "Hansa", "2026-11-13", "8000 EUR"),
    )
    source = LedgerSource(file_name="应收.xlsx", digest="d")
    desk.ledger.take_in(client, LedgerDraft(source=source, documents=documents))
    desk.buyers.add(client, BuyerCard(name="新客户", uscc="91440300715267260G"))
    desk.policies.add(
        NewPolicy(
            client_id=client,
            template="sinosure-domestic",
            number="P-1",
            start=date(2026, 1, 1),
            end=date(2026, 12, 31),
            values={"insured_pct": "90"},
        )
    )
    decide = limit_decider(desk)
    decide("海澜", "APPROVED", "2026-01-01", "300000")
    decide("海澜", "INCREASED", "2026-04-01", "400000")
    decide("嘉禾", "APPROVED", "2026-01-01", "100000")
    decide("嘉禾", "CANCELLED", "2026-10-01", "0")
    desk.recount(TODAY)
    return desk


def limit_decider(desk: Desk) -> Callable[[str, str, str, str], None]:
    """A way to enter decisions under the first policy."""
    policy = desk.policies.all(TODAY)[0]

    def decide(buyer: str, state: str, start: str, amount: str) -> None:
        desk.policies.decide(
            LimitDecision(
                policy_id=policy.id,
                buyer_id=desk.buyers.named(policy.client_id, buyer),
                state=state,
                start=date.fromisoformat(start),
                amount=Money(Decimal(amount), "CNY"),
            )
        )

    return decide


@pytest.fixture
def buyer(filled: Desk) -> Callable[[str], BuyerId]:
    """The number of a buyer by its code."""
    client = filled.clients.all()[0].id
    return lambda code: filled.buyers.named(client, code)


@pytest.fixture
def workspace(filled: Desk, tmp_path: Path) -> Workspace:
    """The desk as screens see it."""
    preferences = PreferenceFile(tmp_path / "preferences.json")
    return Workspace(filled, ImmediateRunner(), preferences, today=lambda: TODAY)


@pytest.fixture
def english() -> Wording:
    """The words of the tests."""
    return Wording("en")
