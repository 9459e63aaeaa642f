"""A client whose buyer owes three invoices, insured, with a claim being prepared, on 10 September 2025."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from creditdesk.domain.claims import Cause
from creditdesk.domain.ledger import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.domain.money import Money
from creditdesk.jobs import ImmediateRunner, Progress
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.claim_checklist import ClaimChecklistPresenter
from creditdesk.presenters.claim_file import ClaimFilePresenter
from creditdesk.presenters.wording import Wording
from creditdesk.services.claims import ClaimId, NewClaim
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import LimitDecision, NewPolicy
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)
BUYER = BuyerRef(code="B1", name="宁波 <b>海澜</b> 有限公司")


def _invoice(number: str, issued: str, due: str, amount: int) -> DraftDocument:
    return DraftDocument(
        row=2,
        buyer=BUYER,
        number=number,
        kind=DocumentKind.INVOICE,
        issued=date.fromisoformat(issued),
        due=date.fromisoformat(due),
        amount=Money(Decimal(amount), "CNY"),
        vat_rate=Decimal(13),
    )


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Client, ledger, policy and limit; no claim."""
    client = desk.clients.add(ClientCard(name="明达电子有限公司"))
    invoices = (
        _invoice("INV1", "2025-01-10", "2025-03-11", 339000),
        _invoice("INV2", "2025-02-10", "2025-04-11", 226000),
        _invoice("INV3", "2025-03-20", "2025-05-19", 113000),
    )
    payment = DraftPayment(
        row=5,
        buyer=BUYER,
        key="P1",
        paid_on=date(2025, 4, 20),
        amount=Money(Decimal(200000), "CNY"),
        to="INV2",
    )
    source = LedgerSource(file_name="应收.xlsx", digest="d")
    desk.ledger.take_in(
        client, LedgerDraft(source=source, documents=invoices, payments=(payment,))
    )
    policy = desk.policies.add(
        NewPolicy(
            client_id=client,
            template="sinosure-domestic",
            number="DT/1",
            start=date(2025, 1, 1),
            end=date(2025, 12, 31),
            values={"insured_pct": "90", "vat_insured": "true"},
        )
    )
    desk.policies.decide(
        LimitDecision(
            policy_id=policy,
            buyer_id=desk.buyers.named(client, "B1"),
            state="APPROVED",
            start=date(2025, 1, 1),
            amount=Money(Decimal(500000), "CNY"),
        )
    )
    desk.watch.refresh(TODAY)
    return desk


@pytest.fixture
def claim(filled: Desk) -> ClaimId:
    """A claim for everything overdue on 7 September."""
    client = filled.clients.all()[0].id
    return filled.claims.open(
        NewClaim(
            client_id=client,
            buyer_id=filled.buyers.named(client, "B1"),
            cause=Cause.PROTRACTED_DEFAULT,
            date_of_loss=date(2025, 9, 7),
            today=TODAY,
        )
    )


@pytest.fixture
def workspace(desk: Desk, tmp_path: Path) -> Workspace:
    """The desk as screens know it."""
    preferences = PreferenceFile(tmp_path / "preferences.json")
    return Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)


@pytest.fixture
def wording() -> Wording:
    """English, so that a test reads like the code."""
    return Wording("en")


@pytest.fixture
def shown(workspace: Workspace, claim: ClaimId, wording: Wording) -> ClaimFilePresenter:
    """The claim's page."""
    return ClaimFilePresenter(workspace, claim, wording)


@pytest.fixture
def checklist(
    workspace: Workspace, shown: ClaimFilePresenter, wording: Wording
) -> ClaimChecklistPresenter:
    """Its checklist, with the contract chosen."""
    made = ClaimChecklistPresenter(workspace.desk, shown.claim_id, wording)
    made.show(shown.file)
    made.choose("C07")
    return made


Attach = Callable[..., None]


@pytest.fixture
def attach(checklist: ClaimChecklistPresenter, shown: ClaimFilePresenter) -> Attach:
    """Attach files as the page does it."""

    def act(*paths: Path) -> None:
        attached = checklist.attaching(paths)(Progress())
        shown.reload()
        checklist.show(shown.file)
        checklist.tell(attached)

    return act


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned page."""
    path = tmp_path / "合同.png"
    Image.new("RGB", (600, 800), "white").save(path)
    return path
