"""The real ledgers give the published figures, to the cent."""

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.base.money import Money
from creditdesk.importers.columns.recognise import guess
from creditdesk.importers.files.sheet import in_child, read
from creditdesk.importers.rows import ledger as reader
from creditdesk.jobs import Progress
from creditdesk.services.clients import ClientCard
from creditdesk.services.ledger import AgingReport
from creditdesk.workspace import Desk

pytestmark = pytest.mark.real_data
COLUMNS = ("not_due", "1-30", "31-60", "61-90", ">90")


def taken_in(desk: Desk, file: Path) -> int:
    client = desk.clients.add(ClientCard(name="Real ledger", currency="USD"))
    sheet = in_child(read, file, None, None, None, progress=Progress())
    draft = reader.read(sheet, guess(sheet, headings()), "USD", Progress())
    told = desk.ledger.take_in(client, draft)
    assert not told.rejected
    return client


def truth(real_data: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (real_data / "truth.json").read_text(encoding="utf-8")
    )
    return dict(found[name])


@pytest.mark.parametrize("name", ["01_ibm_late_payment", "02_highradius_visible"])
def test_every_aging_figure_is_reproduced(
    name: str, real_data: Path, desk: Desk
) -> None:
    told = truth(real_data, name)
    client = taken_in(desk, real_data / told["file"])
    for day, currencies in told["aging"].items():
        (figures,) = currencies.values()
        report = desk.ledger.aging(date.fromisoformat(day), client_id=client)
        found = report.aging.by_currency["USD"]
        assert found.open_count == figures["open_count"]
        assert found.outstanding.plain == figures["open_amount"]
        assert [amount.plain for amount in found.columns] == [
            figures["buckets"][column]["amount"] for column in COLUMNS
        ]
        assert top_overdue(report) == figures["top10_overdue"]
        assert counts(report) == [
            figures["buckets"][column]["count"] for column in COLUMNS
        ]
        assert (
            len({row.buyer for row in report.aging.rows if row.days_overdue > 0})
            == figures["overdue_customers"]
        )


def test_disputes_and_totals_of_the_late_payment_file(
    real_data: Path, desk: Desk
) -> None:
    told = truth(real_data, "01_ibm_late_payment")
    taken_in(desk, real_data / told["file"])
    info = desk.upkeep.info()
    assert info.rows["invoice"] == told["rows"]
    assert info.rows["buyer"] == told["customers"]
    assert desk.upkeep.check().problems == ()


def test_a_number_with_several_names_keeps_them_as_aliases(
    real_data: Path, desk: Desk
) -> None:
    told = truth(real_data, "02_highradius_visible")
    taken_in(desk, real_data / told["file"])
    info = desk.upkeep.info()
    assert info.rows["buyer"] == told["customers_by_number"]
    assert (
        info.rows["buyer_alias"]
        == told["customers_by_number_and_name"] - told["customers_by_number"]
    )


def counts(report: AgingReport) -> list[int]:
    found = dict.fromkeys(COLUMNS, 0)
    for row in report.aging.rows:
        found[row.bucket] += 1
    return list(found.values())


def top_overdue(report: AgingReport) -> list[dict[str, object]]:
    """Largest first, ties by customer id."""
    overdue: dict[int, list[Any]] = defaultdict(list)
    for row in report.aging.rows:
        if row.days_overdue > 0:
            overdue[row.buyer].append(row)
    lines = [
        {
            "customer": report.buyers[buyer].code,
            "overdue_amount": Money.total((row.open for row in rows), "USD").plain,
            "invoices": len(rows),
            "oldest_days_overdue": max(row.days_overdue for row in rows),
        }
        for buyer, rows in overdue.items()
    ]
    lines.sort(
        key=lambda line: (-Decimal(str(line["overdue_amount"])), str(line["customer"]))
    )
    return lines[:10]
