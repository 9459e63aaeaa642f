"""A deposit that names only a contract belongs to the contract's invoices, whichever file tells of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from creditdesk.domain.base.money import Money
from creditdesk.domain.ledger.documents import SEVERAL, DraftDocument, DraftPayment
from creditdesk.services.ledger import PaymentQuestion
from creditdesk.workspace import Desk
from tests.services.conftest import Office

CONTRACT = "HT-7"


def cny(amount: str) -> Money:
    return Money(Decimal(amount), "CNY")


def deposit(office: Office) -> DraftPayment:
    """21,000 paid before delivery."""
    paid = office.paid("deposit:D1", "2025-01-05", "21000")
    return replace(paid, contract=CONTRACT)


def invoice(
    office: Office, number: str, issued: str, amount: str, contract: str = CONTRACT
) -> DraftDocument:
    due = date.fromisoformat(issued).replace(month=12).isoformat()
    return replace(office.invoice(number, issued, due, amount), contract=contract)


def booked(desk: Desk, client: int) -> list[str]:
    asked = PaymentQuestion(client_id=client)
    return [each.against for each in desk.imports.payments(desk.imports.payment_ids(asked))]  # fmt: skip


def left(desk: Desk, client: int) -> dict[str, str]:
    return {each.number: each.open.plain for each in desk.ledger.open_items(client)}


def test_a_later_file_of_the_contract_takes_the_deposit(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(client, office.draft(deposit(office)))
    assert booked(desk, client) == [""]
    told = desk.ledger.take_in(
        client,
        office.draft(
            invoice(office, "OLD", "2025-01-02", "5000", contract="HT-6"),
            invoice(office, "I1", "2025-02-01", "70000"),
        ),
    )
    assert (told.invoices_added, told.payments_updated) == (2, 1)
    assert booked(desk, client) == ["I1"]
    # Of no contract's money is left for the older invoice, which the oldest-first order would pay.
    assert left(desk, client) == {"OLD": "5000.00", "I1": "49000.00"}
    assert desk.check().ok


def test_each_file_adds_its_invoices_in_the_order_of_their_days(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(
        client, office.draft(invoice(office, "I2", "2025-03-01", "8000"), deposit(office))
    )  # fmt: skip
    desk.ledger.take_in(client, office.draft(invoice(office, "I1", "2025-02-01", "15000")))  # fmt: skip
    assert booked(desk, client) == [f"I1{SEVERAL}I2"]
    assert left(desk, client) == {"I2": "2000.00"}


def test_the_files_again_change_nothing(office: Office, desk: Desk) -> None:
    client = office.client()
    first = office.draft(deposit(office))
    second = office.draft(invoice(office, "I1", "2025-02-01", "70000"))
    for draft in (first, second, first, second):
        told = desk.ledger.take_in(client, draft)
    assert (told.batch, told.payments_updated) == (None, 0)
    assert booked(desk, client) == ["I1"]


def test_taking_the_later_file_back_leaves_the_deposit_unassigned(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(client, office.draft(deposit(office)))
    told = desk.ledger.take_in(client, office.draft(invoice(office, "I1", "2025-02-01", "70000")))  # fmt: skip
    assert told.batch is not None
    desk.ledger.undo(told.batch)
    assert (booked(desk, client), left(desk, client)) == ([""], {})
    assert desk.check().ok


def test_another_buyers_contract_of_the_same_number_is_another(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    other = replace(
        office.invoice("I9", "2025-02-01", "2025-12-01", "70000", buyer="乙公司"), contract=CONTRACT
    )  # fmt: skip
    desk.ledger.take_in(client, office.draft(deposit(office)))
    desk.ledger.take_in(client, office.draft(other))
    assert booked(desk, client) == [""]
