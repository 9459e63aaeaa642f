"""How long does it take to replay three years of 20,000 invoices under three policies? Goal: 10 s.

The client's own policies of each year, and two others, with a buyer that fails and slower payments.
Run: python tests/bench/what_if.py [invoices]
"""

import random
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from creditdesk.domain.base.money import Money
from creditdesk.domain.insurers.what_if import (
    BuyerFails,
    OtherPolicy,
    OwnPolicy,
    Slower,
    Stress,
    WhatIf,
)
from creditdesk.domain.ledger.documents import (
    BuyerRef,
    DocumentKind,
    DraftDocument,
    DraftPayment,
    LedgerDraft,
    LedgerSource,
)
from creditdesk.domain.policy.choices import LimitState
from creditdesk.jobs import Progress, Step
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import LimitDecision, NewPolicy, PolicyId
from creditdesk.whatif import replayed
from creditdesk.workspace import Desk, create_desk, open_desk

START, TODAY = date(2023, 1, 1), date(2025, 12, 31)
BUYERS = 150
CLIENT = "大账本有限公司"
TERMS = {
    "insured_pct": "90", "vat_insured": "true", "retention_insured": "false", "premium_rate": "0.25",
    "minimum_premium": "50000", "max_liability_basis": "AMOUNT", "max_liability": "20000000", "mep_days": "60",
    "deductible_order": "BEFORE_PCT",
}  # fmt: skip


def main() -> None:
    """Print what each replay took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory(prefix="creditdesk-what-if-") as folder:
        path = Path(folder) / "desk.creditdesk"
        create_desk(path)
        desk = open_desk(path, now=lambda: datetime.combine(TODAY, datetime.min.time()))
        desk.move_to(TODAY)
        client = _fill(desk, count)
        buyer = desk.buyers.all(client)[0]
        others = tuple(
            OtherPolicy("sinosure-domestic", name, {**TERMS, "insured_pct": pct})
            for name, pct in (("B", "85"), ("C", "80"))
        )
        policies: tuple[OwnPolicy | OtherPolicy, ...] = (OwnPolicy("P2024"), *others)
        stresses: tuple[Stress, ...] = (
            BuyerFails(buyer.id, buyer.name, date(2025, 6, 30)),
            Slower(20),
        )
        nothing: tuple[Stress, ...] = ()
        for told, some in (("as it was", nothing), ("under stress", stresses)):
            asked = WhatIf(client, CLIENT, START, TODAY, policies, some)
            steps: list[Step] = []
            begun, before = time.perf_counter(), time.process_time()
            found = replayed(desk, asked, Progress(steps.append))
            took = time.perf_counter() - begun
            worked = time.process_time() - before
            print(
                f"{count:,} invoices, {told}: {took:.1f} s, of them at work {worked:.1f} s (goal 10);"
                f" steps told: {len(steps)}"
            )
            for each in found:
                print(f"  {each.name}: premium {each.premium}, not insured {each.exposure.uncovered_average},"
                      f" late {each.duties.late} of {each.duties.due}, stops {len(each.stops)}")  # fmt: skip
        desk.close()


def _fill(desk: Desk, count: int) -> int:
    dice = random.Random(7)  # noqa: S311 - invented figures, the same every time
    client = desk.clients.add(ClientCard(name=CLIENT))
    desk.ledger.take_in(client, _draft(count, dice))
    for year in (2023, 2024, 2025):
        policy = desk.policies.add(
            NewPolicy(
                client_id=client, template="sinosure-domestic", number=f"P{year}",
                start=date(year, 1, 1), end=date(year, 12, 31), values=TERMS,
            )
        )  # fmt: skip
        desk.do(partial(_decide, desk, client, policy, year, dice))
    return client


def _decide(
    desk: Desk, client: int, policy: PolicyId, year: int, dice: random.Random
) -> None:
    for line in desk.buyers.all(client):
        if dice.random() < 0.8:
            desk.policies.decide(
                LimitDecision(
                    policy_id=policy, buyer_id=line.id, state=LimitState.APPROVED, start=date(year, 1, 1),
                    amount=Money(Decimal(dice.randrange(3, 30) * 100_000), "CNY"), sure=True,
                )
            )  # fmt: skip


def _draft(count: int, dice: random.Random) -> LedgerDraft:
    """One payment in ten names no invoice, one invoice in fifty isn't paid."""
    documents, payments = [], []
    days = (TODAY - START).days
    for at in range(count):
        issued = START + timedelta(days=dice.randrange(days))
        buyer = dice.randrange(BUYERS)
        who = BuyerRef(code=f"C{buyer:03d}", name=f"买方 {buyer:03d} 有限公司")
        due = issued + timedelta(days=dice.choice((30, 60, 90)))
        amount = Money(Decimal(dice.randrange(100_00, 90_000_00)) / 100, "CNY")
        documents.append(
            DraftDocument(
                row=at + 2, buyer=who, number=f"INV{at:07d}", kind=DocumentKind.INVOICE,
                issued=issued, due=due, amount=amount,
            )
        )  # fmt: skip
        paid = due + timedelta(days=dice.randrange(-5, 40))
        if paid <= TODAY and dice.random() < 0.98:
            named = buyer >= BUYERS // 10
            payments.append(
                DraftPayment(
                    row=at + 2, buyer=who, key=f"P{at}", paid_on=paid, amount=amount,
                    to=f"INV{at:07d}" if named else "",
                )
            )  # fmt: skip
    return LedgerDraft(
        source=LedgerSource(file_name="bench.xlsx", digest="0" * 64),
        documents=tuple(documents), payments=tuple(payments), rows_read=count,
    )  # fmt: skip


if __name__ == "__main__":
    main()
