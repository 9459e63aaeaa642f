"""Where one document or payment came from, and what imports made of it since."""

from sqlalchemy.orm import Session

from creditdesk.domain.ledger.documents import DueBy
from creditdesk.models import Buyer, ImportBatch, Invoice, Payment
from creditdesk.services.ledger import changes, lists, payments
from creditdesk.services.ledger.import_values import (
    Record,
    RecordUnknown,
    SourceRow,
    Trace,
)


def of_invoice(session: Session, number: int) -> Trace:
    """The trace of a document. Raises `RecordUnknown`."""
    found = lists.rows(session, [number])
    if not found:
        raise RecordUnknown
    row = session.get_one(Invoice, number)
    later = tuple(changes.of_record(session, Record.INVOICE, number))
    agreed = session.get_one(Buyer, row.buyer_id).term
    return Trace(found[0], _source(session, row), later, DueBy(row.due_by), row.term, agreed)  # fmt: skip


def of_payment(session: Session, number: int) -> Trace:
    """The trace of a payment; of one confirmed from a bank's line it is the statement's. Raises `RecordUnknown`."""
    found = payments.rows(session, [number])
    if not found:
        raise RecordUnknown
    row = session.get_one(Payment, number)
    later = tuple(changes.of_record(session, Record.PAYMENT, number))
    return Trace(found[0], _source(session, row), later)


def _source(session: Session, row: Invoice | Payment) -> SourceRow | None:
    if row.batch_id is None:
        return None
    return changes.source_row(session.get_one(ImportBatch, row.batch_id), row.row)
