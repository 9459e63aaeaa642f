"""What lessens a debt without being a receipt is named as what it is, and never counted as money that came."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import CreditKind, DraftPayment
from creditdesk.presenters.ledger.document_words import number_words
from creditdesk.presenters.ledger.payment_list import payment_window
from creditdesk.presenters.parts.table import Cell
from creditdesk.presenters.parts.wording import Wording
from creditdesk.services.ledger import InvoiceQuestion, PaymentQuestion
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def reduced(
    office: Office, number: str, amount: str, kind: CreditKind, *, buyer: str
) -> DraftPayment:
    made: DraftPayment = office.paid(number, "2026-06-30", amount, "S1", buyer=buyer)
    return replace(made, kind=kind)


@pytest.fixture
def client(office: Office) -> int:
    """An invoice of 100: 40 came, 25 were set off, 5 written off."""
    number: int = office.client()
    office.desk.ledger.take_in(
        number,
        office.draft(
            office.invoice("S1", "2026-05-10", "2026-06-10", "100", buyer="甲公司"),
            office.paid("P1", "2026-06-20", "40", "S1", buyer="甲公司"),
            reduced(office, "P2", "25", CreditKind.SET_OFF, buyer="甲公司"),
            reduced(office, "P3", "5", CreditKind.WRITTEN_OFF, buyer="甲公司"),
        ),
    )
    return number


def test_sums_of_receipts_hold_receipts_alone(desk: Desk, client: int) -> None:
    asked = PaymentQuestion(client_id=client)
    assert desk.imports.payment_totals(asked) == {"CNY": (1, cny("40"))}
    assert desk.imports.reduction_totals(asked) == {"CNY": (2, cny("30"))}
    (line,) = desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    assert line.open == cny("30")


def test_the_list_names_each_as_what_it_is(desk: Desk, client: int) -> None:
    buyer = desk.buyers.named(client, "甲公司")
    window = payment_window(desk.imports, Wording("en"), buyer_id=buyer)
    window.reload()
    columns = {each.key: each for each in window.columns}
    rows = desk.imports.payments(desk.imports.payment_ids(PaymentQuestion()))

    def shows(key: str) -> list[str]:
        cells = [columns[key].cell(row) for row in rows]
        return [cell.text if isinstance(cell, Cell) else cell for cell in cells]

    assert shows("kind") == ["Payment", "Set off", "Written off"]
    assert shows("payer") == ["the buyer", "", ""]
    assert [line.rpartition(", ")[2] for line in window.footer] == ["40.00", "30.00"]


def test_a_bank_line_is_not_taken_for_money_that_was_set_off(
    desk: Desk, office: Office, client: int
) -> None:
    day = ("2026-06-30", "25", "甲公司")
    desk.ledger.take_in_statement(client, office.statement(day))
    told = [
        each for found in desk.ledger.suggestions(client).values() for each in found
    ]
    assert told
    assert not any(each.doubled for each in told)


def test_parts_go_by_the_number_on_the_paper_and_their_place(
    desk: Desk, office: Office
) -> None:
    client = office.client()
    whole = office.invoice("S1", "2026-05-10", "2026-06-10", "60", buyer="甲公司")
    parts = (replace(whole, part=1), replace(whole, part=2, due=date(2026, 7, 10)))
    plain = office.invoice("S2", "2026-05-10", "2026-06-10", "60", buyer="甲公司")
    desk.ledger.take_in(client, office.draft(*parts, plain))
    found = desk.ledger.invoices(
        desk.ledger.invoice_ids(InvoiceQuestion(sort="number"))
    )
    assert [number_words(each, Wording("en")) for each in found] == [
        "S1 · part 1", "S1 · part 2", "S2",
    ]  # fmt: skip
    assert number_words(found[1], Wording("zh")) == "S1 · 第2期"
