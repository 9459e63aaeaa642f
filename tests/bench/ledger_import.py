"""Importing a ledger of 50,000 invoices into a desk, against reading the sheet and storing its rows unseen.

The floor is calamine's `to_python` and an `executemany` of the same rows into a new SQLite file. Ours is what dropping
the file does: opened in a child process (that was started while the person chose it), looked at, read, compared,
written with its buyers, journal and the file itself, and then followed by duties and cover: the client has a policy,
and every fourth buyer a limit. Goals: ≤ 2.0 × the floor on a desk without passphrase, the following told apart; the
same file again ≤ 1.0 × the first time, ≤ 400 MB, no worse than linear from 5,000 to 500,000 rows, never half a second
without a step.
Run: PYTHONPATH=. python tests/bench/ledger_import.py [rows …]
"""

from __future__ import annotations

import gc
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from creditdesk.jobs import Step
    from creditdesk.workspace import Desk

SIZES = (5_000, 50_000, 500_000)
ROUNDS = 3
BUYERS = 1_000
CHOOSING = 2.0
"""Seconds a person takes to choose a file, at the least."""
TODAY = datetime(2026, 11, 16, 9, 0)  # noqa: DTZ001 - the desk's clock is the wall's
_PAID = 0.3
HEADINGS = (
    "客户编码", "客户名称", "单据编号", "单据日期", "到期日", "币种", "价税合计", "已收金额", "合同号", "摘要",
)  # fmt: skip


def main() -> None:
    """Print the floor, both imports and their ratios for each size; each is measured in a process of its own.

    They take turns, so that what else the machine does befalls them alike; the middle one of each counts.
    """
    sizes = [int(each) for each in sys.argv[1:]] or SIZES
    for count in sizes:
        path = str(workbook(count))
        rounds = [
            {**own_process("--floor", path), **own_process("--measure", path)}
            for _ in range(ROUNDS)
        ]
        longest = max(rounds, key=lambda each: float(each["silence"]))
        middle = {
            name: statistics.median(each[name] for each in rounds)
            for name in rounds[0].keys() - {"after"}
        }
        middle |= {"silence": longest["silence"], "after": longest["after"]}
        show(count, {**own_process("--read", path), **middle})


def own_process(task: str, path: str) -> dict[str, Any]:
    """What one task tells."""
    told = subprocess.run(  # noqa: S603 - this very file
        [sys.executable, __file__, task, path], check=True, stdout=subprocess.PIPE
    )
    return dict(json.loads(told.stdout))


def show(count: int, found: dict[str, Any]) -> None:
    """One size."""
    floor, first, again = found["floor"], found["first"], found["again"]
    print(
        f"{count:,} rows\n"
        f"  floor         {floor:7.2f} s\n"
        f"  first import  {first:7.2f} s   {first / floor:.2f} × the floor (goal ≤ 2.0 ×), without following: "
        f"opened {found['opened']:.2f}, read {found['read']:.2f}, compared {found['compared']:.2f}, "
        f"written {found['written']:.2f}\n"
        f"  following     {found['followed']:7.2f} s   {found['followed'] / floor:.2f} × the floor: "
        f"cover of {found['covers']:,.0f} invoices, {found['duties']:,.0f} duties\n"
        f"  again         {again:7.2f} s   {again / first:.2f} × the first (goal ≤ 1.0 ×); "
        f"following {found['followed again']:.2f}\n"
        f"  1,000 rows    {first / count * 1e6:7.1f} ms  (goal: no more with more rows)\n"
        f"  peak memory   {found['memory']:7.0f} MB  reading process {found['reader']:.0f} MB (goal ≤ 400 MB)\n"
        f"  longest without a step {found['silence']:.2f} s (goal < 0.5 s), after “{found['after']}”"
    )


