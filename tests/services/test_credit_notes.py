"""Credit notes are set against invoices by a person's word, which no later file takes away."""

from datetime import date
from typing import Any

import pytest

from creditdesk.services.ledger import InvoiceQuestion
from creditdesk.services.ledger.credit_notes import InvoiceOfAnother
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import


def opened(desk: Desk) -> dict[str, str]:
    lines = desk.ledger.invoices(
        desk.ledger.invoice_ids(InvoiceQuestion(sort="number"))
    )
    return {line.number: line.open.plain for line in lines}


def ledger(office: Office) -> Any:  # noqa: ANN401 - a draft
    return office.draft(
        office.invoice("A", "2025-01-10", "2025-02-10", "113"),
        office.invoice("B", "2025-01-20", "2025-02-20", "500"),
        office.invoice("R", "2025-03-01", None, "113", note=True),
    )


def test_a_word_sets_the_credit_note_and_can_be_taken_back(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(client, ledger(office))
    assert opened(desk) == {"A": "113.00", "B": "500.00", "R": "113.00"}
    (line,) = desk.ledger.unassigned_credits(client)
    assert (desk.ledger.open_credits(client), desk.ledger.open_credits()) == (1, 1)
    assert line.proposal is not None
    assert (line.proposal.invoice.number, line.proposal.certain) == ("A", True)
    desk.ledger.set_against({line.id: "A"})
    assert opened(desk) == {"A": "0.00", "B": "500.00", "R": "0.00"}
    assert desk.ledger.unassigned_credits(client) == ()
    assert (desk.ledger.open_credits(client), desk.ledger.open_credits()) == (0, 0)
    assert desk.upkeep.check().problems == ()
    desk.ledger.set_against({line.id: ""})
    assert opened(desk) == {"A": "113.00", "B": "500.00", "R": "113.00"}


def test_the_next_import_of_the_same_ledger_keeps_the_word(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    desk.ledger.take_in(client, ledger(office))
    (line,) = desk.ledger.unassigned_credits(client)
    desk.ledger.set_against({line.id: "B"})
    again = desk.ledger.take_in(client, ledger(office))
    assert (again.batch, again.invoices_updated) == (None, 0)
    assert opened(desk) == {"A": "113.00", "B": "387.00", "R": "0.00"}


def test_an_invoice_of_another_buyer_is_refused(office: Office, desk: Desk) -> None:
    client = office.client()
    desk.ledger.take_in(client, ledger(office))
    other = office.invoice("X", "2025-01-10", None, "113", buyer="乙公司")
    desk.ledger.take_in(client, office.draft(other))
    (line,) = desk.ledger.unassigned_credits(client)
    with pytest.raises(InvoiceOfAnother):
        desk.ledger.set_against({line.id: "X"})
    assert opened(desk)["R"] == "113.00"


def test_what_a_file_leaves_out_stays_known(office: Office, desk: Desk) -> None:
    client = office.client()
    first = office.invoice("A", "2025-01-10", "2025-02-10", "113", disputed="13")
    desk.ledger.take_in(client, office.draft(first))
    less = office.invoice("A", "2025-01-10", None, "120")
    told = desk.ledger.take_in(client, office.draft(less))
    assert told.invoices_updated == 1
    (line,) = desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    assert (line.due, line.amount.plain, line.disputed.plain) == (
        date(2025, 2, 10), "120.00", "13.00",
    )  # fmt: skip
    settled = office.draft(less, columns={"amount": "金额", "disputed": "争议"})
    desk.ledger.take_in(client, settled)
    (line,) = desk.ledger.invoices(desk.ledger.invoice_ids(InvoiceQuestion()))
    assert line.disputed.plain == "0.00"
