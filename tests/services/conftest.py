"""Ledgers, policies and claims in a few words, on a real desk."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Table

from creditdesk.domain.base.evidence import EvidenceState, InspectedEvidence
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause
from creditdesk.domain.ledger.bank import BankLine, BankStatement
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.domain.policy.choices import LimitState
from creditdesk.models import Base
from creditdesk.services.buyers import BuyerId
from creditdesk.services.claims import ClaimId, NewClaim
from creditdesk.services.clients import ClientCard, ClientId
from creditdesk.services.ledger import TakenIn
from creditdesk.services.policies import LimitDecision, NewPolicy, PolicyId
from creditdesk.workspace import Desk, open_desk

TODAY = date(2025, 9, 10)
NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the desk keeps local time
AWAY = "on the train"
"""The passphrase of what is taken out."""
PAPER = {
    "insured_pct": "90",
    "vat_insured": "true",
    "mep_days": "60",
    "allocation_rule": "OLDEST_DUE_FIRST",
    "deductible_order": "BEFORE_PCT",
    "trade_activity": "电子元件",
}


class Office:
    """What a bookkeeper does, in a few words."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.move_to(TODAY)

    def client(self, name: str = "明达电子有限公司", currency: str = "CNY") -> ClientId:
        """A new client."""
        return self.desk.clients.add(ClientCard(name=name, currency=currency))

    def invoice(  # noqa: PLR0913 - what a row has
        self,
        number: str,
        issued: str,
        due: str | None,
        amount: str,
        *,
        buyer: str = "宁波海澜贸易有限公司",
        code: str = "",
        currency: str = "CNY",
        disputed: str = "",
        against: str = "",
        note: bool = False,
        row: int = 2,
    ) -> DraftDocument:
        """One row of a ledger."""
        return DraftDocument(
            row=row,
            buyer=BuyerRef(name=buyer, code=code),
            number=number,
            kind=DocumentKind.CREDIT_NOTE if note else DocumentKind.INVOICE,
            issued=date.fromisoformat(issued),
            due=date.fromisoformat(due) if due else None,
            amount=Money(Decimal(amount), currency),
            disputed=Money(Decimal(disputed), currency) if disputed else None,
            vat_rate=Decimal(13),
            against=against,
        )

    def paid(  # noqa: PLR0913 - what a row has
        self,
        key: str,
        on: str,
        amount: str,
        to: str = "",
        *,
        buyer: str = "宁波海澜贸易有限公司",
        code: str = "",
        currency: str = "CNY",
    ) -> DraftPayment:
        """Money received."""
        return DraftPayment(
            row=9,
            buyer=BuyerRef(name=buyer, code=code),
            key=key,
            paid_on=date.fromisoformat(on),
            amount=Money(Decimal(amount), currency),
            to=to,
        )

    def draft(
        self,
        *items: DraftDocument | DraftPayment,
        name: str = "应收明细.xlsx",
        columns: Mapping[str, str] | None = None,
    ) -> LedgerDraft:
        """A file as the reader gives it."""
        documents = tuple(each for each in items if isinstance(each, DraftDocument))
        payments = tuple(each for each in items if isinstance(each, DraftPayment))
        return LedgerDraft(
            source=LedgerSource(file_name=name, digest="0" * 64, sheet="Sheet1"),
            documents=documents,
            payments=payments,
            columns=dict(columns or {"amount": "金额"}),
            rows_read=len(items),
        )

    def einvoice(
        self,
        client: ClientId,
        number: str,
        *,
        name: str = "电子发票.xml",
        amount: str = "7",
        buyer: str = "电票买方",
    ) -> TakenIn:
        """An e-invoice taken in with its file."""
        content = f"{number} {amount}".encode()
        source = LedgerSource(
            file_name=name,
            digest=hashlib.sha256(content).hexdigest(),
            format="ubl",
            is_einvoice=True,
        )
        document = self.invoice(number, "2025-01-10", "2025-03-11", amount, buyer=buyer)
        draft = LedgerDraft(source=source, documents=(document,), rows_read=1)
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            return self.desk.ledger.take_in(client, draft, path)

    def statement(
        self, *lines: tuple[str, ...], name: str = "对账单.csv"
    ) -> BankStatement:
        """What a bank says came in: day, amount, payer, text."""
        return BankStatement(
            source=LedgerSource(file_name=name, digest="0" * 64, format="bank"),
            account="6222",
            rows_read=len(lines),
            lines=tuple(
                BankLine(
                    row=row,
                    booked_on=date.fromisoformat(line[0]),
                    amount=Money(Decimal(line[1]), "CNY"),
                    payer=line[2],
                    text="".join(line[3:4]),
                    payer_account="".join(line[4:5]),
                )
                for row, line in enumerate(lines, 2)
            ),
        )

    def m1(self) -> tuple[ClientId, BuyerId]:
        """The ledger of the worked example M1 (rules.md 4.9)."""
        client = self.client()
        self.desk.ledger.take_in(
            client,
            self.draft(
                self.invoice("INV1", "2025-01-10", "2025-03-11", "339000"),
                self.invoice("INV2", "2025-02-10", "2025-04-11", "226000"),
                self.invoice(
                    "INV3", "2025-03-20", "2025-05-19", "113000", disputed="13000"
                ),
                self.paid("P1", "2025-04-20", "200000", "INV2"),
            ),
        )
        return client, self.desk.buyers.named(client, "宁波海澜贸易有限公司")

    def policy(
        self,
        client: ClientId,
        number: str = "DT-1",
        start: str = "2025-01-01",
        end: str = "2025-12-31",
        values: Mapping[str, str] | None = None,
    ) -> PolicyId:
        """A domestic policy, its paper read."""
        return self.desk.policies.add(
            NewPolicy(
                client_id=client,
                template="sinosure-domestic",
                number=number,
                start=date.fromisoformat(start),
                end=date.fromisoformat(end),
                values={**PAPER, **(values or {})},
            )
        )

    def limit(  # noqa: PLR0913 - what a decision says
        self,
        policy: int,
        buyer: int,
        amount: str,
        start: str = "2025-01-01",
        *,
        end: str | None = None,
        state: str = LimitState.APPROVED,
        currency: str = "CNY",
        max_term_days: int | None = None,
        payment_method: str = "",
    ) -> int:
        """A decision of the insurer."""
        return self.desk.policies.decide(
            LimitDecision(
                policy_id=policy,
                buyer_id=buyer,
                state=state,
                start=date.fromisoformat(start),
                end=date.fromisoformat(end) if end else None,
                amount=Money(Decimal(amount), currency),
                max_term_days=max_term_days,
                payment_method=payment_method,
            )
        )

    def claim(self) -> tuple[ClaimId, PolicyId, BuyerId]:
        """The claim of M1, opened."""
        client, buyer = self.m1()
        policy = self.policy(client)
        self.limit(policy, buyer, "500000")
        return self.claim_on(client, buyer), policy, buyer

    def claim_on(self, client: ClientId, buyer: BuyerId) -> ClaimId:
        """A claim on what is overdue on the date of loss of M1."""
        return self.desk.claims.open(
            NewClaim(
                client_id=client,
                buyer_id=buyer,
                cause=Cause.PROTRACTED_DEFAULT,
                date_of_loss=date(2025, 9, 7),
                today=TODAY,
            )
        )

    def file(
        self,
        content: bytes,
        name: str = "合同.pdf",
        state: EvidenceState = EvidenceState.OK,
    ) -> InspectedEvidence:
        """A file that was looked at."""
        digest = hashlib.sha256(content).hexdigest()
        return InspectedEvidence(
            name, digest, len(content), "application/pdf", state, 1
        )


