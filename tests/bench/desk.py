"""A large desk for measuring: made once, kept in the system's temporary folder."""

import random
import sys
import tempfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import NewPolicy
from creditdesk.workspace import create_desk, open_desk

TODAY = date(2026, 11, 23)
_PAID = 0.97


def large_desk(count: int) -> Path:
    """A desk of `count` invoices over ten clients and a thousand buyers."""
    path = Path(tempfile.gettempdir()) / f"creditdesk-bench-{count}.creditdesk"
    if path.exists():
        return path
    sys.stderr.write(f"making a desk of {count:,} invoices …\n")
    beside = path.with_suffix(".part")
    beside.unlink(missing_ok=True)
    create_desk(beside)
    desk = open_desk(
        beside,
        now=lambda: datetime(2026, 11, 23),  # noqa: DTZ001 - the desk keeps local time
        backups=path.parent,
    )
    dice = random.Random(7)  # noqa: S311 - invented figures, the same every time
    for number in range(10):
        client = desk.clients.add(ClientCard(name=f"委托企业 {number}"))
        desk.ledger.take_in(client, _draft(number, count // 10, dice))
        desk.policies.add(
            NewPolicy(
                client_id=client,
                template="sinosure-domestic",
                number=f"P{number}",
                start=TODAY - timedelta(days=720),
                end=TODAY + timedelta(days=60),
                values={},
            )
        )
    desk.recount(TODAY)
    desk.close()
    beside.replace(path)
    return path


def _draft(client: int, count: int, dice: random.Random) -> LedgerDraft:
    documents = []
    for at in range(count):
        issued = TODAY - timedelta(days=dice.randrange(700))
        buyer = dice.randrange(100)
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
            paid_on=(each.due or each.issued) + timedelta(days=dice.randrange(-5, 20)),
            amount=each.amount,
            to=each.number,
        )
        for each in documents
        if dice.random() < _PAID
    )
    return LedgerDraft(
        payments=payments,
        source=LedgerSource(file_name="bench.xlsx", digest="0" * 64),
        documents=tuple(documents),
        rows_read=count,
    )
