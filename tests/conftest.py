"""What all tests share: no display, no person's own folders, small desks."""

import os
import shutil
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, text

from creditdesk import paths
from creditdesk.catalog import reading
from creditdesk.catalog.letters import letters
from creditdesk.cli import root
from creditdesk.db import migrate
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.services.claims import ClaimId, NewClaim
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import LimitDecision, NewPolicy
from creditdesk.workspace import Desk, create_desk, open_desk

# An example takes as long as the machine needs for it.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
settings.load_profile("steady")
REAL_DATA = Path(__file__).parents[2] / "shared" / "data"
CLAIM_DAY = date(2025, 9, 10)
CLAIM_BUYER = BuyerRef(code="B1", name="宁波 <b>海澜</b> 有限公司")
SAMPLE_NOON = datetime(2028, 2, 29, 12, tzinfo=UTC)
SCHEMA = text("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time

REMINDER = """\
id = "reminder"
name = { zh = "催款函", en = "Reminder" }
to = "buyer"
start = "buyer"
places = ["buyer", "client", "overdue", "on", "until", "insurer"]
title = { zh = "催款函", en = "Reminder" }
greeting = { zh = "{buyer}：", en = "To {buyer}" }
closing = { zh = "{client}", en = "{client}" }

[[paragraph]]
zh = "截至 {on}，贵司逾期未付 {overdue}，请于 {until} 前付清。"
en = "On {on} your overdue debt is {overdue}. Please pay by {until}."

[[field]]
key = "until"
label = { zh = "付款期限", en = "Pay by" }
kind = "date"
required = true
"""


@pytest.fixture(scope="session", autouse=True)
def _day() -> Iterator[None]:
    """Another day on the wall, at noon, where `.ci/conditions` names one; waiting goes on by its own clock."""
    day = os.environ.get("CREDITDESK_TEST_DAY")
    if day is None:
        yield
        return
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    with time_machine.travel(noon, tick=True):
        yield


def _move_home(home: Path, patch: pytest.MonkeyPatch) -> None:
    for name in ("data_folder", "config_folder", "log_folder"):
        patch.setattr(paths, name, lambda name=name: home / name)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    _move_home(tmp_path / "home", monkeypatch)
    monkeypatch.delenv("CREDITDESK_PASSPHRASE", raising=False)


@pytest.fixture(scope="session", autouse=True)
def _schemas_compared_once() -> Iterator[None]:
    """A check of a desk holds its schema against the models, a fifth of a second: once for each schema."""
    compare, found = migrate.differences_from_models, dict[str, list[object]]()

    def remembered(connection: Connection) -> list[object]:
        schema = repr(connection.execute(SCHEMA).all())
        if schema not in found:
            found[schema] = compare(connection)
        return found[schema]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "differences_from_models", remembered)
        yield


@pytest.fixture(scope="session")
def empty_desks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """An empty desk file to copy, by passphrase: making one takes a fifth of a second."""

    @cache
    def made(passphrase: str) -> Path:
        path = tmp_path_factory.mktemp("empty") / "empty.creditdesk"
        create_desk(path, passphrase)
        return path

    return made


@pytest.fixture
def desk(tmp_path: Path, empty_desks: Callable[[str], Path]) -> Iterator[Desk]:
    """An empty desk."""
    path = tmp_path / "test.creditdesk"
    shutil.copyfile(empty_desks(""), path)
    opened = open_desk(
        path, now=lambda: NOW, who="tester", backups=tmp_path / "backups"
    )
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `demo` makes on 29 February 2028, its desk to copy: building the sample takes seconds."""
    folder = tmp_path_factory.mktemp("demo")
    with (
        time_machine.travel(SAMPLE_NOON, tick=True),
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(StringIO()) as said,
    ):
        _move_home(folder / "home", patch)
        status = root.run(["--json", "demo", "--out", str(folder / "out"), "--no-window"])  # fmt: skip
    assert status == 0, said.getvalue()
    return folder / "out"


@pytest.fixture
def steps() -> Callable[[Callable[[], object]], int]:
    """How many lines of Python a call runs: its work, whatever the speed of the machine."""

    def counted(call: Callable[[], object]) -> int:
        count = 0

        def step(_frame: FrameType, _event: str, _value: object) -> Callable[..., Any]:
            nonlocal count
            count += 1
            return step

        before = sys.gettrace()
        sys.settrace(step)
        try:
            call()
        finally:
            sys.settrace(before)
        return count

    return counted


@pytest.fixture
def reminder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A letter nobody's program knows, put beside those that ship; the answer is its id."""
    shipped, own = reading.folder, tmp_path / "reminder.toml"
    own.write_text(REMINDER, encoding="utf-8")
    monkeypatch.setattr(reading, "folder", lambda kind: (*shipped(kind), *[own] * (kind == "letters")))  # fmt: skip
    letters.cache_clear()
    yield own.stem
    letters.cache_clear()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files; tests that need it are skipped where it is missing."""
    if not REAL_DATA.is_dir():
        pytest.skip("the folder of real files is not beside this checkout")
    return REAL_DATA


def _invoice(number: str, issued: str, due: str, amount: int) -> DraftDocument:
    return DraftDocument(
        row=2,
        buyer=CLAIM_BUYER,
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
        buyer=CLAIM_BUYER,
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
    desk.recount(CLAIM_DAY)
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
            today=CLAIM_DAY,
        )
    )
