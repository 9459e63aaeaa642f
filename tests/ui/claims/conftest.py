"""The window over a client whose buyer owes three invoices, with a claim being prepared, on 10 September 2025."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

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
from creditdesk.i18n import Language
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.services.claims import ClaimId, NewClaim
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import LimitDecision, NewPolicy
from creditdesk.ui.frame import Frame
from creditdesk.ui.main_window import DeskWindow
from creditdesk.ui.shell import screens
from creditdesk.workspace import Desk, Workspace

TODAY = date(2025, 9, 10)
Open = Callable[[Language], DeskWindow]
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
def window(claim: ClaimId, desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """Opens the window in a language; there is a claim."""
    assert claim
    frames: list[Frame] = []

    def opened(language: Language) -> DeskWindow:
        preferences = PreferenceFile(tmp_path / "preferences.json")
        preferences.change(language=language)
        workspace = Workspace(desk, ImmediateRunner(), preferences, today=lambda: TODAY)
        frame = Frame()
        frames.append(frame)
        qtbot.addWidget(frame)
        made = DeskWindow(frame, workspace, screens(), lambda _look: None)
        frame.show()
        return made

    yield opened
    for frame in frames:
        frame.close()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned page."""
    path = tmp_path / "合同.png"
    Image.new("RGB", (600, 800), "white").save(path)
    return path
