"""What it costs that duties and cover follow every change: a limit decided for one buyer of a large desk.

The floor is the same decision written alone. Goal: at most 50 ms more at 100,000 invoices.
Run: python tests/bench/following.py [invoices]
"""

import shutil
import statistics
import sys
import tempfile
import time
from datetime import datetime
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from desk import TODAY, large_desk

from creditdesk.domain.base.money import Money
from creditdesk.services.policies import LimitDecision
from creditdesk.workspace import Desk, open_desk

ROUNDS = 15


def main() -> None:
    """Print both medians and what following adds."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.creditdesk"
        shutil.copyfile(large_desk(count), path)
        desk = open_desk(path, now=lambda: datetime.combine(TODAY, datetime.min.time()))
        desk.move_to(TODAY)
        follow = desk._database.follow
        followed = _median(desk, 0)
        desk._database.follow = None
        alone = _median(desk, ROUNDS)
        desk._database.follow = follow
        desk.close()
    print(
        f"{count:,} invoices   written alone {alone * 1000:.1f} ms   followed {followed * 1000:.1f} ms"
        f"   recounting {(followed - alone) * 1000:.1f} ms (goal 50)"
    )


def _median(desk: Desk, first: int) -> float:
    buyers = desk.buyers.all()[first : first + ROUNDS]
    policies = {line.client_id: line.id for line in desk.policies.all(TODAY)}
    times = []
    for number, buyer in enumerate(buyers, start=first):
        decision = LimitDecision(
            policy_id=policies[buyer.client_id],
            buyer_id=buyer.id,
            state="APPROVED",
            start=TODAY,
            amount=Money(Decimal(500_000 + number), "CNY"),
            sure=True,
        )
        begun = time.perf_counter()
        desk.policies.decide(decision)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


if __name__ == "__main__":
    main()
