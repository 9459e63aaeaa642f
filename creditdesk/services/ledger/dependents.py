"""What rests on an import: what keeps it from being taken back, and what a person should know before."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from creditdesk.db.standing import WITH_VOIDED
from creditdesk.domain.base.money import Money
from creditdesk.i18n import N_, Message
from creditdesk.models import (
    BankLine,
    BillEnd,
    BillTransfer,
    Buyer,
    BuyerMerge,
    Claim,
    ClaimInvoice,
    Declaration,
    DeclarationLine,
    Dispute,
    ImportBatch,
    ImportChange,
    Invoice,
    Payment,
)
from creditdesk.readings.queries import name_of
from creditdesk.services.ledger.import_values import Dependent

_CHANGED: Mapping[str, type[Invoice | Payment | Buyer]] = {
    "invoice": Invoice,
    "payment": Payment,
    "buyer": Buyer,
}


def of_batch(session: Session, batch_id: int, client_id: int) -> tuple[Dependent, ...]:
    """Everything that rests on the import, what blocks it first."""
    blocking = [
        *_claims(session, batch_id),
        *_later(session, batch_id, client_id),
        *_confirmed(session, batch_id),
        *_merges(session, batch_id),
        *_said(session, batch_id),
    ]
    told = _declarations(session, batch_id)
    return (
        *(Dependent(said, blocks=True) for said in blocking),
        *(Dependent(said, blocks=False) for said in told),
    )


def _claims(session: Session, batch_id: int) -> list[Message]:
    numbers = session.scalars(
        select(Claim.number)
        .join(ClaimInvoice, ClaimInvoice.claim_id == Claim.id)
        .join(Invoice, Invoice.id == ClaimInvoice.invoice_id)
        .where(Invoice.batch_id == batch_id)
        .distinct()
    )
    return [Message.of(N_("claim {number}"), number=number) for number in numbers]


def _merges(session: Session, batch_id: int) -> list[Message]:
    """Buyers the import brought that were merged since: they would go, and the merge with them."""
    brought = select(Buyer.id).where(Buyer.batch_id == batch_id)
    found = session.execute(
        select(BuyerMerge.card, Buyer.name)
        .join(Buyer, Buyer.id == BuyerMerge.keep_id)
        .where(
            BuyerMerge.undone_at.is_(None),
            BuyerMerge.keep_id.in_(brought) | BuyerMerge.gone_id.in_(brought),
        )
        .order_by(BuyerMerge.id)
    )
    told = N_("the merge of {gone} into {keep}")
    return [Message.of(told, gone=card["name"], keep=keep) for card, keep in found]


def _said(session: Session, batch_id: int) -> list[Message]:
    """What a person said of its invoices, of their bills and disputes, voided or not: the record names them."""
    found = session.execute(
        select(Invoice, BillEnd.ended_on)
        .join(BillEnd, BillEnd.invoice_id == Invoice.id)
        .where(Invoice.batch_id == batch_id)
        .order_by(BillEnd.id),
        execution_options=WITH_VOIDED,
    )
    told = N_("what became of the bill for {number} on {day}")
    passed = session.execute(
        select(Invoice, BillTransfer.passed_on)
        .join(BillTransfer, BillTransfer.invoice_id == Invoice.id)
        .where(Invoice.batch_id == batch_id)
        .order_by(BillTransfer.id),
        execution_options=WITH_VOIDED,
    )
    passed_on = N_("that the bill for {number} was passed on on {day}")
    contested = session.execute(
        select(Invoice, Dispute.opened_on)
        .join(Dispute, Dispute.invoice_id == Invoice.id)
        .where(Invoice.batch_id == batch_id)
        .order_by(Dispute.id),
        execution_options=WITH_VOIDED,
    )
    dispute = N_("the dispute about {number} since {day}")
    return [
        Message.of(text, number=name_of(row), day=on.isoformat())
        for text, rows in ((told, found), (passed_on, passed), (dispute, contested))
        for row, on in rows
    ]


def _later(session: Session, batch_id: int, client_id: int) -> list[Message]:
    changed = exists().where(
        ImportChange.batch_id == ImportBatch.id, _on_rows_of(batch_id)
    )
    # A row a later file repeats as it was leaves no trace of its own: it might be one of these.
    repeated = or_(
        ImportBatch.counts["invoices_unchanged"].as_integer() > 0,
        ImportBatch.counts["payments_unchanged"].as_integer() > 0,
        (ImportBatch.counts["lines_unchanged"].as_integer() > 0)
        & exists().where(BankLine.batch_id == batch_id),
    )
    later = session.execute(
        select(ImportBatch.id, ImportBatch.file_name)
        .where(
            ImportBatch.id > batch_id,
            ImportBatch.client_id == client_id,
            ImportBatch.undone_at.is_(None),
            or_(changed, repeated),
        )
        .order_by(ImportBatch.id)
    )
    return [
        Message.of(N_("import {batch} ({file})"), batch=number, file=name)
        for number, name in later
    ]


def _on_rows_of(batch_id: int) -> ColumnElement[bool]:
    """Changes to records that this batch added or changed too."""
    mine = select(ImportChange.record_id).where(ImportChange.batch_id == batch_id)
    conditions = [
        (ImportChange.kind == kind)
        & (
            ImportChange.record_id.in_(
                select(table.id).where(table.batch_id == batch_id)
            )
            | ImportChange.record_id.in_(mine.where(ImportChange.kind == kind))
        )
        for kind, table in _CHANGED.items()
    ]
    return or_(*conditions)


def _confirmed(session: Session, batch_id: int) -> list[Message]:
    """Receipts that a person has set: lines of this statement, or lines that pay invoices of this ledger."""
    # The few payments of banks are looked up among the documents, never the other way round.
    mine = exists().where(
        Invoice.client_id == Payment.client_id,
        Invoice.buyer_id == Payment.buyer_id,
        Invoice.number == Payment.against,
        Invoice.kind == "invoice",
        Invoice.batch_id == batch_id,
    )
    paid = select(Payment.bank_line_id).where(Payment.bank_line_id.is_not(None), mine)
    found = session.execute(
        select(BankLine.booked_on, BankLine.currency, BankLine.amount_fine, Buyer.name)
        .join(Buyer, Buyer.id == BankLine.buyer_id)
        .where((BankLine.batch_id == batch_id) | BankLine.id.in_(paid))
        .order_by(BankLine.booked_on, BankLine.id)
    )
    told = N_("the receipt of {amount} on {day} from {buyer}")
    return [
        Message.of(
            told, amount=Money.of_fine(fine, currency), day=on.isoformat(), buyer=buyer
        )
        for on, currency, fine, buyer in found
    ]


def _declarations(session: Session, batch_id: int) -> list[Message]:
    """What went to the insurer names documents by their numbers and stays as it was sent."""
    found = session.execute(
        select(Declaration.period_from, Declaration.period_to)
        .join(DeclarationLine, DeclarationLine.declaration_id == Declaration.id)
        .join(
            Invoice,
            and_(
                Invoice.buyer_id == DeclarationLine.buyer_id,
                Invoice.number == DeclarationLine.number,
                Invoice.kind == DeclarationLine.kind,
            ),
        )
        .where(Invoice.batch_id == batch_id)
        .distinct()
        .order_by(Declaration.period_from)
    )
    told = N_("the declaration of {start} to {end}, which names its documents")
    return [Message.of(told, start=start, end=end) for start, end in found]
