"""How many warnings does a real ledger raise, per buyer and month? Too many are not read, too few warn of nothing.

Each month's end is looked at as on that day. New is a warning that did not hold a month before. Every buyer has a limit
of its highest balance at the end of the first three months, and sixty days of extension: so those count, too.
Run: python tests/bench/alerts.py FOLDER/01_ibm_late_payment/….csv
"""

import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from creditdesk.catalog.headings import headings
from creditdesk.domain.base.calendar import end_of_month, months_later
from creditdesk.domain.base.money import Money
from creditdesk.importers.columns.recognise import guess
from creditdesk.importers.files.sheet import in_child, read
from creditdesk.importers.rows import ledger
from creditdesk.jobs import Progress
from creditdesk.services.clients import ClientCard
from creditdesk.services.policies import LimitDecision, NewPolicy
from creditdesk.workspace import Desk, create_desk, open_desk

FIRST, MONTHS = date(2012, 3, 31), 21


def main() -> None:
    """Print the figures of a file."""
    with tempfile.TemporaryDirectory(prefix="creditdesk-alerts-") as folder:
        path = Path(folder, "ledger.creditdesk")
        create_desk(path)
        desk = open_desk(path)
        try:
            client = _taken_in(desk, Path(sys.argv[1]))
            _insure(desk, client)
            _tell(desk, client)
        finally:
            desk.close()


def _taken_in(desk: Desk, file: Path) -> int:
    client = desk.clients.add(ClientCard(name="Ledger", currency="USD"))
    sheet = in_child(read, file, None, None, None, progress=Progress())
    desk.ledger.take_in(client, ledger.read(sheet, guess(sheet, headings()), "USD", Progress()))  # fmt: skip
    return client


def _insure(desk: Desk, client: int) -> None:
    start, end = date(2012, 1, 1), date(2013, 12, 31)
    known = {"mep_days": "60", "policy_currency": "USD"}
    policy = desk.policies.add(
        NewPolicy(
            client_id=client,
            template="atradius-modula",
            number="P",
            start=start,
            end=end,
            values=known,
        )
    )
    highest: dict[int, Money] = {}
    for month in range(3):
        found = desk.ledger.balances(end_of_month(months_later(start, month)), client_id=client)  # fmt: skip
        for buyer, by_currency in found.aging.by_buyer.items():
            balance = by_currency["USD"].balance
            if balance.amount > highest.get(buyer, Money.zero("USD")).amount:
                highest[buyer] = balance
    for buyer, amount in highest.items():
        decision = LimitDecision(
            policy_id=policy,
            buyer_id=buyer,
            state="APPROVED",
            start=start,
            amount=amount,
            sure=True,
        )
        desk.policies.decide(decision)


def _tell(desk: Desk, client: int) -> None:
    buyers = len(desk.buyers.all(client))
    holding: Counter[str] = Counter()
    new: Counter[str] = Counter()
    loud = 0
    before: set[tuple[int, str]] = set()
    for month in range(MONTHS):
        on = end_of_month(months_later(FIRST, month))
        found = {(each.buyer_id, each.warned.kind.code) for each in desk.credit.warnings(client, on)}  # fmt: skip
        fresh = found - before
        holding.update(code for _, code in found)
        new.update(code for _, code in fresh)
        loud += len({buyer for buyer, _ in fresh})
        before = found
    months = buyers * MONTHS
    print(f"{buyers} buyers, {MONTHS} months: {months:,} buyer-months")
    for code in sorted(holding):
        print(f"{code}   holding {holding[code] / months:.3f}   new {new[code] / months:.3f}")  # fmt: skip
    print(
        f"all   holding {holding.total() / months:.3f}   new {new.total() / months:.3f} per buyer and month;"
        f" {loud / MONTHS:.1f} of {buyers} buyers have something new in a month"
    )


if __name__ == "__main__":
    main()
