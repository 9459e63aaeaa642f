"""Files the desk already keeps of the claimed invoices: they needn't be looked for again. rules.md 5.1."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.domain.ledger.naming import Name
from creditdesk.models import (
    Claim,
    ClaimInvoice,
    Document,
    Invoice,
    InvoiceDocument,
)
from creditdesk.readings.queries import name_of
from creditdesk.services.claims import checklist


@dataclass(frozen=True, slots=True)
class OfferedPaper:
    """A kept e-invoice of a claimed invoice that is not attached yet."""

    invoice: Name
    file_name: str
    digest: str


def offered(session: Session, claim: Claim) -> tuple[OfferedPaper, ...]:
    """The e-invoices of the claimed invoices that no item of the claim has, by invoice number."""
    there = {line.digest for line in checklist.evidence(session, claim)}
    found = session.execute(
        select(
            Invoice,
            Document.file_name,
            Document.digest,
        )
        .join(InvoiceDocument, InvoiceDocument.document_id == Document.id)
        .join(Invoice, Invoice.id == InvoiceDocument.invoice_id)
        .join(ClaimInvoice, ClaimInvoice.invoice_id == Invoice.id)
        .where(ClaimInvoice.claim_id == claim.id)
        .order_by(Invoice.number, Document.id)
    )
    papers = []
    for row in found:
        if row.digest not in there:
            papers.append(OfferedPaper(name_of(row.Invoice), row.file_name, row.digest))
        there.add(row.digest)
    return tuple(papers)