def workbook(count: int) -> Path:
    """A ledger of a thousand buyers, a third of it paid; made once, kept in the system's temporary folder."""
    from openpyxl import Workbook  # noqa: PLC0415 - the process that measures doesn't need it

    path = Path(tempfile.gettempdir()) / f"creditdesk-bench-{count}.xlsx"
    if path.exists():
        return path
    sys.stderr.write(f"making a workbook of {count:,} invoices …\n")
    chance = random.Random(1)  # noqa: S311 - the same file every time
    book = Workbook(write_only=True)
    sheet = book.create_sheet("应收明细")
    sheet.append(HEADINGS)
    for number in range(count):
        buyer = chance.randrange(min(BUYERS, count // 5))
        day = date(2026, 1, 1) + timedelta(days=chance.randrange(300))
        amount = chance.randrange(10_000, 9_000_000) / 100
        sheet.append(
            (
                f"K{buyer:05}", f"苏州第{buyer}贸易有限公司", f"XS{number:07}", day, day + timedelta(days=60), "CNY",
                amount, amount if chance.random() < _PAID else None, f"HT{buyer:04}", None,
            )
        )  # fmt: skip
    book.save(path)
    return path


def measured(path: Path) -> dict[str, float | str]:
    """Both imports in turn."""
    silence = Silence()
    with tempfile.TemporaryDirectory() as folder:
        found = both(path, Path(folder), silence)
    return {
        **found,
        "memory": peak(),
        "silence": silence.longest,
        "after": silence.after,
    }


def bare(path: Path) -> dict[str, float | str]:
    """The floor alone."""
    with tempfile.TemporaryDirectory() as folder:
        return {"floor": timed(partial(floor, path, Path(folder, "bare.db")))}


def read(path: Path) -> dict[str, float | str]:
    """What the child does, in a process that does nothing else."""
    from creditdesk.intake import opening  # noqa: PLC0415 - see `measured`

    gc.disable()
    opening.read(path, None, None, None)
    return {"reader": peak()}


def floor(path: Path, database: Path) -> None:
    """Read the sheet and store its rows, unseen."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - see `measured`

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    places = ", ".join("?" * len(HEADINGS))
    with sqlite3.connect(database) as connection:
        connection.execute(f"CREATE TABLE invoice ({', '.join(HEADINGS)})")
        connection.executemany(
            f"INSERT INTO invoice VALUES ({places})",
            (
                [
                    value.isoformat() if isinstance(value, date) else value
                    for value in row
                ]
                for row in rows[1:]
            ),
        )
    connection.close()


def both(path: Path, folder: Path, silence: Silence) -> dict[str, float]:
    """The file taken into a new desk, and once more."""
    from creditdesk.workspace import create_desk, open_desk  # noqa: PLC0415 - see `measured`

    place = folder / "bench.creditdesk"
    create_desk(place)
    desk = open_desk(place, backups=folder, now=lambda: TODAY)
    client = insured(desk)
    first = imported(desk, client, path, silence)
    with desk._database.read() as session:
        connection = session.connection()
        for name, table in (("covers", "invoice_cover"), ("duties", "duty")):
            counted = connection.exec_driver_sql(f"SELECT count(*) FROM {table}")
            first[name] = counted.scalar_one()
    again = imported(desk, client, path, silence)
    desk.close()
    return {**first, "again": again["first"], "followed again": again["followed"]}


def insured(desk: Desk) -> int:
    """A client with a policy, and a limit for every fourth of its buyers."""
    from creditdesk.domain.base.money import Money  # noqa: PLC0415 - see `measured`
    from creditdesk.services.buyers import BuyerCard  # noqa: PLC0415 - see `measured`
    from creditdesk.services.clients import ClientCard  # noqa: PLC0415 - see `measured`
    from creditdesk.services.policies import LimitDecision, NewPolicy  # noqa: PLC0415 - see `measured`

    start = date(2026, 1, 1)

    def made() -> int:
        client = desk.clients.add(ClientCard(name="Client"))
        policy = desk.policies.add(
            NewPolicy(
                client_id=client, template="sinosure-domestic", number="P-1", start=start, end=date(2026, 12, 31),
                values={"insured_pct": "90", "vat_insured": "true", "mep_days": "60"},
            )
        )  # fmt: skip
        for number in range(0, BUYERS, 4):
            card = BuyerCard(
                code=f"K{number:05}", name=f"苏州第{number}贸易有限公司", country="CN"
            )
            buyer = desk.buyers.add(client, card)
            desk.policies.decide(
                LimitDecision(
                    policy_id=policy, buyer_id=buyer, state="APPROVED", start=start,
                    amount=Money(Decimal(500_000), "CNY"), sure=True,
                )
            )  # fmt: skip
        return client

    client = desk.do(made)
    desk.move_to(TODAY.date())
    return client


def imported(desk: Desk, client: int, path: Path, silence: Silence) -> dict[str, float]:
    """One import, with the seconds of its parts."""
    from creditdesk.catalog.headings import headings  # noqa: PLC0415 - see `measured`
    from creditdesk.intake import looking as intake  # noqa: PLC0415 - see `measured`
    from creditdesk.intake import opening  # noqa: PLC0415 - see `measured`
    from creditdesk.jobs import Progress  # noqa: PLC0415 - see `measured`
    from creditdesk.services.ledger import comparing  # noqa: PLC0415 - see `measured`

    watch = Watch(desk, comparing)
    opening.expect_files()
    time.sleep(CHOOSING)
    progress = Progress(silence.heard)
    silence.begin()
    begin = time.perf_counter()
    opened = opening.open_file(path, progress)
    was_opened = time.perf_counter()
    piece = intake.look(path, opened, headings())
    ((_, draft),) = intake.drafts([piece], intake.Owner("Client", "CNY"), progress)
    was_read = time.perf_counter()
    told = desk.ledger.take_in(client, draft, path, progress)
    end = time.perf_counter()
    silence.heard(None)
    watch.end()
    if told.rejected or (told.batch is not None) is (told.invoices_unchanged > 0):
        sys.exit("the ledger was not taken in")
    return {
        "first": end - begin - watch.followed,
        "opened": was_opened - begin,
        "read": was_read - was_opened,
        "compared": watch.compared,
        "written": end - was_read - watch.compared - watch.followed,
        "followed": watch.followed,
    }


class Watch:
    """How long comparing and following take within one import."""

    def __init__(self, desk: Desk, comparing: Any) -> None:  # noqa: ANN401 - a module
        self.compared = self.followed = 0.0
        self._desk, self._comparing = desk, comparing
        self._follow, self._plan = desk._database.follow, comparing.plan
        desk._database.follow = self._following
        comparing.plan = self._planning

    def end(self) -> None:
        """Measure no more."""
        self._desk._database.follow = self._follow
        self._comparing.plan = self._plan

    def _following(self, *arguments: Any) -> None:  # noqa: ANN401 - handed on
        begin = time.perf_counter()
        if self._follow is not None:
            self._follow(*arguments)
        self.followed += time.perf_counter() - begin

    def _planning(self, *arguments: Any) -> Any:  # noqa: ANN401 - handed on
        begin = time.perf_counter()
        made = self._plan(*arguments)
        self.compared += time.perf_counter() - begin
        return made


class Silence:
    """The longest time without a step during an import, and the step before it."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.after = ""
        self._last = 0.0
        self._said = ""

    def begin(self) -> None:
        """An import begins."""
        self._last, self._said = time.perf_counter(), "the beginning"

    def heard(self, step: Step | None) -> None:
        """A step; None: the import has ended."""
        now = time.perf_counter()
        if now - self._last > self.longest:
            self.longest, self.after = now - self._last, self._said
        self._last = now
        if step is not None:
            self._said = f"{step.what.text} {step.done:,}"


def timed(act: Callable[[], None]) -> float:
    """Seconds."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def peak() -> float:
    """The most memory this process had, in MB; 0 where the system doesn't tell."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - exists on Unix only

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    tasks: dict[str, Callable[[Path], dict[str, float | str]]] = {
        "--floor": bare,
        "--measure": measured,
        "--read": read,
    }
    if sys.argv[1:] and sys.argv[1] in tasks:
        print(json.dumps(tasks[sys.argv[1]](Path(sys.argv[2]))))
    else:
        main()
