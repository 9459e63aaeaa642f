"""An e-invoice is kept as evidence of its invoice, and a claim on the invoice can take it from there."""

from typing import Any

from creditdesk.services.ledger import BatchId, InvoiceQuestion
from creditdesk.workspace import Desk

Office = Any  # the fixture of conftest, which tests can't import
BUYER = "宁波海澜贸易有限公司"


def invoice_of(desk: Desk, client: int, number: str) -> int:
    found = desk.ledger.invoice_ids(InvoiceQuestion(client_id=client))
    lines = desk.ledger.invoices(found)
    return next(line.id for line in lines if line.number == number)


def names(desk: Desk, invoice: int) -> list[str]:
    return [paper.file_name for paper in desk.ledger.papers_of(invoice)]


def test_the_file_of_an_e_invoice_is_evidence_of_its_invoice(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    office.einvoice(client, "E1", name="one.xml")
    office.einvoice(client, "E2", name="two.xml")
    assert names(desk, invoice_of(desk, client, "E1")) == ["one.xml"]
    assert names(desk, invoice_of(desk, client, "E2")) == ["two.xml"]


def test_a_table_is_no_evidence_of_the_invoices_it_lists(
    office: Office, desk: Desk
) -> None:
    client, _ = office.m1()
    assert names(desk, invoice_of(desk, client, "INV1")) == []


def test_an_e_invoice_the_ledger_knows_already_is_still_kept_once(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    item = office.invoice("E1", "2025-01-10", "2025-03-11", "7")
    desk.ledger.take_in(client, office.draft(item))
    again = office.einvoice(client, "E1", buyer=BUYER)
    assert again.batch is not None
    assert again.invoices_unchanged == 1
    assert len(names(desk, invoice_of(desk, client, "E1"))) == 1
    assert office.einvoice(client, "E1", buyer=BUYER).batch is None
    assert len(names(desk, invoice_of(desk, client, "E1"))) == 1


def test_taking_an_e_invoice_back_takes_its_evidence_along(
    office: Office, desk: Desk
) -> None:
    client = office.client()
    item = office.invoice("E1", "2025-01-10", "2025-03-11", "7")
    desk.ledger.take_in(client, office.draft(item))
    told = office.einvoice(client, "E1", buyer=BUYER)
    desk.ledger.undo(BatchId(told.batch))
    assert names(desk, invoice_of(desk, client, "E1")) == []
    alone = office.einvoice(client, "E9")
    desk.ledger.undo(BatchId(alone.batch))
    assert desk.upkeep.info().rows["invoice"] == 1
    assert desk.upkeep.check().problems == ()


def test_a_claim_is_offered_the_e_invoices_of_its_invoices_until_it_has_them(
    office: Office, desk: Desk
) -> None:
    client, buyer = office.m1()
    office.policy(client)
    office.einvoice(client, "INV1", name="INV1.pdf", amount="339000", buyer=BUYER)
    office.einvoice(client, "OTHER", name="other.pdf")
    claim = office.claim_on(client, buyer)
    (paper,) = desk.claims.offered(claim)
    assert (paper.invoice, paper.file_name) == ("INV1", "INV1.pdf")
    content = desk.claims.evidence_content(paper.digest)
    assert content == b"INV1 339000"
    line = desk.claims.attach(claim, "C08", office.file(content), content)
    assert desk.claims.offered(claim) == ()
    desk.claims.detach(claim, line.id)
    assert len(desk.claims.offered(claim)) == 1
