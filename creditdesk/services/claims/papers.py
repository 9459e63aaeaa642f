"""Files the desk already keeps of the claimed invoices: they needn't be looked for again. domain.md 5.1."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db.errors import RecordMissing
from creditdesk.domain.evidence import EvidenceState, InspectedEvidence, unprintable
from creditdesk.models import (
    Claim,
    ClaimInvoice,
    Document,
    FileContent,
    Invoice,
    InvoiceDocument,
)
from creditdesk.services.claims import checklist


@dataclass(frozen=True, slots=True)
class OfferedPaper:
    """A kept e-invoice of a claimed invoice that is not attached yet."""

    document_id: int
    invoice: str
    file_name: str
    media: str


def offered(session: Session, claim: Claim) -> tuple[OfferedPaper, ...]:
    """The e-invoices of the claimed invoices that no item of the claim has, by invoice number."""
    there = {line.digest for line in checklist.evidence(session, claim)}
    found = session.execute(
        select(
            Document.id,
            Invoice.number,
            Document.file_name,
            Document.media,
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
            papers.append(OfferedPaper(row.id, row.number, row.file_name, row.media))
        there.add(row.digest)
    return tuple(papers)


def kept(
    session: Session, claim: Claim, document_id: int
) -> tuple[InspectedEvidence, bytes]:
    """A kept file of the claim's client, as it would be attached. Raises `RecordMissing`."""
    document = session.get(Document, document_id)
    if document is None or document.client_id != claim.client_id:
        raise RecordMissing(what=f"document {document_id}")
    content = session.get_one(FileContent, document.digest).content
    reason = unprintable(document.media)
    state = EvidenceState.UNREADABLE if reason else EvidenceState(document.state)
    file = InspectedEvidence(
        document.file_name,
        document.digest,
        len(content),
        document.media,
        state,
        document.pages or 0,
        reason,
    )
    return file, content
