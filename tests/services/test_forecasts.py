"""The forecast of a desk: what it may know, when it is silent, and how an invoice was sent as its ledger says."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from creditdesk.catalog.headings import headings
from creditdesk.domain.base.money import Money
from creditdesk.importers.columns.recognise import guess
from creditdesk.importers.files.sheet import read
from creditdesk.importers.rows import ledger
from creditdesk.jobs import Progress
from creditdesk.services.clients import ClientCard
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.workspace import Desk

START = date(2024, 1, 1)
AS_OF = date(2025, 2, 11)


def taken_in(desk: Desk, tmp_path: Path) -> int:
    """Ten buyers with forty invoices of 30 days: the even pay 5 days early, the odd 20 late; the last ones are open."""
    rows = ["客户名称,单据编号,单据日期,到期日,金额,结清日期,发票形式"]
    for buyer in range(10):
        for number in range(40):
            day = START + timedelta(days=number * 10 + buyer)
            due = day + timedelta(days=30)
            # Not all alike: every seventh of each pays as the others do.
            odd = (buyer % 2 == 1) != (number % 7 == 0)
            paid = due + timedelta(days=20 if odd else -5)
            settled = paid.isoformat() if paid < AS_OF else ""
            form = "电子发票" if number % 2 else "纸质"
            rows.append(
                f"买方{buyer},N{buyer}-{number},{day},{due},1000.00,{settled},{form}"
            )
    file = tmp_path / "应收.csv"
    file.write_text("\n".join(rows), "utf-8")
    client = desk.clients.add(ClientCard(name="卖方有限公司", currency="CNY"))
    sheet = read(file, None, None, None)
    draft = ledger.read(sheet, guess(sheet, headings()), "CNY", Progress())
    told = desk.ledger.take_in(client, draft)
    assert told.rejected == ()
    return client  # fmt: skip


def test_late_payers_are_told_from_punctual_ones(desk: Desk, tmp_path: Path) -> None:
    client = taken_in(desk, tmp_path)
    found = desk.forecasts.payments(client, AS_OF)
    assert not found.quality.silent
    assert found.quality.auc_late is not None
    assert found.quality.auc_late > 0.75
    waiting = {each.number: each for each in found.invoices if each.due > AS_OF}
    late, punctual = waiting["N1-39"], waiting["N0-39"]
    assert late.chances[0] > 0.6
    assert punctual.chances[0] < 0.4
    assert late.expected_on > late.due
    assert all(one >= other for one, other in zip(late.chances, late.chances[1:], strict=False))  # fmt: skip
    overdue = [each for each in found.invoices if each.due < AS_OF]
    assert overdue
    assert all(each.chances[0] == 1 and each.expected_on > AS_OF for each in overdue)


def test_the_weeks_hold_what_is_open(desk: Desk, tmp_path: Path) -> None:
    client = taken_in(desk, tmp_path)
    found = desk.forecasts.payments(client, AS_OF)
    whole = Money.total((each.open for each in found.invoices), "CNY")
    weeks = Money.total((each.amount for each in found.weeks), "CNY")
    assert whole == Money(Decimal(1000) * len(found.invoices), "CNY")
    # All of it is expected within the quarter, but for the cents of thirteen roundings.
    assert abs((whole - weeks).amount) < 1
    # The day after, then the Mondays.
    assert [each.start for each in found.weeks[:3]] == [
        date(2025, 2, 12), date(2025, 2, 17), date(2025, 2, 24),
    ]  # fmt: skip
    assert all(each.low <= each.amount <= each.high for each in found.weeks)


def test_a_day_in_the_past_knows_nothing_of_what_came_later(
    desk: Desk, tmp_path: Path
) -> None:
    client = taken_in(desk, tmp_path)
    found = desk.forecasts.payments(client, date(2024, 2, 10))
    assert found.quality.silent
    assert (found.invoices, found.weeks) == ((), ())
    later = desk.forecasts.payments(client, date(2025, 1, 15))
    assert not later.quality.silent
    assert all(each.due < date(2025, 2, 15) for each in later.invoices)


def test_how_an_invoice_was_sent_stands_in_its_remark(
    desk: Desk, tmp_path: Path
) -> None:
    client = taken_in(desk, tmp_path)
    numbers = desk.ledger.invoice_ids(InvoiceQuestion(client_id=client))
    rows = {each.number: each.memo for each in desk.ledger.invoices(numbers)}
    assert (rows["N0-0"], rows["N0-1"]) == ("发票形式：纸质", "发票形式：电子")


def test_a_desk_without_history_is_silent(filled: Desk) -> None:
    client = filled.clients.all()[0].id
    found = filled.forecasts.payments(client, date(2025, 6, 1))
    assert found.quality.silent
    assert found.quality.auc_late is None


@pytest.mark.parametrize("day", [date(1999, 1, 1), date(2025, 6, 1)])
def test_an_empty_desk_is_silent(desk: Desk, day: date) -> None:
    client = desk.clients.add(ClientCard(name="空", currency="CNY"))
    assert desk.forecasts.payments(client, day).quality.silent
