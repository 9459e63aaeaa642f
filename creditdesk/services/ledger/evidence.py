"""The e-invoice kept as evidence of its invoice: a claim can take it from here. rules.md 5.1."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from creditdesk.models import Document, ImportBatch, Invoice, InvoiceDocument
from creditdesk.services.ledger.comparing import Plan
from creditdesk.services.ledger.values import BatchId


@dataclass(frozen=True, slots=True)
class InvoicePaper:
    """A kept file that is the invoice itself."""

    document_id: int
    file_name: str
    media: str
    digest: str
    added_at: datetime


def is_new(session: Session, made: Plan) -> bool:
    """Whether the draft is an e-invoice whose file is no evidence of its invoice yet."""
    if not (made.draft.source.is_einvoice and made.draft.documents):
        return False
    known = (
        select(InvoiceDocument.id)
        .join(Document)
        .where(
            InvoiceDocument.invoice_id.in_(_invoices(session, made, 0)),
            Document.digest == made.draft.source.digest,
        )
    )
    return session.scalar(known.limit(1)) is None


def link(session: Session, made: Plan, batch_id: BatchId) -> None:
    """Keep the batch's file as evidence of the e-invoice it is."""
    document = session.get_one(ImportBatch, batch_id).document_id
    if document is None or not made.draft.source.is_einvoice:
        return
    rows = [
        {"invoice_id": invoice, "document_id": document}
        for invoice in _invoices(session, made, batch_id)
    ]
    if rows:
        session.execute(insert(InvoiceDocument), rows)


def forget(session: Session, batch_id: BatchId) -> None:
    """A batch that is taken back takes its evidence along; the file itself stays."""
    file = select(ImportBatch.document_id).where(ImportBatch.id == batch_id)
    added = select(Invoice.id).where(Invoice.batch_id == batch_id)
    session.execute(
        delete(InvoiceDocument).where(
            or_(
                InvoiceDocument.document_id.in_(file),
                InvoiceDocument.invoice_id.in_(added),
            )
        )
    )


def papers_of(session: Session, invoice_id: int) -> tuple[InvoicePaper, ...]:
    """The e-invoices kept of an invoice, newest first."""
    found = session.execute(
        select(
            Document.id,
            Document.file_name,
            Document.media,
            Document.digest,
            Document.added_at,
        )
        .join(InvoiceDocument, InvoiceDocument.document_id == Document.id)
        .where(InvoiceDocument.invoice_id == invoice_id)
        .order_by(Document.id.desc())
    )
    return tuple(InvoicePaper(*row) for row in found)


def _invoices(session: Session, made: Plan, batch_id: int) -> list[int]:
    """The draft's documents in the desk. One of a buyer who was new is known by the batch that brought it (0: none)."""
    numbers: list[int] = []
    for item in made.draft.documents:
        buyer = made.buyers.of(item.buyer)
        whose = Invoice.buyer_id == buyer if buyer > 0 else Invoice.batch_id == batch_id
        numbers += session.scalars(
            select(Invoice.id).where(
                whose, Invoice.number == item.number, Invoice.kind == item.kind.value
            )
        )
    return numbers
