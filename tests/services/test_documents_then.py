"""The long list of documents as it stood on a day: its open amounts are those of the aging of that day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
D = date.fromisoformat


def cny(amount: int) -> Money:
    return Money(Decimal(amount), "CNY")


@pytest.mark.parametrize(
    ("on", "amount", "left"),
    [
        pytest.param("2025-01-09", 0, 0, id="before anything"),
        pytest.param("2025-02-10", 565_000, 565_000, id="two invoices"),
        pytest.param("2025-04-19", 678_000, 678_000, id="the day before the payment"),
        pytest.param("2025-04-20", 678_000, 478_000, id="the day of the payment"),
    ],
)  # fmt: skip
def test_what_came_later_is_left_out_and_what_was_paid_later_is_open(
    office: Office, desk: Desk, on: str, amount: int, left: int
) -> None:
    client, _ = office.m1()
    found = desk.ledger.documents_on(InvoiceQuestion(client_id=client), D(on))
    sums = found.sums.get("CNY")
    assert (sums.amount if sums else cny(0)) == cny(amount)
    assert (sums.open if sums else cny(0)) == cny(left)
    aging = desk.ledger.aging(D(on), client_id=client).aging.by_currency
    assert (aging["CNY"].outstanding if aging else cny(0)) == cny(left)


def test_overdue_ones_are_those_open_on_the_day_and_sorted_by_what_was_open(
    office: Office, desk: Desk
) -> None:
    """On 15 April the payment for INV2, due on the 11th, has not come: 226,000 are open, later 26,000."""
    client, _ = office.m1()
    asked = InvoiceQuestion(
        client_id=client, overdue_on=D("2025-04-15"), sort="open", descending=True
    )
    found = desk.ledger.documents_on(asked, D("2025-04-15"))
    assert found.open is not None
    assert [found.open[each] for each in found.ids] == [cny(339_000), cny(226_000)]
    assert found.sums["CNY"].open == cny(565_000)


def test_a_credit_note_set_against_nothing_stands_beside_what_is_open(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client,
        office.draft(
            office.invoice("N1", "2025-06-01", "2025-07-01", "1000"),
            office.invoice("R1", "2025-06-02", None, "100", note=True),
            office.invoice("N2", "2025-06-20", "2025-07-20", "500"),
        ),
    )
    for on, left in ((D("2025-06-10"), 1_000), (D("2025-06-20"), 1_500)):
        sums = desk.ledger.documents_on(InvoiceQuestion(client_id=client), on).sums["CNY"]  # fmt: skip
        assert (sums.open, sums.credits) == (cny(left), cny(100))
