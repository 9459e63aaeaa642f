"""A large desk for measuring: made once, kept in the system's temporary folder."""

import random
import sys
import tempfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

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
from creditdesk.domain.policy.choices import LimitState
from creditdesk.services.claims import NewClaim
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import LimitDecision, NewPolicy, PolicyId
from creditdesk.workspace import Desk, create_desk, open_desk

TODAY = date(2026, 11, 23)
_PAID = 0.97
_LIMITED = 0.8


def large_desk(count: int, clients: int = 10, buyers: int = 100) -> Path:
    """A desk of `count` invoices over clients with so many buyers each; four in five buyers have a limit."""
    name = f"creditdesk-bench-{count}-{clients}x{buyers}.creditdesk"
    path = Path(tempfile.gettempdir()) / name
    if path.exists():
        return path
    sys.stderr.write(f"making a desk of {count:,} invoices …\n")
    beside = path.with_suffix(".part")
    for suffix in ("", "-wal", "-shm"):
        beside.with_name(beside.name + suffix).unlink(missing_ok=True)
    create_desk(beside)
    desk = open_desk(
        beside,
        now=lambda: datetime(2026, 11, 23),  # noqa: DTZ001 - the desk keeps local time
        backups=path.parent,
    )
    dice = random.Random(7)  # noqa: S311 - invented figures, the same every time
    for number in range(clients):
        client = desk.clients.add(ClientCard(name=f"委托企业 {number}"))
        desk.ledger.take_in(client, _draft(number, count // clients, buyers, dice))
        policy = desk.policies.add(
            NewPolicy(
                client_id=client,
                template="sinosure-domestic",
                number=f"P{number}",
                start=TODAY - timedelta(days=720),
                end=TODAY + timedelta(days=60),
                values={},
            )
        )
        desk.do(partial(_decide, desk, client, policy, dice))
        _claim(desk, client)
    desk.recount(TODAY)
    desk.close()
    beside.replace(path)
    return path


def _decide(desk: Desk, client: int, policy: PolicyId, dice: random.Random) -> None:
    for line in desk.buyers.all(client):
        if dice.random() < _LIMITED:
            desk.policies.decide(
                LimitDecision(
                    policy_id=policy,
                    buyer_id=line.id,
                    state=LimitState.APPROVED,
                    start=TODAY - timedelta(days=700),
                    amount=Money(Decimal(dice.randrange(10, 200) * 100_000), "CNY"),
                    sure=True,
                )
            )


def _claim(desk: Desk, client: int) -> None:
    oldest = desk.ledger.aging(TODAY, client_id=client).aging.rows[0]
    desk.claims.open(
        NewClaim(
            client_id=client,
            buyer_id=oldest.buyer,
            cause=Cause.PROTRACTED_DEFAULT,
            date_of_loss=TODAY,
            today=TODAY,
        )
    )


def _draft(client: int, count: int, buyers: int, dice: random.Random) -> LedgerDraft:
    documents = []
    for at in range(count):
        issued = TODAY - timedelta(days=dice.randrange(700))
        buyer = dice.randrange(buyers)
        documents.append(
            DraftDocument(
                row=at + 2,
                buyer=BuyerRef(
                    code=f"C{client}{buyer:03d}",
                    name=f"买方 {client}-{buyer:03d} 有限公司",
                ),
                number=f"INV{client}{at:07d}",
                kind=DocumentKind.INVOICE,
                issued=issued,
                due=issued + timedelta(days=dice.choice((30, 60, 90))),
                amount=Money(Decimal(dice.randrange(100_00, 90_000_00)) / 100, "CNY"),
            )
        )
    payments = tuple(
        DraftPayment(
            row=each.row,
            buyer=each.buyer,
            key=f"settled:{each.number}",
            paid_on=paid,
            amount=each.amount,
            to=each.number,
        )
        for each in documents
        if dice.random() < _PAID
        and (paid := (each.due or each.issued) + timedelta(days=dice.randrange(-5, 20)))
        <= TODAY
    )
    return LedgerDraft(
        payments=payments,
        source=LedgerSource(file_name="bench.xlsx", digest="0" * 64),
        documents=tuple(documents),
        rows_read=count,
    )
