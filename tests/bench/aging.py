"""The aging of a large desk, against one SQL query of the same sums; and `ledger aging` against an empty command.

Goals: ≤ 1.5 × the query on 1,000,000 documents; `ledger aging` by total and by buyer of one client with 50,000
documents ≤ 3.0 × `client list`, and that ≤ 0.45 s. Run: python tests/bench/aging.py [documents]
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from desk import TODAY, large_desk

from creditdesk.db.connection import connect
from creditdesk.workspace import open_desk

ROUNDS = 5
COMMAND_DOCUMENTS = 50_000
QUERY = f"""
WITH open AS (
    SELECT buyer_id, currency, sum(open_fine) AS outstanding, count(*) AS documents,
        sum(iif(coalesce(due, issued) >= date('{TODAY}'), open_fine, 0)) AS not_due,
        sum(iif(julianday('{TODAY}') - julianday(coalesce(due, issued)) BETWEEN 1 AND 30, open_fine, 0)) AS to_30,
        sum(iif(julianday('{TODAY}') - julianday(coalesce(due, issued)) BETWEEN 31 AND 60, open_fine, 0)) AS to_60,
        sum(iif(julianday('{TODAY}') - julianday(coalesce(due, issued)) BETWEEN 61 AND 90, open_fine, 0)) AS to_90,
        sum(iif(julianday('{TODAY}') - julianday(coalesce(due, issued)) > 90, open_fine, 0)) AS beyond
    FROM invoice WHERE kind = 'invoice' AND open_fine > 0 AND issued <= '{TODAY}' GROUP BY buyer_id, currency
), invoiced AS (
    SELECT buyer_id, currency, sum(iif(kind = 'invoice', amount_fine, -amount_fine)) AS fine
    FROM invoice WHERE issued <= '{TODAY}' GROUP BY buyer_id, currency
), received AS (
    SELECT buyer_id, currency, sum(amount_fine) AS fine FROM payment
    WHERE paid_on <= '{TODAY}' GROUP BY buyer_id, currency
)
SELECT i.buyer_id, i.currency, o.*, coalesce(r.fine, 0) - i.fine + coalesce(o.outstanding, 0) AS unapplied
FROM invoiced i LEFT JOIN open o USING (buyer_id, currency) LEFT JOIN received r USING (buyer_id, currency)
"""
"""The same sums by somebody who knows that nothing is dated later."""


def main() -> None:
    """Print the medians and their ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    _sums(large_desk(count, 30, 40), count)
    _commands(large_desk(COMMAND_DOCUMENTS, 1, 1_200))


def _sums(path: Path, count: int) -> None:
    desk, raw = open_desk(path), connect(path)
    raw.execute("PRAGMA cache_size = -32000")
    ours = middle(lambda: desk.ledger.balances(TODAY))
    floor = middle(lambda: raw.execute(QUERY).fetchall())
    raw.close()
    desk.close()
    print(
        f"{count:,} documents   one query {floor:.3f} s   aging {ours:.3f} s   {ours / floor:.2f} ×  (goal ≤ 1.5 ×)"
    )


def _commands(path: Path) -> None:
    aging = ("ledger", "aging", "--client", "委托企业 0", "--as-of", TODAY.isoformat())
    empty = middle(lambda: command(path, "client", "list"))
    models = middle(lambda: run("-c", "import creditdesk.models"))
    print(
        f"client list   {empty:.3f} s  (goal ≤ 0.45 s)"
        f"   SQLAlchemy with the models alone {models:.3f} s, {empty / models:.2f} ×"
    )
    for by in ("total", "buyer"):
        took = middle(lambda by=by: command(path, *aging, "--by", by))  # type: ignore[misc]  # mypy sees no default
        print(
            f"ledger aging --by {by:6} {took:.3f} s  {took / empty:.2f} × an empty command  (goal ≤ 3.0 ×)"
        )


def command(path: Path, *arguments: str) -> None:
    """Our own command, in a process of its own."""
    code = "import sys; from creditdesk.bootstrap import main; sys.exit(main(sys.argv[1:]))"
    run("-c", code, "--desk", str(path), "--json", *arguments)


def run(*arguments: str) -> None:
    """Python, with its bytecode kept, as an installed program has it."""
    environment = {
        key: each
        for key, each in os.environ.items()
        if key != "PYTHONDONTWRITEBYTECODE"
    }
    subprocess.run(  # noqa: S603 - our own code
        [sys.executable, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        env=environment,
    )


def middle(act: Callable[[], object]) -> float:
    """The median of the rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


if __name__ == "__main__":
    main()
