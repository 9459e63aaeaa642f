"""Sorting and filtering the long list, against the same in plain SQL (ids once, rows by id).

Goal: ≤ 1.5 × at 100,000 invoices. Run: python tests/bench/lists.py [invoices]
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from desk import TODAY, large_desk
from PySide6.QtWidgets import QApplication

from creditdesk.db.connection import connect
from creditdesk.jobs import ImmediateRunner
from creditdesk.preferences import PreferenceFile
from creditdesk.presenters.ledger.receivables import ReceivablesPresenter
from creditdesk.presenters.parts.table import Window
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceLine
from creditdesk.ui.parts.table_view import TablePanel
from creditdesk.workspace import Workspace, open_desk

ROUNDS = 9
PAGE = 200
TASKS = {
    "sort by due": ("due", "", "i.due"),
    "sort by amount": ("amount", "", "i.amount_fine"),
    "sort by buyer": ("buyer", "", "b.name"),
    "filter a buyer": ("due", "买方 3-04", "i.due"),
    "filter a number": ("due", "INV30000", "i.due"),
}


def main() -> None:
    """Print both medians and their ratio for each task."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    path = large_desk(count)
    app = QApplication([])
    desk = open_desk(path)
    workspace = Workspace(
        desk, ImmediateRunner(), PreferenceFile(Path(os.devnull)), today=lambda: TODAY
    )
    table = ReceivablesPresenter(workspace, Wording("zh")).documents
    shell: Any = SimpleNamespace(wording=Wording("zh"), heading=("", ""), offer=bool)
    panel = TablePanel(table, shell)
    panel.resize(1100, 640)
    panel.show()
    raw = connect(path)
    for name, (column, text, order) in TASKS.items():
        slow = times(partial(ours, panel, table, column, text))
        fast = times(partial(plain, raw, text, order))
        print(
            f"{name:16} plain SQL {fast * 1000:7.1f} ms   list {slow * 1000:7.1f} ms"
            f"   {slow / fast:.2f} ×  (goal ≤ 1.5 ×)"
        )
    raw.close()
    panel.close()
    desk.close()
    del app


def ours(panel: TablePanel, table: Window[InvoiceLine], column: str, text: str) -> None:
    """Sort or filter as a person does, and paint the rows."""
    table.text = text
    table.sort(column, descending=False)
    panel.view.viewport().repaint()


def plain(raw: Any, text: str, order: str) -> None:  # noqa: ANN401 - sqlcipher3 has no types
    """The same in SQL: ids once, the first rows by id, the sums."""
    join = "JOIN buyer b ON b.id = i.buyer_id" if text or order == "b.name" else ""
    where = (
        f"WHERE i.number LIKE '{text}%' OR b.name LIKE '%{text}%' OR b.code LIKE '{text}%'"
        if text
        else ""
    )
    found = raw.execute(
        f"SELECT i.id FROM invoice i {join} {where} ORDER BY {order}, i.id"
    )
    ids = [row[0] for row in found]
    marks = ",".join("?" * len(ids[:PAGE]))
    raw.execute(
        "SELECT i.*, b.name, c.name FROM invoice i JOIN buyer b ON b.id = i.buyer_id"
        f" JOIN client c ON c.id = i.client_id WHERE i.id IN ({marks})",
        ids[:PAGE],
    ).fetchall()
    raw.execute(
        "SELECT i.currency, count(*), sum(i.amount_fine), sum(i.open_fine)"
        f" FROM invoice i {join} {where} GROUP BY i.currency"
    ).fetchall()


def times(act: Callable[[], None]) -> float:
    """The median of some rounds, in seconds."""
    act()
    found = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


if __name__ == "__main__":
    main()