@pytest.fixture
def office(desk: Desk) -> Office:
    """A bookkeeper at an empty desk."""
    return Office(desk)


class Facts:
    """What a desk says, without the numbers of its rows and the hours they were written at: row by row, as text."""

    _HOURS = frozenset(
        {"at", "added_at", "changed_at", "created_at", "merged_at", "recorded_at", "said_at", "saved_at", "taken_at",
         "undone_at", "decided_at", "voided_at", "computed_at", "kept_at", "written_at"}
    )  # fmt: skip
    # What names rows by number, or says how they came in, is held by what it names.
    _LEFT_OUT: Mapping[str, frozenset[str]] = {
        "import_batch": frozenset(
            {"counts", "totals", "control", "notes", "skipped", "rejected"}
        ),
        "import_change": frozenset({"record_id"}),
        "buyer_merge": frozenset({"moved", "card"}),
        "journal_entry": frozenset({"subject_id", "before", "after"}),
        "duty": frozenset({"subject", "superseded_by", "version_id"}),
        "buyer_cover": frozenset({"digest"}),
        "claim": frozenset({"number"}),
    }
    _WITHOUT = frozenset({"trip", "setting", "file_content"})

    def __init__(self, desk: Desk) -> None:
        with desk._database.read() as session:
            ask = session.connection().exec_driver_sql
            self._rows = {
                table.name: [
                    dict(row._mapping)
                    for row in ask(f'SELECT * FROM "{table.name}"')  # noqa: S608 - our own names
                ]
                for table in Base.metadata.sorted_tables
                if table.name not in self._WITHOUT
            }
        # What was thought of an invoice's cover before is no fact.
        newest = {row["invoice_id"]: row for row in self._rows["invoice_cover"]}
        self._rows["invoice_cover"] = list(newest.values())
        self._by_id = {
            name: {row["id"]: row for row in rows if "id" in row}
            for name, rows in self._rows.items()
        }

    def of(self, *left_out: str) -> dict[str, list[str]]:
        """Every table's rows, sorted; without the tables named."""
        return {
            table.name: sorted(
                self._said(table, row)
                for row in self._rows[table.name]
                # One that stood for a while only is no fact.
                if row.get("state") != "superseded"
            )
            for table in Base.metadata.sorted_tables
            if table.name not in self._WITHOUT | set(left_out)
        }

    def _said(self, table: Table, row: Mapping[str, Any], depth: int = 0) -> str:
        parts = []
        for column in table.columns:
            name, value = column.name, row[column.name]
            if name == "id" or name in self._LEFT_OUT.get(table.name, ()):
                continue
            if (table.name, name) == ("duty", "amount_minor") and row[
                "state"
            ] != "open":
                continue  # as much as was open when it was closed
            if name in self._HOURS:
                value = value is not None
            elif column.foreign_keys and value is not None:
                parent = next(iter(column.foreign_keys)).column.table
                if parent.name == "file_content":
                    pass
                elif depth > 2 or parent is table:
                    value = "…"
                else:
                    named = self._by_id[parent.name][value]
                    value = f"({self._said(parent, named, depth + 1)})"
            elif isinstance(value, str) and value.startswith("bill:"):
                value = "bill"
            parts.append(f"{name}={value}")
        return " ".join(parts)


@pytest.fixture
def facts() -> Callable[..., dict[str, list[str]]]:
    """What a desk says: see `Facts`."""
    return lambda desk, *left_out: Facts(desk).of(*left_out)


@pytest.fixture
def other_desk(tmp_path: Path, empty_desks: Callable[[str], Path]) -> Iterator[Desk]:
    """A second empty desk."""
    path = tmp_path / "other.creditdesk"
    shutil.copyfile(empty_desks(""), path)
    opened = open_desk(
        path, now=lambda: NOW, who="tester", backups=tmp_path / "backups"
    )
    yield opened
    opened.close()


@pytest.fixture
def away_of(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """These clients, taken out of a desk: the desk that is away."""
    opened: list[Desk] = []

    def taken(desk: Desk, *clients: int, who: str = "away") -> Desk:
        path = tmp_path / f"away-{len(opened)}.creditdesk"
        desk.trips.take_out(path, clients, AWAY)
        opened.append(open_desk(path, AWAY, now=lambda: NOW, who=who, backups=tmp_path))
        opened[-1].move_to(TODAY)
        return opened[-1]

    yield taken
    for each in opened:
        each.close()
