"""The window over a desk with one client, one buyer that pays late, and one policy."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.i18n import Language
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import LimitDecision, NewPolicy
from creditdesk.ui.window.frame import Frame
from creditdesk.ui.window.main_window import DeskWindow
from creditdesk.ui.window.places import screens
from creditdesk.workspace import Desk, Workspace

TODAY = date(2026, 11, 23)
NAME = "海澜 <b>贸易</b>有限公司"
Open = Callable[[Language], DeskWindow]


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """The desk."""
    client = desk.clients.add(ClientCard(name="明达电子"))
    invoice = DraftDocument(
        row=2,
        buyer=BuyerRef(code="B1", name=NAME),
        number="INV-1",
        kind=DocumentKind.INVOICE,
        issued=date(2026, 6, 1),
        due=date(2026, 8, 19),
        amount=Money(Decimal(200000), "CNY"),
    )
    source = LedgerSource(file_name="应收.xlsx", digest="d")
    desk.ledger.take_in(client, LedgerDraft(source=source, documents=(invoice,)))
    policy = desk.policies.add(
        NewPolicy(
            client_id=client,
            template="sinosure-domestic",
            number="P-1",
            start=date(2026, 1, 1),
            end=date(2026, 12, 31),
            values={},
        )
    )
    desk.policies.decide(
        LimitDecision(
            policy_id=policy,
            buyer_id=desk.buyers.named(client, "B1"),
            state="APPROVED",
            start=date(2026, 1, 1),
            amount=Money(Decimal(300000), "CNY"),
        )
    )
    desk.recount(TODAY)
    return desk


@pytest.fixture
def window(filled: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """Opens the window in a language."""
    frames: list[Frame] = []

    def opened(language: Language) -> DeskWindow:
        preferences = PreferenceFile(tmp_path / "preferences.json")
        preferences.change(language=language)
        workspace = Workspace(
            filled, ImmediateRunner(), preferences, today=lambda: TODAY
        )
        frame = Frame()
        frames.append(frame)
        qtbot.addWidget(frame)
        made = DeskWindow(frame, workspace, screens(), lambda _look: None)
        frame.show()
        return made

    yield opened
    for frame in frames:
        frame.close()
